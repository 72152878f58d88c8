"""A mapping proposed by itself, from the names and the contents of a file's columns."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
import pyarrow as pa

from veikart.engines.observations.canonical import Kind
from veikart.engines.observations.coding import coded
from veikart.engines.observations.mapping import (
    NUMBER_PARTS,
    Group,
    Mapping,
    NumberPart,
    decode_mapping,
)
from veikart.engines.observations.numbers import likely_form, read_numbers
from veikart.engines.observations.periods import looks_like_a_separated_year
from veikart.engines.observations.periods import read as read_period
from veikart.engines.observations.raw import Raw
from veikart.engines.observations.words import (
    COLUMNS,
    EVERYONE,
    NO,
    UNKNOWN,
    YES,
    Part,
    area_code,
    folded,
    lacks_leading_zero,
)

SAMPLE = 5_000
FEWEST_CODES = 5
FEW = 60
"""A column with at most as many different texts may be one of groups."""

_PARTS: dict[Kind, tuple[Part, ...]] = {
    "share": ("numerator", "denominator", "value"),
    "rate": ("numerator", "denominator", "value"),
    "count": ("value", "numerator"),
    "amount": ("value", "numerator"),
    "survey_share": ("n", "value", "denominator", "numerator"),
    "coverage": ("answer", "denominator", "numerator"),
}


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """A breakdown that the indicator has: its column, its label, and a label for each code."""

    column: str
    label: str
    categories: dict[str, str] = {}


def propose(raw: Raw, *, kind: Kind, breakdowns: Sequence[Wish] = ()) -> Mapping:
    """The likeliest mapping of `raw` for an indicator of `kind` with `breakdowns`.

    A template's own mapping is taken as it stands. Roles that the file gives (JSON-stat, SDMX) come
    before names, and names before contents. What cannot be told is left None; `lacking` names it.
    """
    if raw.mapping:
        try:
            given = decode_mapping(raw.mapping)
        except ValueError:
            given = None
        if given and given.kind == kind:
            return given
    return _Proposal(raw, kind).mapping(breakdowns)


class _Proposal:
    """The columns that are not given away yet, and what they look like."""

    def __init__(self, raw: Raw, kind: Kind) -> None:
        self.raw = raw
        self.kind = kind
        self.left: list[str] = list(raw.table.column_names)
        self.texts = {name: _texts(raw.table[name]) for name in self.left}

    def mapping(self, breakdowns: Sequence[Wish]) -> Mapping:
        period = self._take(self._period())
        wide = () if period else self._wide()
        area = self._take(self._area())
        groups = tuple(group for wish in breakdowns if (group := self._group(wish)) is not None)
        measure, measures, only = self._measures()
        numbers = {} if wide else self._numbers(measures)
        status, note = (self._take(self._called(part)) for part in ("status", "note"))
        only |= self._totals()
        form = likely_form([self.raw.table[name] for name in (*numbers.values(), *wide)])
        return Mapping(
            kind=self.kind,
            period=period,
            wide=wide,
            area=area,
            one_area=None if area else "NO",
            groups=groups,
            measure=measure,
            measures=measures,
            only=only,
            status=status,
            note=note,
            scale="percent" if self._in_percent(numbers, wide, measures, only) else "share",
            decimal=form.decimal,
            thousands=form.thousands,
            **numbers,
        )

    def _take(self, name: str | None) -> str | None:
        if name in self.left:
            self.left.remove(name)
        return name

    def _role(self, role: str) -> str | None:
        return next((c.name for c in self.raw.columns if c.role == role), None)

    def _called(self, part: Part) -> str | None:
        """The column that is called what the part is called, the surest name first."""
        names: dict[str, str] = {}
        for column in self.raw.columns:
            if column.name in self.left:
                names.setdefault(folded(column.label or ""), column.name)
        names |= {folded(name): name for name in reversed(self.left)}
        return next((names[word] for word in COLUMNS[part] if word in names), None)

    def _period(self) -> str | None:
        likely = {name: _part_of(texts, _is_period) for name, texts in self.texts.items()}
        called = self._called("period")
        if role := self._role("time"):
            return role
        if called and likely[called] > 0.5:
            return called
        best = _best(likely)
        if best and likely[best] > 0.8 and not self._is_number_of_people(best):
            return best
        return called

    def _is_number_of_people(self, name: str) -> bool:
        """Whole numbers near 2000 may be counts: a period has few different ones, in a row."""
        return len(set(self.texts[name])) > 300

    def _wide(self) -> tuple[str, ...]:
        wide = tuple(name for name in self.left if read_period(name))
        for name in wide:
            self._take(name)
        return wide

    def _area(self) -> str | None:
        if role := self._role("geo"):
            return role
        named = [
            name
            for name in self.left
            if folded(name) in COLUMNS["area"] or "kommune" in name.lower()
        ]
        if named:
            return _best({name: _part_of(self.texts[name], _is_area) for name in named})
        # Counts may look like codes, so a column of that name is not asked, nor one of few texts.
        numbers = {word for part in NUMBER_PARTS for word in COLUMNS[part]}
        likely = {
            name: _part_of(self.texts[name], _is_municipality)
            for name in self.left
            if folded(name) not in numbers and len(self.texts[name]) >= FEWEST_CODES
        }
        best = _best(likely)
        return best if best and likely[best] > 0.9 else None

    def _group(self, wish: Wish) -> Group | None:
        wanted = {folded(wish.column), folded(wish.label)}
        for column in self.raw.columns:
            called = {folded(column.name), folded(column.label or "")}
            if column.name in self.left and wanted & called:
                return self._group_of(column.name, wish)
        categories = {folded(text) for pair in wish.categories.items() for text in pair}
        for name in list(self.left):
            if categories and _part_of(self.texts[name], lambda t: _is_one_of(t, categories)) > 0.9:
                return self._group_of(name, wish)
        return None

    def _group_of(self, name: str, wish: Wish) -> Group:
        """What each of the column's texts means, by the categories' codes and labels."""
        self._take(name)
        by_label = {folded(label): code for code, label in wish.categories.items()}
        by_label |= {folded(code): code for code in wish.categories}
        labels = self.raw.column(name).labels
        codes: dict[str, str] = {}
        everyone: list[str] = []
        for text in sorted(set(self.texts[name])):
            code = by_label.get(folded(text)) or by_label.get(folded(labels.get(text, "")))
            if code:
                codes[text] = code
            elif folded(text) in EVERYONE or folded(labels.get(text, "-")) in EVERYONE:
                everyone.append(text)
        return Group(column=wish.column, source=name, codes=codes, everyone=tuple(everyone))

    def _measures(self) -> tuple[str | None, dict[NumberPart, str], dict[str, str]]:
        """What a column of measures (PxWeb's ContentsCode) means for the numbers in `value`."""
        metric = self._role("metric")
        if metric is None:
            metric = next((n for n in self.left if folded(n) in ("contentscode", "measure")), None)
        if metric is None:
            return None, {}, {}
        self._take(metric)
        codes = list(dict.fromkeys(self.texts[metric]))
        if len(codes) < 2:
            return None, {}, {}
        found = self._measure_parts(metric, codes)
        if len(found) > 1:
            return metric, found, {}
        return None, {}, {metric: next(iter(found.values()), codes[0])}

    def _measure_parts(self, metric: str, codes: Iterable[str]) -> dict[NumberPart, str]:
        labels = self.raw.column(metric).labels
        wanted: dict[Kind, tuple[NumberPart, ...]] = {
            "share": ("numerator", "denominator"),
            "rate": ("numerator", "denominator"),
            "survey_share": ("value", "n"),
        }
        found: dict[NumberPart, str] = {}
        for part in wanted.get(self.kind, ("value",)):
            for code in codes:
                words = {folded(code), folded(labels.get(code, ""))}
                if words & set(COLUMNS[part]) and code not in found.values():
                    found[part] = code
                    break
        return found

    def _numbers(self, measures: dict[NumberPart, str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if measures:
            return {"value": self._take(self._called("value") or self._number_left())}
        for part in _PARTS[self.kind]:
            if part == "value" and {"numerator", "denominator"} <= found.keys():
                continue
            name = self._answer() if part == "answer" else self._called(part)
            if name:
                found[part] = self._take(name)
            if part in ("value", "numerator") and name and self.kind in ("count", "amount"):
                break
        if not {"value", "numerator", "answer"} & found.keys():
            left = self._number_left()
            if left:
                found["value"] = self._take(left)
        return {part: name for part, name in found.items() if name}

    def _answer(self) -> str | None:
        words = YES | NO | UNKNOWN
        likely = {
            name: _part_of(self.texts[name], lambda text: folded(text) in words)
            for name in self.left
        }
        called = self._called("answer")
        if called or (self._called("numerator") and self._called("denominator")):
            return called
        best = _best(likely)
        return best if best and likely[best] > 0.6 else None

    def _number_left(self) -> str | None:
        """The last column that holds numbers and is nothing else."""
        for name in reversed(self.left):
            column = self.raw.table[name].slice(0, SAMPLE)
            read = read_numbers(column, form=likely_form([column]), whole=False)
            wrong = sum(mask.sum() for mask in read.wrong.values())
            if len(column) and wrong == 0 and not read.missing.all():
                return name
        return None

    def _totals(self) -> dict[str, str]:
        """Columns that nothing asks for: only the rows where they say everyone are kept."""
        only = {}
        for name in self.left:
            texts = set(self.texts[name])
            labels = self.raw.column(name).labels
            total = [
                text
                for text in sorted(texts)
                if folded(text) in EVERYONE or folded(labels.get(text, "-")) in EVERYONE
            ]
            if 1 < len(texts) <= FEW and total:
                only[name] = total[0]
        return only

    def _in_percent(
        self,
        numbers: dict[str, Any],
        wide: tuple[str, ...],
        measures: dict[NumberPart, str],
        only: dict[str, str],
    ) -> bool:
        """Shares are in percent where a name or a unit says so, or where most are above 1.

        A single one above 1 among others below is wrong, and makes no percent of the others.
        """
        if self.kind not in ("share", "survey_share", "coverage") or not (
            wide or "value" in numbers
        ):
            return False
        columns = wide or (numbers["value"],)
        units = {
            folded(column.units.get(code, ""))
            for column in self.raw.columns
            for code in (measures.get("value"), only.get(column.name), *self.texts[column.name][:1])
            if code is not None and column.role == "metric"
        }
        said = {folded(name) for name in columns} | units
        if any(word in each for each in said for word in ("prosent", "percent", "%", "pct")):
            return True
        if measures and "value" not in measures:
            return False
        sampled = [self.raw.table[name].slice(0, SAMPLE) for name in columns]
        form = likely_form(sampled)
        read = [read_numbers(column, form=form, whole=False).values for column in sampled]
        above = sum(int((values > 1).sum()) for values in read)
        others = sum(int(((values > 0) & (values <= 1)).sum()) for values in read)
        return above > others


def _texts(column: pa.ChunkedArray) -> list[str]:
    """The different texts of the column's first rows."""
    return [text for text in coded(column.slice(0, SAMPLE)).dictionary.to_pylist() if text.strip()]


def _part_of(texts: list[str], holds: Callable[[str], bool]) -> float:
    return sum(holds(text) for text in texts) / len(texts) if texts else 0.0


def _best(likely: dict[str, float]) -> str | None:
    """The likeliest; the first of several."""
    return max(likely, key=lambda name: likely[name]) if likely else None


def _is_period(text: str) -> bool:
    return read_period(text) is not None or looks_like_a_separated_year(text)


def _is_area(text: str) -> bool:
    return area_code(text) is not None or lacks_leading_zero(text) is not None


def _is_municipality(text: str) -> bool:
    code = area_code(text)
    return code is not None and len(code) == 4 and code.isdecimal()


def _is_one_of(text: str, categories: set[str]) -> bool:
    return folded(text) in categories or folded(text) in EVERYONE
