"""A dataset's hearings: `hearings.toml`, with what was asked and, retold, what was replied."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from veikart.consultations.services import Incoming
from veikart.engines.handling.actions import Anchor, Original
from veikart.engines.handling.words import (
    Channel,
    Language,
    PointKind,
    QuestionKind,
    RespondentKind,
)
from veikart.engines.proposal import FoundAt, Item
from veikart.intake.datasets.files import Entry, read_toml_list
from veikart.plan.consultations import Answer


class QuestionEntry(Entry, frozen=True, kw_only=True):
    """What the hearing asks; `goals` are numbers."""

    text: str
    kind: QuestionKind
    choices: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    help: str | None = None
    nn: str | None = None
    en: str | None = None


class InvitationEntry(Entry, frozen=True, kw_only=True):
    """Somebody who was asked to reply; `organisation` is a slug."""

    name: str
    kind: RespondentKind
    organisation: str | None = None


class StatedEntry(Entry, frozen=True, kw_only=True):
    """A number that a source states."""

    what: str
    number: int
    source: str
    address: str | None = None


class AnswerEntry(Entry, frozen=True, kw_only=True):
    """What the reply says to a question, for a goal by its number."""

    question: int
    goal: int | None = None
    choice: str | None = None
    text: str | None = None


class PointEntry(Entry, frozen=True, kw_only=True):
    """A point, retold in our own words; `about` are addresses, which a person chose."""

    text: str
    kind: PointKind
    question: int | None = None
    goal: int | None = None
    about: tuple[str, ...] = ()


class ReplyEntry(Entry, frozen=True, kw_only=True):
    """A public reply, retold."""

    respondent: str
    kind: RespondentKind
    channel: Channel
    language: Language | None = None
    received_at: dt.datetime | None = None
    organisation: str | None = None
    answers: tuple[AnswerEntry, ...] = ()
    points: tuple[PointEntry, ...] = ()


class HearingEntry(Entry, frozen=True, kw_only=True):
    """A hearing; the fields mean the same as in the Plan."""

    case_number: str
    title: str
    opens_on: dt.date
    closes_on: dt.date
    held_by: str | None = None
    about: str | None = None
    summary: str | None = None
    terms: str | None = None
    address: str | None = None
    nn: str | None = None
    en: str | None = None
    questions: tuple[QuestionEntry, ...] = ()
    invited: tuple[InvitationEntry, ...] = ()
    stated: tuple[StatedEntry, ...] = ()
    replies: tuple[ReplyEntry, ...] = ()

    @property
    def uid(self) -> str:
        """Its address: `horing/22-414` for case 22/414."""
        return f"horing/{self.case_number.replace('/', '-')}"


@dataclass(frozen=True, kw_only=True)
class ReplyFound:
    """A reply, and the hearing that it is to."""

    hearing: str
    incoming: Incoming


def read(folder: Path) -> tuple[list[Item], list[ReplyFound]]:
    """The hearings of the dataset in `folder` as items, and the replies to them.

    Raises ValueError with the file and the place if something does not fit.
    """
    entries = read_toml_list(folder / "hearings.toml", "hearings", HearingEntry)
    items = [_item(entry) for entry in entries]
    return items, [reply for entry in entries for reply in _replies(entry)]


def _item(entry: HearingEntry) -> Item:
    plain = ("case_number", "title", "opens_on", "closes_on", "held_by", "about", "summary",
             "terms", "address")  # fmt: skip
    values: dict[str, Any] = {name: getattr(entry, name) for name in plain}
    values |= {
        "translations": {"nn": entry.nn, "en": entry.en},
        "questions": [_question(no, each) for no, each in enumerate(entry.questions, 1)],
        "invited": [
            {"name": each.name, "kind": each.kind, "organisation": _actor(each.organisation)}
            for each in entry.invited
        ],
        "stated": [msgspec.structs.asdict(each) for each in entry.stated],
    }
    return Item(kind="hearing", key=entry.uid, values=values, found_at=FoundAt())


def _question(no: int, entry: QuestionEntry) -> dict[str, Any]:
    return {
        "no": no,
        "text": entry.text,
        "kind": entry.kind,
        "choices": entry.choices,
        "goals": [f"mal/{number}" for number in entry.goals],
        "help": entry.help,
        "translations": {"nn": entry.nn, "en": entry.en},
    }


def _replies(entry: HearingEntry) -> Iterator[ReplyFound]:
    for reply in entry.replies:
        incoming = Incoming(
            respondent=reply.respondent,
            kind_of_respondent=reply.kind,
            channel=reply.channel,
            language=reply.language,
            received_at=reply.received_at,
            organisation=_actor(reply.organisation),
            case_number=entry.case_number,
            answers=tuple(
                Answer(
                    question=each.question,
                    goal=_goal(each.goal),
                    choice=each.choice,
                    text=each.text,
                )
                for each in reply.answers
            ),
            points=tuple(_point(each) for each in reply.points),
        )
        yield ReplyFound(hearing=entry.uid, incoming=incoming)


def _point(entry: PointEntry) -> Original:
    return Original(
        uid="",  # given when it is received
        text=entry.text,
        kind=entry.kind,
        question=entry.question,
        goal=_goal(entry.goal),
        anchors=tuple(Anchor(uid=uid, source="person") for uid in entry.about),
        is_retold=True,
    )


def _actor(slug: str | None) -> str | None:
    return f"aktor/{slug}" if slug else None


def _goal(number: int | None) -> str | None:
    return f"mal/{number}" if number else None
