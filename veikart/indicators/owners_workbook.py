"""The workbook that those who own an indicator's figures fill in, in the language of who asks."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from veikart.engines.geography.parts import FIRST_DAY
from veikart.engines.observations.proposing import Wish
from veikart.engines.observations.template import (
    Template,
    TemplateArea,
    TemplateWords,
    write_template,
)
from veikart.indicators import services
from veikart.places import reference_geography
from veikart.plan.indicators import Cadence, Indicator
from veikart.plan.part import Translations

PARTS: dict[Cadence, tuple[str, ...]] = {
    "monthly": tuple(f"-{month:02}" for month in range(1, 13)),
    "quarterly": ("-Q1", "-Q2", "-Q3", "-Q4"),
    "tertial": ("-T1", "-T2", "-T3"),
    "half_yearly": ("-H1", "-H2"),
}
"""What follows the year in the periods of a cadence; yearly and rarer ones have the year alone."""
WHOLE_COUNTRY = ("survey_share", "amount")
"""The kinds that are asked for the whole country, not of each municipality."""


def template(uid: str, *, year: int) -> tuple[str, bytes]:
    """The name and the bytes of the XLSX for the indicator `uid` and a year; the same each time.

    A row for each period, municipality in force on 1 January, and group. Raises ValidationError for
    an unknown indicator, one without a kind, or a year without municipalities.
    """
    definition = services.measurable(uid)
    areas = _areas(definition, year) if year >= FIRST_DAY.year else ()
    if definition.kind is None or not areas:
        raise ValidationError(
            _("Expected a year with known municipalities, from 2010; found %(year)d."),
            code="no_municipalities",
            params={"year": year},
        )
    content = write_template(
        Template(
            title=f"{definition.code} {_in_language(definition.title, definition.translations)}",
            kind=definition.kind,
            unit=definition.unit,
            periods=tuple(
                f"{year}{part}" for part in PARTS.get(definition.cadence or "yearly", ("",))
            ),
            areas=areas,
            on=dt.date(year, 1, 1),
            breakdowns=_wishes(definition),
            words=_words(),
        )
    )
    return f"{definition.code}-{year}.xlsx", content


def _areas(definition: Indicator, year: int) -> tuple[TemplateArea, ...]:
    if definition.kind in WHOLE_COUNTRY:
        return (TemplateArea(code="NO", name=_("The whole country")),)
    geography = reference_geography()
    known = geography.population_years
    counted = min(max(year, known[0]), known[-1]) if known else year
    return tuple(
        TemplateArea(
            code=place.code,
            name=place.name,
            inhabitants=geography.population.get((place.code, counted)),
        )
        for place in geography.municipalities(on=dt.date(year, 1, 1))
    )


def _wishes(definition: Indicator) -> tuple[Wish, ...]:
    return tuple(
        Wish(
            column=each.column,
            label=_in_language(each.label, each.translations),
            categories={
                category.code: _in_language(category.label, category.translations)
                for category in definition.categories
                if category.column == each.column
            },
        )
        for each in definition.breakdowns
    )


def _in_language(text: str | None, translations: Translations) -> str:
    language = (get_language() or "nb")[:2]
    found: str | None = getattr(translations, language, None)
    return found or text or ""


def _words() -> TemplateWords:
    return TemplateWords(
        data_sheet=_("Figures"),
        help_sheet=_("How to"),
        period=_("Period"),
        area=_("Code"),
        area_name=_("Area"),
        inhabitants=_("Inhabitants"),
        answer=_("Offered"),
        numerator=_("Numerator"),
        denominator=_("Denominator"),
        count=pgettext("how many", "Number"),
        amount=_("Kroner"),
        share=_("Share (%)"),
        n=_("Respondents (n)"),
        note=_("Note"),
        everyone=_("All"),
        yes=_("yes"),
        no=_("no"),
        unknown=_("unknown"),
        wrong_answer=_("Choose one of the answers in the list."),
        help_lines=(
            "{title}",
            _("Unit:") + " {unit}",
            _("Fill in the white cells. The grey ones are given; do not change them."),
            _(
                "Leave a cell empty where you have no number, and say why in the note. "
                "Empty is never 0."
            ),
            _("Do not add columns. Rows that are not yours may be deleted."),
        ),
    )
