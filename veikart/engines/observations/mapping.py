"""The mapping: which of a file's columns is what, and how its values become additive pairs.

A mapping is proposed by itself, can be edited by a person, and is kept as JSON with the data set.
"""

from typing import Literal

import msgspec

from veikart.engines.observations.canonical import Kind, Layout
from veikart.engines.observations.numbers import Decimal, NumberForm, Thousands

NumberPart = Literal["numerator", "denominator", "value", "n"]
NUMBER_PARTS: tuple[NumberPart, ...] = ("numerator", "denominator", "value", "n")


class Group(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A breakdown: its column in the canonical table, the file's column, and what its cells mean.

    `codes` is the category's code for each of the file's texts; empty: the texts are the codes.
    `everyone` are the texts that mean the total; an empty cell means it too.
    """

    column: str
    source: str
    codes: dict[str, str] = {}
    everyone: tuple[str, ...] = ()


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which column is what. None: the file has no such column.

    `period` and `area` are columns, or `one_period` and `one_area` hold for all rows. `wide` are
    columns each of which is a period, with values in its cells. With `measure`, one column says
    what the number in `value` is, and `measures` which of its codes is the numerator, and so on.
    `only` keeps the rows with one text in a column. `scale` is how a value of a share is written;
    `times` is what numbers are multiplied by (1,000,000 for millions); `per` is what a rate is per.
    """

    kind: Kind
    period: str | None = None
    one_period: str | None = None
    wide: tuple[str, ...] = ()
    area: str | None = None
    one_area: str | None = None
    groups: tuple[Group, ...] = ()
    numerator: str | None = None
    denominator: str | None = None
    value: str | None = None
    n: str | None = None
    answer: str | None = None
    measure: str | None = None
    measures: dict[NumberPart, str] = {}
    only: dict[str, str] = {}
    status: str | None = None
    note: str | None = None
    scale: Literal["share", "percent"] = "share"
    times: float = 1
    per: int = 1
    decimal: Decimal = "."
    thousands: Thousands = ""

    @property
    def layout(self) -> Layout:
        """The canonical table's layout. Raises ValueError for breakdowns that cannot be columns."""
        return Layout(kind=self.kind, breakdowns=tuple(group.column for group in self.groups))

    @property
    def form(self) -> NumberForm:
        """How the file writes numbers."""
        return NumberForm(self.decimal, self.thousands)

    @property
    def sources(self) -> tuple[str, ...]:
        """The file's columns that are asked for, each once."""
        parts = (
            self.period, self.area, self.numerator, self.denominator, self.value, self.n,
            self.answer, self.measure, self.status, self.note,
        )  # fmt: skip
        named = [each for each in parts if each is not None]
        named += [*self.wide, *self.only, *(group.source for group in self.groups)]
        return tuple(dict.fromkeys(named))


def encode_mapping(mapping: Mapping) -> str:
    """The mapping as JSON; the same mapping gives the same text."""
    return msgspec.json.encode(mapping, order="deterministic").decode()


def decode_mapping(text: str | bytes) -> Mapping:
    """The mapping in JSON. Raises ValueError that says what does not fit."""
    try:
        return msgspec.json.decode(text, type=Mapping)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise ValueError(
            f"Expected a mapping as JSON, found what does not fit: {problem}. Propose it anew."
        ) from problem


def lacking(mapping: Mapping) -> list[str]:
    """What the mapping does not say and its kind needs, one sentence each."""
    has_pair = bool(mapping.numerator or "numerator" in mapping.measures) and bool(
        mapping.denominator or "denominator" in mapping.measures
    )
    has_value = bool(mapping.value and not mapping.measures) or "value" in mapping.measures
    has_value = has_value or bool(mapping.wide)
    has_n = bool(mapping.n or "n" in mapping.measures)
    has_denominator = bool(mapping.denominator or "denominator" in mapping.measures)
    needs = {
        "count": (has_value or bool(mapping.numerator), "a column with the count"),
        "amount": (has_value or bool(mapping.numerator), "a column with the amount"),
        "survey_share": (
            has_pair or (has_value and (has_n or has_denominator)),
            "a column with the share and one with the number of respondents (n)",
        ),
        "coverage": (
            has_pair or bool(mapping.answer or mapping.wide),
            "a column with yes, no or unknown, or the covered inhabitants and all inhabitants",
        ),
    }
    pair_or_value = (
        has_pair or (has_value and has_denominator),
        "a numerator and a denominator, or a value and a denominator",
    )
    numbers_fit, numbers = needs.get(mapping.kind, pair_or_value)
    wanted = [
        (bool(mapping.period or mapping.one_period or mapping.wide), "a period"),
        (bool(mapping.area or mapping.one_area), "an area"),
        (numbers_fit, numbers),
    ]
    return [f"Expected {what}." for fits, what in wanted if not fits]
