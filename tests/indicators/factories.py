"""A small strategy with an indicator of every field, as values to put and as the struct to compare."""

import datetime as dt
from typing import Any

from veikart.indicators import services
from veikart.plan import indicators as plan
from veikart.plan.part import Translations
from veikart.strategy import services as strategy

UID = "indikator/1.4"
VALUES: dict[str, Any] = {
    "code": "1.4",
    "title": "Innbyggere i kommuner med velferdsteknologi",
    "translations": {"nn": "Innbyggjarar i kommunar med velferdsteknologi", "en": "Covered"},
    "question": "Hvor mange får tilbudet?",
    "question_translations": {"en": "How many are offered it?"},
    "definition": "Innbyggere i kommuner som tilbyr det.",
    "kind": "coverage",
    "unit": "andel",
    "direction": "up",
    "numerator": "innbyggere med tilbud",
    "denominator": "innbyggere",
    "population": "alle",
    "cadence": "yearly",
    "breakdowns": [
        {
            "no": 1,
            "column": "sex",
            "label": "Kjønn",
            "translations": {"nn": "Kjønn", "en": "Sex"},
        }
    ],
    "categories": [
        {"no": 2, "column": "sex", "code": "m", "label": "Menn"},
        {
            "no": 1,
            "column": "sex",
            "code": "k",
            "label": "Kvinner",
            "translations": {"en": "Women"},
        },
    ],
    "baseline_period": "2020",
    "baseline_value": 0.5,
    "targets": [{"no": 1, "year": 2030, "value": 0.9, "decided_by": "rådet"}],
    "breaks": [{"no": 1, "period": "2022", "reason": "Ny ordlyd.", "comparable": False}],
    "measures": ["mal/1"],
    "smallest": 5,
}
INDICATOR = plan.Indicator(
    uid=UID,
    code="1.4",
    title="Innbyggere i kommuner med velferdsteknologi",
    translations=Translations(nn="Innbyggjarar i kommunar med velferdsteknologi", en="Covered"),
    question="Hvor mange får tilbudet?",
    question_translations=Translations(en="How many are offered it?"),
    version=1,
    definition="Innbyggere i kommuner som tilbyr det.",
    kind="coverage",
    unit="andel",
    direction="up",
    numerator="innbyggere med tilbud",
    denominator="innbyggere",
    population="alle",
    cadence="yearly",
    breakdowns=(
        plan.Breakdown(
            no=1, column="sex", label="Kjønn", translations=Translations(nn="Kjønn", en="Sex")
        ),
    ),
    categories=(
        plan.Category(
            no=1, column="sex", code="k", label="Kvinner", translations=Translations(en="Women")
        ),
        plan.Category(no=2, column="sex", code="m", label="Menn"),
    ),
    baseline_period="2020",
    baseline_value=0.5,
    targets=(plan.Target(no=1, year=2030, value=0.9, decided_by="rådet"),),
    breaks=(plan.Break(no=1, period="2022", reason="Ny ordlyd.", comparable=False),),
    measures=("mal/1",),
    smallest=5,
)
SINCE = dt.date(2026, 1, 1)


def put_goal() -> None:
    """The goal that the indicators measure."""
    strategy.put(
        "strategic_goal", "mal/1", {"number": 1, "title": "Medvirkning", "kind": "direct"}, by=None
    )


def put_indicator(uid: str = UID, /, **values: Any) -> None:
    """The indicator, with `values` in place of its own, and the goal it measures."""
    put_goal()
    code = uid.partition("/")[2]
    services.put("indicator", uid, {**VALUES, "code": code, **values}, by=None)


def put_count(uid: str = "indikator/e1", /, **values: Any) -> None:
    """A plain count by municipality, such as a population."""
    put_goal()
    given = {
        "code": uid.partition("/")[2],
        "title": "Folketall",
        "kind": "count",
        "unit": "personer",
        "definition": "Bosatte 1. januar.",
        "cadence": "yearly",
        "measures": ["mal/1"],
    }
    services.put("indicator", uid, {**given, **values}, by=None)
