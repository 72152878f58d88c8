"""The quick first look at whole tables: what is small, and where a single blank gives itself away."""

from collections.abc import Sequence
from typing import Any


def rowwise(
    observations: Any, *, within: Sequence[str], smallest: int, hide_zeros: bool = False
) -> Any:
    """Count, for each row of a table, the cells that are small and those that must go with them.

    It looks along one breakdown and at one total only, so it is an overview and not a protection:
    `suppress` is that. Cells without a numerator are left out.

    Args:
        observations: an Ibis table with numerator and denominator (whole numbers, the denominator
            may be null) and the columns `within`.
        within: what names a row of cells with a total, such as period, area and sex.
        smallest: the smallest number that is shown.
        hide_zeros: whether nobody counts as small too.

    Returns:
        One row for each combination of `within`, in no order: cells, small (those small on either
        side) and secondary (1 where exactly one is small and there is another to hide, else 0).
    """
    known = observations.filter(observations.numerator.notnull())
    having, others = known.numerator, known.denominator - known.numerator
    few = (having < smallest) | (others < smallest).fill_null(False)
    if not hide_zeros:
        few = ((having > 0) & (having < smallest)) | ((others > 0) & (others < smallest)).fill_null(
            False
        )
    # Counted and not added up: sums are of 128 bits in DuckDB, and there are as many as rows.
    counted = known.group_by(list(within)).aggregate(
        cells=known.count(), small=known.count(where=few)
    )
    alone = (counted.small == 1) & (counted.cells > 1)
    return counted.mutate(secondary=alone.cast("int8"))
