"""Reads minutes (text, DOCX, PDF): who was there, what was decided in each case, and who is to do what."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

import msgspec

from veikart.engines.proposal import FoundAt, Item, Proposal
from veikart.engines.readers.agenda import is_numbered, not_a_meeting
from veikart.engines.readers.agenda_cases import Case
from veikart.engines.readers.agenda_cautions import caution
from veikart.engines.readers.agenda_items import item, meeting_key, proposal
from veikart.engines.readers.agenda_meeting_items import key_of, meeting_items
from veikart.engines.readers.agenda_papers import stated
from veikart.engines.readers.agenda_reading import Meeting, lines_of, read_meeting
from veikart.engines.readers.agenda_text import found_at, in_one
from veikart.engines.readers.agenda_values import FollowUpValues
from veikart.engines.readers.agenda_words import case_number, day_in
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.document import Document
from veikart.engines.readers.paragraphs import Line

READER = "minutes"
KINDS = (
    "meeting", "seat", "case", "decision", "follow_up", "question", "attachment",
    "proposed_decision", "top_note",
)  # fmt: skip

_NAME = r"(?:møte)?(?:referat|protokoll)|møtebok|minutes"
_CALLED = re.compile(
    rf"(?:(?:utkast(?:\s+til)?|godkjent|godkjend|draft|approved)\s+)?(?:{_NAME})\b|.{{2,80}}\s(?:[–-]\s*)?(?:{_NAME})$",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"(?:(?:enstemmig|samrøystes)\s+)?(?:vedtak|konklusjon|decision|avgjerd)\s*:?", re.IGNORECASE
)
_HEAD = 8
_WHO = re.compile(
    r"\(?\b(?:ansvar(?:lig|leg)?|responsible|owner)\s*:?\s*(?P<who>[^.;()–]+?)(?=\s*(?:[.;()–]|,?\s*(?:frist|due|innen|innan)\b|$))\)?",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\(?\b(?:frist|due(?:\s+date)?|deadline|innen|innan|by)\s*:?\s*(?P<due>[^;()]+)\)?",
    re.IGNORECASE,
)
_SAYS_WHO = re.compile(
    r"(?P<who>[A-ZÆØÅ][\wæøåÆØÅ. -]{1,60}?)\s*(?::|\s(?=(?:skal|følger opp|følgjer opp|will)\s))\s*(?P<what>\S.*)"
)


class FollowUp(msgspec.Struct, frozen=True):
    """What is to be done, as it was read: by whom, until when, and in which case."""

    what: str
    who: str | None
    due_said: str | None
    case: Case | None
    lines: tuple[Line, ...]


def are_minutes(found: Sequence[Line]) -> bool:
    """Whether lines are called minutes at their beginning, and go on with cases or decisions."""
    head = takewhile(lambda line: not is_numbered(line), found[:_HEAD])
    if not any(_CALLED.match(line.text.strip()) for line in head):
        return False
    return any(is_numbered(line) or _DECIDED.match(line.text) for line in found)


def read_minutes(name: str, content: bytes, *, document: Document | None = None) -> Proposal:
    """What the minutes in `content` say: as an agenda, and a `decision` for each case that has one, who
    was `present`, and a `follow_up` for whatever somebody is to do.

    `document` is the file, if it was opened.
    Raises Unreadable for what cannot be opened, and `unknown_kind` for what has no cases.
    """
    opened = document or Document(name, content)
    meeting = read_meeting(lines_of(opened), opened.form, are_minutes=True)
    if not meeting.cases:
        raise not_a_meeting(opened, "minutes")
    cautions = Cautions()
    items = [*meeting_items(meeting, cautions), *_follow_ups(meeting, cautions)]
    caution(meeting, cautions)
    _check(meeting, items, cautions)
    return proposal(READER, name, content, items, cautions.all(), KINDS)


def _check(meeting: Meeting, items: Sequence[Item], cautions: Cautions) -> None:
    decided = {one.values["case"] for one in items if one.kind == "decision"}
    for case in meeting.cases:
        if key_of(meeting, case) not in decided:
            cautions.add_at(
                found_at(case.lines),
                "no_decision",
                f"The minutes say of the case “{case.title}” nothing behind “Vedtak:” or “Konklusjon:”.",
                "Read what they say of it; if something was decided, write it in.",
            )


def _follow_ups(meeting: Meeting, cautions: Cautions) -> Iterator[Item]:
    key = meeting_key(meeting.head.meeting)
    for number, one in enumerate([*_in_cases(meeting), *_in_tables(meeting)], start=1):
        year = meeting.head.meeting.year
        day = day_in(one.due_said, year=year) if one.due_said else None
        place = found_at(one.lines)
        values = FollowUpValues(
            meeting=key,
            case=key_of(meeting, one.case) if one.case else None,
            what=one.what,
            who=one.who,
            due=day.on if day else None,
            due_said=one.due_said,
        )
        yield item("follow_up", f"{key}/oppfolging/{number}", values, place)
        _check_follow_up(one, cautions, place, is_due=values.due is not None)


def _check_follow_up(one: FollowUp, cautions: Cautions, place: FoundAt, *, is_due: bool) -> None:
    if one.who is None:
        cautions.add_at(
            place,
            "nobody_responsible",
            f"Nobody is named for “{one.what}”.",
            "Write in who is to do it; without a name it comes back on no list.",
        )
    if not is_due:
        cautions.add_at(
            place,
            "no_due_day",
            f"No day is set for “{one.what}”; found “{one.due_said or 'nothing'}”.",
            "Write in the day it is due, or confirm that it has none.",
        )


def _in_cases(meeting: Meeting) -> Iterator[FollowUp]:
    for case in meeting.cases:
        for one in stated(case.body).actions:
            yield _told(one.text, case, one.lines)


def _told(text: str, case: Case | None, lines: tuple[Line, ...]) -> FollowUp:
    """What a sentence says: "Sekretariatet: Sender ut notatet. Frist: 1. mars"."""
    due, who = _DUE.search(text), _WHO.search(text)
    rest = _WHO.sub("", _DUE.sub("", text)).strip(" .;,–-")
    said = _SAYS_WHO.fullmatch(rest) if who is None else None
    return FollowUp(
        what=said["what"].strip() if said else rest or text,
        who=who["who"].strip() if who else said["who"].strip() if said else None,
        due_said=due["due"].strip(" .,") if due else None,
        case=case,
        lines=lines,
    )


def _in_tables(meeting: Meeting) -> Iterator[FollowUp]:
    for row in meeting.actions:
        lines = tuple(line for own in row.cells.values() for line in own)
        number = case_number(in_one(row.cells.get("number", ()), meeting.words))
        case = next(iter(meeting.numbered(number)), None) if number else None
        yield FollowUp(
            what=in_one(row.cells.get("what", ()), meeting.words) or in_one(lines, meeting.words),
            who=in_one(row.cells.get("who", ()), meeting.words) or None,
            due_said=in_one(row.cells.get("due", ()), meeting.words) or None,
            case=case,
            lines=lines,
        )
