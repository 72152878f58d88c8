"""Which cells of a period must be left blank, so that nobody can work out a small number."""

from collections.abc import Collection

from veikart.engines.suppression.cells import (
    NOTHING,
    Breakdowns,
    Cell,
    Hierarchies,
    Key,
    Suppression,
)


def suppress(
    cells: Collection[Cell],
    *,
    hierarchies: Hierarchies,
    breakdowns: Breakdowns,
    smallest: int | None,
    withheld: Collection[Key] = (),
    prefer: Collection[Key] = (),
) -> Suppression:
    """Find the cells of one period that must be hidden.

    Args:
        cells: everything that is to be published of one indicator in one period, all levels and
            groups; whole people. A cell without a numerator is missing and adds nothing.
        hierarchies: how areas add up; see `Hierarchies`. They need not nest.
        breakdowns: the categories of each breakdown, in the order of the cells' groups.
        smallest: the smallest number that is shown, of those who have and of those who have not;
            None: nothing is hidden.
        withheld: cells among `cells` that are never published, but can be worked out from others.
        prefer: cells that are hidden in a neighbouring period. Where there is a choice these are
            hidden here too, so that a series has few holes; none is hidden without need.

    Returns:
        The small cells (primary), and those that would give them away (secondary). The same cells
        in the same order give the same answer. `attack` finds nothing exposed after it.

    Raises:
        ValueError: the cells do not add up, or do not fit the breakdowns; it says which.
    """
    if smallest is None:
        return NOTHING
    # SciPy takes 0.3 s to import, and indicators without people in them never need it.
    from veikart.engines.suppression.linked import link  # noqa: PLC0415
    from veikart.engines.suppression.secondary import protect, small  # noqa: PLC0415

    linked = link(cells, hierarchies=hierarchies, breakdowns=breakdowns, withheld=withheld)
    sensitive = small(linked, smallest)
    if not sensitive.any():
        return NOTHING
    hidden = protect(linked, hidden=sensitive | ~linked.shown, smallest=smallest, prefer=prefer)
    return Suppression(
        primary=linked.keys_of(sensitive & linked.shown),
        secondary=linked.keys_of(hidden & linked.shown & ~sensitive),
    )
