"""Freezing what themes led to: change areas, draft goals, and the rounds in which members weighed them."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from veikart.engines.handling import state as handling
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
            priorities=self._priorities(each),
        )

    def _priorities(self, each: handling.Round) -> tuple[plan.Priority, ...]:
        # Imported late: NumPy comes with it, and not every freeze has a round.
        from veikart.engines.priorities.ranking import ranked  # noqa: PLC0415

        return tuple(
            plan.Priority(**(one._asdict() | {"text": self.hidden.of(one.text)}))
            for one in ranked(each)
        )
