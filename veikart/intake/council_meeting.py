"""A meeting as a document tells of it: its body, itself with agenda and attendance, and seats not known before."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from veikart.council.kinds import MeetingTerms
from veikart.engines.proposal import Item
from veikart.engines.readers.agenda_items import UNKNOWN_BODY
from veikart.engines.slugs import slug
from veikart.intake.council_known import organisation_of
from veikart.intake.council_lines import agenda_line, attendance_line, merged
from veikart.intake.council_places import NO_DAY, Sitting, written_meeting
from veikart.intake.council_rows import Row, first_free, found_in, row
from veikart.plan.council import Seat

SEATED = ("member", "leader", "observer")
"""The roles that have a seat; who only came, stands in for somebody or writes the minutes has none."""
_DRAFT = re.compile(r"utkast|kladd|draft", re.IGNORECASE)


def meeting_rows(at: Sitting, items: Sequence[Item]) -> Iterator[Row]:
    """The body where it is not known, the meeting, and the seats that nobody has told of."""
    found = next((item for item in items if item.kind == "meeting"), None)
    if found is None:
        return
    if at.body not in at.known.bodies:
        values = {"name": at.body_name}
        yield row("body", at.body, values, found.found_at, name=at.body_name or UNKNOWN_BODY)
    yield _meeting(at, found, items)
    yield from _seats(at, [item for item in items if item.kind == "seat"])


def _meeting(at: Sitting, found: Item, items: Sequence[Item]) -> Row:
    said, held = found.values, at.held
    year = said["year"] or (at.day.year if at.day else None)
    values = {
        "year": year if held is None else None,
        "body": at.body if held is None else None,
        "number": said["number"],
        "is_extra": said["is_extra"] or None,
        "state": _state(at, held),
        "held_on": said["held_on"],
        "starts_at": said["starts_at"],
        "ends_at": said["ends_at"],
        "place": said["place"],
        "agenda": _agenda(at, held, items) or None,
        "attendance": _attendance(at, held, items) or None,
        "source": at.source if held is None else None,
    }
    first = {
        kind: next((i.found_at for i in items if i.kind == kind), None) for kind in ("case", "seat")
    }
    places = {"agenda": first["case"], "attendance": first["seat"]}
    name = _name(at, said["number"], year)
    made = row(
        "meeting", at.key, values, found_in(found.found_at, places), name=name, belongs_to=at.key
    )
    is_asked = at.day is None and (said["day_said"] or at.key.endswith(NO_DAY))
    return replace(made, asked={"held_on": ""}) if is_asked else made


def _name(at: Sitting, number: int | None, year: int | None) -> str:
    body = at.known.bodies.get(at.body)
    called = (body.name if body else at.body_name) or UNKNOWN_BODY
    return written_meeting(called, number, year, at.day)


def _state(at: Sitting, held: MeetingTerms | None) -> str | None:
    """Minutes tell that a meeting was held. An agenda is what a meeting is summoned with, unless its file is
    called a draft; of a meeting that the plan has already, the plan knows better.
    """
    if at.is_minutes:
        return None if held and held.state == "cancelled" else "held"
    if held is not None:
        return None
    return "planned" if _DRAFT.search(at.source) else "summoned"


def is_public(at: Sitting) -> bool:
    """Whether a new case of the meeting is for the public: once its meeting is summoned."""
    state = at.held.state if at.held and not at.is_minutes else _state(at, at.held)
    return state in {"summoned", "held"}


def _agenda(at: Sitting, held: MeetingTerms | None, items: Sequence[Item]) -> list[dict[str, Any]]:
    """The agenda as it would be: what the document says, put into what the plan has."""
    others = {slug(line.title or "") for line in held.agenda if not line.case} if held else set()
    timed = [
        (slot.get("starts_at"), line)
        for item in items
        if item.kind == "case"
        for slot, line in _case_lines(at, item, others)
    ]
    first = [(time, line) for time, line in timed if not line.get("is_continued")]
    later = [(time, line) for time, line in timed if line.get("is_continued")]
    breaks = [
        (
            one.get("starts_at"),
            {"kind": "break", "title": one["title"], "starts_at": one.get("starts_at")},
        )
        for one in at.values.get("breaks", ())
    ]
    for time, line in (*later, *breaks):
        first.insert(_place(first, time), (time, line))
    before = at.known.accepted.get((at.key, "agenda"), ())
    lines = [_whole(line) for _time, line in first]
    return merged(held.agenda if held else (), lines, before, same=agenda_line)


def _case_lines(
    at: Sitting, item: Item, others: set[str]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The lines of a case, one for each time it has. One that a person has made a line without a case is
    that line.
    """
    place, title = at.cases[item.key], item.values["title"]
    is_other = place.held is None and slug(title) in others
    for slot in item.values["slots"] or [{}]:
        line: dict[str, Any] = {
            "kind": "other" if is_other else "case",
            "case": None if is_other else place.key,
            "title": title if is_other else None,
            "starts_at": slot.get("starts_at"),
            "minutes": slot.get("minutes"),
        }
        yield slot, line | ({"is_continued": True} if slot.get("continued") else {})


def _place(lines: Sequence[tuple[str | None, Any]], time: str | None) -> int:
    """Where a line of that time stands: before the first that is later; without a time, last."""
    if time is None:
        return len(lines)
    return next((n for n, (one, _line) in enumerate(lines) if one and one > time), len(lines))


def _whole(line: dict[str, Any]) -> dict[str, Any]:
    blank = dict.fromkeys(("case", "title", "starts_at", "minutes", "presenter", "basis"))
    return {**blank, "is_continued": False, **line}


def _attendance(
    at: Sitting, held: MeetingTerms | None, items: Sequence[Item]
) -> list[dict[str, Any]]:
    lines = [
        {
            "role": item.values["role"],
            "person": item.values["person"],
            "organisation": _organisation(at, item),
            "organisation_name": item.values["organisation"],
            "stands_in_for": item.values["stands_in_for"],
            "present": item.values["present"],
        }
        for item in items
        if item.kind == "seat"
    ]
    before = at.known.accepted.get((at.key, "attendance"), ())
    return merged(held.attendance if held else (), lines, before, same=attendance_line)


def _organisation(at: Sitting, item: Item) -> str | None:
    return organisation_of(item.values["organisation"], at.known.organisations, on=at.day)


def _seats(at: Sitting, said: Sequence[Item]) -> Iterator[Row]:
    """The seats that are not known: nobody of that name has one, and the organisation has fewer than are named."""
    held = [seat for seat in at.known.seats.values() if seat.body == at.body]
    number = first_free(int(seat.uid.rpartition("/")[2]) for seat in held)
    people = {slug(seat.person) for seat in held if seat.person}
    free: dict[str, list[Seat]] = defaultdict(list)
    named = {slug(item.values["person"]) for item in said if item.values["person"]}
    for seat in held:
        is_current = seat.until_day is None or (at.day is not None and at.day < seat.until_day)
        if is_current and slug(seat.person or "") not in named:
            free[slug(seat.organisation_name)].append(seat)
    for item in said:
        person, organisation = item.values["person"], item.values["organisation"]
        if item.values["role"] not in SEATED or slug(person or "") in people:
            continue
        if organisation and free[slug(organisation)]:
            free[slug(organisation)].pop()
            continue
        yield _seat(at, item, number)
        people |= {slug(person)} if person else set()
        number += 1


def _seat(at: Sitting, item: Item, number: int) -> Row:
    said = item.values
    values = {
        "body": at.body,
        "organisation": _organisation(at, item),
        "organisation_name": said["organisation"],
        "person": said["person"],
        "role": said["role"],
        "seen_on": at.day.isoformat() if at.day else None,
        "source": at.source,
    }
    name = ", ".join(part for part in (said["person"], said["organisation"]) if part)
    return row("seat", f"{at.body}/plass/{number}", values, item.found_at, name=name or "–")
