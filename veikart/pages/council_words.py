"""What bodies, meetings, cases, decisions and follow-ups are called in words."""

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from veikart.council.models import Body, CaseType, Decision, Effect, SeatRole
from veikart.design import words
from veikart.plan import council as plan

STATES: dict[plan.MeetingState, Promise] = {
    "planned": pgettext_lazy("state of a meeting", "Planned"),
    "summoned": pgettext_lazy("state of a meeting", "Summoned"),
    "held": pgettext_lazy("state of a meeting", "Held"),
    "cancelled": pgettext_lazy("state of a meeting", "Cancelled"),
}
FOLLOW_UPS: dict[str, Promise] = {
    "open": pgettext_lazy("state of a follow-up", "Open"),
    "overdue": pgettext_lazy("state of a follow-up", "Overdue"),
    "done": pgettext_lazy("state of a follow-up", "Done"),
    "dropped": pgettext_lazy("state of a follow-up", "Dropped"),
}
ROLES = ("leader", "member", "observer", "substitute", "secretary", "other")
"""The roles in a body in the order in which pages list them."""


def level(body: plan.Body) -> str:
    """Who sits in a body; empty where that is not told."""
    return str(Body.Level(body.level).label) if body.level not in (None, "other") else ""


def role(code: str) -> str:
    """What a role in a body is called."""
    return str(SeatRole(code).label)


def case_type(case: plan.Case) -> str:
    """What a body is asked for; empty where that is not told."""
    return str(CaseType(case.type).label) if case.type else ""


def result(decision: plan.Decision) -> str:
    """What became of the proposal; empty where that is not told."""
    return str(Decision.Result(decision.result).label) if decision.result else ""


def effect(kind: plan.EffectKind) -> str:
    """What a decision does, as a word before what it does it to."""
    return str(Effect.Kind(kind).label)


def body_name(body: plan.Body, language: str) -> str:
    """The name of a body in `language`, as plain text."""
    return getattr(body.translations, language, None) or body.name


def body_short(body: plan.Body) -> str:
    """The name of a body where room is short."""
    return body.short_name or body.name


def name_on(body: plan.Body, day: dt.date | None) -> str | None:
    """What a body was called on `day`, where that is known to be another name than today's."""
    for name in body.earlier_names:
        begun = name.from_day is None or (day is not None and name.from_day <= day)
        if begun and day and name.until_day and day < name.until_day:
            return name.name
    return None


def case_number(case: plan.Case) -> str:
    """Sak 2/22."""
    return _("Case %(number)s") % {"number": case.number}


def meeting(found: plan.Meeting) -> str:
    """What a meeting is called: Møte 1/2022; Ekstra møte 4. februar 2022 where it has no number."""
    facts = {"number": f"{found.number}/{found.year}", "day": _day_or_year(found)}
    if found.number is None:
        return (_("Extra meeting, %(day)s") if found.is_extra else _("Meeting, %(day)s")) % facts
    return (_("Extra meeting %(number)s") if found.is_extra else _("Meeting %(number)s")) % facts


def clock(time: str) -> str:
    """A time of day: 10.30 in Norwegian, 10:30 in English."""
    return time if get_language() == "en" else time.replace(":", ".")


def hours(found: plan.Meeting) -> str:
    """From when to when a meeting lasts: kl. 10.30–13.00; empty where not told."""
    if found.starts_at is None:
        return ""
    if found.ends_at is None:
        return _("at %(time)s") % {"time": clock(found.starts_at)}
    facts = {"start": clock(found.starts_at), "end": clock(found.ends_at)}
    return _("at %(start)s–%(end)s") % facts


def when(found: plan.Meeting) -> str:
    """The day and the hours of a meeting, or that the day is not set."""
    if found.held_on is None:
        return _("the day is not set")
    return " ".join(part for part in (words.day(found.held_on), hours(found)) if part)


def span(from_day: dt.date | None, until_day: dt.date | None, seen_on: dt.date | None) -> str:
    """Since when and until when something holds, with what is not known about it."""
    facts = {
        "start": words.day(from_day) if from_day else "",
        "end": words.day(until_day - dt.timedelta(days=1)) if until_day else "",
        "seen": words.day(seen_on) if seen_on else "",
    }
    if from_day and until_day:
        return _("%(start)s – %(end)s") % facts
    if from_day:
        return _("from %(start)s") % facts
    if until_day:
        return _("through %(end)s, since when is not known") % facts
    if seen_on:
        return _("known on %(seen)s; since when and until when is not known") % facts
    return _("since when and until when is not known")


def state_of(follow_up: plan.FollowUp, on: dt.date) -> str:
    """The state of a follow-up on the day `on`; `overdue` is open after its day."""
    if follow_up.state == "open" and follow_up.due and follow_up.due < on:
        return "overdue"
    return follow_up.state


def vote(decision: plan.Decision) -> str:
    """How the votes fell, as a sentence; empty where there was no vote."""
    if decision.votes_for is None and decision.votes_against is None:
        return ""
    facts = {"n": decision.votes_for or 0, "against": decision.votes_against or 0}
    sentence = ngettext(
        "%(n)d voted for and %(against)d against.",
        "%(n)d voted for and %(against)d against.",
        facts["n"],
    )
    said = [sentence % facts]
    if decision.votes_blank:
        blank = ngettext("%(n)d voted blank.", "%(n)d voted blank.", decision.votes_blank)
        said.append(blank % {"n": decision.votes_blank})
    return " ".join(said)


def count_cases(count: int) -> str:
    """So many cases."""
    return ngettext("%(n)s case", "%(n)s cases", count) % {"n": words.number(count)}


def count_decisions(count: int) -> str:
    """So many decisions."""
    return ngettext("%(n)s decision", "%(n)s decisions", count) % {"n": words.number(count)}


def count_meetings(count: int) -> str:
    """So many meetings."""
    return ngettext("%(n)s meeting", "%(n)s meetings", count) % {"n": words.number(count)}


def _day_or_year(found: plan.Meeting) -> str:
    return words.day(found.held_on) if found.held_on else str(found.year)
