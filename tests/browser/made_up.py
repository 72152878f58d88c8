"""Made-up figures for a home: `python tests/browser/made_up.py` puts them in and computes them.

Indicators of the sorts that the real data do not have: coverage with unknown municipalities and a
target, and a share by sex and age with small numbers.
"""

import datetime as dt
import os
from itertools import product

import django

AS_OF = dt.date(2026, 3, 1)
SEXES, AGES = (("k", "Kvinner"), ("m", "Menn")), (("a1", "0–17"), ("a2", "18–66"), ("a3", "67+"))
COVERED, SHARE = "indikator/x1", "indikator/x2"
YEARS = range(2020, 2026)
HOW = {"source": "Oppdiktede tall", "as_of": AS_OF, "by": None}


def make() -> None:
    """Define the two, take their figures in, and compute them."""
    from veikart.indicators import results, services, taking_in  # noqa: PLC0415 (after setup)

    services.put_many(
        [("indicator", uid, values) for uid, values in definitions().items()], by=None
    )
    for uid, lines in ((COVERED, covered()), (SHARE, shares())):
        taking_in.take_in_data_set(uid, "tall.csv", "\n".join(lines).encode(), **HOW)
    for one in results.compute_many(list(definitions()), by=None):
        assert one.verb == "computed", one


def definitions():
    common = {"cadence": "yearly", "direction": "up", "baseline_period": "2020", "lag_months": 2}
    return {
        COVERED: common | {
            "code": "x1", "title": "Digital hjemmeoppfølging i kommunene", "kind": "coverage",
            "question": "Hvor mange bor i en kommune som tilbyr digital hjemmeoppfølging?",
            "definition": "Andelen innbyggere som bor i en kommune med tilbudet.",
            "targets": [{"no": 1, "year": 2030, "value": 0.95, "decided_by": "Rådet"}],
            "measures": ["mal/1", "delmal/1A"], "owner": "Helsedirektoratet",
        },
        SHARE: common | {
            "code": "x2", "title": "Konsultasjoner på video", "kind": "share", "smallest": 5,
            "numerator": "Konsultasjoner på video", "denominator": "Konsultasjoner",
            "targets": [{"no": 1, "year": 2030, "value": 0.4}], "measures": ["mal/1"],
            "breakdowns": [
                {"no": 1, "column": "kjonn", "label": "Kjønn"},
                {"no": 2, "column": "alder", "label": "Alder", "ordered": True},
            ],
            "categories": [
                {"no": no, "column": column, "code": code, "label": label}
                for no, (column, code, label) in enumerate(
                    [("kjonn", *sex) for sex in SEXES] + [("alder", *age) for age in AGES], 1
                )
            ],
        },
    }  # fmt: skip


def covered():
    """The larger a municipality, and the later the year, the sooner it offers; every 19th is unknown."""
    yield "period;area;numerator;denominator"
    for year, code, people in _people():
        draw = int(code) * 7919 % 101
        offers = draw < (year - 2018) * 9 + (25 if people > 30_000 else 0)
        unknown = int(code) % 19 == 0 and year > 2021
        yield f"{year};{code};{'' if unknown else people if offers else 0};{people}"


def shares():
    """Consultations in every municipality, by sex and age; in the smallest a handful."""
    yield "period;area;kjonn;alder;numerator;denominator"
    for year, code, people in _people():
        for (at, (sex, _)), (old, (age, _)) in product(enumerate(SEXES), enumerate(AGES)):
            part = max(1, people // 6)
            share = 0.02 + 0.03 * (year - 2020) * (3 - old) / 2 + 0.02 * at + int(code) % 17 / 200
            yield f"{year};{code};{sex};{age};{min(part, round(part * share))};{part}"


def _people():
    """Each year, its municipalities, and the inhabitants they had (or have, where nobody says)."""
    from veikart.places import reference_geography  # noqa: PLC0415 (after setup)

    geography = reference_geography()
    for year in YEARS:
        for place in geography.municipalities(on=dt.date(year, 1, 1)):
            yield year, place.code, geography.population.get((place.code, year), 5000)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veikart.config.settings")
    django.setup()
    make()
