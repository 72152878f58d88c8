"""What somebody is to do after a decision or a meeting: made, answered, dropped, and overdue."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from veikart.council import rules, services
from veikart.council.models import Case, Decision, FollowUp, Meeting
from veikart.people import audit
from veikart.people import rules as people
from veikart.people.models import User
from veikart.plan.council_lessening import cases_named


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of whom, and until when; the fields mean the same as in the Plan."""

    what: str
    who: str | None = None
    organisation: str | None = None
    due: dt.date | None = None
    due_said: str | None = None


def overdue(on: dt.date) -> "QuerySet[FollowUp]":
    """Those that are open after the day they were due."""
    return FollowUp.objects.filter(state=FollowUp.State.OPEN, due__lt=on)


def visible_to(user: User | AnonymousUser, *, on: dt.date) -> "QuerySet[FollowUp]":
    """Those that `user` may see at the desk: editors all, others their own organisations'. One query more."""
    rows = FollowUp.objects.select_related("body", "case", "meeting", "organisation")
    if rules.can_prepare(user):
        return rows
    return rows.filter(organisation__in=answering_for(user, on=on))


def cases_of(follow_up: FollowUp) -> list[Case]:
    """The cases that `follow_up` comes of, also where only its decision or its address tells. One query."""
    named = cases_named(follow_up.case_id, follow_up.decision_id, follow_up.uid)
    return list(Case.objects.filter(pk__in=named).order_by("uid"))


def answering_for(user: User | AnonymousUser, *, on: dt.date) -> set[str]:
    """The organisations for which `user` may answer: where they report, and where they have a seat."""
    found: set[str] = set()
    if not isinstance(user, User) or not user.is_active:
        return found
    if people.can_report(user) and user.organisation_id:
        found.add(user.organisation_id)
    seats = rules.seats_of(user, on=on).exclude(organisation=None)
    return found | {uid for uid in seats.values_list("organisation_id", flat=True) if uid}


def can_answer(user: User | AnonymousUser, follow_up: FollowUp, *, on: dt.date) -> bool:
    """Whether `user` may say what became of `follow_up`."""
    return rules.can_prepare(user) or (
        follow_up.organisation_id is not None
        and follow_up.organisation_id in answering_for(user, on=on)
    )


@transaction.atomic
def ask_after_decision(decision: Decision, asked: Asked, *, by: User) -> str:
    """Have somebody do something because of `decision`; answers the follow-up's uid.

    Raises PermissionDenied, and ValidationError for what does not fit.
    """
    values = {"decision": decision.uid, "meeting": decision.meeting_id}
    return _ask(decision.case, asked, values, by=by)


@transaction.atomic
def ask_in_case(case: Case, meeting: Meeting, asked: Asked, *, by: User) -> str:
    """As `ask_after_decision`, after what was said in `case` at `meeting`."""
    return _ask(case, asked, {"meeting": meeting.uid}, by=by)


@transaction.atomic
def ask_after_meeting(meeting: Meeting, asked: Asked, *, by: User) -> str:
    """As `ask_after_decision`, after what was said at `meeting` outside its cases."""
    return _ask(meeting, asked, {"meeting": meeting.uid}, by=by)


@transaction.atomic
def answer(follow_up: FollowUp, said: str, *, is_done: bool, by: User, on: dt.date) -> None:
    """Say what became of `follow_up` by the day `on`: it is done, or how far it has come.

    What was answered before stays in the record. Raises PermissionDenied if `by` may not answer, and
    ValidationError if nothing is said or it was dropped.
    """
    if not can_answer(by, follow_up, on=on):
        raise PermissionDenied
    audit.lock()
    follow_up = FollowUp.objects.get(pk=follow_up.pk)
    if follow_up.state == FollowUp.State.DROPPED:
        raise ValidationError(
            _("“%(what)s” was dropped. Take it up again before it is answered."),
            code="dropped",
            params={"what": follow_up.what},
        )
    _settle(follow_up, "done" if is_done else "open", said, by=by, on=on, verb="answered")


@transaction.atomic
def drop(follow_up: FollowUp, reason: str, *, by: User, on: dt.date) -> None:
    """Say that nobody will do it, and why. Raises PermissionDenied; ValidationError without a reason."""
    rules.refuse_strangers(by)
    _settle(follow_up, "dropped", reason, by=by, on=on, verb="dropped")


@transaction.atomic
def take_up(follow_up: FollowUp, reason: str, *, by: User, on: dt.date) -> None:
    """Open one again that was done or dropped, and say why; what was answered stays in the record.

    Raises PermissionDenied; ValidationError without a reason.
    """
    rules.refuse_strangers(by)
    _settle(follow_up, "open", reason, by=by, on=on, verb="taken_up")


def _ask(about: Case | Meeting, asked: Asked, values: dict[str, str | None], *, by: User) -> str:
    rules.refuse_strangers(by)
    audit.lock()
    uid = _next_uid(about)
    told = {
        "body": about.body_id,
        "case": about.uid if isinstance(about, Case) else None,
        "what": asked.what,
        "who": asked.who,
        "organisation": asked.organisation,
        "due": asked.due,
        "due_said": asked.due_said,
    }
    services.put("follow_up", uid, {**told, **values}, by=by)
    return uid


def _next_uid(about: Case | Meeting) -> str:
    start = f"{about.uid}/oppfolging/"
    taken = FollowUp.objects.filter(Q(uid__startswith=start)).values_list("uid", flat=True)
    return f"{start}{max((int(uid.removeprefix(start)) for uid in taken), default=0) + 1}"


def _settle(
    follow_up: FollowUp, state: str, said: str, *, by: User, on: dt.date, verb: str
) -> None:
    if not said.strip():
        raise ValidationError(_("Say what became of it, and why."), code="missing_value")
    values = {"state": state, "answer": said.strip(), "answered_on": on}
    services.put("follow_up", follow_up.uid, values, by=by, verb=f"follow_up.{verb}")
