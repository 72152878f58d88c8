"""What may be shown of an approved plan's council part: less than it holds, once a case or a paper is withheld.

The plan itself is never changed. A case that is withheld is its place on the agenda and the legal basis; its papers,
decisions and follow-ups go with it, and what the minutes said of it. A paper that is withheld is counted in its case.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

import msgspec
from msgspec.structs import replace

from veikart.plan.consultations import Consultations
from veikart.plan.council import (
    AgendaItem,
    Case,
    Council,
    Decision,
    FollowUp,
    Meeting,
    Minutes,
    Paper,
    WithheldPapers,
)
from veikart.plan.evaluation import Evaluations
from veikart.plan.minutes_text import Section, fingerprint, lines, sections
from veikart.plan.model import Plan, Tombstone

NOT_PUBLIC = "Ikke offentlig"
WITHHELD = "Unntatt offentlighet"
Left = Callable[[str | None], str | None]
"""What is left of a uid: the uid itself, or None if it leads to what is gone."""


class HiddenInCouncil(msgspec.Struct, frozen=True):
    """The cases and papers that are not for the public by now: the legal basis by uid, None where there is none."""

    cases: Mapping[str, str | None]
    papers: Mapping[str, str | None]


def lessened(plan: Plan, hidden: HiddenInCouncil) -> Plan:
    """`plan` without what is hidden by now; `plan` itself if it shows nothing of that."""
    council = plan.council
    cases = {case.uid: case for case in council.cases if case.uid in hidden.cases}
    papers = [p for p in council.papers if p.uid in hidden.papers and p.case not in cases]
    if not cases and not papers:
        return plan
    shown = _without_cases(_without_papers(council, papers, hidden.papers), cases, hidden.cases)
    stones = _stones(plan, cases, papers, hidden)
    return without_ways_to(replace(plan, council=shown, tombstones=stones), cases.keys())


def cases_named(*uids: str | None) -> set[str]:
    """The cases that `uids` are of: a case itself, or what lies under its address. Other uids name none."""
    return {"/".join(uid.split("/")[:3]) for uid in uids if uid and uid.startswith("sak/")}


def naming(number: str, title: str) -> re.Pattern[str]:
    """What finds the case in a text by its number, such as 2/26, or by its title."""
    return re.compile(rf"(?<![\d/]){re.escape(number)}(?![\d/])|{re.escape(title)}")


def is_told_of(follow_up: FollowUp, cases: Iterable[re.Pattern[str]]) -> bool:
    """Whether one of `cases`, each as `naming` finds it, is named in what is to be done or what was answered."""
    said = (follow_up.what, follow_up.answer or "", follow_up.who or "")
    return any(named.search(text) for named in cases for text in said)


def without_ways_to(plan: Plan, cases: Collection[str]) -> Plan:
    """`plan` without uids that lead from elsewhere to one of `cases` or to what lies under it."""
    if not cases:
        return plan

    def left(uid: str | None) -> str | None:
        return None if cases_named(uid) & gone else uid

    gone = set(cases)
    return replace(
        plan,
        council=_leading(plan.council, left),
        consultations=_consultations(plan.consultations, left),
        evaluation=_evaluations(plan.evaluation, left),
    )


def minutes_without(
    minutes: Minutes, cases: Iterable[Case], bases: Mapping[str, str | None]
) -> Minutes | None:
    """The minutes without what they say of `cases`; None where that cannot be told apart.

    What is left has a fingerprint of its own.
    """
    parts = sections(minutes.text)
    for case in cases:
        cut = _cut(parts, case, bases.get(case.uid))
        if cut is None:
            return None
        parts = cut
    text = lines(parts)
    return replace(minutes, text=text, sha256=fingerprint(text))


def _cut(parts: tuple[Section, ...], case: Case, basis: str | None) -> tuple[Section, ...] | None:
    """The parts with the case's own emptied, and without lines elsewhere that name it; the parts themselves if
    none names it, and None if one does and the case has no part of its own.
    """
    named = naming(case.number, case.title)
    if not any(named.search(line) for part in parts for line in (part.heading, *part.lines)):
        return parts
    kept = []
    for no, part in enumerate(parts):
        if no and named.search(part.heading):
            kept.append(Section(_said(basis), ()))
        else:
            kept.append(Section(part.heading, tuple(t for t in part.lines if not named.search(t))))
    is_found = any(no and named.search(part.heading) for no, part in enumerate(parts))
    return tuple(kept) if is_found else None


def _said(basis: str | None) -> str:
    return f"{WITHHELD}: {basis}" if basis else NOT_PUBLIC


def _without_papers(
    council: Council, papers: Iterable[Paper], bases: Mapping[str, str | None]
) -> Council:
    gone = {paper.uid: paper.case for paper in papers}
    counted: dict[str, Counter[str]] = {}
    for uid, case in gone.items():
        if basis := bases[uid]:
            counted.setdefault(case, Counter())[basis] += 1
    return replace(
        council,
        papers=tuple(paper for paper in council.papers if paper.uid not in gone),
        cases=tuple(
            _with_counts(case, counted[case.uid]) if case.uid in counted else case
            for case in council.cases
        ),
    )


def _with_counts(case: Case, more: Counter[str]) -> Case:
    total = Counter({each.basis: each.papers for each in case.withheld}) + more
    listed = (WithheldPapers(basis=basis, papers=n) for basis, n in sorted(total.items()))
    return replace(case, withheld=tuple(listed))


def _without_cases(
    council: Council, cases: Mapping[str, Case], bases: Mapping[str, str | None]
) -> Council:
    if not cases:
        return council
    decisions = tuple(d for d in council.decisions if d.case not in cases)
    decided = {decision.uid for decision in decisions}
    at = {meeting.uid: _treated(meeting, cases) for meeting in council.meetings}
    return replace(
        council,
        meetings=tuple(_meeting(meeting, cases, bases) for meeting in council.meetings),
        cases=tuple(case for case in council.cases if case.uid not in cases),
        papers=tuple(paper for paper in council.papers if paper.case not in cases),
        decisions=decisions,
        follow_ups=tuple(
            one
            for one in council.follow_ups
            if cases_named(one.uid, one.case, one.decision).isdisjoint(cases)
            and (one.decision is None or one.decision in decided)
            and not is_told_of(one, at.get(one.meeting or "", ()))
        ),
    )


def _treated(meeting: Meeting, cases: Mapping[str, Case]) -> list[re.Pattern[str]]:
    """Those of `cases` that are on the agenda of `meeting`, each as `naming` finds it."""
    found = (cases[item.case] for item in meeting.agenda if item.case and item.case in cases)
    return [naming(case.number, case.title) for case in found]


def _leading(council: Council, left: Left) -> Council:
    """The cases and decisions with what they lead to, as far as it is left."""
    return replace(
        council,
        cases=tuple(_case(case, left) for case in council.cases),
        decisions=tuple(_decision(decision, left) for decision in council.decisions),
    )


def _case(case: Case, left: Left) -> Case:
    came_from = left(case.came_from)
    cites = tuple(uid for uid in case.cites if left(uid))
    about = tuple(uid for uid in case.about if left(uid))
    if (came_from, cites, about) == (case.came_from, case.cites, case.about):
        return case
    return replace(case, came_from=came_from, cites=cites, about=about)


def _decision(decision: Decision, left: Left) -> Decision:
    """An effect that leads nowhere any more is its note, and without one it is none."""
    if all(left(effect.uid) == effect.uid for effect in decision.effects):
        return decision
    told = (replace(effect, uid=left(effect.uid)) for effect in decision.effects)
    return replace(decision, effects=tuple(e for e in told if e.uid or e.edition or e.note))


def _meeting(
    meeting: Meeting, gone: Mapping[str, Case], bases: Mapping[str, str | None]
) -> Meeting:
    treated = dict.fromkeys(item.case for item in meeting.agenda if item.case in gone)
    if not treated:
        return meeting
    minutes = meeting.minutes
    if minutes is not None:
        minutes = minutes_without(minutes, [gone[uid] for uid in treated if uid], bases)
    return replace(
        meeting,
        agenda=tuple(_line(item, bases) if item.case in gone else item for item in meeting.agenda),
        minutes=minutes,
    )


def _line(item: AgendaItem, bases: Mapping[str, str | None]) -> AgendaItem:
    basis = bases.get(item.case or "")
    return replace(item, kind="withheld", case=None, title=None, presenter=None, basis=basis)


def _consultations(said: Consultations, left: Left) -> Consultations:
    if all(left(held.case) == held.case for held in said.priority_rounds):
        return said
    rounds = (replace(held, case=left(held.case)) for held in said.priority_rounds)
    return replace(said, priority_rounds=tuple(rounds))


def _evaluations(said: Evaluations, left: Left) -> Evaluations:
    return replace(
        said,
        evaluations=tuple(replace(one, case=left(one.case)) for one in said.evaluations),
        principles=tuple(replace(one, decision=left(one.decision)) for one in said.principles),
    )


def _stones(
    plan: Plan, cases: Mapping[str, Case], papers: Iterable[Paper], hidden: HiddenInCouncil
) -> tuple[Tombstone, ...]:
    """The plan's stones, and one for each case and paper that is gone: which it was, and on what basis."""
    numbers = {case.uid: case.number for case in plan.council.cases}
    stones = [
        Tombstone(uid=uid, kind="case", name=f"Sak {case.number}", reason=_said(hidden.cases[uid]))
        for uid, case in cases.items()
    ]
    stones += [
        Tombstone(
            uid=paper.uid,
            kind="paper",
            name=f"Vedlegg {paper.label} til sak {numbers[paper.case]}",
            reason=_said(hidden.papers[paper.uid]),
        )
        for paper in papers
    ]
    return tuple(sorted([*plan.tombstones, *stones], key=lambda stone: stone.uid))
