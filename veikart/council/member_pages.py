"""What a member reads of a meeting: each line of its agenda with its case, papers, decisions and comments."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from veikart.council import member_rules
from veikart.council.models import AgendaItem, Case, Comment, Decision, Meeting, Paper
from veikart.council.opening import parts
from veikart.people.models import User


@dataclass(frozen=True)
class Line:
    """A line of an agenda; of a case that goes on after a break, only the first has papers and comments.

    `mine` is what the reader has said of the case, `typed` what they tried to say last.
    """

    item: AgendaItem
    papers: Sequence[Paper] = ()
    decisions: Sequence[Decision] = ()
    comments: Sequence[Comment] = ()
    mine: Comment | None = None
    typed: str | None = None
    is_first: bool = True

    @property
    def case(self) -> Case | None:
        """The case, if the line has one."""
        return self.item.case

    @property
    def key(self) -> str:
        """The case's part of an address."""
        return parts(self.item.case_id or "")[-1] if self.item.case_id else ""


def agenda(
    meeting: Meeting, user: User, *, on: dt.date, typed: Mapping[str, str] | None = None
) -> list[Line]:
    """The agenda of `meeting` as `user`, who may read it, has it. Five queries."""
    items = list(meeting.agenda.select_related("case").order_by("no"))
    cases = {item.case_id for item in items if item.case_id}
    papers: dict[str, list[Paper]] = defaultdict(list)
    # A case of another body is on no agenda of this one; should it be, its papers are not shown with it.
    rows = Paper.objects.filter(case__in=cases, case__body=meeting.body_id)
    for paper in rows.select_related("document").order_by("case", "no"):
        papers[paper.case_id].append(paper)
    decisions: dict[str, list[Decision]] = defaultdict(list)
    for decision in Decision.objects.filter(case__in=cases, meeting=meeting).order_by("uid"):
        decisions[decision.case_id].append(decision)
    comments: dict[str, list[Comment]] = defaultdict(list)
    for comment in member_rules.comments_for(user, meeting, on=on).order_by("written_at"):
        comments[comment.case_id].append(comment)
    found: list[Line] = []
    seen: set[str] = set()
    for item in items:
        uid = item.case_id or ""
        if not uid or uid in seen:
            found.append(Line(item, is_first=not uid))
            continue
        seen.add(uid)
        said = comments[uid]
        mine = next((each for each in said if each.by_id == user.pk), None)
        others = [each for each in said if each is not mine]
        again = (typed or {}).get(uid)
        found.append(Line(item, papers[uid], decisions[uid], others, mine, again))
    return found
