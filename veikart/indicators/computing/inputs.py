"""What a calculation rests on, as one hash: a result is computed again only if that has changed."""

import datetime as dt
import hashlib
from collections.abc import Sequence

import msgspec

from veikart.plan.indicators import DataSet, Indicator

ENGINE = "1"
"""The version of the calculation. It grows whenever the same inputs give another result."""

CALCULATED = (
    "uid", "version", "kind", "direction", "per", "baseline_period", "baseline_value",
    "smallest", "method",
)  # fmt: skip
"""The plain fields of a definition that matter to calculation. Words are not among them."""


def inputs_of(
    definition: Indicator,
    data_sets: Sequence[DataSet],
    *,
    borders: dt.date,
    engine: str = ENGINE,
    places: str = "",
) -> str:
    """The SHA-256, in hex, of all that matters to the result of one version of an indicator.

    `data_sets` are those of the version, in any order; `places` is the fingerprint of the
    reference data on municipalities. A changed title, source or note leaves the hash as it is.
    """
    said = {
        "engine": engine,
        "places": places,
        "borders": borders.isoformat(),
        "definition": {name: getattr(definition, name) for name in CALCULATED}
        | _rounding(definition),
        "breakdowns": [(each.column, each.ordered) for each in definition.breakdowns],
        "categories": [(each.column, each.code) for each in definition.categories],
        "targets": [
            (each.no, each.year, each.value, each.kind, each.upper) for each in definition.targets
        ],
        "breaks": sorted((each.period, each.comparable) for each in definition.breaks),
        "data_sets": sorted((each.as_of, each.sha256) for each in data_sets),
    }
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()


def _rounding(definition: Indicator) -> dict[str, str]:
    """Only where numbers are rounded, so that all that were computed before there was a choice stay."""
    if definition.disclosure == "suppress" or definition.smallest is None:
        return {}
    return {"disclosure": definition.disclosure}
