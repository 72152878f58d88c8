"""What a hearing asks, as the fields of its form; and what was typed in them, as answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from veikart.consultations.models import Hearing, Question
from veikart.design.templatetags.veikart import bokmal, language
from veikart.plan.consultations import Answer
from veikart.strategy.models import StrategicGoal

ABOUT = ("who", "name", "kind", "initials", "email")
"""The fields on who replies."""
Content = Mapping[str, str]
"""What was typed, by the name of its field; a box that is ticked has “on”."""


@dataclass(frozen=True)
class AskedText:
    """A field for text: its name, and the goal it is about where a question is put for each."""

    field: str
    goal: str | None = None
    heading: str = ""
    shown: SafeString | str = ""

    @property
    def label(self) -> SafeString | str:
        """What it is called on pages, in the reader's language."""
        return self.shown or self.heading


@dataclass(frozen=True)
class Asked:
    """A question: the name of the field that its choices have, and its fields for text."""

    no: int
    text: str
    shown: SafeString
    help: str | None
    choice: str | None
    choices: Sequence[str]
    texts: Sequence[AskedText]

    @property
    def heading(self) -> str:
        """The question with its number, in bokmål."""
        return f"{self.no}) {self.text}"


def asked(hearing: Hearing) -> tuple[Asked, ...]:
    """The questions of `hearing`, in order, in the active language as far as we have it. Two queries."""
    questions = list(hearing.questions.all())
    goals = _goals({uid for question in questions for uid in question.goals})
    return tuple(_asked(question, goals) for question in questions)


def fields(questions: Iterable[Asked]) -> Iterator[str]:
    """The names of all fields of the form."""
    yield from ABOUT
    for question in questions:
        if question.choice:
            yield question.choice
        yield from (text.field for text in question.texts)


def text_fields(questions: Iterable[Asked]) -> dict[str, tuple[Asked, AskedText]]:
    """The fields for text, by name."""
    return {text.field: (question, text) for question in questions for text in question.texts}


def answers(questions: Iterable[Asked], content: Content) -> tuple[Answer, ...]:
    """What was answered; a field that holds nothing but blanks gives no answer.

    Texts are as they were typed, with a line feed at each line's end.
    """
    return tuple(answer for question in questions for answer in _answers(question, content))


def own(thing: object, field: str) -> SafeString:
    """A text of a hearing in the active language; marked as bokmål where we have no other."""
    said = getattr(thing, f"{field}_{language()}", None)
    return bokmal(said, "nb") if said else bokmal(getattr(thing, field) or "", language())


def _asked(question: Question, goals: Mapping[str, StrategicGoal]) -> Asked:
    name = f"q{question.no}"
    texts = [AskedText(f"{name}-text")]
    if question.kind == Question.Kind.PER_GOAL and question.goals:
        texts = [_of_goal(name, uid, goals.get(uid)) for uid in question.goals]
    return Asked(
        no=question.no,
        text=question.text,
        shown=own(question, "text"),
        help=question.help,
        choice=f"{name}-choice" if question.kind == Question.Kind.CHOICE else None,
        choices=tuple(question.choices),
        texts=tuple(texts),
    )


def _of_goal(name: str, uid: str, goal: StrategicGoal | None) -> AskedText:
    field = f"{name}-{uid.replace('/', '-')}"
    if goal is None:
        return AskedText(field, goal=uid, heading=uid)
    called = _("Goal %(number)s:") % {"number": goal.number}
    return AskedText(
        field,
        goal=uid,
        heading=f"Mål {goal.number}: {goal.title}",
        shown=format_html("{} {}", called, own(goal, "title")),
    )


def _goals(uids: Iterable[str]) -> dict[str, StrategicGoal]:
    """The goals that are asked about; their titles are public with the hearing that asks."""
    return StrategicGoal.objects.in_bulk(sorted(uids))


def _answers(question: Asked, content: Content) -> Iterator[Answer]:
    choice = content.get(question.choice, "") if question.choice else ""
    for text in question.texts:
        typed = content.get(text.field, "")
        said = typed if typed.strip() else None
        if said or choice:
            yield Answer(question=question.no, goal=text.goal, choice=choice or None, text=said)
