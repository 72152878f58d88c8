"""Minutes written out of what is known of a meeting: its head, who came, each case, what is to be done.

They are in the language of the council, whoever reads them. What concerns a withheld case is left out of
the public's text: there is its place on the agenda and the legal basis, as in the Plan.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from veikart.council.models import (
    AgendaItem,
    Attendance,
    Case,
    Decision,
    FollowUp,
    Meeting,
    Minutes,
    SeatRole,
)
from veikart.design import words
from veikart.plan.council_lessening import cases_named, naming
from veikart.plan.minutes_text import Section, lines

MEMBERS = (SeatRole.LEADER, SeatRole.MEMBER, SeatRole.SUBSTITUTE)


@dataclass(frozen=True)
class Treated:
    """A case as it was treated at a meeting: its first line on the agenda, and what became of it.

    `key` is what its notes are kept under: the case's uid, or the number of a line without a case.
    """

    item: AgendaItem
    note: str = ""
    decisions: Sequence[Decision] = ()
    follow_ups: Sequence[FollowUp] = ()

    @property
    def case(self) -> Case | None:
        """The case, if the line has one."""
        return self.item.case

    @property
    def key(self) -> str:
        """What the notes of it are kept under."""
        return self.item.case_id or f"punkt/{self.item.no}"

    @property
    def is_withheld(self) -> bool:
        """Whether the public sees no more of it than that it was there."""
        if self.case is None:
            return self.item.kind == AgendaItem.Kind.WITHHELD
        return self.case.basis is not None or not self.case.is_public

    @property
    def basis(self) -> str | None:
        """The legal basis for withholding it."""
        return self.case.basis if self.case else self.item.basis


@dataclass(frozen=True)
class Held:
    """A meeting and all that was done in it, in the order of its agenda."""

    meeting: Meeting
    attendance: Sequence[Attendance]
    treated: Sequence[Treated]
    follow_ups: Sequence[FollowUp] = ()
    note: str = ""
    minutes: Minutes | None = field(default=None)

    @property
    def has_withheld(self) -> bool:
        """Whether a case of it is withheld."""
        return any(each.is_withheld for each in self.treated)


def held(meeting: Meeting) -> Held:
    """`meeting` with all that was done in it. Six queries."""
    minutes = Minutes.objects.filter(meeting=meeting).select_related("approved_at__body").first()
    notes: dict[str, str] = minutes.notes if minutes else {}
    decisions: dict[str, list[Decision]] = defaultdict(list)
    rows = Decision.objects.filter(meeting=meeting).prefetch_related("dissents", "effects")
    for decision in sorted(rows, key=lambda row: _order(row.uid)):
        decisions[decision.case_id].append(decision)
    follow_ups: dict[str | None, list[FollowUp]] = defaultdict(list)
    for follow_up in FollowUp.objects.filter(meeting=meeting).order_by("uid"):
        named = cases_named(follow_up.case_id, follow_up.decision_id, follow_up.uid)
        follow_ups[follow_up.case_id or next(iter(named), None)].append(follow_up)
    items = meeting.agenda.select_related("case").order_by("no")
    return Held(
        meeting=meeting,
        attendance=list(meeting.attendance.order_by("no")),
        treated=[
            Treated(
                item,
                notes.get(item.case_id or f"punkt/{item.no}", ""),
                decisions.get(item.case_id or "", ()),
                follow_ups.get(item.case_id or "", ()),
            )
            for item in _once(items)
        ],
        follow_ups=follow_ups[None],
        note=notes.get(meeting.uid, ""),
        minutes=minutes,
    )


def written(held: Held, *, with_withheld: bool) -> tuple[str, ...]:
    """The minutes of `held` as lines (see `veikart.plan.minutes_text`), in the language of the council.

    Without `with_withheld` they are as the public may have them.
    """
    with override(settings.LANGUAGE_CODE):
        parts = list(_sections(held, with_withheld=with_withheld))
    if with_withheld:
        return lines(parts)
    cases = [treated.case for treated in held.treated if treated.is_withheld and treated.case]
    hidden = [naming(case.number, case.title) for case in cases]
    return lines(_without_names(part, hidden) for part in parts)


def _without_names(part: Section, hidden: Sequence[re.Pattern[str]]) -> Section:
    """The part without lines that name a withheld case, as one under another case or in general may."""
    kept = (line for line in part.lines if not any(named.search(line) for named in hidden))
    return Section(part.heading, tuple(kept))


def _sections(held: Held, *, with_withheld: bool) -> Iterator[Section]:
    yield Section(_title(held.meeting), tuple(_head(held.meeting)))
    yield from _present(held.attendance)
    if held.note:
        yield Section(pgettext("heading in minutes", "In general"), _lines(held.note))
    for treated in held.treated:
        if treated.is_withheld and not with_withheld:
            yield _withheld(treated)
        else:
            yield Section(_heading(treated), tuple(_told(treated)))
    if held.follow_ups:
        said = tuple(line for each in held.follow_ups for line in _follow_up(each))
        yield Section(pgettext("heading in minutes", "Follow-up"), said)


def _once(items: Iterable[AgendaItem]) -> Iterator[AgendaItem]:
    """The lines of an agenda that minutes tell of: no breaks, and a case that goes on after one once."""
    seen: set[str] = set()
    for item in items:
        if item.kind == AgendaItem.Kind.BREAK or item.case_id in seen:
            continue
        if item.case_id:
            seen.add(item.case_id)
        yield item


def _order(uid: str) -> int:
    number = uid.rpartition("/")[2]
    return int(number) if number.isdecimal() else 1


def _title(meeting: Meeting) -> str:
    facts = {"number": f"{meeting.number}/{meeting.year}", "body": meeting.body.name}
    if meeting.number is None:
        return _("Minutes of a meeting of %(body)s") % facts
    if meeting.is_extra:
        return _("Minutes of extra meeting %(number)s of %(body)s") % facts
    return _("Minutes of meeting %(number)s of %(body)s") % facts


def _head(meeting: Meeting) -> Iterator[str]:
    if meeting.held_on:
        yield _("Date: %(day)s") % {"day": words.day(meeting.held_on)}
    if meeting.starts_at:
        time = f"{meeting.starts_at}–{meeting.ends_at}" if meeting.ends_at else meeting.starts_at
        yield _("Time: %(time)s") % {"time": time}
    if meeting.place:
        yield _("Place: %(place)s") % {"place": meeting.place}


def _present(rows: Sequence[Attendance]) -> Iterator[Section]:
    came = [row for row in rows if row.present]
    others = {SeatRole.OBSERVER, SeatRole.SECRETARY}
    parts = (
        (_("Present"), [row for row in came if row.role in MEMBERS]),
        (_("Observers"), [row for row in came if row.role == SeatRole.OBSERVER]),
        (_("The secretariat"), [row for row in came if row.role == SeatRole.SECRETARY]),
        (_("Others"), [row for row in came if row.role not in {*MEMBERS, *others}]),
        (_("Absent"), [row for row in rows if row.present is False]),
    )
    for heading, people in parts:
        if people:
            yield Section(heading, tuple(_person(row) for row in people))


def _person(row: Attendance) -> str:
    name, organisation = row.person, row.organisation_name
    if row.stands_in_for:
        stood_in = {"name": name or "–", "other": row.stands_in_for}
        name = _("%(name)s on behalf of %(other)s") % stood_in
    said = f"{name} ({organisation})" if name and organisation else name or organisation or "–"
    if row.role == SeatRole.LEADER:
        return _("%(person)s, leader of the meeting") % {"person": said}
    return said


def _withheld(treated: Treated) -> Section:
    heading = _("A case that is not public")
    if not treated.basis:
        return Section(heading, ())
    return Section(heading, (_("Withheld under %(basis)s.") % {"basis": treated.basis},))


def _heading(treated: Treated) -> str:
    case = treated.case
    if case is None:
        return treated.item.title or "–"
    said = _("Case %(number)s: %(title)s") % {"number": case.number, "title": case.title}
    if case.basis:
        return _("%(case)s – withheld under %(basis)s") % {"case": said, "basis": case.basis}
    return said


def _told(treated: Treated) -> Iterator[str]:
    yield from _lines(treated.note)
    several = len(treated.decisions) > 1
    for no, decision in enumerate(treated.decisions, start=1):
        yield _("Decision %(no)d:") % {"no": no} if several else _("Decision:")
        yield from _lines(decision.text)
        yield from _vote(decision)
        for dissent in decision.dissents.all():
            yield from _dissent(dissent.who, dissent.text)
    for follow_up in treated.follow_ups:
        yield from _follow_up(follow_up)


def _vote(decision: Decision) -> Iterator[str]:
    if decision.votes_for is None:
        return
    votes = {"yes": decision.votes_for, "no": decision.votes_against, "none": decision.votes_blank}
    if decision.votes_blank:
        yield _("Votes: %(yes)d for, %(no)d against, %(none)d blank.") % votes
    else:
        yield _("Votes: %(yes)d for, %(no)d against.") % votes


def _dissent(who: str, text: str | None) -> Iterator[str]:
    if text is None:
        yield _("%(who)s did not agree.") % {"who": who}
        return
    first, *rest = _lines(text)
    yield _("%(who)s did not agree, and had this put in the minutes: %(text)s") % {
        "who": who,
        "text": first,
    }
    yield from rest


def _follow_up(follow_up: FollowUp) -> Iterator[str]:
    first, *rest = _lines(follow_up.what)
    yield _("To be followed up: %(what)s") % {"what": first}
    yield from rest
    due = words.day(follow_up.due) if follow_up.due else follow_up.due_said
    facts = {"who": follow_up.who, "due": due}
    if follow_up.who and due:
        yield _("Responsible: %(who)s. Due: %(due)s.") % facts
    elif follow_up.who:
        yield _("Responsible: %(who)s.") % facts
    elif due:
        yield _("Due: %(due)s.") % facts


def _lines(text: str) -> tuple[str, ...]:
    """`text` line by line, without empty ones: those stand before headings alone."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
