"""Validation: everything that is wrong with a mapped table, in one pass, judged as arrays."""

from collections.abc import Callable
from typing import Any

import msgspec

from veikart.engines.geography.places import LEVELS, Geography, Level
from veikart.engines.observations.applying import Mapped
from veikart.engines.observations.areas import check_areas
from veikart.engines.observations.faults import Faults, Mask
from veikart.engines.observations.judged import Judged
from veikart.engines.observations.jumps import check_jumps
from veikart.engines.observations.periods import parse
from veikart.engines.observations.totals import check_groups, check_keys, check_levels

DEVIATIONS = 6.0


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What the definition says that the checks need.

    `levels` are the kinds of areas that may occur. `breaks` are periods that begin with a break
    that is told of. `deviations` is how many standard deviations make a jump; None: not looked for.
    `part_of` says whether a numerator is part of its denominator, as in all shares.
    """

    levels: tuple[Level, ...] = LEVELS
    breaks: tuple[str, ...] = ()
    deviations: float | None = DEVIATIONS


def judge(
    mapped: Mapped,
    *,
    faults: Faults,
    geography: Geography | None,
    expected: Expected | None = None,
) -> None:
    """Put all that is wrong with `mapped` into `faults`; rows that lack a key are passed over, since
    `apply` has told of them.

    Without a geography, codes are not checked. The cost is linear in the rows, about a microsecond
    each; see the method's page for each check.
    """
    expected = expected or Expected()
    if mapped.table.num_rows == 0:
        return
    judged = Judged(mapped)
    _check_numbers(judged, faults)
    _check_lengths(judged, faults)
    again = check_keys(judged, faults=faults)
    kept = judged.complete & ~again
    if geography is not None:
        check_areas(judged, geography=geography, levels=expected.levels, faults=faults)
    if mapped.layout.kind != "survey_share":
        check_groups(judged, kept=kept, faults=faults)
        check_levels(judged, kept=kept, geography=geography, faults=faults)
    if expected.deviations is not None:
        check_jumps(
            judged,
            deviations=expected.deviations,
            breaks=expected.breaks,
            kept=kept,
            faults=faults,
        )


def _check_numbers(judged: Judged, faults: Faults) -> None:
    numerator, denominator = judged.numerator, judged.denominator
    negative_allowed = judged.layout.kind == "amount"
    checks: list[tuple[str, str, Mask, str, str]] = [
        (
            "negative", "numerator", (numerator < 0) & (not negative_allowed),
            "0 or more", "Mend the sign, or leave the cell empty where there is no number.",
        ),
        (
            "negative", "denominator", denominator < 0,
            "0 or more", "Mend the sign, or leave the cell empty where there is no number.",
        ),
        (
            "above_denominator", "numerator",
            (numerator > denominator) & (judged.layout.kind not in ("rate", "count", "amount")),
            "at most the denominator", "Look for swapped columns or a wrong unit.",
        ),
    ]  # fmt: skip
    for code, column, wrong, what, remedy in checks:
        faults.add_where(code, wrong, tell=_teller(judged, column, what, remedy))


def _teller(judged: Judged, column: str, what: str, remedy: str) -> Callable[[int], dict[str, Any]]:
    values = judged.numerator if column == "numerator" else judged.denominator
    return lambda at: {
        "row": int(judged.rows[at]),
        "column": column,
        "value": f"{values[at]:.15g}",
        "expected": f"{what} ({judged.describe(at)})",
        "remedy": remedy,
        "details": {"at": judged.describe(at)},
    }


def _check_lengths(judged: Judged, faults: Faults) -> None:
    lengths = sorted({parse(text).length for text in judged.period.texts})
    if len(lengths) > 1:
        faults.add(
            "mixed_lengths",
            column="period",
            value=", ".join(lengths),
            expected="periods of one length",
            remedy="Take in one of them, so that years and months are not added together.",
        )
