"""The kinds of objects that the roadmap keeps, and the tables they lie in."""

from veikart.core.kinds import Kind, PartKind, Rows
from veikart.engines.slugs import REGISTER_ID
from veikart.plan import model as plan
from veikart.roadmap import models

OWNERSHIP_ORDER = ("organisation", "role", "note")

PHASE = Kind(
    "phase",
    plan.Phase,
    models.Phase,
    uid=r"fase/[a-z0-9-]+",
    uid_example="fase/innforing",
    translated={"translations": "name", "short_translations": "short_name"},
)
GROUPING = Kind(
    "grouping",
    plan.Grouping,
    models.Grouping,
    uid=r"gruppering/[a-z0-9-]+",
    uid_example="gruppering/1a-innsynstjenester",
    rows={
        "owners": Rows(plan.Ownership, models.Ownership, "grouping", OWNERSHIP_ORDER),
        "key_dates": Rows(plan.KeyDate, models.KeyDate, "grouping"),
    },
)
DELIVERABLE = Kind(
    "deliverable",
    plan.Deliverable,
    models.Deliverable,
    uid=rf"leveranse/{REGISTER_ID}",
    uid_example="leveranse/56876000020107079",
    rows={
        "owners": Rows(plan.Ownership, models.Ownership, "deliverable", OWNERSHIP_ORDER),
        "periods": Rows(plan.PhasePeriod, models.PhasePeriod, "deliverable"),
        "milestones": Rows(plan.Milestone, models.Milestone, "deliverable"),
    },
)
DEPENDENCY = Kind(
    "dependency",
    plan.Dependency,
    models.Dependency,
    uid=r"avhengighet/[a-z0-9-]+",
    uid_example="avhengighet/pasientens-legemiddelliste-kjernejournal",
)

KINDS = (PHASE, GROUPING, DELIVERABLE, DEPENDENCY)
"""In the order in which they can be put: what is referred to comes first."""

PHASE_PERIOD = PartKind("phase_period", DELIVERABLE, "periods", "periode")
MILESTONE = PartKind("milestone", DELIVERABLE, "milestones", "milepael")

PART_KINDS = (PHASE_PERIOD, MILESTONE)
