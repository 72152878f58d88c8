"""What the items of an agenda and of minutes hold: a meeting, seats, cases, papers, decisions, follow-ups."""

import datetime as dt
from typing import Literal

import msgspec

from veikart.engines.readers.agenda_words import CaseType, Fixed, Slot

SeatRole = Literal["member", "leader", "observer", "substitute", "secretary", "other"]


class Break(msgspec.Struct, frozen=True, kw_only=True):
    """A break on the agenda."""

    title: str
    starts_at: str | None


class MeetingValues(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting of a body; what the document does not say is None.

    `number` counts within `year`. `day_said` is the day in the document's own words, and `held_on`
    None where no calendar has it. Times are such as "10:30".
    """

    body: str | None
    number: int | None
    year: int | None
    is_extra: bool
    held_on: dt.date | None
    day_said: str | None
    starts_at: str | None
    ends_at: str | None
    place: str | None
    breaks: tuple[Break, ...] = ()


class SeatValues(msgspec.Struct, frozen=True, kw_only=True):
    """Who has, or was invited to, a seat at a meeting.

    `stands_in_for` is whom a substitute replaces. `present` is told by minutes alone.
    """

    meeting: str
    person: str | None
    organisation: str | None
    role: SeatRole
    stands_in_for: str | None = None
    present: bool | None = None


class CaseValues(msgspec.Struct, frozen=True, kw_only=True):
    """A case at a meeting.

    `number` is as it was said, such as "2/22". `type` is None where none is given or `type_said`
    is none that is known. `fixed` tells the cases that every meeting has. `slots` are its times,
    one for each part where it goes on after a break. `text` has a line for each paragraph.
    """

    meeting: str
    number: str | None
    position: int
    title: str
    type: CaseType | None
    type_said: str | None
    fixed: Fixed | None
    slots: tuple[Slot, ...]
    presenter: str | None
    text: str | None


class QuestionValues(msgspec.Struct, frozen=True, kw_only=True):
    """A question that a case asks, or an evaluation does (then `case` is None)."""

    case: str | None
    number: int
    text: str


class AttachmentValues(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of a case; `label` is such as "1A"."""

    case: str
    label: str
    title: str | None


class ProposedDecisionValues(msgspec.Struct, frozen=True, kw_only=True):
    """What a body is asked to decide, word for word."""

    case: str
    text: str


class DecisionValues(msgspec.Struct, frozen=True, kw_only=True):
    """What a body decided, word for word.

    `cited_by` is the case whose papers tell of it, for decisions of earlier meetings; `theme` is what
    these call it.
    """

    case: str
    number: str | None
    text: str | None
    decided_on: dt.date | None
    theme: str | None = None
    cited_by: str | None = None


class FollowUpValues(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is to do after a meeting; `due_said` is the day in the document's own words."""

    meeting: str
    case: str | None
    what: str
    who: str | None
    due: dt.date | None
    due_said: str | None


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A section of a note, a line for each paragraph. What stands before the first heading has none."""

    heading: str | None
    text: str | None


class TopNoteValues(msgspec.Struct, frozen=True, kw_only=True):
    """The note that a case is presented by: its labels and its sections in order.

    `purpose` and `way_forward` are the texts of the sections so called; `links` are addresses in it.
    """

    case: str | None
    number: str | None
    title: str | None
    to: str | None
    dated: dt.date | None
    day_said: str | None
    type: CaseType | None
    type_said: str | None
    sender: str | None
    case_officer: str | None
    purpose: str | None
    way_forward: str | None
    sections: tuple[Section, ...]
    links: tuple[str, ...]
