"""What the items of slides hold: the assessment of a strategy, and the plan for the work on the next one."""

import datetime as dt
from typing import Literal

import msgspec

Scale = Literal["small", "limited", "some", "large"]
"""I liten grad · I begrenset grad · I noen grad · I stor grad."""
PhaseKind = Literal["phase", "involvement", "hearing"]


class AreaAssessmentValues(msgspec.Struct, frozen=True, kw_only=True):
    """How an area of a strategy does: its goal, the comment, and the status where it is written."""

    number: int
    goal: str
    comment: str | None
    status_said: str | None


class RatingValues(msgspec.Struct, frozen=True, kw_only=True):
    """A rating on a scale, word for word; `question` is the one it answers, None where nothing tells."""

    value: Scale
    said: str
    question: str | None


class FindingValues(msgspec.Struct, frozen=True, kw_only=True):
    """Something that an evaluation found, word for word, and the points that it rests on."""

    number: int
    text: str
    grounds: tuple[str, ...]


class WorkStreamValues(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the work on a strategy, and what it asks."""

    title: str
    questions: tuple[str, ...]


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to whom the work is shown, and how many times the plan marks it."""

    name: str
    times: int


class WorkPlanValues(msgspec.Struct, frozen=True, kw_only=True):
    """The plan as a whole: its quarters in order, such as "2021-Q1", what it aims at, who is shown it."""

    quarters: tuple[str, ...]
    aim: str | None
    checkpoints: tuple[Checkpoint, ...]


class PhaseValues(msgspec.Struct, frozen=True, kw_only=True):
    """A phase of the work, or who is involved beside it.

    `from_quarter` and `to_quarter` are None where the bar is drawn and its length is not written.
    """

    title: str
    description: str | None
    kind: PhaseKind
    from_quarter: str | None
    to_quarter: str | None


class MilestoneValues(msgspec.Struct, frozen=True, kw_only=True):
    """A dated point of the plan; `what` and `body` are None where the document does not say."""

    day: dt.date | None
    day_said: str
    what: str | None
    body: str | None
