"""The kind of object that an editor puts in: a hearing with its questions and whom it invites."""

import datetime as dt

from veikart.consultations import models
from veikart.core.kinds import Kind, Rows
from veikart.engines.handling.words import SourceKind
from veikart.plan import consultations as plan
from veikart.plan.part import Part, Translations


class HearingTerms(Part, frozen=True, kw_only=True):
    """A hearing without what came of it; the fields mean the same as in the Plan."""

    uid: str
    kind: SourceKind = "hearing"
    title: str
    opens_on: dt.date
    closes_on: dt.date
    case_number: str | None = None
    held_by: str | None = None
    about: str | None = None
    about_edition: str | None = None
    summary: str | None = None
    terms: str | None = None
    short_period_reason: str | None = None
    follows: str | None = None
    address: str | None = None
    is_public: bool = True
    questions: tuple[plan.Question, ...] = ()
    invited: tuple[plan.Invitation, ...] = ()
    stated: tuple[plan.Stated, ...] = ()
    translations: Translations = Translations()


HEARING = Kind(
    "hearing",
    HearingTerms,
    models.Hearing,
    uid=r"horing/[0-9]{2}-[0-9]+|arbeidsmote/[a-z0-9]+(-[a-z0-9]+)*",
    uid_example="horing/22-414",
    translated={"translations": "title"},
    rows={
        "questions": Rows(
            plan.Question, models.Question, "hearing", translated={"translations": "text"}
        ),
        "invited": Rows(plan.Invitation, models.Invitation, "hearing", ("name",)),
        "stated": Rows(plan.Stated, models.Stated, "hearing", ("what",)),
    },
)

KINDS = (HEARING,)
"""In the order in which they can be put."""
