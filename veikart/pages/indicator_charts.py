"""The charts of an indicator's page. A drawing has no words, so each is made once for all languages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from veikart.adapters.drawing import Picture
from veikart.design import words
from veikart.pages import area_names
from veikart.pages.indicator_words import label
from veikart.pages.memory import remembered
from veikart.pages.reading import Reading
from veikart.plan import charts
from veikart.plan.charts import Specification
from veikart.plan.figures import LevelName
from veikart.plan.indicators import Indicator, Result
from veikart.plan.reading_figures import FiguresRead

COMPARABLE = ("share", "rate", "survey_share")
"""The kinds whose municipalities are worth seeing beside each other. What a municipality covers is
all or nothing, and counts and amounts tell how large it is."""
MAPPED = (*COMPARABLE, "coverage")
"""The kinds that a map of municipalities says something of."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart on a page, with the words for the areas or groups that its legend names."""

    picture: Picture
    labels: tuple[str, ...] = ()
    not_on_map: str = ""


def of_country(
    reading: Reading, indicator: Indicator, result: Result | None
) -> dict[str, Chart | None]:
    """The line of the whole country; for coverage in units and in inhabitants, too."""
    if result is None or all(point.value is None for point in result.series):
        return {"trend": None}
    found: dict[str, Chart | None] = {
        "trend": _chart(
            reading,
            indicator,
            "trend",
            lambda narrow: charts.trend(indicator, result, narrow=narrow),
        )
    }
    if result.coverage:
        for of in ("units", "people"):
            found[of] = _chart(
                reading,
                indicator,
                of,
                lambda _narrow, of=of: charts.coverage(result.coverage, of=of),  # type: ignore[misc]
                two=False,
            )
    return found


def of_places(
    reading: Reading, indicator: Indicator, read: FiguresRead, period: str
) -> dict[str, Chart | None]:
    """The counties as tiles and the municipalities as dots, in `period`."""
    figures, places = read.figures, reading.plan.places
    found: dict[str, Chart | None] = {}
    if read.has("county") and any(county.tile for county in places.counties):
        found["tiles"] = _chart(
            reading, indicator, "tiles", lambda _: charts.tiles(figures, places, period), two=False
        )
    if read.has("municipality") and indicator.kind in COMPARABLE:
        found["dots"] = _chart(
            reading,
            indicator,
            "dots",
            lambda narrow: charts.dots(figures, places, period, narrow=narrow),
        )
    if read.has("municipality") and indicator.kind in MAPPED:
        found["map"] = _map(reading, indicator, read, period)
    return found


def _map(reading: Reading, indicator: Indicator, read: FiguresRead, period: str) -> Chart | None:
    """The municipalities where they lie, and by name those that the file of boundaries lacks."""
    known: dict[tuple[str, str], Picture | None] = remembered(reading.plan, "pictures", dict)
    key = (indicator.uid, "map")
    if key not in known:
        known[key] = reading.draw_map(read.figures, reading.plan.places, period)
    picture = known[key]
    if picture is None or picture.wide is None:
        return None
    names = (area_names.name(reading.plan, "municipality", code) for code in picture.missing)
    return Chart(picture, not_on_map=words.listed(list(names)))


def of_level(
    reading: Reading, indicator: Indicator, read: FiguresRead, level: LevelName
) -> Chart | None:
    """Every area of `level` as a line, with the best and the worst by name."""
    if len(read.figures.periods) < 2 or not read.has(level):
        return None
    return _chart(
        reading,
        indicator,
        f"areas {level}",
        lambda narrow: charts.areas(indicator, read.figures, level=level, narrow=narrow),
        lambda code: area_names.name(reading.plan, level, code),
    )


def of_breakdown(
    reading: Reading, indicator: Indicator, read: FiguresRead, column: str
) -> Chart | None:
    """The whole country in each category of the breakdown `column`."""
    labels = {
        one.code: label(one, reading.language)
        for one in indicator.categories
        if one.column == column
    }
    return _chart(
        reading,
        indicator,
        f"groups {column}",
        lambda narrow: charts.groups(indicator, read.figures, column, narrow=narrow),
        lambda code: labels.get(code, code),
    )


def _chart(
    reading: Reading,
    indicator: Indicator,
    name: str,
    made: Callable[[bool], Specification],
    called: Callable[[str], str] = str,
    *,
    two: bool = True,
) -> Chart:
    """The chart `name`, drawn once for a plan; `two`: there is one for small screens, too."""
    known: dict[tuple[str, str], Any] = remembered(reading.plan, "pictures", dict)
    key = (indicator.uid, name)
    if key not in known:
        known[key] = reading.draw(made(False), made(True) if two else None)
    picture: Picture = known[key]
    return Chart(picture, tuple(called(code) for code in picture.names))
