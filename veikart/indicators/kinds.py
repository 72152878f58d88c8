"""The kinds of objects that the indicators' app keeps, and the tables they lie in."""

from veikart.core.kinds import Kind, Rows
from veikart.indicators import models
from veikart.plan import indicators as plan

_LABEL = {"translations": "label"}

INDICATOR = Kind(
    "indicator",
    plan.Indicator,
    models.Indicator,
    uid=r"indikator/[a-z0-9]+(\.[0-9]+)?",
    uid_example="indikator/1.4",
    translated={"translations": "title", "question_translations": "question"},
    rows={
        "breakdowns": Rows(
            plan.Breakdown, models.Breakdown, "indicator", ("no",), translated=_LABEL
        ),
        "categories": Rows(plan.Category, models.Category, "indicator", ("no",), translated=_LABEL),
        "targets": Rows(plan.Target, models.Target, "indicator"),
        "breaks": Rows(plan.Break, models.Break, "indicator"),
        "versions": Rows(plan.DefinitionVersion, models.DefinitionVersion, "indicator"),
    },
    uid_lists=("measures",),
)

KINDS = (INDICATOR,)
"""In the order in which they can be put: what is referred to comes first."""
