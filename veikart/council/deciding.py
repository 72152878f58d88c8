"""What was decided in a case: entered once, corrected with a reason, and checked against what there is."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.council import attending, from_editions, kinds, rules, services
from veikart.council.models import Case, Decision, Meeting, Minutes
from veikart.people import audit
from veikart.people.models import AuditEntry, User
from veikart.plan import council as plan

NEW_VERSION = "decision.new_version"
"""What the record calls it when a decision that others may have read is corrected."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a body decided, as it is entered; the fields mean the same as in the Plan."""

    text: str
    decided_on: dt.date | None
    title: str | None = None
    proposal: str | None = None
    result: plan.Result | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    votes_blank: int | None = None
    effects: tuple[plan.Effect, ...] = ()
    dissents: tuple[plan.Dissent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Version:
    """How a decision was before it was corrected: its number, the decision, and who corrected it, when and why."""

    number: int
    before: plan.Decision
    reason: str
    at: dt.datetime
    by_name: str


@transaction.atomic
def decide(meeting: Meeting, case: Case, said: Said, *, by: User) -> str:
    """Enter what was decided in `case` at `meeting`; answers the decision's uid. A case may have several.

    The meeting counts as held from then on. Raises PermissionDenied, and ValidationError if the meeting is
    still to come or its minutes are approved, the day does not fit, the result does not agree with the
    texts, or an effect is on what is not there.
    """
    rules.refuse_strangers(by)
    audit.lock()
    attending.refuse_approved(meeting)
    attending.refuse_to_come(meeting, on=timezone.localdate())
    _refuse_elsewhere(meeting, case)
    uid = _next_uid(case)
    values = {"body": case.body_id, "case": case.uid, "meeting": meeting.uid, **_checked(said)}
    services.put_many(
        [("meeting", meeting.uid, attending.held(meeting)), ("decision", uid, values)], by=by
    )
    return uid


@transaction.atomic
def correct(decision: Decision, said: Said, *, by: User, reason: str = "") -> None:
    """Put `said` in place of what `decision` says.

    Where others may have read it (see `why_reason`) a reason is needed, and how it was stays in the record
    as a version. Raises as `decide`, but for the minutes: they stay as they were approved.
    """
    rules.refuse_strangers(by)
    audit.lock()
    before = kinds.DECISION.load([decision.uid])[decision.uid]
    why = why_reason(decision)
    if why is None:
        services.put("decision", decision.uid, _checked(said), by=by)
        return
    if not reason.strip():
        raise ValidationError(why, code="reason_missing")
    change = services.put(
        "decision", decision.uid, _checked(said), by=by, verb="decision.corrected"
    )
    if change.verb == "unchanged":
        return
    after = {"version": len(versions(decision)) + 2, "reason": reason.strip()}
    audit.record(NEW_VERSION, decision.uid, by=by, before=before, after=after)


def why_reason(decision: Decision) -> str | None:
    """Why correcting `decision` needs a reason, as a sentence; None while it is the secretariat's alone.

    One query, and what editions need.
    """
    number = from_editions.published_in(decision.uid)
    if number:
        return _("Edition %(number)s shows this decision. Say why it is corrected.") % {
            "number": number
        }
    if decision.meeting_id is None:
        return _("This decision was made before. Say why it is corrected.")
    given = (Minutes.State.SENT, Minutes.State.APPROVED)
    if Minutes.objects.filter(meeting=decision.meeting_id, state__in=given).exists():
        return _("The members have had the minutes with this decision. Say why it is corrected.")
    return None


def versions(decision: Decision) -> list[Version]:
    """How `decision` was before it was corrected, the newest first. One query."""
    rows = AuditEntry.objects.filter(uid=decision.uid, verb=NEW_VERSION).order_by("-number")
    return [
        Version(
            number=row.after["version"] - 1,
            before=msgspec.convert(row.before, plan.Decision),
            reason=row.after["reason"],
            at=row.at,
            by_name=row.by_name,
        )
        for row in rows
        if row.after
    ]


def result_of(text: str, proposal: str | None) -> plan.Result | None:
    """What the two texts tell by themselves: as proposed, or changed; None where no proposal is known."""
    if proposal is None:
        return None
    return "as_proposed" if text.split() == proposal.split() else "changed"


def _checked(said: Said) -> dict[str, Any]:
    _refuse_to_come(said.decided_on)
    values = asdict(said)
    told = result_of(said.text, said.proposal)
    if said.result is None:
        values["result"] = told
    elif told is not None and said.result in ("as_proposed", "changed") and told != said.result:
        raise _disagreeing(told)
    _refuse_unknown(said.effects)
    return {**values, "effects": said.effects, "dissents": said.dissents}


def _disagreeing(told: plan.Result) -> ValidationError:
    if told == "changed":
        says = _("What was decided is not what was proposed. Choose “Changed in the meeting”.")
    else:
        says = _("What was decided is what was proposed. Choose “As proposed”.")
    return ValidationError({"result": says}, code="result_disagrees")


def _refuse_to_come(on: dt.date | None) -> None:
    if on is not None and on > timezone.localdate():
        raise ValidationError(
            {"decided_on": _("The day is still to come. Give the day of the decision.")},
            code="in_the_future",
        )


def _refuse_unknown(effects: Iterable[plan.Effect]) -> None:
    """Raise ValidationError for an effect on an edition or a thing that there is not."""
    editions = from_editions.known() if any(effect.edition for effect in effects) else []
    numbers = [edition.number for edition in editions]
    for effect in effects:
        if effect.edition and effect.edition not in numbers:
            raise ValidationError(
                _(
                    "There is no edition %(found)s. Expected one of those that wait or are "
                    "approved: %(known)s. Freeze the edition first, or correct its number."
                ),
                code="no_such_edition",
                params={"found": effect.edition, "known": ", ".join(numbers) or "–"},
            )
        if effect.uid and from_editions.name_of(effect.uid) is None:
            raise ValidationError(
                _(
                    "The plan knows no %(found)s. Expected an address as on its page, such as "
                    "delmal/2D or leveranse/568."
                ),
                code="unknown_address",
                params={"found": effect.uid},
            )


def _refuse_elsewhere(meeting: Meeting, case: Case) -> None:
    if not meeting.agenda.filter(case=case).exists():
        raise ValidationError(
            _("Case %(number)s is not on the agenda of %(meeting)s. Put it there first."),
            code="not_on_agenda",
            params={"number": case.number, "meeting": meeting},
        )


def _next_uid(case: Case) -> str:
    """`sak/…/vedtak` for the first decision, then `sak/…/vedtak/2`. A number is not used again."""
    taken = set(Decision.objects.filter(case=case).values_list("uid", flat=True))
    first = f"{case.uid}/vedtak"
    if first not in taken:
        return first
    numbers = [int(uid.removeprefix(f"{first}/")) for uid in taken if uid != first]
    return f"{first}/{max(numbers, default=1) + 1}"
