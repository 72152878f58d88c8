"""Is this a code of a place that was there then? If not: what it was or became, and what to do."""

import datetime as dt
import re
from collections.abc import Collection, Sequence
from typing import Literal

import msgspec

from veikart.engines.geography.names import find_by_name, what_it_is
from veikart.engines.geography.places import Change, Geography, Level, Place

FaultCode = Literal[
    "unknown_code", "not_valid_then", "name_for_code", "leading_zero", "another_level"
]

LEVEL_WORDS: dict[Level, str] = {
    "municipality": "municipality", "county": "county", "hospital_area": "hospital area",
    "region": "health region", "nation": "nation",
}  # fmt: skip

MUNICIPALITIES: tuple[Level, ...] = ("municipality",)

# What Statistics Norway has codes of its own for, and no municipality governs.
_NO_MUNICIPALITY = {
    "2100": "Svalbard", "2111": "Svalbard", "2211": "Jan Mayen", "9999": "an unknown place",
}  # fmt: skip

_CODE_WITH_NAME = re.compile(r"(?:[^\d]*\D)?(\d{4})(?:\D[^\d]*)?")


class CodeFault(msgspec.Struct, frozen=True, kw_only=True):
    """Why a text is no code of a place in its period, in plain sentences.

    `proposals` are the codes that were in force and are probably meant, by code: one if it is
    clear, several if it is ambiguous or was divided, none if nothing is alike.
    """

    code: FaultCode
    found: str
    expected: str
    remedy: str
    proposals: tuple[str, ...] = ()


def codes_in_force(
    geography: Geography, *, on: dt.date, levels: Collection[Level] = MUNICIPALITIES
) -> frozenset[str]:
    """All codes that may stand in a file of figures for the day `on`, of the levels that it has."""
    places = (*geography.municipalities(on=on), *geography.counties(on=on))
    above = (code for level in levels for code in geography.codes_above[level])
    return frozenset((*(place.code for place in places if place.level in levels), *above))


def is_in_force(
    geography: Geography, code: str, *, on: dt.date, levels: Collection[Level] = MUNICIPALITIES
) -> bool:
    """Whether `code` is one of `codes_in_force`, without making them all."""
    place = geography.place(code, on=on)
    if place is not None:
        return place.level in levels
    return any(code in geography.codes_above[level] for level in levels)


def check_code(
    geography: Geography,
    text: str,
    *,
    period_from: dt.date,
    period_to: dt.date,
    levels: Sequence[Level] = MUNICIPALITIES,
) -> CodeFault | None:
    """What is wrong with `text` as the code of a place of `levels` through a period; None if nothing.

    The period is half-open. A code that was not in force all through it is a fault, since figures
    are carried by the borders of their own period.
    """
    last = period_to - dt.timedelta(days=1)
    if all(is_in_force(geography, text, on=day, levels=levels) for day in (period_from, last)):
        return None
    question = _Question(geography, text.strip(), period_from, last, tuple(levels))
    return (
        question.another_level()
        or question.leading_zero()
        or question.not_valid_then(question.text)
        or question.name_for_code()
        or question.unknown()
    )


class _Question:
    def __init__(
        self,
        geography: Geography,
        text: str,
        first: dt.date,
        last: dt.date,
        levels: Sequence[Level],
    ) -> None:
        self.geography, self.text, self.levels = geography, text, levels
        # A code that ended within the period is judged by the period's end, any other by its start.
        self.on = first if not geography.valid(text, on=first) else last
        words = " or ".join(LEVEL_WORDS[level] for level in levels)
        self.expected = f"the code of a {words} in force on {self.on}"

    def another_level(self) -> CodeFault | None:
        for level in LEVEL_WORDS:
            if level in self.levels or not self._is(self.text, level):
                continue
            place = self.geography.place(self.text, on=self.on)
            words = f"{LEVEL_WORDS[level]}{f' {place.name}' if place else ''}"
            return self._fault(
                "another_level",
                f"{self.text} is the {words}. Give figures for each of the level that is expected, "
                f"or say that the file is by {LEVEL_WORDS[level]}.",
            )
        return None

    def leading_zero(self) -> CodeFault | None:
        length = {3: 4, 1: 2}.get(len(self.text))
        if not (self.text.isdecimal() and self.text.isascii() and length):
            return None
        code = f"0{self.text}"
        place = self.geography.place(code, on=self.on)
        if place is None or place.level not in self.levels:
            return self.not_valid_then(code)
        return self._fault(
            "leading_zero",
            f"{self.text} is probably {_named(place)} without its leading zero. "
            "Keep the column as text, or confirm it.",
            code,
        )

    def not_valid_then(self, code: str) -> CodeFault | None:
        known = self.geography.by_code.get(code, ())
        if not known:
            return None
        before = [place for place in known if place.valid_from <= self.on]
        place = before[-1] if before else known[0]
        meant = what_it_is(self.geography, place, on=self.on)
        told = self._what_became(place) if before else self._what_it_came_of(place)
        return self._fault(
            "not_valid_then",
            f"{told} {_use(meant, self.on)}",
            *(other.code for other in meant if other.level in self.levels),
        )

    def name_for_code(self) -> CodeFault | None:
        if match := _CODE_WITH_NAME.fullmatch(self.text):
            if not self._is(match[1], "municipality"):
                return self.not_valid_then(match[1])
            remedy = f"Give the code alone: {match[1]}."
            return self._fault("name_for_code", remedy, match[1])
        named = find_by_name(self.geography, self.text, on=self.on)
        places = [place for place in named if place.level in self.levels]
        if not places:
            return self._name_of_another_level(named)
        if len(places) == 1:
            remedy = f"“{self.text}” is probably {_named(places[0])}. Give the code, or confirm it."
        else:
            remedy = f"“{self.text}” may be {_either(places)}. Give the code of the one meant."
        return self._fault("name_for_code", remedy, *(place.code for place in places))

    def _name_of_another_level(self, named: Sequence[Place]) -> CodeFault | None:
        if not named:
            return None
        level = LEVEL_WORDS[named[0].level]
        return self._fault(
            "another_level",
            f"“{self.text}” is the name of a {level}. Give figures for each of the level that is "
            f"expected, or say that the file is by {level}.",
        )

    def unknown(self) -> CodeFault:
        outside = _NO_MUNICIPALITY.get(self.text) or (
            "the continental shelf" if re.fullmatch(r"23\d\d", self.text) else None
        )
        if outside:
            return self._fault(
                "unknown_code",
                f"{self.text} is {outside}, which is no municipality. Leave the row out.",
            )
        return self._fault(
            "unknown_code",
            f"No place has had the code or name “{self.text}” since 2010. "
            "Look it up in Statistics Norway's list of municipalities.",
        )

    def _is(self, text: str, level: Level) -> bool:
        return is_in_force(self.geography, text, on=self.on, levels=(level,))

    def _what_became(self, place: Place) -> str:
        rows = _at(self.geography.changes_from.get(place.code, ()), place, place.valid_to)
        ended = place.valid_to
        targets = [_place_or_code(self.geography, row.to_code, ended) for row in rows]
        if not targets or ended is None:
            return f"{_named(place)} was in force until {ended}."
        if len(targets) > 1:
            return f"{_named(place)} was divided on {ended} into {_all(targets)}."
        joined = rows[0].kind == "merge"
        return (
            f"{_named(place)} {'became part of' if joined else 'became'} {targets[0]} on {ended}."
        )

    def _what_it_came_of(self, place: Place) -> str:
        rows = _at(self.geography.changes_to.get(place.code, ()), place, place.valid_from)
        day_before = place.valid_from - dt.timedelta(days=1)
        origins = [_place_or_code(self.geography, row.from_code, day_before) for row in rows]
        out_of = f", out of {_all(origins)}" if origins else ""
        return f"{_named(place)} began on {place.valid_from}{out_of}."

    def _fault(self, code: FaultCode, remedy: str, *proposals: str) -> CodeFault:
        return CodeFault(
            code=code,
            found=self.text,
            expected=self.expected,
            remedy=remedy,
            proposals=tuple(proposals),
        )


def _at(changes: Sequence[Change], place: Place, day: dt.date | None) -> list[Change]:
    return [
        row
        for row in changes
        if row.on == day
        and row.level == place.level
        and (row.kind != "boundary" or row.level == "county")
    ]


def _place_or_code(geography: Geography, code: str, on: dt.date | None) -> str:
    place = geography.place(code, on=on) if on else None
    return _named(place) if place else code


def _named(place: Place) -> str:
    return f"{place.code} {place.name}"


def _all(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _either(places: Sequence[Place]) -> str:
    names = [_named(place) for place in places]
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _use(meant: Sequence[Place], on: dt.date) -> str:
    if not meant:
        return "Correct the code or the period."
    codes = _all([place.code for place in meant])
    each = "each of " if len(meant) > 1 else ""
    return f"For {on.year}, give figures for {each}{codes}, or correct the period."
