"""What a Plan holds of a council model: bodies, seats, meetings, cases, papers, decisions, follow-ups, work plans.

Uids, all permanent; a body keeps its uid when its name changes:

- `organ/nasjonalt-e-helserad` a body, `organ/nasjonalt-e-helserad/plass/3` a seat in it;
- `mote/nasjonalt-e-helserad/1-2022` a meeting;
- `sak/nasjonalt-e-helserad/2-22` a case, `sak/…/2-22/vedlegg/1a` a paper, `sak/…/2-22/vedtak` a decision;
- `sak/…/2-22/oppfolging/1` or `mote/…/1-2022/oppfolging/1` a follow-up;
- `arbeidsplan/2021-2022` a plan for the work.

What is withheld is not here: a case tells how many papers are, and on which basis; a case that is withheld
itself is a line on the agenda with the basis and no more. Times of day are such as "10:30".
"""

import datetime as dt
from typing import Literal

from veikart.engines.readers.agenda_values import SeatRole
from veikart.engines.readers.agenda_words import CaseType, Fixed
from veikart.engines.readers.slides_values import PhaseKind
from veikart.plan.part import Part, Translations

BodyLevel = Literal["top_leaders", "leaders", "professionals", "other"]
MeetingState = Literal["planned", "summoned", "held", "cancelled"]
AgendaKind = Literal["case", "break", "withheld", "other"]
Result = Literal["as_proposed", "changed", "postponed", "rejected", "noted"]
EffectKind = Literal["approves", "recommends", "asks_for_change", "takes_along", "led_to"]
FollowUpState = Literal["open", "done", "dropped"]


class BodyName(Part, frozen=True, kw_only=True):
    """What a body was called from a day until the day it no longer was; None where not known."""

    no: int
    name: str
    from_day: dt.date | None = None
    until_day: dt.date | None = None


class Body(Part, frozen=True, kw_only=True):
    """A council or committee: `organ/nuit`. `prepares_for` is the body that its cases go on to."""

    uid: str
    name: str
    short_name: str | None = None
    level: BodyLevel | None = None
    mandate: str | None = None
    prepares_for: str | None = None
    secretariat: str | None = None
    earlier_names: tuple[BodyName, ...] = ()
    address: str | None = None
    source: str | None = None
    translations: Translations = Translations()


class Seat(Part, frozen=True, kw_only=True):
    """A seat in a body: an organisation, and the person who has it, where one is named.

    `from_day` and `until_day` (the first day it is no longer theirs) are None where not known; `seen_on` is
    a day on which a source shows the seat. `substitutes_for` is the uid of the seat it stands in for.
    `organisation` is a uid where the plan knows it, `organisation_name` what the source calls it.
    """

    uid: str
    body: str
    organisation_name: str
    role: SeatRole
    organisation: str | None = None
    person: str | None = None
    from_day: dt.date | None = None
    until_day: dt.date | None = None
    seen_on: dt.date | None = None
    substitutes_for: str | None = None
    source: str | None = None


class AgendaItem(Part, frozen=True, kw_only=True):
    """A line of an agenda: a case, a break, or something without a case number.

    `minutes` is how long it is to take. `is_continued` tells a case that goes on after a break. One that is
    `withheld` has neither case nor title, only the legal `basis`.
    """

    no: int
    kind: AgendaKind
    case: str | None = None
    title: str | None = None
    starts_at: str | None = None
    minutes: int | None = None
    is_continued: bool = False
    presenter: str | None = None
    basis: str | None = None


class Attendance(Part, frozen=True, kw_only=True):
    """Somebody who was summoned to a meeting, and whether they came: None while nobody has said.

    `stands_in_for` is whom a substitute replaces.
    """

    no: int
    role: SeatRole
    person: str | None = None
    organisation: str | None = None
    organisation_name: str | None = None
    stands_in_for: str | None = None
    present: bool | None = None


class Minutes(Part, frozen=True, kw_only=True):
    """The approved minutes of a meeting: its lines, their SHA-256, when and at which meeting they were approved."""

    text: tuple[str, ...]
    sha256: str
    approved_on: dt.date
    approved_at: str | None = None


class Meeting(Part, frozen=True, kw_only=True):
    """A meeting of a body: number `number` in `year`; None where a source has none.

    `sequence` counts how often its day, time or place was changed, as calendars need it. The agenda is shown
    once the meeting is summoned.
    """

    uid: str
    body: str
    year: int
    number: int | None = None
    is_extra: bool = False
    state: MeetingState = "planned"
    held_on: dt.date | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    place: str | None = None
    sequence: int = 0
    agenda: tuple[AgendaItem, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    minutes: Minutes | None = None
    source: str | None = None


class CaseQuestion(Part, frozen=True, kw_only=True):
    """A question that a case asks of the body."""

    no: int
    text: str


class NoteSection(Part, frozen=True, kw_only=True):
    """A section of the note that presents a case; what stands before the first heading has none."""

    no: int
    heading: str | None
    text: str | None


class WithheldPapers(Part, frozen=True, kw_only=True):
    """How many papers of a case are withheld on one legal basis."""

    basis: str
    papers: int


class Case(Part, frozen=True, kw_only=True):
    """A case of a body: number `2/22`, its type, purpose, questions, text and what is proposed.

    `came_from` is the case of the body that treated it before. `about` are uids of what it concerns in the
    plan, `cites` the decisions that its papers lean on. `fixed` tells the cases that every meeting has.
    """

    uid: str
    body: str
    number: str
    title: str
    type: CaseType | None = None
    fixed: Fixed | None = None
    purpose: str | None = None
    text: str | None = None
    proposal: str | None = None
    presenter: str | None = None
    case_officer: str | None = None
    sender: str | None = None
    came_from: str | None = None
    about: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    questions: tuple[CaseQuestion, ...] = ()
    sections: tuple[NoteSection, ...] = ()
    withheld: tuple[WithheldPapers, ...] = ()
    source: str | None = None


class Paper(Part, frozen=True, kw_only=True):
    """A paper of a case that is public: `sak/nuit/3-26/vedlegg/1a`, labelled `1A`.

    `sha256` is that of its file, None where only its title is known; `pages` is None where not counted.
    `public_from` is the day it became public, where it was not from the start.
    """

    uid: str
    case: str
    no: int
    label: str
    title: str | None = None
    file_name: str | None = None
    media_type: str | None = None
    bytes: int | None = None
    pages: int | None = None
    sha256: str | None = None
    public_from: dt.date | None = None
    address: str | None = None


class Effect(Part, frozen=True, kw_only=True):
    """What a decision does: approves an edition (its number) or something in the plan (a uid), and so on."""

    no: int
    kind: EffectKind
    uid: str | None = None
    edition: str | None = None
    note: str | None = None


class Dissent(Part, frozen=True, kw_only=True):
    """Somebody who did not agree, and what they had put in the minutes."""

    no: int
    who: str
    text: str | None = None


class Decision(Part, frozen=True, kw_only=True):
    """What a body decided in a case, word for word: `sak/nasjonalt-e-helserad/40-21/vedtak`.

    `proposal` is what was proposed. The three numbers are of a vote, None where there was none.
    """

    uid: str
    body: str
    case: str
    text: str
    title: str | None = None
    meeting: str | None = None
    decided_on: dt.date | None = None
    proposal: str | None = None
    result: Result | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    votes_blank: int | None = None
    effects: tuple[Effect, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    source: str | None = None


class FollowUp(Part, frozen=True, kw_only=True):
    """What somebody is to do after a decision or a meeting, by when, and what became of it.

    `who` is as it was said; `organisation` its uid where the plan knows it. `due_said` is the day in the
    source's own words. It is overdue when it is open after `due`.
    """

    uid: str
    body: str
    what: str
    case: str | None = None
    decision: str | None = None
    meeting: str | None = None
    who: str | None = None
    organisation: str | None = None
    due: dt.date | None = None
    due_said: str | None = None
    state: FollowUpState = "open"
    answer: str | None = None
    answered_on: dt.date | None = None


class WorkStream(Part, frozen=True, kw_only=True):
    """A part of the work that a plan is for, and the questions it is to answer."""

    no: int
    title: str
    questions: tuple[str, ...] = ()


class WorkPhase(Part, frozen=True, kw_only=True):
    """A phase of the work, or who is involved beside it; quarters such as "2021-Q3", None where not told."""

    no: int
    title: str
    kind: PhaseKind = "phase"
    description: str | None = None
    from_quarter: str | None = None
    to_quarter: str | None = None


class WorkDate(Part, frozen=True, kw_only=True):
    """A dated point of the work; `what`, `body` and `meeting` are None where nothing tells."""

    no: int
    day_said: str
    day: dt.date | None = None
    what: str | None = None
    body: str | None = None
    meeting: str | None = None


class Checkpoint(Part, frozen=True, kw_only=True):
    """Somebody to whom the work is shown, and how many times the plan marks it."""

    no: int
    name: str
    times: int


class WorkPlan(Part, frozen=True, kw_only=True):
    """The plan for the work on a strategy: phases and dates, quarter by quarter: `arbeidsplan/2021-2022`."""

    uid: str
    title: str
    quarters: tuple[str, ...] = ()
    aim: str | None = None
    streams: tuple[WorkStream, ...] = ()
    phases: tuple[WorkPhase, ...] = ()
    dates: tuple[WorkDate, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    source: str | None = None


class Council(Part, frozen=True, kw_only=True):
    """The councils' part of a Plan; each collection is sorted by uid."""

    bodies: tuple[Body, ...] = ()
    seats: tuple[Seat, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    cases: tuple[Case, ...] = ()
    papers: tuple[Paper, ...] = ()
    decisions: tuple[Decision, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    work_plans: tuple[WorkPlan, ...] = ()
