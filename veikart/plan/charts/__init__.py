"""Charts as values: pure functions from a Plan's indicators to Vega-Lite specifications.

No words are in them, only years, numbers and per cent signs, so that one drawing serves every
language. `usermeta` tells the page what to explain: `signs` (the legend, in order) and `power`
(numbers along the axis are counted in 10 to this power).
"""

from veikart.plan.charts.frame import Specification, canonical, fingerprint
from veikart.plan.charts.spark import spark
from veikart.plan.charts.trend import trend

__all__ = ["Specification", "canonical", "fingerprint", "spark", "trend"]
