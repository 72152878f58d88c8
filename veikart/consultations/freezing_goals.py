"""Freezing what themes led to: change areas, draft goals, and the rounds in which members weighed them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from veikart.engines.handling import state as handling
from veikart.engines.handling.actions import Paper
from veikart.engines.handling.state import State, number
from veikart.engines.handling.withholding import Mask
from veikart.plan import consultations as plan
from veikart.plan.part import Translations


@dataclass(frozen=True)
class Drafting:
    """What the themes of one hearing led to; `hidden` takes out what its replies withhold."""

    hearing: str
    state: State
    hidden: Mask

    @property
    def areas(self) -> list[plan.ChangeArea]:
        """The change areas that stand, with their themes that stand."""
        return [
            plan.ChangeArea(
                uid=area.uid,
                hearing=self.hearing,
                no=number(area.uid),
                title=self.hidden.of(area.title),
                themes=tuple(theme.uid for theme in self.state.themes_in(area.uid)),
            )
            for area in self.state.standing_areas()
        ]

    @property
    def goals(self) -> list[plan.DraftGoal]:
        """The draft goals that stand."""
        return [
            plan.DraftGoal(
                uid=goal.uid,
                hearing=self.hearing,
                no=number(goal.uid),
                text=self.hidden.of(goal.text),
                areas=tuple(area.uid for area in self.state.areas_of(goal)),
                became=goal.became,
                translations=Translations(
                    nn=self.hidden.of_any(goal.nn), en=self.hidden.of_any(goal.en)
                ),
            )
            for goal in self.state.standing_goals()
        ]

    @property
    def rounds(self) -> list[plan.PriorityRound]:
        """The rounds that are counted, the later ones beside the earlier."""
        return [
            self._round(each, each.closed_at)
            for each in self.state.rounds.values()
            if each.closed_at is not None
        ]

    def _round(self, each: handling.Round, closed_at: dt.datetime) -> plan.PriorityRound:
        priorities = self._priorities(each)
        return plan.PriorityRound(
            uid=each.uid,
            hearing=self.hearing,
            no=number(each.uid),
            title=self.hidden.of(each.title),
            of=each.of,
            method=each.method,
            is_secret=each.is_secret,
            opened_on=timezone.localdate(each.opened_at),
            closed_on=timezone.localdate(closed_at),
            voters=len(each.voters),
            voted=len(each.voted),
            points=each.points,
            most=each.most,
            case=each.case,
            priorities=priorities,
            preferred=_preferred(each, [one.item for one in priorities]),
            # The names of voters are not masked: they are told beforehand that these are published, and a
            # mark in place of one would tell which respondent asked to be shown by initials.
            ballots=ballots(each) if each.is_public else (),
        )

    def _priorities(self, each: handling.Round) -> tuple[plan.Priority, ...]:
        # Imported late: NumPy comes with it, and not every freeze has a round.
        from veikart.engines.priorities.ranking import ranked  # noqa: PLC0415

        return tuple(
            plan.Priority(**(one._asdict() | {"text": self.hidden.of(one.text)}))
            for one in ranked(each)
        )


def ballots(each: handling.Round) -> tuple[plan.Ballot, ...]:
    """The votes of a counted round, as voters were named; of a secret one with numbers that tell nothing of them."""
    found = [_ballot(paper, paper.voter or str(no)) for no, paper in enumerate(each.papers, 1)]
    listed = {voter: place for place, voter in enumerate(each.voters)}
    return tuple(found if each.is_secret else sorted(found, key=lambda one: listed[one.voter]))


def _ballot(paper: Paper, voter: str) -> plan.Ballot:
    return plan.Ballot(
        voter=voter,
        points=tuple(plan.PointsGiven(item=uid, points=n) for uid, n in paper.points.items()),
        pairs=tuple(
            plan.Preference(better=pair.better, worse=pair.worse, equal=pair.equal)
            for pair in paper.pairs
        ),
        ranking=paper.ranking,
    )


def _preferred(each: handling.Round, items: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    if each.method != "ranking":
        return ()
    # Imported late: NumPy comes with it, and not every freeze has a round.
    from veikart.engines.priorities.ranking import preferred  # noqa: PLC0415

    return tuple(tuple(row) for row in preferred(each.papers, items).tolist())
