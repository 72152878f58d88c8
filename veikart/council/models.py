"""The working tables of councils: bodies and seats, meetings and agendas, cases and papers, decisions, follow-ups.

The columns that carry the names of the Plan's fields hold what may be published; the others are the secretariat's
own: whose account a seat is, where a paper's file lies, who may see it, drafts of minutes, comments in advance.
"""

from veikart.council.body_models import Body, BodyName, Seat, SeatRole
from veikart.council.case_models import (
    Access,
    Case,
    CaseQuestion,
    CaseType,
    Comment,
    Fixed,
    NoteSection,
    Paper,
)
from veikart.council.decision_models import Decision, Dissent, Effect, FollowUp
from veikart.council.meeting_models import AgendaItem, Attendance, Meeting, Minutes
from veikart.council.work_models import Checkpoint, WorkDate, WorkPhase, WorkPlan, WorkStream

__all__ = [
    "Access",
    "AgendaItem",
    "Attendance",
    "Body",
    "BodyName",
    "Case",
    "CaseQuestion",
    "CaseType",
    "Checkpoint",
    "Comment",
    "Decision",
    "Dissent",
    "Effect",
    "Fixed",
    "FollowUp",
    "Meeting",
    "Minutes",
    "NoteSection",
    "Paper",
    "Seat",
    "SeatRole",
    "WorkDate",
    "WorkPhase",
    "WorkPlan",
    "WorkStream",
]
