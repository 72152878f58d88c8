"""A small plan with indicators that one can hold in the head: five municipalities, every kind of answer.

Known well: `1.1` a survey with margins, a target and a forecast; `1.3` coverage with an unknown
municipality; `2.1` a share by sex with a number too small to be shown. Known less: `1.2` a count
without target, `1.4` a definition that nobody has reported to, `3.1` a number without a title.
"""

import datetime as dt

from msgspec.structs import replace

from tests.plan.samples import sample
from veikart.plan import figures as files
from veikart.plan.figures import Figures, LevelCoverage, Series, Slice
from veikart.plan.indicators import (
    Assessment,
    Break,
    Breakdown,
    Category,
    County,
    Coverage,
    DataSet,
    DefinitionVersion,
    Forecast,
    HospitalArea,
    Indicator,
    Indicators,
    Municipality,
    Places,
    Point,
    Result,
    Spread,
    Target,
    Translations,
)
from veikart.plan.model import Plan, Region
from veikart.plan.reading_figures import FiguresRead

AS_OF = dt.date(2026, 6, 30)
BORDERS = dt.date(2026, 1, 1)

MUNICIPALITIES = """
code | name       | county | hospital  | region  | population
0301 | Oslo       | 03     | oslo      | sor-ost | 720000
1101 | Eigersund  | 11     | stavanger | vest    | 15000
1103 | Stavanger  | 11     | stavanger | vest    | 150000
5601 | Alta       | 56     | finnmark  | nord    | 21000
5634 | Vardø      | 56     | finnmark  | nord    | 1900
"""


def table(text: str) -> list[list[str]]:
    """The rows of a table written as text, without its head."""
    lines = [line for line in text.strip().splitlines()[1:] if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def places() -> Places:
    """Three counties, three hospital areas and five municipalities."""
    return Places(
        borders=BORDERS,
        counties=(
            County(
                uid="fylke/03", code="03", name="Oslo", region="helseregion/sor-ost", tile=(2, 3)
            ),
            County(
                uid="fylke/11", code="11", name="Rogaland", region="helseregion/vest", tile=(0, 3)
            ),
            County(
                uid="fylke/56", code="56", name="Finnmark", region="helseregion/nord",
                name_sami_or_kven="Finnmárku", tile=(4, 0),
            ),
        ),
        hospital_areas=tuple(
            HospitalArea(
                uid=f"sykehusomrade/{code}", code=code, name=name, region=f"helseregion/{region}"
            )
            for code, name, region in (
                ("finnmark", "Finnmark", "nord"),
                ("oslo", "Oslo", "sor-ost"),
                ("stavanger", "Stavanger", "vest"),
            )
        ),
        municipalities=tuple(
            Municipality(
                uid=f"kommune/{code}",
                code=code,
                name=name,
                county=f"fylke/{county}",
                hospital_area=f"sykehusomrade/{hospital}",
                region=f"helseregion/{region}",
                population=int(population),
                population_year=2026,
            )
            for code, name, county, hospital, region, population in table(MUNICIPALITIES)
        ),
    )  # fmt: skip


def definitions() -> tuple[Indicator, ...]:
    """The six indicators."""
    return (
        Indicator(
            uid="indikator/1.1", code="1.1", title="Innbyggere i digital kontakt", version=1,
            question="Bruker innbyggerne digitale helsetjenester?",
            definition="Andel som har hatt digital kontakt med helsetjenesten siste 12 måneder.",
            kind="survey_share", unit="prosent", direction="up",
            numerator="De som svarer ja", denominator="De som har svart",
            population="Innbyggere fra 15 år", source="Innbyggerundersøkelsen",
            source_address="https://www.helsedirektoratet.no/", data_controller="Helsedirektoratet",
            cadence="yearly", lag_months=6, baseline_period="2019",
            targets=(
                Target(no=1, year=2030, value=0.8, decided_by="Nasjonalt e-helseråd"),
            ),
            owner="Helsedirektoratet", measures=("mal/1", "mal/1/oppna/2", "fn-mal/3"),
            quality="Utvalget er vektet.",
            breaks=(
                Break(no=1, period="2021", reason="Spørsmålet fikk ny ordlyd.", comparable=True),
            ),
            versions=(DefinitionVersion(no=1, since=dt.date(2019, 1, 1)),),
            translations=Translations(en="People in digital contact"),
        ),
        Indicator(
            uid="indikator/1.2", code="1.2", title="Besøk på Helsenorge", version=1, kind="count",
            unit="besøk", direction="up", measures=("delmal/1A",),
            versions=(DefinitionVersion(no=1, since=dt.date(2016, 1, 1)),),
        ),
        Indicator(
            uid="indikator/1.3", code="1.3", title="Digital hjemmeoppfølging", version=2,
            kind="coverage", direction="up", measures=("delmal/1B",), baseline_period="2019",
            targets=(Target(no=1, year=2030, value=0.95, decided_by="Rådet"),),
            versions=(
                DefinitionVersion(no=1, since=dt.date(2017, 1, 1)),
                DefinitionVersion(
                    no=2, since=dt.date(2019, 1, 1), change="Teller innbyggere, ikke kommuner."
                ),
            ),
        ),
        Indicator(
            uid="indikator/1.4", code="1.4", version=1, kind="coverage", direction="up",
            title="Kommuner som tilbyr velferdsteknologi", measures=("mal/1",),
            owner="Helsedirektoratet", cadence="yearly", note="Ingen data er meldt inn.",
            versions=(DefinitionVersion(no=1, since=dt.date(2023, 1, 1)),),
        ),
        Indicator(
            uid="indikator/2.1", code="2.1", title="E-konsultasjoner", version=1, kind="share",
            direction="up", measures=("mal/4",), smallest=5,
            numerator="E-konsultasjoner", denominator="Konsultasjoner",
            breakdowns=(Breakdown(no=1, column="kjonn", label="Kjønn"),),
            categories=(
                Category(no=1, column="kjonn", code="k", label="Kvinner"),
                Category(no=2, column="kjonn", code="m", label="Menn"),
            ),
            targets=(Target(no=1, year=2025, value=0.1),), baseline_period="2022",
            versions=(DefinitionVersion(no=1, since=dt.date(2019, 1, 1)),),
        ),
        Indicator(
            uid="indikator/3.1", code="3.1", title=None, version=1, measures=("mal/4",),
            note="Bare nummeret er kjent.",
        ),
    )  # fmt: skip


def survey() -> Result:
    """`1.1`: five years of answers with margins, ahead of its path, with a forecast."""
    points = (
        ("2019", 1162, 0.33), ("2020", 1614, 0.47), ("2021", 1504, 0.46), ("2022", 1524, 0.54),
        ("2023", 1608, 0.57),
    )  # fmt: skip
    return _result(
        "1.1",
        series=tuple(
            Point(
                period=period, numerator=share * n, denominator=float(n), value=share,
                lower=share - 0.025, upper=share + 0.025,
            )
            for period, n, share in points
        ),
        assessments=(
            Assessment(
                method="path", target=1, period="2023", value=0.57, expected=0.5322,
                progress=1.1864, verdict="on_path",
            ),
            Assessment(
                method="open_sdg", target=1, period="2023", value=0.57, expected=0.4552,
                progress=1.758, verdict="on_path",
            ),
            Assessment(
                method="germany", target=1, period="2023", value=0.57, expected=None,
                progress=None, verdict="not_assessable", reason="too_few_points",
            ),
        ),
        forecast=Forecast(
            year=2030, points=5, value=0.86, lower=0.71, upper=0.95, probability=0.74
        ),
        stable_since="2022",
    )  # fmt: skip


def visits() -> Result:
    """`1.2`: a count with a direction and no target."""
    series = (("2016", 12_700_000), ("2018", 25_600_000), ("2023", 109_500_000))
    return _result(
        "1.2",
        series=tuple(
            Point(period=period, numerator=count, denominator=None, value=count)
            for period, count in series
        ),
        assessments=(_not_assessable("no_target", "2023", 109_500_000),),
    )


def covered() -> Result:
    """`1.3`: coverage, behind its path; Stavanger is not known for 2025."""
    return _result(
        "1.3",
        version=2,
        series=(
            Point(period="2019", numerator=36000, denominator=907900, value=36000 / 907900),
            Point(period="2022", numerator=171000, denominator=907900, value=171000 / 907900),
            Point(
                period="2025", numerator=741000, denominator=757900, value=741000 / 757900,
                lower=741000 / 907900, upper=891000 / 907900,
            ),
        ),
        assessments=(
            Assessment(
                method="path", target=1, period="2025", value=0.82, expected=0.88, progress=0.71,
                verdict="behind",
            ),
        ),
        forecast=Forecast(
            year=2030, points=3, value=None, lower=None, upper=None, probability=None,
            reason="too_few_points",
        ),
        coverage=(_coverage("2019", 2, 3, 0, 36000, 871900, 0),
                  _coverage("2022", 2, 3, 0, 171000, 736900, 0),
                  _coverage("2025", 3, 1, 1, 741000, 16900, 150000)),
        spread=covered_figures().spread,
    )  # fmt: skip


def consultations() -> Result:
    """`2.1`: a share that has reached its target; Vardø's number is too small to be shown."""
    return _result(
        "2.1",
        series=(
            Point(period="2022", numerator=80_000, denominator=900_000, value=80_000 / 900_000),
            Point(period="2024", numerator=190_000, denominator=950_000, value=0.2),
        ),
        assessments=(
            Assessment(
                method="path", target=1, period="2024", value=0.2, expected=0.0962, progress=16.4,
                verdict="reached",
            ),
        ),
        spread=consultations_figures().spread,
    )  # fmt: skip


def covered_figures() -> Figures:
    """The figures of `1.3` by municipality, county, hospital area and region."""
    periods = ("2019", "2022", "2025")
    municipality = (
        ("0301", (0, 0, 720_000), 720_000),
        ("1101", (15_000, 0, 0), 15_000),
        ("1103", (0, 150_000, None), 150_000),
        ("5601", (21_000, 21_000, 21_000), 21_000),
        ("5634", (0, 0, 0), 1_900),
    )
    county = (
        ("03", (0, 0, 720_000), (720_000,) * 3),
        ("11", (15_000, 150_000, 0), (165_000, 165_000, 15_000)),
        ("56", (21_000, 21_000, 21_000), (22_900,) * 3),
    )
    return Figures(
        schema=files.SCHEMA, indicator="indikator/1.3", version=2, kind="coverage", per=None,
        borders=BORDERS, periods=periods,
        slices=(
            Slice(
                level="municipality",
                series=tuple(
                    Series(area=code, numerator=covered, denominator=(people,) * 3)
                    for code, covered, people in municipality
                ),
            ),
            Slice(level="county", series=_series(county)),
            Slice(
                level="hospital_area",
                series=_series(
                    [
                        ("finnmark", *county[2][1:]),
                        ("oslo", *county[0][1:]),
                        ("stavanger", *county[1][1:]),
                    ]
                ),
            ),
            Slice(
                level="region",
                series=_series(
                    [("H03", *county[1][1:]), ("H05", *county[2][1:]), ("H12", *county[0][1:])]
                ),
            ),
            Slice(
                level="nation",
                series=_series(
                    [("NO", (36_000, 171_000, 741_000), (907_900, 907_900, 757_900))]
                ),
            ),
        ),
        coverage=(
            LevelCoverage(
                level="county", area="11",
                coverage=(_coverage("2025", 0, 1, 1, 0, 15_000, 150_000),),
            ),
        ),
        spread=(
            _spread("2019", "county", 3, "03", "56", 0.917, None),
            _spread("2022", "county", 3, "03", "56", 0.917, None),
            _spread("2025", "county", 3, "11", "03", 1.0, None),
        ),
    )  # fmt: skip


def consultations_figures() -> Figures:
    """The figures of `2.1` by municipality, county, nation and sex; Vardø in 2024 is suppressed."""
    county = (
        ("03", (60_000, 150_000), (700_000, 720_000)),
        ("11", (18_000, 35_000), (170_000, 200_000)),
        ("56", (2_000, 5_000), (30_000, 30_000)),
    )
    return Figures(
        schema=files.SCHEMA, indicator="indikator/2.1", version=1, kind="share", per=None,
        borders=BORDERS, periods=("2022", "2024"),
        slices=(
            Slice(
                level="municipality",
                series=(
                    Series(area="0301", numerator=county[0][1], denominator=county[0][2]),
                    Series(area="1101", numerator=(1_000, 3_000), denominator=(17_000, 20_000)),
                    Series(
                        area="1103", numerator=(17_000, 32_000), denominator=(153_000, 180_000),
                        status=("estimated", None),
                    ),
                    Series(
                        area="5601", numerator=(1_900, None), denominator=(28_000, None),
                        status=(None, "suppressed"),
                    ),
                    Series(
                        area="5634", numerator=(None, None), denominator=(None, None),
                        status=("suppressed", "suppressed"),
                    ),
                ),
            ),
            Slice(level="county", series=_series(county)),
            Slice(level="nation", series=_series([("NO", (80_000, 190_000), (900_000, 950_000))])),
            Slice(
                level="nation", group=(("kjonn", "k"),),
                series=_series([("NO", (50_000, 120_000), (500_000, 530_000))]),
            ),
            Slice(
                level="nation", group=(("kjonn", "m"),),
                series=_series([("NO", (30_000, 70_000), (400_000, 420_000))]),
            ),
        ),
        spread=(
            _spread("2022", "county", 3, "56", "11", 0.0392, 1.588, gini=0.03, theil=0.01),
            _spread("2024", "county", 3, "56", "03", 0.0417, 1.25, gini=0.02, theil=0.004),
            _spread("2022", "kjonn", 2, "m", "k", 0.025, 1.333),
            _spread("2024", "kjonn", 2, "m", "k", 0.0597, 1.358),
        ),
        suppressed=3,
    )  # fmt: skip


def data_sets() -> tuple[DataSet, ...]:
    """The data set of each indicator that has one."""
    return tuple(
        DataSet(
            uid=f"datasett/{_hash(code)[:16]}", indicator=f"indikator/{code}", version=version,
            sha256=_hash(code), rows=rows, as_of=AS_OF, source="Innbyggerundersøkelsen",
            address="https://www.helsedirektoratet.no/", first_period=first, last_period=last,
        )
        for code, version, rows, first, last in (
            ("1.1", 1, 5, "2019", "2023"), ("1.2", 1, 3, "2016", "2023"),
            ("1.3", 2, 15, "2019", "2025"), ("2.1", 1, 30, "2022", "2024"),
        )
    )  # fmt: skip


def with_indicators(plan: Plan | None = None) -> Plan:
    """`plan`, or else the sample plan, with the places and the indicators of this module."""
    plan = plan or sample()
    southern_and_eastern = Region(uid="helseregion/sor-ost", code="H12", name="Helse Sør-Øst")
    regions = {region.uid: region for region in (*plan.actors.regions, southern_and_eastern)}
    return replace(
        plan,
        actors=replace(plan.actors, regions=tuple(regions[uid] for uid in sorted(regions))),
        indicators=Indicators(
            definitions=definitions(),
            data_sets=data_sets(),
            results=(survey(), visits(), covered(), consultations()),
        ),
        places=places(),
    )


def many_municipalities() -> tuple[Plan, Figures]:
    """The plan with 357 municipalities, and figures of `2.1` for all of them."""
    own = places()
    municipalities = tuple(
        Municipality(
            uid=f"kommune/{number}", code=str(number), name=f"Kommune {number}",
            county=own.counties[number % 3].uid, hospital_area=None,
            region=own.counties[number % 3].region, population=number, population_year=2026,
        )
        for number in range(2000, 2357)
    )  # fmt: skip
    small = consultations_figures()
    everyone = Slice(
        level="municipality",
        series=tuple(
            Series(area=one.code, numerator=(int(one.code), int(one.code)),
                   denominator=(9_000, 9_500))
            for one in municipalities
        ),
    )  # fmt: skip
    plan = replace(with_indicators(), places=replace(own, municipalities=municipalities))
    return plan, replace(small, slices=(everyone, *small.slices[1:]))


def look_ups_of(figures: Figures) -> tuple[str, FiguresRead]:
    """The hash of `figures`, and what pages look up in them."""
    return files.fingerprint(files.encode(figures)), FiguresRead(figures)


def figures_of(sha256: str) -> Figures | None:
    """The figures with this hash, as the shelf gives them; None where nothing is kept of it."""
    return KEPT.get(sha256)


def look_ups(sha256: str) -> FiguresRead | None:
    """The same figures with what pages look up in them."""
    found = figures_of(sha256)
    return FiguresRead(found) if found else None


def _result(code: str, *, version: int = 1, **more: object) -> Result:
    kept = {"1.3": covered_figures, "2.1": consultations_figures}.get(code)
    return Result(
        uid=f"indikator/{code}/serie/{version}", indicator=f"indikator/{code}", version=version,
        inputs=_hash(f"{code} inputs"), engine="1",
        figures=files.fingerprint(files.encode(kept())) if kept else _hash(f"{code} figures"),
        data_sets=(_hash(code),), as_of=AS_OF, **more,
    )  # fmt: skip


def _not_assessable(reason: str, period: str, value: float) -> Assessment:
    return Assessment(
        method="path", target=0, period=period, value=value, expected=None, progress=None,
        verdict="not_assessable", reason=reason,
    )  # fmt: skip


def _coverage(period: str, offering: int, without: int, unknown: int, *people: float) -> Coverage:
    return Coverage(
        period=period, units_offering=offering, units_not=without, units_unknown=unknown,
        covered=people[0], not_covered=people[1], unknown=people[2],
    )  # fmt: skip


def _spread(
    period: str, across: str, units: int, worst: str, best: str, gap: float, ratio: float | None,
    **more: float,
) -> Spread:  # fmt: skip
    return Spread(
        period=period, across=across, units=units, worst=worst, best=best, gap=gap, ratio=ratio,
        **more,
    )  # fmt: skip


def _series(rows) -> tuple[Series, ...]:
    return tuple(
        Series(area=area, numerator=numerator, denominator=denominator)
        for area, numerator, denominator in rows
    )


def _hash(text: str) -> str:
    return files.fingerprint(text.encode())


KEPT = {
    files.fingerprint(files.encode(made)): made
    for made in (covered_figures(), consultations_figures())
}
