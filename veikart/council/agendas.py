"""The agenda of a meeting: made with what every meeting has, put in order, given minutes; each deed recorded."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from veikart.council import agenda_lines, agenda_times, casework, coming_back, kinds, services
from veikart.council.models import AgendaItem, Case, Decision, FollowUp, Meeting, Minutes
from veikart.design import words
from veikart.engines.readers.agenda_words import Fixed
from veikart.people import audit
from veikart.people.models import User
from veikart.plan import council as plan

SUMMONS = "Godkjenning av innkalling og dagsorden"
MINUTES = "Godkjenning av referat fra {}"
OTHER_BUSINESS = "Eventuelt"
FIXED_MINUTES = 5
CHANGEABLE = (Meeting.State.PLANNED, Meeting.State.SUMMONED)
"""The states of a meeting in which its agenda can be changed."""

Change = Callable[["Agenda"], agenda_lines.Lines]


@dataclass(frozen=True)
class Agenda:
    """The agenda of a meeting as it is now: what is kept, with what comes back by itself.

    `cases` are those on it, by uid. `returned` are the follow-ups that come back on the meeting's day.
    """

    meeting: Meeting
    lines: agenda_lines.Lines
    cases: Mapping[str, Case]
    returned: tuple[coming_back.Returned, ...]

    @property
    def fixed(self) -> dict[str, str | None]:
        """What each case is of those that every meeting has."""
        return {uid: case.fixed for uid, case in self.cases.items()}

    @cached_property
    def times(self) -> agenda_times.Times:
        """The lines with their times."""
        return agenda_times.added_up(
            self.lines, starts_at=self.meeting.starts_at, ends_at=self.meeting.ends_at
        )

    @cached_property
    def stamp(self) -> str:
        """What this state of the agenda is known by."""
        return agenda_lines.stamp(self.lines)

    def title(self, item: plan.AgendaItem) -> str:
        """What a line is called: a case by its number and title, continued or not."""
        case = self.cases.get(item.case or "")
        if case is None:
            return item.title or "–"
        number = f"{case.number} forts." if item.is_continued else case.number
        return f"{number} {case.title}"


def agenda_of(meeting: Meeting, *, on: dt.date | None = None) -> Agenda:
    """The agenda of `meeting` as it is on the day `on`, today if none is given. Six queries at most."""
    today = on or timezone.localdate()
    lines = kinds.MEETING.load([meeting.pk])[meeting.pk].agenda
    uids = {item.case for item in lines if item.case}
    cases = Case.objects.filter(pk__in=uids).in_bulk()
    if not lines or not takes_what_comes_back(meeting, on=today):
        has_line = any(coming_back.is_line(item) for item in lines)
        found = _returned(meeting, on=today) if has_line else ()
        return Agenda(meeting, lines, cases, found)
    follow_ups = _open_of(meeting.body_id)
    day = max(today, meeting.held_on or today)
    last = agenda_lines.ending(lines, {uid: case.fixed for uid, case in cases.items()})
    lines = coming_back.with_follow_ups(lines, follow_ups, on=day, last=last)
    return Agenda(meeting, lines, cases, coming_back.returned(follow_ups, on=day))


def takes_what_comes_back(meeting: Meeting, *, on: dt.date) -> bool:
    """Whether open follow-ups come back on the agenda of `meeting`: the body's next that is planned. One query."""
    if meeting.state != Meeting.State.PLANNED:
        return False
    return next_planned(meeting.body_id, on=on) in (None, meeting.pk)


def next_planned(body: str, *, on: dt.date) -> str | None:
    """The next planned meeting of a body from the day `on`; one without a day comes last. One query."""
    rows = Meeting.objects.filter(body=body, state=Meeting.State.PLANNED).exclude(held_on__lt=on)
    days = rows.values_list("held_on", "uid")
    ordered = sorted(days, key=lambda row: (row[0] is None, row[0] or on, row[1]))
    return ordered[0][1] if ordered else None


def waiting(body: str) -> list[Case]:
    """The cases of a body that are still to be treated and stand on no agenda to come, by number. One query.

    So is a case that was postponed, and one whose meeting was cancelled, unless every meeting has it.
    """
    return sorted(all_waiting().filter(body=body), key=casework.place)


def all_waiting() -> "QuerySet[Case]":
    """As `waiting`, for all bodies."""
    stands = AgendaItem.objects.filter(case=OuterRef("pk"))
    held = stands.filter(meeting__state=Meeting.State.HELD)
    to_come = stands.filter(meeting__state__in=CHANGEABLE)
    decided = Decision.objects.filter(case=OuterRef("pk"))
    final = decided.exclude(result=Decision.Result.POSTPONED)
    untreated = ~Exists(held) & ~Exists(decided)
    postponed = Exists(decided) & ~Exists(final)
    rows = Case.objects.filter(~Exists(to_come) & (untreated | postponed))
    return rows.filter(Q(fixed=None) | ~Exists(stands))


# --- Deeds ------------------------------------------------------------------------------------


@transaction.atomic
def make(meeting: Meeting, cases: Iterable[str] = (), *, by: User, on: dt.date) -> Agenda:
    """Make the agenda of `meeting` of what every meeting has, and of `cases` between.

    Approval of the summons comes first, of the minutes of the last meeting second if they are not approved,
    any other business last; each is a new case. Raises ValidationError where there is an agenda already.
    """
    audit.lock()
    refuse_closed(meeting)
    if meeting.agenda.exists():
        raise ValidationError(_("The meeting has an agenda already. Change that."), code="is_made")
    year = (meeting.held_on or on).year
    chosen = [one for one in waiting(meeting.body_id) if one.pk in set(cases)]
    unapproved = last_without_approval(meeting)
    firsts = [(plan_fixed, title) for plan_fixed, title in _firsts(unapproved)]
    uids = [_fixed_case(meeting, fixed, title, year=year, by=by) for fixed, title in firsts]
    uids += [case.pk for case in chosen]
    uids.append(_fixed_case(meeting, "other_business", OTHER_BUSINESS, year=year, by=by))
    by_uid = {case.pk: case for case in Case.objects.filter(pk__in=uids)}
    lines = agenda_lines.numbered(_line(by_uid[uid]) for uid in uids)
    _keep(meeting, lines, verb="agenda.made", by=by)
    return _kept_whole(meeting, by=by, on=on)


@transaction.atomic
def change(meeting: Meeting, act: Change, *, stamp: str, verb: str, by: User) -> Agenda:
    """Change the agenda as `act` does with it. What comes back by itself is kept with it.

    `stamp` is of the agenda that the person has seen. Raises ValidationError if it is another by now, if the meeting
    was held or cancelled, or `act` refuses.
    """
    audit.lock()
    refuse_closed(meeting)
    now = agenda_of(meeting)
    if stamp != now.stamp:
        raise ValidationError(
            _("The agenda was changed meanwhile. Look at it as it is now, and do it again."),
            code="changed_meanwhile",
        )
    _keep(meeting, act(now), verb=verb, by=by)
    return agenda_of(meeting)


def move(no: int, *, after: int) -> Change:
    """The line `no` right after the line `after`; 0 is first."""
    return lambda now: agenda_lines.moved(now.lines, no, after=after, fixed=now.fixed)


def take_out(no: int) -> Change:
    """Without the line `no`. A case keeps its number, and waits."""
    return lambda now: agenda_lines.without(now.lines, no)


def add_case(uid: str) -> Change:
    """With a case of the body that waits, where it belongs."""

    def act(now: Agenda) -> agenda_lines.Lines:
        case = next((one for one in waiting(now.meeting.body_id) if one.pk == uid), None)
        if case is None:
            raise ValidationError(
                _("Expected a case of the body that waits; found “%(found)s”. Choose another."),
                code="not_waiting",
                params={"found": uid},
            )
        fixed = {**now.fixed, case.pk: case.fixed}
        return agenda_lines.put_in(now.lines, _line(case), fixed=fixed)

    return act


def add_break(title: str, *, after: int, minutes: int | None) -> Change:
    """With a break after the line `after`."""
    line = plan.AgendaItem(no=0, kind="break", title=title, minutes=minutes)
    return lambda now: agenda_lines.put_after(now.lines, line, after=after, fixed=now.fixed)


def continue_case(uid: str, *, after: int, minutes: int | None) -> Change:
    """With a case that stands on the agenda going on after the line `after`."""

    def act(now: Agenda) -> agenda_lines.Lines:
        if uid not in now.cases:
            raise ValidationError(
                _("Expected a case of this agenda; found “%(found)s”. Choose another."),
                code="not_on_the_agenda",
                params={"found": uid},
            )
        line = plan.AgendaItem(
            no=0, kind="case", case=uid, minutes=minutes, presenter=now.cases[uid].presenter
        )
        return agenda_lines.put_after(now.lines, line, after=after, fixed=now.fixed)

    return act


def set_times(times: Mapping[int, tuple[int | None, str | None]]) -> Change:
    """With other minutes and own times, by the lines' numbers; lines that are not named keep theirs."""

    def act(now: Agenda) -> agenda_lines.Lines:
        made = []
        for item in now.lines:
            minutes, own = times.get(item.no, (item.minutes, item.starts_at))
            made.append(replace(item, minutes=minutes, starts_at=own))
        return tuple(made)

    return act


def refuse_closed(meeting: Meeting) -> None:
    """Raise ValidationError if the meeting was held or cancelled."""
    state = Meeting.objects.values_list("state", flat=True).get(pk=meeting.pk)
    if state not in CHANGEABLE:
        raise ValidationError(
            _("The meeting is %(state)s, so this can be changed no more."),
            code="closed",
            params={"state": str(Meeting.State(state).label).lower()},
        )


def last_without_approval(meeting: Meeting) -> Meeting | None:
    """The last meeting held before `meeting` whose minutes nobody has approved; None if there is none. One query."""
    rows = Meeting.objects.filter(body=meeting.body_id, state=Meeting.State.HELD)
    rows = rows.exclude(minutes__state=Minutes.State.APPROVED).exclude(pk=meeting.pk)
    if meeting.held_on:
        rows = rows.exclude(held_on__gt=meeting.held_on)
    return rows.order_by("-held_on", "-year", "-number").first()


def keep_what_comes_back(meeting: Meeting, *, by: User) -> Agenda:
    """Let what comes back by itself stand on the agenda for good, as when the meeting is summoned."""
    now = agenda_of(meeting)
    _keep(meeting, now.lines, verb="agenda.kept", by=by)
    return now


def _kept_whole(meeting: Meeting, *, by: User, on: dt.date) -> Agenda:
    now = agenda_of(meeting, on=on)
    _keep(meeting, now.lines, verb="agenda.kept", by=by)
    return now


def _keep(meeting: Meeting, lines: agenda_lines.Lines, *, verb: str, by: User) -> None:
    services.WRITER.put("meeting", meeting.pk, {"agenda": lines}, by=by, verb=verb)


def _firsts(unapproved: Meeting | None) -> list[tuple[Fixed, str]]:
    firsts: list[tuple[Fixed, str]] = [("summons", SUMMONS)]
    if unapproved is not None:
        firsts.append(("minutes", _minutes_title(unapproved)))
    return firsts


def _minutes_title(meeting: Meeting) -> str:
    """What the case is called that approves the minutes of `meeting`: by its number, else by its day or year."""
    if meeting.number is not None:
        return MINUTES.format(f"møte {meeting.number}/{meeting.year}")
    with translation.override("nb"):  # a case is called what it is called in bokmål
        return MINUTES.format(
            f"møtet {words.day(meeting.held_on) if meeting.held_on else meeting.year}"
        )


def _fixed_case(meeting: Meeting, fixed: Fixed, title: str, *, year: int, by: User) -> str:
    values = {
        "title": title,
        "fixed": fixed,
        "type": None if fixed == "other_business" else "approval",
    }
    return casework.create(meeting.body_id, None, values, year=year, by=by)


def _line(case: Case) -> plan.AgendaItem:
    minutes = FIXED_MINUTES if case.fixed else None
    return plan.AgendaItem(
        no=0, kind="case", case=case.pk, minutes=minutes, presenter=case.presenter
    )


def _open_of(body: str) -> list[plan.FollowUp]:
    uids = FollowUp.objects.filter(body=body, state=FollowUp.State.OPEN).values_list(
        "pk", flat=True
    )
    return list(kinds.FOLLOW_UP.load(list(uids)).values())


def _returned(meeting: Meeting, *, on: dt.date) -> tuple[coming_back.Returned, ...]:
    return coming_back.returned(_open_of(meeting.body_id), on=max(on, meeting.held_on or on))
