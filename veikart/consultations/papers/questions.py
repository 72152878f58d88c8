"""A hearing's questions as papers print them: numbered, in one language, with the names of goals."""

from collections.abc import Iterable
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import override

from veikart.consultations.models import Hearing, Question
from veikart.strategy import kinds


def title_of(hearing: Hearing, language: str) -> str:
    """The title in `language`, or else in bokmål."""
    return getattr(hearing, f"title_{language}", None) or hearing.title


def text_of(question: Question, language: str) -> str:
    """The question in `language`, or else in bokmål."""
    return getattr(question, f"text_{language}", None) or question.text


class GoalNames:
    """What goals are called in one language: Mål 1: Aktiv medvirkning. One query, when first asked."""

    def __init__(self, language: str) -> None:
        self.language = language

    @cached_property
    def _goals(self) -> dict[str, tuple[int, str]]:
        goals = kinds.STRATEGIC_GOAL.all()
        return {
            goal.uid: (goal.number, getattr(goal.translations, self.language, None) or goal.title)
            for goal in goals
        }

    def __getitem__(self, uid: str) -> str:
        """The name of the goal `uid`; its number alone where the strategy no longer holds it."""
        number, title = self._goals.get(uid, (uid.rpartition("/")[2], ""))
        with override(self.language):
            if not title:
                return _("Goal %(number)s") % {"number": number}
            return f"{_('Goal %(number)s:') % {'number': number}} {title}"


def in_order(goals: Iterable[str]) -> list[str]:
    """The uids of goals, each once, as they were asked."""
    return list(dict.fromkeys(goals))
