"""What the pages of a reply show: the form with what was typed, and what is sent, question by question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from veikart.consultations.answering.asking import Asked, Content
from veikart.consultations.answering.attaching import in_use
from veikart.consultations.answering.completing import Lack, organisation_kinds
from veikart.consultations.answering.models import DraftFile, ReplyDraft
from veikart.consultations.models import Reply
from veikart.plan.consultations import Answer


@dataclass(frozen=True)
class Field:
    """A field: what was typed in it, and what is wrong with it."""

    name: str
    value: str
    problems: Sequence[Lack] = ()
    label: SafeString | str = ""


@dataclass(frozen=True)
class Section:
    """A question as the form shows it."""

    question: Asked
    choice: Field | None
    texts: Sequence[Field]


@dataclass(frozen=True)
class Said:
    """A question with what was answered: what was chosen, and texts with the goals they are about."""

    question: Asked
    choice: str
    texts: Sequence[tuple[SafeString | str, str]]
    field: str


@dataclass(frozen=True)
class Attached:
    """A file of the reply. `is_older`: one of the same name came after it."""

    pk: int
    name: str
    size: int
    trouble: str | None
    is_older: bool


def form(
    questions: Sequence[Asked], content: Content, problems: Sequence[Lack] = ()
) -> dict[str, Any]:
    """The form: who replies, and the questions, with what was typed and what is wrong."""
    wrong: dict[str, list[Lack]] = {}
    for lack in problems:
        wrong.setdefault(lack.field, []).append(lack)

    def field(name: str, label: SafeString | str = "") -> Field:
        return Field(name, content.get(name, ""), wrong.get(name, []), label)

    sections = [
        Section(
            question,
            field(question.choice) if question.choice else None,
            [field(text.field, text.label) for text in question.texts],
        )
        for question in questions
    ]
    about = {name: field(name) for name in ("who", "name", "kind", "initials", "email")}
    return {
        "about": about,
        "sections": sections,
        "problems": problems,
        "kinds": organisation_kinds(),
    }


def said(questions: Sequence[Asked], answered: Sequence[Answer]) -> list[Said]:
    """Each question with what is answered to it, in the order of the hearing."""
    found = {(answer.question, answer.goal): answer for answer in answered}
    return [_said(question, found) for question in questions]


def attached(files: Sequence[DraftFile]) -> list[Attached]:
    """The files of a draft, the newest of each name marked off from those it takes the place of."""
    newest = in_use(list(files))
    return [
        Attached(
            file.pk, file.name, file.size, file.trouble, newest[file.name.casefold()].pk != file.pk
        )
        for file in files
    ]


def answered(reply: Reply) -> tuple[Answer, ...]:
    """The answers of a reply that was received."""
    return tuple(Answer(**answer) for answer in reply.answers)


def link(draft: ReplyDraft, token: str) -> str:
    """The private link, whole, as somebody copies it."""
    return settings.ADDRESS + reverse("answering:fill", args=[code_of(draft), token])


def code_of(draft: ReplyDraft) -> str:
    """The hearing's part of an address."""
    return draft.hearing_id.partition("/")[2]


def _said(question: Asked, found: Mapping[tuple[int | None, str | None], Answer]) -> Said:
    own = [(text, found.get((question.no, text.goal))) for text in question.texts]
    return Said(
        question,
        next((answer.choice for _text, answer in own if answer and answer.choice), ""),
        [(text.label, answer.text) for text, answer in own if answer and answer.text],
        question.choice or question.texts[0].field,
    )
