"""The kinds of objects that councils keep, and the tables they lie in.

Where a table knows more than may be published, the struct here has those fields, too; what the Plan holds is made of
it by `veikart.council.freezing`.
"""

import datetime as dt
from typing import Literal

from veikart.core.kinds import Kind, PartKind, Rows
from veikart.council import models
from veikart.engines.readers.agenda_words import CaseType, Fixed
from veikart.plan import council as plan
from veikart.plan.part import Part

Access = Literal["public", "from_day", "withheld"]


class CaseTerms(Part, frozen=True, kw_only=True):
    """A case as the secretariat has it; the fields mean the same as in the Plan.

    `is_public` tells that it was summoned for; `basis` and `reason` why it is withheld as a whole.
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
    questions: tuple[plan.CaseQuestion, ...] = ()
    sections: tuple[plan.NoteSection, ...] = ()
    source: str | None = None
    is_public: bool = True
    basis: str | None = None
    reason: str | None = None


class PaperTerms(Part, frozen=True, kw_only=True):
    """A paper as the secretariat has it; its file is known to the table alone."""

    uid: str
    case: str
    no: int
    label: str
    title: str | None = None
    address: str | None = None
    access: Access = "public"
    public_from: dt.date | None = None
    basis: str | None = None
    reason: str | None = None
    file_name: str | None = None
    pages: int | None = None


class MeetingTerms(Part, frozen=True, kw_only=True):
    """A meeting without its minutes; the fields mean the same as in the Plan."""

    uid: str
    body: str
    year: int
    number: int | None = None
    is_extra: bool = False
    state: plan.MeetingState = "planned"
    held_on: dt.date | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    place: str | None = None
    sequence: int = 0
    agenda: tuple[plan.AgendaItem, ...] = ()
    attendance: tuple[plan.Attendance, ...] = ()
    source: str | None = None


_SLUG = "[a-z0-9-]+"
_CASE = rf"sak/{_SLUG}/[0-9]+-[0-9]{{2}}"
_MEETING = rf"mote/{_SLUG}/[0-9]{{1,3}}-[0-9]{{4}}|mote/{_SLUG}/[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"

BODY = Kind(
    "body",
    plan.Body,
    models.Body,
    uid=rf"organ/{_SLUG}",
    uid_example="organ/nuit",
    translated={"translations": "name"},
    rows={"earlier_names": Rows(plan.BodyName, models.BodyName, "body")},
)
SEAT = Kind(
    "seat",
    plan.Seat,
    models.Seat,
    uid=rf"organ/{_SLUG}/plass/[0-9]+",
    uid_example="organ/nuit/plass/3",
)
CASE = Kind(
    "case",
    CaseTerms,
    models.Case,
    uid=_CASE,
    uid_example="sak/nuit/2-22",
    rows={
        "questions": Rows(plan.CaseQuestion, models.CaseQuestion, "case"),
        "sections": Rows(plan.NoteSection, models.NoteSection, "case"),
    },
)
PAPER = Kind(
    "paper",
    PaperTerms,
    models.Paper,
    uid=rf"{_CASE}/vedlegg/[a-z0-9]+(?:\.[0-9]+)?",
    uid_example="sak/nuit/2-22/vedlegg/1a",
)
MEETING = Kind(
    "meeting",
    MeetingTerms,
    models.Meeting,
    uid=_MEETING,
    uid_example="mote/nuit/1-2022",
    rows={
        "agenda": Rows(plan.AgendaItem, models.AgendaItem, "meeting"),
        "attendance": Rows(plan.Attendance, models.Attendance, "meeting"),
    },
)
DECISION = Kind(
    "decision",
    plan.Decision,
    models.Decision,
    uid=rf"{_CASE}/vedtak(?:/[0-9]+)?",
    uid_example="sak/nuit/2-22/vedtak",
    rows={
        "effects": Rows(plan.Effect, models.Effect, "decision"),
        "dissents": Rows(plan.Dissent, models.Dissent, "decision"),
    },
)
FOLLOW_UP = Kind(
    "follow_up",
    plan.FollowUp,
    models.FollowUp,
    uid=rf"(?:{_CASE}|{_MEETING})/oppfolging/[0-9]+",
    uid_example="sak/nuit/2-22/oppfolging/1",
)
WORK_PLAN = Kind(
    "work_plan",
    plan.WorkPlan,
    models.WorkPlan,
    uid=r"arbeidsplan/[0-9]{4}(?:-[0-9]{4})?",
    uid_example="arbeidsplan/2021-2022",
    rows={
        "streams": Rows(plan.WorkStream, models.WorkStream, "plan"),
        "phases": Rows(plan.WorkPhase, models.WorkPhase, "plan"),
        "dates": Rows(plan.WorkDate, models.WorkDate, "plan"),
        "checkpoints": Rows(plan.Checkpoint, models.Checkpoint, "plan"),
    },
)

KINDS = (BODY, SEAT, CASE, PAPER, MEETING, DECISION, FOLLOW_UP, WORK_PLAN)
"""In the order in which they can be put: what is referred to comes first."""

PART_KINDS = (
    PartKind("case_question", CASE, "questions", "sporsmal"),
    PartKind("note_section", CASE, "sections", "avsnitt"),
    PartKind("agenda_item", MEETING, "agenda", "punkt"),
    PartKind("attendance", MEETING, "attendance", "plass"),
    PartKind("work_stream", WORK_PLAN, "streams", "arbeidsstrom"),
    PartKind("work_phase", WORK_PLAN, "phases", "fase"),
    PartKind("work_date", WORK_PLAN, "dates", "dato"),
)
