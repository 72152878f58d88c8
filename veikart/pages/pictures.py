"""Charts on pages: drawn once, each with its legend in words."""

from pathlib import Path

from django.conf import settings

from veikart.adapters import drawing
from veikart.adapters.drawing import Picture
from veikart.plan.charts import Specification


def drawn(wide: Specification, narrow: Specification | None = None) -> Picture:
    """The chart `wide`, and `narrow` for small screens, as SVG kept in the folder of charts."""
    return drawing.picture(wide, narrow, folder=Path(settings.CHARTS_FOLDER))
