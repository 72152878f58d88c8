"""What the items of a reply hold: its head, an answer, a point."""

import datetime as dt

import msgspec

from veikart.engines.anchors.targets import Anchor
from veikart.engines.handling.words import Language, PointKind, RespondentKind


class ReplyValues(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a reply; what it does not say is None.

    `case_number` is the one it names. `received` is the day it came, which only an e-mail tells, and
    `dated` the day it says itself. `scanned`: its text was recognised on pictures, or is not read yet.
    """

    case_number: str | None
    respondent: str | None
    kind_of_respondent: RespondentKind | None
    language: Language | None
    received: dt.date | None = None
    scanned: bool = False


class LetterValues(ReplyValues, frozen=True, kw_only=True):
    """The head of a letter."""

    dated: dt.date | None = None
    addressee: str | None = None
    subject: str | None = None


class MailValues(ReplyValues, frozen=True, kw_only=True):
    """The head of an e-mail: `address` is the sender's, `attachments` the names of all its files."""

    address: str | None = None
    subject: str | None = None
    message_id: str | None = None
    attachments: tuple[str, ...] = ()


class GoalAnswer(msgspec.Struct, frozen=True):
    """What is answered about one goal: its uid, its heading as the reply has it, and the text."""

    goal: str
    heading: str
    text: str | None


class AnswerValues(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to the question of that number.

    `choice` is None where nothing or more than one thing is ticked. `empty`: neither anything is
    ticked nor anything written. `goals` are the parts of `text` that stand under goals.
    """

    question: int
    choice: str | None
    text: str | None
    empty: bool
    goals: tuple[GoalAnswer, ...] = ()


class PointValues(msgspec.Struct, frozen=True, kw_only=True):
    """A remark that can be answered by itself; `question` is the one it answers.

    `proposed_wording` is what it would have the text say, and `heading_path` the headings above it,
    outermost first. `anchors` are proposals of what it is about, the surest first.
    """

    text: str
    kind: PointKind
    heading_path: tuple[str, ...]
    proposed_wording: str | None
    question: int | None
    anchors: tuple[Anchor, ...]
