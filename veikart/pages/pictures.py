"""The drawings that pages show: each is kept in the folder of charts, or made of the operator's file."""

from pathlib import Path

from django.conf import settings

from veikart.adapters import drawing
from veikart.adapters.drawing import Picture
from veikart.plan.charts import Specification
from veikart.plan.figures import Figures
from veikart.plan.indicators import Places


def drawn(wide: Specification, narrow: Specification | None = None) -> Picture:
    """The chart `wide`, and `narrow` for small screens, as SVG kept in the folder of charts."""
    return drawing.picture(wide, narrow, folder=Path(settings.CHARTS_FOLDER))


def map_drawn(figures: Figures, places: Places, period: str) -> Picture | None:
    """The map of municipalities; None while the operator has given no file of boundaries."""
    if not settings.BOUNDARIES:
        return None
    return drawing.map_picture(figures, places, period, boundaries=Path(settings.BOUNDARIES))
