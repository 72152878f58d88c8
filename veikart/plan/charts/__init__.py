"""Charts as values: pure functions from a Plan's indicators to Vega-Lite specifications.

No words are in them, only years, numbers and per cent signs, so that one drawing serves every
language. `usermeta` tells the page what to explain: `signs` (the legend, in order), `names` (codes
of the groups or areas in it), `bounds` (of the classes of a map), `power` (numbers along the axis
are counted in 10 to this power) and `percent`.
"""

from veikart.plan.charts.coverage import coverage
from veikart.plan.charts.dots import dots
from veikart.plan.charts.frame import Specification, canonical, fingerprint
from veikart.plan.charts.groups import groups
from veikart.plan.charts.inequality import areas, inequality
from veikart.plan.charts.spark import spark
from veikart.plan.charts.tiles import tiles
from veikart.plan.charts.trend import trend

__all__ = [
    "Specification", "areas", "canonical", "coverage", "dots", "fingerprint", "groups",
    "inequality", "spark", "tiles", "trend",
]  # fmt: skip
