"""Computes indicators: only what changed is computed again, and a killed run is taken up where it was."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from veikart.adapters.warehouse import DUCKDB
from veikart.engines.geography.tables import TABLES
from veikart.indicators import kinds, queries, shelf, side_by_side
from veikart.indicators.computing.inputs import inputs_of
from veikart.indicators.models import Computed
from veikart.people import audit
from veikart.people.models import User
from veikart.places import reference_geography
from veikart.places.tables import REFERENCE
from veikart.plan.indicators import DataSet, Indicator, Result

if TYPE_CHECKING:
    from concurrent.futures import Future

    from veikart.indicators.computing.compute import Computed as Calculated

Verb = Literal["computed", "unchanged", "no_data"]
Progress = Callable[[int, int], None]
"""Called with how many indicators are done, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an indicator that was to be computed; `problem` says why it could not be."""

    indicator: str
    verb: Verb | Literal["failed"]
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a result must rest on to be of today: the definition, its data sets, and their hash."""

    definition: Indicator
    data_sets: tuple[DataSet, ...]
    borders: dt.date
    inputs: str


@cache
def places_fingerprint() -> str:
    """The SHA-256 of the reference tables on municipalities that calculation rests on; read once."""
    hashed = hashlib.sha256()
    for name in TABLES:
        hashed.update((REFERENCE / f"{name}.csv").read_bytes())
    return hashed.hexdigest()


def borders(on: dt.date) -> dt.date:
    """The day from which the division in force on the day `on` holds: figures are told in its areas."""
    geography = reference_geography()
    places = (*geography.municipalities_ever, *geography.counties_ever)
    return max(place.valid_from for place in places if place.valid_from <= on)


def wanted(standing: queries.Standing) -> Wanted | None:
    """What the result of an indicator must rest on; None without data or a kind to compute."""
    if not standing.current or standing.indicator.kind is None:
        return None
    day = borders(timezone.localdate())
    return Wanted(
        definition=standing.indicator,
        data_sets=standing.current,
        borders=day,
        inputs=inputs_of(
            standing.indicator, standing.current, borders=day, places=places_fingerprint()
        ),
    )


def stale() -> list[str]:
    """The uids of indicators whose results are not of their present definition and data sets.

    A result of another version of the engine is stale, too. A fixed number of queries.
    """
    return [each.indicator.uid for each in queries.standings() if is_stale(each)]


def is_stale(standing: queries.Standing) -> bool:
    """Whether an indicator has data that its result does not rest on."""
    found = wanted(standing)
    if found is None:
        return False
    return standing.result is None or standing.result.inputs != found.inputs


def refuse_stale() -> None:
    """Raise ValidationError if any indicator must be computed before an edition is frozen."""
    found = stale()
    if found:
        raise ValidationError(
            _(
                "Expected the figures of every indicator to be of its present data; those of "
                "%(count)d are not: %(uids)s. Compute them first: veikart indicators compute --all"
            ),
            code="stale_results",
            params={"count": len(found), "uids": ", ".join(found)},
        )


def compute(uid: str, *, by: User | None, again: bool = False, backend: Any = None) -> Outcome:
    """Compute one indicator from its data sets and keep its result and figures.

    Nothing is done if what it rests on has not changed, unless `again`. The figures are on disk
    before the row says so: a run that is killed leaves at most a file that no row knows, and a
    rerun gives the same bytes. Raises ValidationError if there is no such indicator, or a data
    set is missing or was changed; ValueError for data that do not fit their definition.
    """
    found = _to_do(uid, again=again)
    return (
        found
        if isinstance(found, Outcome)
        else _keep(found, calculated(found, backend=backend), by)
    )


def compute_many(
    uids: Sequence[str],
    *,
    by: User | None,
    again: bool = False,
    progress: Progress | None = None,
    backend: Any = None,
    processes: int | None = None,
) -> list[Outcome]:
    """Compute these indicators; one that cannot be computed stops no other.

    What is large is calculated on all cores, unless a `backend` is given or calculation is Spark's.
    Results are kept one after another, in the order of `uids`.
    """
    told = progress or (lambda done, total: None)
    with _calculations(uids, again=again, backend=backend, processes=processes) as calculations:
        outcomes = []
        for done, (uid, calculation) in enumerate(calculations):
            told(done, len(uids))
            outcomes.append(_outcome(uid, calculation, by))
    told(len(uids), len(uids))
    return outcomes


Calculation = Callable[[], "Outcome | tuple[Wanted, Calculated]"]


@contextmanager
def _calculations(
    uids: Sequence[str], *, again: bool, backend: Any, processes: int | None
) -> Iterator[list[tuple[str, Calculation]]]:
    """What gives each indicator's result, or what became of it; nothing is kept yet."""
    kept = Backend(backend)
    if backend is not None or settings.WAREHOUSE != DUCKDB:
        processes = 1
    jobs = {} if processes == 1 else _jobs(uids, again=again)
    many = side_by_side.processes_for(list(jobs.values())) if processes is None else processes
    if many == 1:
        yield [(uid, partial(_calculated_now, uid, again=again, backend=kept)) for uid in uids]
        return
    with side_by_side.started(list(jobs.values()), processes=many) as futures:
        begun = dict(zip(jobs, futures, strict=True))
        yield [
            (uid, partial(_calculated_there, uid, begun.get(uid), again=again, backend=kept))
            for uid in uids
        ]


def _calculated_now(
    uid: str, *, again: bool, backend: Any
) -> "Outcome | tuple[Wanted, Calculated]":
    found = _to_do(uid, again=again)
    return found if isinstance(found, Outcome) else (found, calculated(found, backend=backend))


def _calculated_there(
    uid: str, future: "Future[Calculated] | None", *, again: bool, backend: Any
) -> "Outcome | tuple[Wanted, Calculated]":
    """What the process made, if the indicator is still what it was when the process began."""
    found = _to_do(uid, again=again)
    if isinstance(found, Outcome):
        return found
    made = future.result() if future else None
    if made is None or made.result.inputs != found.inputs:
        return found, calculated(found, backend=backend)
    return found, made


def _jobs(uids: Sequence[str], *, again: bool) -> dict[str, side_by_side.Job]:
    """The calculations that are to be made and can be begun; what is wrong is told when it is its turn."""
    jobs = {}
    for uid in dict.fromkeys(uids):
        try:
            found = _to_do(uid, again=again)
            if isinstance(found, Wanted):
                jobs[uid] = _job(found)
        except ValidationError:
            continue
    return jobs


def _to_do(uid: str, *, again: bool) -> Outcome | Wanted:
    """What the indicator's result must rest on, or why there is nothing to do."""
    standing = queries.standing(uid)
    if standing is None:
        raise ValidationError(
            _("Expected a known indicator, such as %(example)s; found “%(uid)s”."),
            code="unknown_object",
            params={"example": kinds.INDICATOR.uid_example, "uid": uid},
        )
    found = wanted(standing)
    if found is None:
        return Outcome(indicator=uid, verb="no_data")
    if not again and _is_done(standing, found):
        return Outcome(indicator=uid, verb="unchanged")
    return found


def _outcome(uid: str, calculation: Calculation, by: User | None) -> Outcome:
    try:
        found = calculation()
        return found if isinstance(found, Outcome) else _keep(*found, by)
    except ValidationError as refusal:
        return Outcome(indicator=uid, verb="failed", problem=" ".join(refusal.messages))
    except ValueError as problem:
        return Outcome(indicator=uid, verb="failed", problem=str(problem))


class Backend:
    """A warehouse that is connected to when it is first needed."""

    def __init__(self, backend: Any = None) -> None:
        self._backend = backend

    def get(self) -> Any:
        """The Ibis backend; the same each time."""
        if self._backend is None:
            # It loads the calculation engine, which takes a second.
            from veikart.adapters import warehouse  # noqa: PLC0415

            self._backend = warehouse.connect(settings.WAREHOUSE)
        return self._backend


def _is_done(standing: queries.Standing, found: Wanted) -> bool:
    result = standing.result
    return (
        result is not None
        and result.inputs == found.inputs
        and shelf.figures_problem(result.figures) is None
    )


def _keep(found: Wanted, computed: "Calculated", by: User | None) -> Outcome:
    shelf.keep_figures(computed.figures_bytes)
    _store(computed.result, by=by)
    return Outcome(indicator=found.definition.uid, verb="computed")


def calculated(found: Wanted, *, backend: Any = None) -> "Calculated":
    """The result and the figures of what is `found`; nothing is kept.

    Raises ValidationError if a data set is missing or was changed, ValueError for data that do
    not fit.
    """
    kept = backend if isinstance(backend, Backend) else Backend(backend)
    return side_by_side.calculate(_job(found), kept.get())


def _job(found: Wanted) -> side_by_side.Job:
    """Raises ValidationError if a data set is missing or was changed."""
    for data_set in found.data_sets:
        problem = shelf.data_set_problem(data_set.sha256)
        if problem:
            raise ValidationError(problem, code="data_set_missing")
    return side_by_side.Job(
        definition=found.definition,
        data_sets=tuple((each, shelf.data_set_path(each.sha256)) for each in found.data_sets),
        borders=found.borders,
        places=places_fingerprint(),
    )


@transaction.atomic
def _store(result: Result, *, by: User | None) -> None:
    audit.lock()
    values = {
        "inputs": result.inputs,
        "engine": result.engine,
        "figures": result.figures,
        "result": msgspec.json.encode(result, order="sorted").decode(),
    }
    before = Computed.objects.filter(indicator=result.indicator, version=result.version).first()
    row = before or Computed(indicator_id=result.indicator, version=result.version)
    if before and all(getattr(before, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.computed_at = timezone.now()
    row.full_clean()
    row.save()
    after = {name: values[name] for name in ("inputs", "engine", "figures")}
    audit.record("indicator.computed", result.indicator, by=by, after=after)
