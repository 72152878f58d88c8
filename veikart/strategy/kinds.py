"""The kinds of objects that the strategy keeps, and the tables they lie in."""

from veikart.core.kinds import Kind, Rows
from veikart.plan import model as plan
from veikart.strategy import models

VISION = Kind(
    "vision",
    plan.Vision,
    models.Vision,
    uid=r"visjon",
    uid_example="visjon",
    translated={"translations": "text"},
    rows={"phrases": Rows(plan.VisionPhrase, models.VisionPhrase, "vision")},
)
OVERARCHING_GOAL = Kind(
    "overarching_goal",
    plan.OverarchingGoal,
    models.OverarchingGoal,
    uid=r"overordnet-mal/\d+",
    uid_example="overordnet-mal/1",
    translated={"translations": "title"},
)
STRATEGIC_GOAL = Kind(
    "strategic_goal",
    plan.StrategicGoal,
    models.StrategicGoal,
    uid=r"mal/\d+",
    uid_example="mal/1",
    translated={"translations": "title"},
)
STATEMENT = Kind(
    "statement",
    plan.Statement,
    models.Statement,
    uid=r"mal/\d+/oppna/\d+",
    uid_example="mal/1/oppna/3",
)
DELMAL = Kind(
    "delmal",
    plan.Delmal,
    models.Delmal,
    uid=r"delmal/[A-Za-z0-9-]+",
    uid_example="delmal/1A",
    translated={"translations": "title"},
    rows={"benefits": Rows(plan.Benefit, models.Benefit, "delmal")},
    uid_lists=("replaces",),
)
PREREQUISITE = Kind(
    "prerequisite",
    plan.Prerequisite,
    models.Prerequisite,
    uid=r"mal/\d+/forutsetter/\d+",
    uid_example="mal/3/forutsetter/5",
)
TARGET_GROUP = Kind(
    "target_group",
    plan.TargetGroup,
    models.TargetGroup,
    uid=r"malgruppe/[a-z0-9-]+",
    uid_example="malgruppe/helsepersonell",
    translated={"translations": "name"},
)
SDG = Kind(
    "sdg",
    plan.Sdg,
    models.Sdg,
    uid=r"fn-mal/\d+",
    uid_example="fn-mal/3",
    translated={"translations": "title"},
)
RELATED_STRATEGY = Kind(
    "related_strategy",
    plan.RelatedStrategy,
    models.RelatedStrategy,
    uid=r"strategi/[a-z0-9-]+",
    uid_example="strategi/digital-hele-livet",
)

KINDS = (
    VISION,
    OVERARCHING_GOAL,
    STRATEGIC_GOAL,
    STATEMENT,
    DELMAL,
    PREREQUISITE,
    TARGET_GROUP,
    SDG,
    RELATED_STRATEGY,
)
"""In the order in which they can be put: what is referred to comes first."""
