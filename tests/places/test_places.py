import csv
import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import Sum

from veikart.places import queries, services
from veikart.places.models import Change, CountyRegion, HealthRegion, Municipality
from veikart.plan.model import Region

pytestmark = pytest.mark.django_db


def test_places_in_force_on_new_years_day_are_those_that_were():
    services.load_reference()

    counted = {
        year: (
            queries.municipalities(on=dt.date(year, 1, 1)).count(),
            queries.counties(on=dt.date(year, 1, 1)).count(),
        )
        for year in (2017, 2018, 2019, 2020, 2023, 2024, 2026)
    }

    assert counted == {
        2017: (426, 19),
        2018: (422, 18),
        2019: (422, 18),
        2020: (356, 11),
        2023: (356, 11),
        2024: (357, 15),
        2026: (357, 15),
    }


def test_haram_was_its_own_municipality_before_2020_and_is_again_from_2024():
    services.load_reference()

    haram = {
        year: list(
            queries.municipalities(on=dt.date(year, 6, 1))
            .filter(name="Haram")
            .values_list("code", flat=True)
        )
        for year in (2019, 2021, 2024)
    }

    assert haram == {2019: ["1534"], 2021: [], 2024: ["1580"]}


def test_loading_again_changes_nothing_and_mends_what_was_changed():
    first = services.load_reference()
    second = services.load_reference()
    Municipality.objects.filter(code="0301").update(name="Kristiania")

    third = services.load_reference()

    files = ("municipalities", "counties", "municipality_changes", "county_changes")
    rows = sum(_lines(name) for name in files)
    assert (first, second, third) == (rows + 4 + _lines("health_regions"), 0, 2)
    assert Municipality.objects.get(code="0301").name == "Oslo"


def test_health_regions_are_frozen_by_uid_with_their_authority():
    services.load_reference()

    assert queries.freeze() == tuple(
        Region(uid=f"helseregion/{slug}", code=code, name=name, organisation=organisation)
        for slug, code, name, organisation in (
            ("midt-norge", "H04", "Helse Midt-Norge", "aktor/helse-midt-norge-rhf"),
            ("nord", "H05", "Helse Nord", "aktor/helse-nord-rhf"),
            ("sor-ost", "H12", "Helse Sør-Øst", "aktor/helse-sor-ost-rhf"),
            ("vest", "H03", "Helse Vest", "aktor/helse-vest-rhf"),
        )
    )


def test_every_county_in_force_lies_in_one_health_region():
    services.load_reference()

    for year in (2017, 2018, 2020, 2024):
        day = dt.date(year, 1, 1)
        lying = list(
            CountyRegion.objects.valid(on=day)
            .order_by("county_code")
            .values_list("county_code", flat=True)
        )
        assert lying == list(queries.counties(on=day).values_list("code", flat=True))
    assert HealthRegion.objects.count() == 4


def test_shares_of_the_main_changes_sum_to_one():
    services.load_reference()

    main = Change.objects.filter(level="municipality").exclude(kind="boundary")
    sums = (
        main.order_by()
        .values("on", "from_code")
        .annotate(total=Sum("share"))
        .values_list("total", flat=True)
    )

    assert {total.quantize(Decimal("0.001")) for total in sums} == {Decimal("1.000")}


def _lines(name: str) -> int:
    with (services.REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return len(list(csv.DictReader(file)))
