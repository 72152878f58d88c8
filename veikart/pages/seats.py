"""Who sits in a body: now, before, on a day that a source shows, and when nothing tells."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString

from veikart.design import words
from veikart.design.templatetags.veikart import bokmal
from veikart.pages import council_words
from veikart.pages.council_facts import counted
from veikart.pages.reading import Reading
from veikart.plan.council import Seat


def of(reading: Reading, body: str) -> dict[str, Any]:
    """The seats in the body `body` (a uid), by what is known of when they were held."""
    on = reading.plan.head.as_of
    known = sorted(reading.plan.index.seats_in.get(body, []), key=_in_order)
    groups: dict[str, list[Seat]] = {
        "now": [],
        "later": [],
        "seen": [],
        "former": [],
        "unknown": [],
    }
    for seat in known:
        groups[when(seat, on)].append(seat)
    return {
        "seats_now": [_told(reading, seat) for seat in groups["now"]],
        "seats_later": [_told(reading, seat) for seat in groups["later"]],
        "seats_seen": _by_day(reading, groups["seen"]),
        "seats_former": [_told(reading, seat) for seat in groups["former"]],
        "seats_unknown": [_told(reading, seat) for seat in groups["unknown"]],
        "seats": len(known),
    }


def when(seat: Seat, on: dt.date) -> str:
    """Whether a seat is held on the day `on`: now, later, former, seen (on a day alone) or unknown."""
    if seat.until_day and seat.until_day <= on:
        return "former"
    if seat.from_day:
        return "now" if seat.from_day <= on else "later"
    if seat.until_day:
        return "now"
    return "seen" if seat.seen_on else "unknown"


def _by_day(reading: Reading, seen: list[Seat]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Seats that are known of one day alone, the latest day first."""
    ordered = sorted(seen, key=lambda seat: seat.seen_on or dt.date.min, reverse=True)
    return [
        (words.day(day), [_told(reading, seat) for seat in group])
        for day, group in groupby(ordered, key=lambda seat: seat.seen_on)
        if day
    ]


def _told(reading: Reading, seat: Seat) -> dict[str, Any]:
    stands_in_for = reading.plan.index.seats.get(seat.substitutes_for or "")
    return {
        "id": f"plass-{seat.uid.rpartition('/')[2]}",
        "organisation": bokmal(seat.organisation_name, reading.language),
        "address": reading.link(seat.organisation) if seat.organisation else None,
        "person": seat.person,
        "role": council_words.role(seat.role),
        "stands_in_for": stands_in_for and _whose(reading, stands_in_for),
        "when": council_words.span(seat.from_day, seat.until_day, seat.seen_on),
    }


def _whose(reading: Reading, seat: Seat) -> SafeString:
    return bokmal(seat.person or seat.organisation_name, reading.language)


def _in_order(seat: Seat) -> tuple[int, list[int]]:
    """Leaders first, then by role, then as the seats are numbered."""
    return council_words.ROLES.index(seat.role), counted(seat.uid)
