"""What is given out of one indicator: its definition, its result and its figures, in one language."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from veikart.plan.figures import NATION, Figures
from veikart.plan.indicators import (
    County,
    DataSet,
    HospitalArea,
    Indicator,
    Municipality,
    Result,
)
from veikart.plan.model import Plan, Region
from veikart.plan.part import Translations


@dataclass(frozen=True, kw_only=True, eq=False)
class Published:
    """One computed indicator of `plan`. All formats are a pure function of it."""

    plan: Plan
    indicator: Indicator
    result: Result
    figures: Figures
    language: str = settings.LANGUAGE_CODE

    @property
    def title(self) -> str:
        """The indicator's title in the language, or its code."""
        return (
            own(self.indicator.title, self.indicator.translations, self.language)
            or self.indicator.code
        )

    @cached_property
    def data_sets(self) -> tuple[DataSet, ...]:
        """The data sets that the figures were computed from."""
        known = self.plan.index.data_sets
        return tuple(known[uid] for uid in self.result.data_sets if uid in known)

    @property
    def source(self) -> str | None:
        """Where the numbers come from: the data sets' own sources, each once."""
        named = dict.fromkeys(data_set.source for data_set in self.data_sets)
        return "; ".join(named) or self.indicator.source

    @cached_property
    def area_names(self) -> dict[str, str]:
        """What each area is called, by its code in figures."""
        places, regions = self.plan.places, self.plan.actors.regions
        named: list[Municipality | County | HospitalArea | Region] = [*places.municipalities]
        named += [*places.counties, *places.hospital_areas, *regions]
        return {NATION: COUNTRY[self.language]} | {one.code: one.name for one in named}

    @property
    def is_ratio(self) -> bool:
        """Whether a value is a numerator over a denominator."""
        return self.figures.kind not in ("count", "amount")


COUNTRY = {"nb": "Norge", "nn": "Noreg", "en": "Norway"}


def own(text: str | None, translations: Translations, language: str) -> str | None:
    """`text` in `language` where it was rendered, else as the plan has it."""
    return getattr(translations, language, None) or text
