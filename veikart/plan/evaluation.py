"""What a Plan holds of evaluations: areas, questions, ratings and findings, and principles checked on a draft.

Uids: `evaluering/2021` an evaluation, `evalueringsprinsipp/3` a principle, `evalueringsprinsipp/3/sjekk/1` a
check of it. The parts of an evaluation are numbered within it.
"""

import datetime as dt
from typing import Literal

from veikart.engines.readers.slides_values import Scale
from veikart.plan.part import Part, Translations

Progress = Literal["none", "weak", "some", "good", "reached"]
"""How far an area has come: ingen · svak · noe · god fremdrift · nådd."""
CheckValue = Literal["met", "partly", "not_met", "not_assessed"]


class AreaAssessment(Part, frozen=True, kw_only=True):
    """How an area of a strategy does: its goal, its progress, the comment. `value` is None where not known."""

    no: int
    goal: str
    title: str | None = None
    comment: str | None = None
    value: Progress | None = None
    status_said: str | None = None


class EvaluationQuestion(Part, frozen=True, kw_only=True):
    """A question that an evaluation asks."""

    no: int
    text: str


class Rating(Part, frozen=True, kw_only=True):
    """A rating on the scale of degrees. `question` is the number of the one it answers: None where nothing
    tells which, and then it belongs to none. `said` is the rating word for word.
    """

    no: int
    value: Scale
    said: str
    question: int | None = None
    comment: str | None = None
    evidence: str | None = None
    by: str | None = None
    given_on: dt.date | None = None


class Finding(Part, frozen=True, kw_only=True):
    """Something that an evaluation found, and what it rests on."""

    no: int
    text: str
    grounds: tuple[str, ...] = ()


class Evaluation(Part, frozen=True, kw_only=True):
    """An evaluation of a strategy: `evaluering/2021`. `about` is what was evaluated, `by` who did."""

    uid: str
    title: str
    about: str | None = None
    as_of: dt.date | None = None
    by: str | None = None
    method: str | None = None
    case: str | None = None
    areas: tuple[AreaAssessment, ...] = ()
    questions: tuple[EvaluationQuestion, ...] = ()
    ratings: tuple[Rating, ...] = ()
    findings: tuple[Finding, ...] = ()
    source: str | None = None
    translations: Translations = Translations()


class Principle(Part, frozen=True, kw_only=True):
    """A principle that the whole of a strategy is held against: `evalueringsprinsipp/3`."""

    uid: str
    number: int
    title: str
    text: str | None = None
    decision: str | None = None
    translations: Translations = Translations()


class PrincipleCheck(Part, frozen=True, kw_only=True):
    """A principle held against a draft, or against the edition `edition`: the answer, and why."""

    uid: str
    principle: str
    value: CheckValue
    checked_on: dt.date
    edition: str | None = None
    comment: str | None = None
    by: str | None = None


class Evaluations(Part, frozen=True, kw_only=True):
    """The evaluations' part of a Plan; each collection is sorted by uid."""

    evaluations: tuple[Evaluation, ...] = ()
    principles: tuple[Principle, ...] = ()
    checks: tuple[PrincipleCheck, ...] = ()
