"""Where the things of a meeting's document lie in the plan: its body, its meeting, its cases by number or title."""

import datetime as dt
import difflib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from veikart.council.kinds import CaseTerms, MeetingTerms
from veikart.engines.proposal import Item
from veikart.engines.readers.agenda_items import UNKNOWN_BODY, body_slug
from veikart.engines.readers.agenda_words import CaseNumber, case_number
from veikart.engines.slugs import slug
from veikart.intake.council_known import Known, body_of

NO_DAY = "uten-dato"
_SAME_TITLE = 0.6
"""So alike must two titles be to be the same case's."""


@dataclass(frozen=True, kw_only=True)
class CasePlace:
    """Where a case lies. Without a `number` that can be trusted it waits at a place of its own until a
    person gives one; `suggested` is the next that is free, "" where nothing can be suggested.
    """

    key: str
    number: str | None = None
    suggested: str = ""
    held: CaseTerms | None = None
    is_of_another: bool = False


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """The meeting that a document is about: its values as they were read, and where its things lie."""

    known: Known
    body: str
    body_name: str | None
    key: str
    values: Mapping[str, Any]
    is_minutes: bool
    source: str
    cases: Mapping[str, CasePlace] = field(default_factory=dict)

    @property
    def held(self) -> MeetingTerms | None:
        """The meeting as the plan has it."""
        return self.known.meetings.get(self.key)

    @property
    def day(self) -> dt.date | None:
        """The day of the meeting, from the document or else from the plan."""
        said = self.values.get("held_on")
        if said:
            return dt.date.fromisoformat(said)
        return self.held.held_on if self.held else None

    @property
    def slug(self) -> str:
        """The body in an address."""
        return self.body.removeprefix("organ/")


def sitting(items: Sequence[Item], known: Known, *, is_minutes: bool, source: str) -> Sitting:
    """Where the things lie that `items` of an agenda or of minutes speak of."""
    values = next((item.values for item in items if item.kind == "meeting"), {})
    cases = [item for item in items if item.kind == "case"]
    name = values.get("body")
    body = body_of(name, known.bodies) or (_body_by_day(values, cases, known) if not name else None)
    body = body or f"organ/{body_slug(name) if name else UNKNOWN_BODY}"
    key = _meeting_key(values, body, cases, known)
    return Sitting(
        known=known,
        body=body,
        body_name=name,
        key=key,
        values=values,
        is_minutes=is_minutes,
        source=source,
        cases=dict(_placed(cases, body, key, values, known)),
    )


def alike(one: str, other: str) -> bool:
    """Whether two titles are of the same case: equal but for signs, or nearly so."""
    left, right = slug(one), slug(other)
    if left == right or (min(left, right, key=len) and (left in right or right in left)):
        return True
    return difflib.SequenceMatcher(None, left, right).ratio() >= _SAME_TITLE


def parsed(number: str | None) -> CaseNumber | None:
    """A case number as it was said; None for what is none."""
    return case_number(number) if number else None


def written(number: CaseNumber) -> str:
    """A case number as registers have it: 2/22."""
    return f"{number.serial}/{number.year % 100:02d}"


def written_meeting(body: str, number: int | None, year: int | None, day: dt.date | None) -> str:
    """What people call a meeting: Nasjonalt e-helseråd 1/2022, or by its day."""
    if number is not None and year is not None:
        return f"{body} {number}/{year}"
    return f"{body} {day.isoformat()}" if day else body


def _body_by_day(values: Mapping[str, Any], cases: Sequence[Item], known: Known) -> str | None:
    """The body of the meeting on that day that treats the same cases, where a document names no body."""
    found = [
        meeting.body
        for meeting in known.meetings.values()
        if values.get("held_on")
        and str(meeting.held_on) == values["held_on"]
        and _treats(meeting, cases, known)
    ]
    return found[0] if len(found) == 1 else None


def _meeting_key(values: Mapping[str, Any], body: str, cases: Sequence[Item], known: Known) -> str:
    own = [(uid, one) for uid, one in known.meetings.items() if one.body == body]
    number, year, day = (values.get(name) for name in ("number", "year", "held_on"))
    is_numbered = number is not None and year is not None
    for uid, one in own:
        if is_numbered and (one.number, one.year) == (number, year):
            return uid
    for uid, one in own:
        is_other = is_numbered and one.number is not None
        if day and str(one.held_on) == day and not is_other:
            return uid
    if not is_numbered and not day:
        same = [uid for uid, one in own if _treats(one, cases, known)]
        if len(same) == 1:
            return same[0]
    when = f"{number}-{year}" if is_numbered else day or NO_DAY
    return f"mote/{body.removeprefix('organ/')}/{when}"


def _treats(meeting: MeetingTerms, cases: Sequence[Item], known: Known) -> bool:
    """Whether all the cases of a document are on the agenda of a meeting that the plan has."""
    titles = set(_titles(meeting, known))
    return bool(cases) and all(slug(case.values["title"]) in titles for case in cases)


def _titles(meeting: MeetingTerms | None, known: Known) -> dict[str, str]:
    """The cases on an agenda by their titles."""
    uids = [line.case for line in meeting.agenda if line.case] if meeting else []
    return {slug(known.cases[uid].title): uid for uid in uids if uid in known.cases}


def _placed(
    cases: Sequence[Item], body: str, meeting: str, values: Mapping[str, Any], known: Known
) -> Iterator[tuple[str, CasePlace]]:
    numbers = {case.key: parsed(case.values["number"]) for case in cases}
    times = Counter(number.key for number in numbers.values() if number)
    titles = _titles(known.meetings.get(meeting), known)
    free = _free_numbers(body, values.get("year"), [n for n in numbers.values() if n], known)
    for position, case in enumerate(cases, start=1):
        number, title = numbers[case.key], case.values["title"]
        place = f"sak/{body.removeprefix('organ/')}/{number.key}" if number else None
        held = known.cases.get(place or "")
        by_title = titles.get(slug(title))
        if by_title and (number is None or times[number.key] > 1 or by_title == place):
            known_one = known.cases[by_title]
            yield case.key, CasePlace(key=by_title, number=known_one.number, held=known_one)
        elif number is None:
            yield case.key, CasePlace(key=f"{meeting}/sak/{position}", suggested=next(free, ""))
        elif times[number.key] > 1 or (held and not _is_same(held, case)):
            is_of_another = times[number.key] == 1
            waits = f"{meeting}/sak/{position}"
            yield case.key, CasePlace(key=waits, is_of_another=is_of_another)
        else:
            yield case.key, CasePlace(key=place or "", number=written(number), held=held)


def _is_same(held: CaseTerms, case: Item) -> bool:
    if held.fixed and held.fixed == case.values.get("fixed"):
        return True
    return not case.values["title"] or alike(held.title, case.values["title"])


def _free_numbers(
    body: str, year: int | None, said: Collection[CaseNumber], known: Known
) -> Iterator[str]:
    """The numbers behind the last that the body has given in a year."""
    if year is None:
        return
    given = [parsed(case.number) for case in known.cases.values() if case.body == body]
    taken = [n.serial for n in (*given, *said) if n and n.year % 100 == year % 100]
    serial = max(taken, default=0)
    while True:
        serial += 1
        yield f"{serial}/{year % 100:02d}"
