"""What a reply lacks before it can be sent: the field, what was expected and found, and what to do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from veikart.consultations.answering.asking import Asked, Content, text_fields
from veikart.consultations.answering.limits import LONGEST_NAME, MOST_IN_ALL, MOST_TYPED
from veikart.consultations.answering.written import PERSON
from veikart.consultations.models import RespondentKind
from veikart.design import words

ORGANISATION = "organisation"


@dataclass(frozen=True)
class Lack:
    """Something to mend: the field it is in, and a sentence. `can_attach`: its text can go in a file."""

    field: str
    says: str
    can_attach: bool = False


def lacks(content: Content, questions: Sequence[Asked], *, files: int) -> list[Lack]:
    """All that keeps the reply from being sent, in the order of the form; nothing if it is complete."""
    return [*_who(content), *_choices(content, questions), *_texts(content, questions, files)]


def organisation_kinds() -> list[tuple[str, str]]:
    """The kinds of respondents that an organisation can be of, by code."""
    return [
        (kind.value, str(kind.label))
        for kind in RespondentKind
        if kind is not RespondentKind.PRIVATE_PERSON
    ]


def _who(content: Content) -> Iterator[Lack]:
    who = content.get("who")
    if who not in (ORGANISATION, PERSON):
        yield Lack("who", _("Say whether you reply for an organisation or as a private person."))
    yield from _name(content.get("name", "").strip())
    if who == ORGANISATION and content.get("kind") not in dict(organisation_kinds()):
        yield Lack("kind", _("Choose what kind of organisation it is."))
    yield from _email(content.get("email", "").strip())


def _name(name: str) -> Iterator[Lack]:
    if not name:
        yield Lack("name", _("Write the name of the organisation, or your own."))
    elif len(name) > LONGEST_NAME:
        said = _("The name has %(found)s characters, and may have %(most)s. Shorten it.")
        yield Lack("name", said % {"found": words.number(len(name)), "most": LONGEST_NAME})


def _email(address: str) -> Iterator[Lack]:
    if not address:
        return
    try:
        validate_email(address)
    except ValidationError:
        said = _("Write an e-mail address such as name@example.no, or leave the field empty.")
        yield Lack("email", said)


def _choices(content: Content, questions: Sequence[Asked]) -> Iterator[Lack]:
    for question in questions:
        chosen = content.get(question.choice, "") if question.choice else ""
        if question.choice and chosen and chosen not in question.choices:
            said = _("Question %(no)s: choose one of the answers that are given.")
            yield Lack(question.choice, said % {"no": question.no})


def _texts(content: Content, questions: Sequence[Asked], files: int) -> Iterator[Lack]:
    fields = text_fields(questions)
    lengths = {field: len(content.get(field, "")) for field in fields}
    for field, length in lengths.items():
        if length > MOST_TYPED:
            yield Lack(field, _too_long(fields[field][0], length), can_attach=True)
    total = sum(lengths.values())
    if total > MOST_IN_ALL and max(lengths.values()) <= MOST_TYPED:
        longest = max(lengths, key=lambda field: lengths[field])
        said = _(
            "The answers have %(found)s characters together, and may have %(most)s. Shorten them, or "
            "attach the longest as a file. All that you wrote is kept."
        )
        facts = {"found": words.number(total), "most": words.number(MOST_IN_ALL)}
        yield Lack(longest, said % facts, can_attach=True)
    chosen = any(content.get(question.choice or "", "") for question in questions)
    if not files and not chosen and not any(content.get(field, "").strip() for field in fields):
        first = next(iter(fields), "name")
        yield Lack(first, _("Nothing is answered yet. Answer a question, or attach your reply."))


def _too_long(question: Asked, length: int) -> str:
    said = _(
        "The answer to question %(no)s has %(found)s characters, and may have %(most)s. Shorten it, or "
        "attach it as a file. All that you wrote is kept."
    )
    most = words.number(MOST_TYPED)
    return said % {"no": question.no, "found": words.number(length), "most": most}
