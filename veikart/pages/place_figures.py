"""What indicators say of one place: its figure beside that of what is around it and of the country."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from veikart.design import amounts, words
from veikart.design.templatetags.veikart import bokmal
from veikart.pages.indicator_facts import name_of
from veikart.pages.indicator_words import status_words, why_missing
from veikart.pages.light_tables import cell, head, missing, row, rows
from veikart.pages.memory import remembered
from veikart.pages.reading import Reading
from veikart.plan.figures import NATION, LevelName
from veikart.plan.indicators import Indicator
from veikart.plan.reading_figures import AreaValue, FiguresRead

COMPARABLE = ("share", "coverage", "rate", "survey_share")
"""The kinds whose values say the same of a small place and a large one."""
RANKED = ("share", "rate", "survey_share")
"""The kinds by which it is told how many others are higher."""
COUNTED = ("count", "rate", "amount")
"""The kinds whose unit is not seen on the value."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's figure of a place in its latest period, beside those of wider places."""

    indicator: Indicator
    period: str
    own: AreaValue
    beside: AreaValue | None
    nation: AreaValue | None
    higher: str | None

    @property
    def is_ahead(self) -> bool | None:
        """Whether the place is better than the whole country; None where that cannot be said."""
        direction, nation = self.indicator.direction, self.nation
        if self.indicator.kind not in COMPARABLE or direction is None:
            return None
        if nation is None or self.own.value is None or nation.value is None:
            return None
        more = self.own.value > nation.value
        return more if direction == "up" else self.own.value < nation.value


def figures_of(reading: Reading, level: LevelName, code: str, *, within: str) -> list[Figure]:
    """The figures of the place `code`; `within` is the code of its county or health region."""
    wider: LevelName = "county" if level == "municipality" else "region"
    found = []
    for indicator, read, period in _with_figures(reading, level):
        own = read.at(level, code, period)
        if own is not None:
            found.append(
                Figure(
                    indicator=indicator,
                    period=amounts.period(period),
                    own=own,
                    beside=read.at(wider, within, period),
                    nation=read.at("nation", NATION, period),
                    higher=_higher(indicator, level, read, period, own),
                )
            )
    return found


def table(
    reading: Reading, figures: list[Figure], level: LevelName, *, name: str, beside: str
) -> dict[str, Any] | None:
    """The figures as a table; `beside` names the column of the wider place, empty for none."""
    if not figures:
        return None
    links = _links(reading)
    columns = [_("Indicator"), name, *([beside] if beside else []), _("The whole country")]
    return {
        "is_beside": True,
        "caption": _("Indicators with figures for %(name)s") % {"name": name},
        "head": head(columns),
        "rows": rows(
            row(
                _name(links[one.indicator.uid], one, reading.language),
                _cells(one, level, with_beside=bool(beside)),
            )
            for one in figures
        ),
    }


def _name(link: SafeString, figure: Figure, language: str) -> SafeString:
    """The indicator, its period and what it is counted in, and how many others are higher."""
    told = format_html("{}", figure.period)
    if figure.indicator.kind in COUNTED and figure.indicator.unit:
        told = format_html("{}, {}", told, bokmal(figure.indicator.unit, language))
    if figure.higher:
        told = format_html("{}. {}", told, figure.higher)
    return format_html('{} <span class="meta">{}</span>', link, told)


def _cells(figure: Figure, level: LevelName, *, with_beside: bool) -> Iterable[str]:
    indicator, own = figure.indicator, figure.own
    if own.value is None:
        yield missing(why_missing(own.status))
    else:
        yield cell(_said(indicator, level, own) or "", status_words(own.status))
    if with_beside:
        yield cell(_said(indicator, "county", figure.beside) or "–")
    yield cell(_said(indicator, "nation", figure.nation) or "–")


def _said(indicator: Indicator, level: LevelName, one: AreaValue | None) -> str | None:
    """A value as people say it; a municipality either offers something or does not."""
    if one is None or one.value is None:
        return None
    if indicator.kind == "coverage" and level == "municipality" and one.value in (0, 1):
        return _("yes") if one.value else _("no")
    if indicator.kind == "amount":
        return amounts.large(one.value)
    return amounts.cell(indicator.kind, one.value)


def _higher(
    indicator: Indicator, level: LevelName, read: FiguresRead, period: str, own: AreaValue
) -> str | None:
    """How many others are higher; nothing where all are either yes or no, or numbers of people."""
    if own.value is None or indicator.kind not in RANKED:
        return None
    place = read.place_of(level, period, own.value)
    return _("%(higher)s of %(total)s others are higher") % {
        "higher": words.number(place.higher),
        "total": words.number(place.total - 1),
    }


def _with_figures(
    reading: Reading, level: LevelName
) -> Iterable[tuple[Indicator, FiguresRead, str]]:
    """The indicators that have figures of `level`, and the latest period with one."""
    index = reading.plan.index
    for indicator in index.indicators:
        result = index.result_of(indicator)
        read = reading.look_ups(result.figures) if result else None
        period = read.latest(level) if read else None
        if read is not None and period is not None:
            yield indicator, read, period


def _links(reading: Reading) -> dict[str, SafeString]:
    def make() -> dict[str, SafeString]:
        return {
            one.uid: format_html(
                '<a href="{}">{}</a>', reading.address(one.uid), name_of(one, reading.language)
            )
            for one in reading.plan.index.indicators
        }

    return remembered(reading.plan, ("indicator links", reading.language, reading.prefix), make)
