"""Freezing the councils: what may be published on a day, and nothing of what is withheld.

A case is in the Plan once it is public and unless it has a legal basis for being withheld; then its line on the
agenda shows the basis alone, and its papers, decisions and follow-ups stay out with it. A paper is in the Plan
when it is public on that day; of the others of its case, the number on each basis is told. The agenda and the
attendance are shown once the meeting is summoned, the minutes once they are approved.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from msgspec.structs import asdict, replace

from veikart.council import kinds, models
from veikart.council.agenda_times import added_up
from veikart.council.kinds import CaseTerms, MeetingTerms, PaperTerms
from veikart.plan import council as plan
from veikart.plan.council_lessening import cases_named, is_told_of, minutes_without, naming

SHOWN = ("summoned", "held")
"""The states of a meeting in which its agenda is shown."""


def freeze(*, on: dt.date) -> plan.Council:
    """The councils as of the day `on`, each collection by uid. A fixed number of queries."""
    terms: dict[str, CaseTerms] = kinds.CASE.load()
    shown = {uid for uid, case in terms.items() if case.is_public and case.basis is None}
    papers = [paper for paper in kinds.PAPER.all() if paper.case in shown]
    withheld = _withheld(paper for paper in papers if paper.access == "withheld")
    decisions = tuple(found for found in kinds.DECISION.all() if found.case in shown)
    decided = {found.uid for found in decisions}
    return plan.Council(
        bodies=kinds.BODY.all(),
        seats=kinds.SEAT.all(),
        meetings=_meetings(terms, shown),
        cases=tuple(
            _case(terms[uid], shown, decided, withheld.get(uid, ())) for uid in sorted(shown)
        ),
        papers=_papers(papers, on),
        decisions=decisions,
        follow_ups=_follow_ups(terms, shown, decided),
        work_plans=kinds.WORK_PLAN.all(),
    )


def is_public(paper: PaperTerms, *, on: dt.date) -> bool:
    """Whether the public may see `paper` on the day `on`, as far as the paper itself says."""
    if paper.access == "from_day":
        return paper.public_from is not None and paper.public_from <= on
    return paper.access == "public"


def _follow_ups(
    terms: Mapping[str, CaseTerms], shown: set[str], decided: set[str]
) -> tuple[plan.FollowUp, ...]:
    """Those of what is shown that name no other case of their meeting."""
    lines = models.AgendaItem.objects.filter(Q(case__is_public=False) | ~Q(case__basis=None))
    lines = lines.exclude(case=None)
    hidden = defaultdict(list)
    for meeting, case in lines.values_list("meeting", "case"):
        hidden[meeting].append(naming(terms[case].number, terms[case].title))
    return tuple(
        one
        for one in kinds.FOLLOW_UP.all()
        if _is_of(one, shown, decided) and not is_told_of(one, hidden.get(one.meeting or "", ()))
    )


def _is_of(follow_up: plan.FollowUp, shown: set[str], decided: set[str]) -> bool:
    """Whether what `follow_up` comes of is shown: its case, also where only its address tells, and its decision."""
    decision = follow_up.decision
    cases = cases_named(follow_up.uid, follow_up.case, decision)
    return cases <= shown and (decision is None or decision in decided)


def _case(
    case: CaseTerms,
    shown: set[str],
    decided: set[str],
    withheld: tuple[plan.WithheldPapers, ...],
) -> plan.Case:
    fields = {n: getattr(case, n) for n in plan.Case.__struct_fields__ if n != "withheld"}
    if case.came_from not in shown:
        fields["came_from"] = None
    fields["cites"] = tuple(uid for uid in case.cites if uid in decided)
    return plan.Case(**fields, withheld=withheld)


def _withheld(papers: Iterable[PaperTerms]) -> dict[str, tuple[plan.WithheldPapers, ...]]:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for paper in papers:
        counted[paper.case][paper.basis or ""] += 1
    return {
        case: tuple(plan.WithheldPapers(basis=b, papers=n) for b, n in sorted(bases.items()))
        for case, bases in counted.items()
    }


def _papers(papers: Iterable[PaperTerms], on: dt.date) -> tuple[plan.Paper, ...]:
    public = {paper.uid: paper for paper in papers if is_public(paper, on=on)}
    kept = models.Paper.objects.exclude(document=None)
    columns = ("document__sha256", "document__size", "document__media_type")
    files = {uid: file for uid, *file in kept.values_list("uid", *columns) if uid in public}
    return tuple(_paper(public[uid], files.get(uid)) for uid in sorted(public))


def _paper(paper: PaperTerms, file: list[Any] | None) -> plan.Paper:
    fields = {n: getattr(paper, n) for n in asdict(paper) if n in plan.Paper.__struct_fields__}
    if file is None:
        return plan.Paper(**fields)
    sha256, size, media_type = file
    return plan.Paper(**fields, sha256=sha256, bytes=size, media_type=media_type)


def _meetings(terms: Mapping[str, CaseTerms], shown: set[str]) -> tuple[plan.Meeting, ...]:
    approved = models.Minutes.objects.filter(state=models.Minutes.State.APPROVED)
    minutes = {row.meeting_id: _minutes(row) for row in approved}
    return tuple(
        _meeting(meeting, terms, shown, minutes.get(meeting.uid)) for meeting in kinds.MEETING.all()
    )


def _minutes(row: models.Minutes) -> plan.Minutes:
    if row.sha256 is None or row.approved_on is None:
        raise ValueError(
            f"Expected approved minutes of {row.meeting_id} to be whole; they are not."
        )
    return plan.Minutes(
        text=tuple(row.lines),
        sha256=row.sha256,
        approved_on=row.approved_on,
        approved_at=row.approved_at_id,
    )


def _meeting(
    meeting: MeetingTerms,
    terms: Mapping[str, CaseTerms],
    shown: set[str],
    minutes: plan.Minutes | None,
) -> plan.Meeting:
    fields = asdict(meeting)
    if meeting.state not in SHOWN:
        fields |= {"agenda": (), "attendance": ()}
    times = added_up(fields["agenda"], starts_at=meeting.starts_at).lines
    timed = (replace(line.item, starts_at=line.starts_at) for line in times)
    fields["agenda"] = tuple(_line(item, terms, shown) for item in timed)
    hidden = [terms[i.case] for i in meeting.agenda if i.case and i.case not in shown]
    return plan.Meeting(**fields, minutes=_minutes_without(minutes, hidden))


def _minutes_without(
    minutes: plan.Minutes | None, hidden: Sequence[CaseTerms]
) -> plan.Minutes | None:
    """The minutes without what they say of cases that were withheld after they were approved."""
    cases = [
        plan.Case(uid=c.uid, body=c.body, number=c.number, title=c.title)
        for c in {case.uid: case for case in hidden}.values()
    ]
    if minutes is None or not cases:
        return minutes
    return minutes_without(minutes, cases, {case.uid: case.basis for case in hidden})


def _line(
    item: plan.AgendaItem, terms: Mapping[str, CaseTerms], shown: set[str]
) -> plan.AgendaItem:
    """The line as the public sees it: of what is withheld or not shown, its time and the legal basis."""
    if item.kind != "withheld" and (item.case is None or item.case in shown):
        return item
    basis = terms[item.case].basis if item.case else item.basis
    return replace(item, kind="withheld", case=None, title=None, presenter=None, basis=basis)
