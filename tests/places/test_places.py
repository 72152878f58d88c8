import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import Sum

from veikart.places import queries, services, tables
from veikart.places.models import Change, CountyRegion, HealthRegion, Municipality, Population
from veikart.plan import indicators as plan
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

    files = (
        "municipalities", "counties", "municipality_changes", "county_changes", "health_regions",
        "population",
    )  # fmt: skip
    rows = sum(len(list(tables.rows(name))) for name in files)
    regions, hospital_areas = 4, 19
    assert (first, second, third) == (rows + regions + hospital_areas, 0, 2)
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


@pytest.mark.parametrize(
    ("year", "inhabitants"),
    [(2017, 5_258_317), (2020, 5_367_580), (2024, 5_550_203), (2026, 5_627_400)],
)
def test_populations_sum_to_the_nations(year, inhabitants):
    services.load_reference()

    of_the_year = Population.objects.filter(year=year)

    assert of_the_year.aggregate(total=Sum("inhabitants"))["total"] == inhabitants


def test_the_places_of_a_day_are_frozen_with_where_they_lie():
    services.load_reference()

    places = queries.freeze_places(on=dt.date(2026, 11, 22))

    assert places.borders == dt.date(2026, 11, 22)
    assert [len(places.counties), len(places.hospital_areas), len(places.municipalities)] == [
        15, 19, 357,
    ]  # fmt: skip
    assert sum(place.population for place in places.municipalities) == 5_627_400
    assert next(place for place in places.municipalities if place.code == "5612") == (
        plan.Municipality(
            uid="kommune/5612",
            code="5612",
            name="Kautokeino",
            county="fylke/56",
            hospital_area="sykehusomrade/finnmark",
            region="helseregion/nord",
            name_sami_or_kven="Guovdageaidnu",
            population=tables.reference_geography().population["5612", 2026],
            population_year=2026,
        )
    )
    assert places.counties[0] == plan.County(
        uid="fylke/03", code="03", name="Oslo", region="helseregion/sor-ost", tile=(2, 4)
    )
    assert places.hospital_areas[0] == plan.HospitalArea(
        uid="sykehusomrade/akershus", code="akershus", name="Akershus", region="helseregion/sor-ost"
    )


def test_places_of_an_earlier_day_have_its_codes_and_its_population():
    services.load_reference()

    places = queries.freeze_places(on=dt.date(2019, 6, 1))

    haram = next(place for place in places.municipalities if place.code == "1534")
    assert (len(places.municipalities), len(places.counties)) == (422, 18)
    assert (haram.hospital_area, haram.population_year) == ("sykehusomrade/more-og-romsdal", 2019)
    assert sum(place.population for place in places.municipalities) == 5_328_212


def test_without_loaded_tables_no_places_are_frozen():
    assert queries.freeze_places(on=dt.date(2024, 1, 1)) == plan.Places()


def test_every_county_in_force_has_a_tile_of_its_own_and_a_county_to_come_has_none():
    tiles = tables.county_tiles()

    in_force = {
        place.code for place in tables.reference_geography().counties(on=dt.date(2026, 1, 1))
    }
    assert set(tiles) == in_force
    assert len(set(tiles.values())) == 15
    assert tiles.get("57") is None


def test_neighbours_on_the_tile_map_lie_as_they_do_in_the_country():
    tiles = tables.county_tiles()

    from_north_to_south = ["56", "18", "50", "34", "03", "31"]
    from_west_to_east = ["11", "40", "39", "31", "56"]
    assert sorted(from_north_to_south, key=lambda code: tiles[code][1]) == from_north_to_south
    assert sorted(from_west_to_east, key=lambda code: tiles[code][0]) == from_west_to_east


def test_the_sources_name_every_reference_table():
    sources = (tables.REFERENCE / "SOURCES.md").read_text(encoding="utf-8")
    not_by_name = {"municipalities", "counties", "health_regions"}

    for path in tables.REFERENCE.glob("*.csv"):
        assert path.stem in not_by_name or path.name in sources


def test_the_admin_shows_hospital_areas_and_populations_and_changes_nothing(admin_client):
    services.load_reference()

    for address in ("hospitalarea", "population"):
        assert admin_client.get(f"/admin/places/{address}/").status_code == 200
        assert admin_client.get(f"/admin/places/{address}/add/").status_code == 403
