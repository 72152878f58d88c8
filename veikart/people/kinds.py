"""The kinds of objects that people keeps, and the tables they lie in."""

from veikart.core.kinds import Kind
from veikart.people import models
from veikart.plan import model as plan

ORGANISATION = Kind(
    "organisation",
    plan.Organisation,
    models.Organisation,
    uid=r"aktor/[a-z0-9-]+",
    uid_example="aktor/helse-nord-rhf",
)
USER_GROUP = Kind(
    "user_group",
    plan.UserGroup,
    models.UserGroup,
    uid=r"brukergruppe/[a-z0-9-]+",
    uid_example="brukergruppe/fastleger",
    translated={"translations": "name"},
)

KINDS = (ORGANISATION, USER_GROUP)
