"""Small tables as text, and what charts are made of: a series, an indicator, a result, figures, places."""

import datetime as dt
import random

from veikart.plan.figures import SCHEMA, Figures, Series, Slice
from veikart.plan.indicators import (
    Break,
    Breakdown,
    Category,
    County,
    Coverage,
    Forecast,
    Indicator,
    Municipality,
    Places,
    Point,
    Result,
    Spread,
    Target,
)

DIGITAL_CONTACT = """
period | value | lower | upper
2019   | 0.33  | 0.31  | 0.35
2020   | 0.41  | 0.39  | 0.43
2021   | 0.48  | 0.46  | 0.50
2022   | 0.52  | 0.50  | 0.54
2023   | 0.57  | 0.55  | 0.59
"""


def rows(text):
    """The rows of a table as dictionaries; an empty cell is None, a number is a number."""
    head, *body = [line for line in text.strip().splitlines() if line.strip()]
    names = [name.strip() for name in head.split("|")]
    return [
        dict(zip(names, (_cell(c.strip(), n) for c, n in zip(line.split("|"), names, strict=True)), strict=True))
        for line in body
    ]  # fmt: skip


def _cell(text, name):
    if text == "":
        return None
    return text if name in ("period", "status", "code") else float(text)


def series(text):
    """The points of a table with the columns period and value, and lower, upper and status if given."""
    return tuple(
        Point(
            period=row["period"],
            numerator=row["value"],
            denominator=1,
            value=row["value"],
            lower=row.get("lower"),
            upper=row.get("upper"),
            status=row.get("status"),
        )
        for row in rows(text)
    )


def indicator(**more):
    """A survey share from 2019 on its way to 90 % in 2030, changed by `more`."""
    said = {
        "uid": "indikator/1.1", "code": "1.1", "title": "Digital kontakt", "version": 1,
        "kind": "survey_share", "direction": "up", "cadence": "yearly",
        "baseline_period": "2019", "targets": (Target(no=1, year=2030, value=0.9),),
    }  # fmt: skip
    return Indicator(**(said | more))


def result(text=DIGITAL_CONTACT, **more):
    """A result with the series of the table `text`, changed by `more`."""
    said = {
        "uid": "indikator/1.1/serie/1", "indicator": "indikator/1.1", "version": 1, "inputs": "0",
        "engine": "1", "figures": "0", "data_sets": (), "as_of": None, "series": series(text),
    }  # fmt: skip
    return Result(**(said | more))


FORECAST = Forecast(year=2030, points=5, value=0.84, lower=0.72, upper=0.93, probability=0.3)
BREAK = Break(no=1, period="2022", reason="Another questionnaire.", comparable=False)

COVERAGE = tuple(
    Coverage(period=p, units_offering=a, units_not=b, units_unknown=c, covered=d, not_covered=e, unknown=f)
    for p, a, b, c, d, e, f in (
        ("2019", 60, 200, 162, 1_900_000, 1_900_000, 1_500_000),
        ("2020", 75, 181, 100, 2_300_000, 2_000_000, 1_060_000),
        ("2021", 110, 166, 80, 2_900_000, 1_700_000, 790_000),
        ("2022", 150, 150, 56, 3_500_000, 1_400_000, 525_000),
        ("2023", 190, 136, 30, 4_100_000, 1_150_000, 238_000),
    )
)  # fmt: skip

TILES = {
    "56": (5, 0), "55": (4, 0), "18": (3, 1), "50": (3, 2), "15": (2, 3), "46": (1, 4), "34": (3, 3),
    "33": (2, 4), "32": (3, 4), "03": (3, 5), "31": (4, 5), "39": (2, 5), "40": (1, 5), "11": (0, 5),
    "42": (1, 6),
}  # fmt: skip


def places(people):
    """Places with a municipality for each code in `people`, and the fifteen counties."""
    return Places(
        counties=tuple(
            County(uid=f"fylke/{code}", code=code, name=code, region="helseregion/x", tile=tile)
            for code, tile in TILES.items()
        ),
        municipalities=tuple(
            Municipality(uid=f"kommune/{code}", code=code, name=code, county=f"fylke/{code[:2]}",
                         hospital_area=None, region="helseregion/x", population=number, population_year=2024)
            for code, number in people.items()
        ),
    )  # fmt: skip


PERIODS = ("2019", "2020", "2021", "2022", "2023")


def figures(people, *, periods=PERIODS, silent=(), hidden=(), seed=1):
    """Figures of a share that grows everywhere, for every municipality, county and the country.

    Municipalities in `silent` have not told, those in `hidden` are suppressed.
    """
    chance = random.Random(seed)
    level = {code: chance.uniform(0.1, 0.5) for code in TILES}
    of = {code: [] for code in TILES}
    towns = []
    for code, number in people.items():
        start = min(max(level.get(code[:2], 0.3) + chance.gauss(0, 0.08), 0.02), 0.6)
        parts = [round(number * min(start + 0.06 * n, 0.98)) for n in range(len(periods))]
        known = code not in silent and code not in hidden
        status = ("suppressed" if code in hidden else "missing",) * len(periods)
        towns.append(
            Series(area=code, numerator=tuple(parts) if known else (None,) * len(periods),
                   denominator=(number,) * len(periods), status=() if known else status)
        )  # fmt: skip
        of[code[:2]].append((parts, number))
    counties = tuple(_sum(code, every, periods) for code, every in sorted(of.items()) if every)
    country = _sum("NO", [one for every in of.values() for one in every], periods)
    slices = (
        Slice(level="municipality", series=tuple(towns)),
        Slice(level="county", series=counties),
        Slice(level="nation", series=(country,)),
        *_by_group(country),
    )
    return Figures(
        schema=SCHEMA, indicator="indikator/1.1", version=1, kind="share", per=None,
        borders=dt.date(2024, 1, 1), periods=tuple(periods), slices=slices,
    )  # fmt: skip


def _sum(code, every, periods):
    return Series(
        area=code,
        numerator=tuple(sum(parts[n] for parts, _ in every) for n in range(len(periods))),
        denominator=(sum(number for _, number in every),) * len(periods),
    )


GROUPS = {"0-17": 0.6, "18-44": 1.3, "45-66": 1.15, "67-79": 0.8, "80+": 0.45}
GROUPED = {
    "breakdowns": (Breakdown(no=1, column="age", label="Alder", ordered=True),),
    "categories": tuple(
        Category(no=n, column="age", code=code, label=code) for n, code in enumerate(GROUPS, 1)
    ),
}


def _by_group(country):
    return tuple(
        Slice(
            level="nation",
            group=(("age", code),),
            series=(
                Series(
                    area="NO",
                    numerator=tuple(round(n * times / 5) for n in country.numerator),
                    denominator=tuple(d // 5 for d in country.denominator),
                ),
            ),
        )
        for code, times in GROUPS.items()
    )


SPREAD = tuple(
    Spread(period=p, across="county", units=15, worst="56", best="03", gap=gap, ratio=ratio,
           p90_p10=ratio - 0.2, cv=cv, gini=gini, theil=gini / 6, slope=slope)
    for p, gap, ratio, cv, gini, slope in (
        ("2019", 0.41, 3.4, 0.31, 0.17, 0.22),
        ("2020", 0.43, 2.9, 0.28, 0.155, 0.2),
        ("2021", 0.38, 2.4, 0.24, 0.13, 0.17),
        ("2022", 0.4, 2.2, 0.22, 0.12, 0.16),
        ("2023", 0.36, 1.9, 0.19, 0.105, 0.13),
    )
)  # fmt: skip
