"""The figures of an edition's indicators as downloads, and the list of what there is."""

from collections.abc import Callable, Iterator
from functools import partial

import msgspec
from django.conf import settings

from veikart.indicators import shelf
from veikart.opendata import formats
from veikart.opendata.published import Published, own
from veikart.plan.indicators import Indicator
from veikart.plan.model import Plan

CATALOGUE = "indikatorer.json"


def published(plan: Plan, code: str, language: str) -> Published | None:
    """The indicator `code` of `plan` with its figures; None if nothing was computed, or no file is kept."""
    indicator = plan.index.by_uid.get(f"indikator/{code}")
    result = plan.index.result_of(indicator) if isinstance(indicator, Indicator) else None
    figures = shelf.figures(result.figures) if result else None
    if not isinstance(indicator, Indicator) or result is None or figures is None:
        return None
    return Published(
        plan=plan, indicator=indicator, result=result, figures=figures, language=language
    )


def catalogue(plan: Plan, language: str, *, start: str) -> bytes:
    """Every indicator as JSON: what it measures, its latest value, and the addresses of its figures.

    `start` is the address that the figures lie under. An indicator without figures has no value
    and no addresses.
    """
    listed = [_entry(plan, indicator, language, start) for indicator in plan.index.indicators]
    head = {"edition": plan.head.number, "as_of": plan.head.as_of, "indicators": listed}
    return msgspec.json.encode(head) + b"\n"


def files(plan: Plan, language: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name of every download of `plan` in `language`, and what makes it; nothing is read yet."""
    for indicator in plan.index.indicators:
        result = plan.index.result_of(indicator)
        if result is None or not shelf.figures_path(result.figures).exists():
            continue
        for ending in formats.FORMATS:
            make = partial(_written, plan, indicator.code, language, ending)
            yield f"indikator/{indicator.code}.{ending}", make


def address(language: str, number: str | None = None) -> str:
    """Where the figures lie: of the edition in force, or of the edition `number`."""
    root = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    return f"{root}utgaver/{number}/" if number else f"{root}data/"


def _written(plan: Plan, code: str, language: str, ending: str) -> bytes:
    made = published(plan, code, language)
    if made is None:
        raise FileNotFoundError(f"Expected the figures of indikator/{code}, found none.")
    return formats.write(made, ending)


def _entry(plan: Plan, indicator: Indicator, language: str, start: str) -> dict[str, object]:
    result = plan.index.result_of(indicator)
    known = [point for point in result.series if point.value is not None] if result else []
    endings = formats.FORMATS if result else ()
    return {
        "uid": indicator.uid,
        "code": indicator.code,
        "title": own(indicator.title, indicator.translations, language),
        "definition": indicator.definition,
        "kind": indicator.kind,
        "unit": indicator.unit,
        "version": indicator.version,
        "measures": indicator.measures,
        "latest": known[-1] if known else None,
        "assessments": result.assessments if result else (),
        "figures_sha256": result.figures if result else None,
        "files": {
            each: f"{settings.ADDRESS}{start}indikator/{indicator.code}.{each}" for each in endings
        },
    }
