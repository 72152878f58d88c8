"""What others may read of indicators: their part of the Plan, and how each one stands."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from veikart.indicators import kinds
from veikart.indicators.models import Computed, DataSet
from veikart.plan import indicators as plan

_result = msgspec.json.Decoder(plan.Result)
_DATA_SET = (
    "uid", "indicator", "version", "sha256", "rows", "as_of", "source", "address", "query",
    "first_period", "last_period", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator, its data sets of all versions (the oldest first), and its last result."""

    indicator: plan.Indicator
    data_sets: tuple[plan.DataSet, ...]
    result: plan.Result | None

    @property
    def current(self) -> tuple[plan.DataSet, ...]:
        """The data sets of the version in force that hold, the oldest first."""
        return tuple(
            each
            for each in self.data_sets
            if each.version == self.indicator.version and each.withdrawn is None
        )


def freeze() -> plan.Indicators:
    """The indicators: definitions, data sets of all versions by hash, and the results as computed.

    Nothing is computed here. A fixed number of queries.
    """
    return plan.Indicators(
        definitions=kinds.INDICATOR.all(),
        data_sets=tuple(sorted(data_sets(), key=lambda found: found.uid)),
        results=tuple(sorted(results(), key=lambda found: found.uid)),
    )


def data_sets(*, indicator: str | None = None) -> Iterator[plan.DataSet]:
    """The data sets of one indicator or of all, the oldest first. One query."""
    rows = DataSet.objects.order_by("as_of", "taken_in_at", "uid")
    if indicator:
        rows = rows.filter(indicator=indicator)
    for row in rows.values(*_DATA_SET, "document__sha256", "withdrawal__reason"):
        document, withdrawn = row.pop("document__sha256"), row.pop("withdrawal__reason")
        yield plan.DataSet(**row, document=document, withdrawn=withdrawn)


def results(*, indicator: str | None = None) -> Iterator[plan.Result]:
    """The last results of one indicator or of all, for each version. One query."""
    rows = Computed.objects.order_by("indicator", "version")
    if indicator:
        rows = rows.filter(indicator=indicator)
    for text in rows.values_list("result", flat=True):
        yield _result.decode(text)


def definition(uid: str) -> plan.Indicator | None:
    """The indicator of that uid as the tables have it; None if there is none."""
    found: plan.Indicator | None = kinds.INDICATOR.load([uid]).get(uid)
    return found


def standings() -> list[Standing]:
    """Every indicator with its data sets and the result of the version in force, by code.

    A fixed number of queries.
    """
    listed: dict[str, list[plan.DataSet]] = defaultdict(list)
    for data_set in data_sets():
        listed[data_set.indicator].append(data_set)
    found = {(result.indicator, result.version): result for result in results()}
    return [
        Standing(each, tuple(listed[each.uid]), found.get((each.uid, each.version)))
        for each in sorted(kinds.INDICATOR.all(), key=lambda each: _by_code(each.code))
    ]


def standing(uid: str) -> Standing | None:
    """How the indicator of that uid stands; None if there is none."""
    found = definition(uid)
    if found is None:
        return None
    made = {result.version: result for result in results(indicator=uid)}
    return Standing(found, tuple(data_sets(indicator=uid)), made.get(found.version))


def _by_code(code: str) -> tuple[object, ...]:
    """1.2 before 1.10, and codes with letters after those with numbers."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in code.split(".")
    )
