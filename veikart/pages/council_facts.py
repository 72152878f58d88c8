"""What a Plan tells of its councils, put in order for pages: bodies by path, cases by year, what was decided when."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from veikart.pages.council_words import state_of
from veikart.plan import decided
from veikart.plan.council import Body, Case, Decision, FollowUp, Meeting
from veikart.plan.index import Index
from veikart.plan.model import Plan

CENTURY_TURNS = 70
"""Case numbers end in two digits of their year: 69 and below are of this century."""


def in_order(plan: Plan) -> list[Body]:
    """The bodies as a case goes: those that prepare for another come before it."""
    return sorted(plan.council.bodies, key=lambda body: (-len(_after(plan.index, body)), body.name))


def preparing(plan: Plan, body: Body) -> list[Body]:
    """The bodies whose cases go on to `body`."""
    return [other for other in in_order(plan) if other.prepares_for == body.uid]


def _after(index: Index, body: Body) -> list[Body]:
    """The bodies that the cases of `body` go on to, each once."""
    found: list[Body] = []
    following = index.bodies.get(body.prepares_for or "")
    while following is not None and following not in (body, *found):
        found.append(following)
        following = index.bodies.get(following.prepares_for or "")
    return found


def decisions_of(plan: Plan, body: str) -> list[Decision]:
    """The decisions of the body `body` (a uid), the latest first."""
    return plan.index.kept("decisions of bodies", lambda: _by_body(plan)).get(body, [])


def decisions_at(plan: Plan, meeting: str) -> list[Decision]:
    """What was decided in the meeting `meeting` (a uid), by case."""
    return plan.index.kept("decisions at meetings", lambda: _by_meeting(plan)).get(meeting, [])


def latest(plan: Plan, count: int) -> list[Decision]:
    """The latest decisions of all bodies."""
    index = plan.index
    every = (d for body in index.bodies for d in decisions_of(plan, body)[:count])
    return sorted(every, key=lambda d: _newest(d, index), reverse=True)[:count]


def _by_body(plan: Plan) -> dict[str, list[Decision]]:
    index, found = plan.index, defaultdict(list)
    for decision in sorted(plan.council.decisions, key=lambda d: _newest(d, index), reverse=True):
        found[decision.body].append(decision)
    return dict(found)


def _by_meeting(plan: Plan) -> dict[str, list[Decision]]:
    found = defaultdict(list)
    for decision in plan.council.decisions:
        if decision.meeting:
            found[decision.meeting].append(decision)
    for listed in found.values():
        listed.sort(key=lambda d: counted(d.uid))
    return dict(found)


def _newest(decision: Decision, index: Index) -> tuple[dt.date, list[int]]:
    return decided.day_of(index, decision) or dt.date.min, counted(decision.uid)


def counted(uid: str) -> list[int]:
    """The numbers in a uid, to sort by: case 2/22 before 10/22, and 40/21 before both."""
    case = re.match(r"sak/[\w-]+/(\d+)-(\d\d)(?!\d)", uid)
    rest = [int(number) for number in re.findall(r"\d+", uid[case.end() :] if case else uid)]
    return [year_of_case(uid), int(case[1]), *rest] if case else rest


def year_of_case(uid: str) -> int:
    """The year of the case `uid`, as its number tells: 2022 of `sak/nuit/2-22`."""
    found = re.match(r"sak/[\w-]+/\d+-(\d\d)(?!\d)", uid)
    if found is None:
        raise ValueError(f"Expected the uid of a case such as sak/nuit/2-22, found “{uid}”.")
    digits = int(found[1])
    return (2000 if digits < CENTURY_TURNS else 1900) + digits


def meetings_of_case(plan: Plan, case: Case) -> list[Meeting]:
    """The meetings where a case was on the agenda or decided, in order, each once."""
    index = plan.index
    decided = (index.meetings.get(d.meeting or "") for d in index.decisions_in.get(case.uid, []))
    every = {m.uid: m for m in (*index.meetings_with.get(case.uid, []), *decided) if m}
    return sorted(every.values(), key=lambda m: (m.held_on or dt.date.max, m.uid))


def cases_at(plan: Plan, meeting: Meeting) -> list[Case]:
    """The cases of a meeting: those on its agenda in its order, then others decided there."""
    on_agenda = (item.case for item in meeting.agenda)
    decided = (decision.case for decision in decisions_at(plan, meeting.uid))
    known = plan.index.cases
    return [known[uid] for uid in dict.fromkeys((*on_agenda, *decided)) if uid in known]


def follow_ups_of_case(plan: Plan, case: Case) -> list[FollowUp]:
    """What is to be done after a case, those overdue first, then by day."""
    by_case = plan.index.kept("follow-ups of cases", lambda: _follow_ups(plan))
    return sorted(by_case.get(case.uid, ()), key=lambda f: by_urgency(f, plan.head.as_of))


def _follow_ups(plan: Plan) -> dict[str, list[FollowUp]]:
    found = defaultdict(list)
    for follow_up in plan.council.follow_ups:
        decision = plan.index.decisions.get(follow_up.decision or "")
        case = follow_up.case or (decision.case if decision else None)
        if case:
            found[case].append(follow_up)
    return dict(found)


def by_urgency(follow_up: FollowUp, on: dt.date) -> tuple[int, dt.date, list[int]]:
    """Overdue first, then what is open by its day, then what is done or dropped."""
    place = ("overdue", "open", "done", "dropped").index(state_of(follow_up, on))
    return place, follow_up.due or dt.date.max, counted(follow_up.uid)


def coming(plan: Plan, body: str) -> list[Meeting]:
    """The meetings of `body` (a uid) that are still to be held on the plan's own day, the first first."""
    on = plan.head.as_of
    return [
        m
        for m in plan.index.meetings_of.get(body, [])
        if m.state in ("planned", "summoned") and m.held_on and m.held_on >= on
    ]


def soonest(plan: Plan) -> list[Meeting]:
    """The next meeting of each body that has one, the first first."""
    found = (coming(plan, body.uid)[:1] for body in plan.council.bodies)
    return sorted((one for each in found for one in each), key=lambda m: (m.held_on, m.uid))


def held(plan: Plan, body: str) -> list[Meeting]:
    """The meetings that `body` (a uid) has held, the latest first."""
    return [m for m in reversed(plan.index.meetings_of.get(body, [])) if m.state == "held"]


def years(plan: Plan, body: str) -> list[int]:
    """The years in which `body` (a uid) has meetings or cases, the latest first."""
    index = plan.index
    of_meetings = {m.year for m in index.meetings_of.get(body, [])}
    return sorted(of_meetings | set(cases_by_year(plan, body)), reverse=True)


def cases_by_year(plan: Plan, body: str) -> dict[int, list[Case]]:
    """The cases of `body` (a uid) by the year of their number, each year by number."""
    return plan.index.kept(("cases by year", body), lambda: _by_year(plan, body))


def _by_year(plan: Plan, body: str) -> dict[int, list[Case]]:
    found = defaultdict(list)
    for case in sorted(plan.index.cases_of.get(body, []), key=lambda c: counted(c.uid)):
        found[year_of_case(case.uid)].append(case)
    return dict(found)


def path_of(plan: Plan, case: Case) -> Iterator[tuple[Case, int]]:
    """The whole path that `case` is on: from where it began, each with how deep it branches.

    A case that went on to two bodies branches; one that went on to one does not.
    """
    yield from _onwards(plan, origin(plan, case), 0, set())


def origin(plan: Plan, case: Case) -> Case:
    """The case that `case` began as, in the first body that treated it."""
    met = {case.uid}
    while (before := plan.index.cases.get(case.came_from or "")) and before.uid not in met:
        met.add(before.uid)
        case = before
    return case


def _onwards(plan: Plan, case: Case, depth: int, met: set[str]) -> Iterator[tuple[Case, int]]:
    if case.uid in met:
        return
    met.add(case.uid)
    yield case, depth
    following = plan.index.cases_after.get(case.uid, [])
    for after in sorted(following, key=lambda c: counted(c.uid)):
        yield from _onwards(plan, after, depth + (len(following) > 1), met)


def open_and_overdue(follow_ups: Iterable[FollowUp], on: dt.date) -> tuple[int, int]:
    """How many are not done yet, and how many of those are overdue."""
    states = [state_of(follow_up, on) for follow_up in follow_ups]
    return states.count("open") + states.count("overdue"), states.count("overdue")
