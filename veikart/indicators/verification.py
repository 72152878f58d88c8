"""Whether figures and data sets are whole, and what was computed can be computed again, bit for bit."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from veikart.indicators import queries, results, shelf
from veikart.indicators.computing.inputs import ENGINE, inputs_of
from veikart.plan.figures import Figures
from veikart.plan.indicators import DataSet, Indicator, Indicators, Result


def verify() -> list[str]:
    """What is wrong with the files of the working tables, one sentence each; nothing if all are whole."""
    return problems(queries.freeze())


def problems(frozen: Indicators) -> list[str]:
    """What is wrong with the files that `frozen` names by hash, one sentence each."""
    found = [(each.uid, shelf.data_set_problem(each.sha256)) for each in frozen.data_sets]
    found += [(each.uid, shelf.figures_problem(each.figures)) for each in frozen.results]
    return [f"{uid}: {problem}" for uid, problem in found if problem]


def recomputed(frozen: Indicators) -> Iterator[str]:
    """What comes out otherwise if the results in `frozen` are computed again, one sentence each.

    Only results of the version in force can be: a definition is frozen as it is in force. One of
    another engine is named, since it need not give the same. What lacks its files is left out,
    since `problems` tells of it.
    """
    definitions = {each.uid: each for each in frozen.definitions}
    data_sets = {each.uid: each for each in frozen.data_sets}
    backend = results.Backend()
    for result in frozen.results:
        definition = definitions.get(result.indicator)
        if definition is None or definition.version != result.version:
            continue
        said = _again(result, definition, data_sets, backend=backend)
        if said:
            yield said


def _again(
    result: Result, definition: Indicator, data_sets: Mapping[str, DataSet], *, backend: Any
) -> str | None:
    used = tuple(data_sets[uid] for uid in result.data_sets if uid in data_sets)
    figures = shelf.figures(result.figures)
    missing = len(used) < len(result.data_sets)
    if missing or figures is None or any(shelf.data_set_problem(each.sha256) for each in used):
        return None
    if result.engine != ENGINE:
        return _(
            "%(uid)s was computed by version %(then)s of the engine, and this is %(now)s; whether "
            "it gives the same cannot be told. Compute it with the Veikart it was made with."
        ) % {"uid": result.uid, "then": result.engine, "now": ENGINE}
    return _difference(result, definition, used, figures, backend=backend)


def _difference(
    result: Result,
    definition: Indicator,
    used: tuple[DataSet, ...],
    figures: Figures,
    *,
    backend: Any,
) -> str | None:
    inputs = inputs_of(
        definition, used, borders=figures.borders, places=results.places_fingerprint()
    )
    if inputs != result.inputs:
        return _(
            "%(uid)s rests on other tables of municipalities than those of this Veikart; whether it "
            "gives the same cannot be told. Compute it with the Veikart it was made with."
        ) % {"uid": result.uid}
    wanted = results.Wanted(
        definition=definition, data_sets=used, borders=figures.borders, inputs=inputs
    )
    computed = results.calculated(wanted, backend=backend)
    if computed.result == result:
        return None
    return _(
        "%(uid)s gives other figures when it is computed again: expected %(expected)s, found "
        "%(found)s. Tell those who make Veikart, and do not rely on these figures."
    ) % {"uid": result.uid, "expected": result.figures, "found": computed.result.figures}
