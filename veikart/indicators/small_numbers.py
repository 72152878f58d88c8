"""How many numbers of a file are so small that figures made from it will not show them.

It loads the calculation engine: import it where figures are taken in.
"""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.suppression.rowwise import rowwise
from veikart.indicators.computing.asking import ask
from veikart.plan.indicators import Indicator


@dataclass(frozen=True, slots=True)
class SmallNumbers:
    """Of `cells` numbers, how many are small, and how often one is alone and takes another with it."""

    smallest: int
    cells: int
    small: int
    alone: int


def small_numbers(table: pa.Table, *, definition: Indicator, backend: Any) -> SmallNumbers | None:
    """What of a canonical `table` the definition's `smallest` hides at a first look, at the least.

    None where it hides nothing. A small one that stands alone among the areas of a period and a
    group is given away by their sum, so another is hidden with it. What else must go is found when
    the figures are computed.
    """
    if definition.smallest is None:
        return None
    within = ("period", *(each.column for each in definition.breakdowns))
    names = [*within, "numerator", "denominator"]
    counted = ask(
        backend,
        _counted,
        within,
        definition.smallest,
        observations=table.select(names).replace_schema_metadata(None),
    )
    cells, small, alone = (
        pc.sum(counted[name]).as_py() or 0 for name in ("cells", "small", "secondary")
    )
    if not small:
        return None
    return SmallNumbers(smallest=definition.smallest, cells=cells, small=small, alone=alone)


def _counted(within: tuple[str, ...], smallest: int, *, observations: Any) -> Any:
    return rowwise(observations, within=within, smallest=smallest)
