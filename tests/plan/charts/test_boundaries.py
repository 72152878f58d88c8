"""Boundaries: shapes from a small file of our own, its borders, and what a wrong file is told."""

import json
import re

import pytest
from msgspec.structs import replace

from tests.plan.charts.samples import figures, places
from tests.shared import SHARED, needs_shared
from veikart.plan.charts import tokens
from veikart.plan.charts.atlas import atlas
from veikart.plan.charts.boundaries import shapes
from veikart.plan.charts.simplify import area, simplified
from veikart.plan.figures import Series, Slice


def topology(**more):
    """Three municipalities in a row: 0301 and 3201 share a county border, 3201 and 3203 do not.

    0301 has an island that is seen and one that is not.
    """
    arcs = [
        [[10, 60], [10, 61], [11, 61]],  # the west and north coast of 0301
        [[11, 61], [11, 60]],  # between 0301 and 3201
        [[11, 60], [10, 60]],  # the south of 0301
        [[11, 61], [12, 61]],  # the north of 3201
        [[12, 61], [12, 60]],  # between 3201 and 3203
        [[12, 60], [11, 60]],  # the south of 3201
        [[12, 61], [13, 61], [13, 60], [12, 60]],  # around 3203
        [[9, 60], [9, 60.3], [9.3, 60.3], [9.3, 60], [9, 60]],  # an island
        [[8, 60], [8, 60.0001], [8.0001, 60.0001], [8, 60]],  # a rock
    ]
    found = {
        "type": "Topology",
        "arcs": arcs,
        "objects": {
            "Kommuner": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "MultiPolygon", "arcs": [[[0, 1, 2]], [[7]], [[8]]], "properties": {"kommunenummer": "0301"}},
                    {"type": "Polygon", "arcs": [[3, 4, 5, -2]], "properties": {"kommunenummer": 3201}},
                    {"type": "Polygon", "arcs": [[6, -5]], "properties": {"kommunenummer": "3203"}},
                    {"type": None, "properties": {"kommunenummer": "9999"}},
                ],
            }
        },
    }  # fmt: skip
    return json.dumps(found | more).encode()


def test_each_municipality_gets_a_path_and_rocks_are_left_out():
    found = shapes(topology())

    assert list(found.municipalities) == ["0301", "3201", "3203"]
    assert found.municipalities["0301"].count("M") == 2
    assert all(path.endswith("z") for path in found.municipalities.values())
    assert not re.search(r"[^\dMlhvz -]", "".join(found.municipalities.values()))


def test_only_the_border_between_counties_is_drawn_on_top():
    found = shapes(topology())

    assert found.counties.count("M") == 1
    assert "z" not in found.counties


def test_neighbours_still_meet():
    found = shapes(topology())

    def places_of(path):
        x, y, *steps = map(int, re.findall(r"-?\d+", path.partition("z")[0]))
        line = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            line.append((line[-1][0] + dx, line[-1][1] + dy))
        return set(line)

    shared = places_of(found.municipalities["0301"]) & places_of(found.municipalities["3201"])
    assert len(shared) == 2


def test_a_quantised_file_gives_the_same_shapes():
    plain = json.loads(topology())
    stepped = []
    for arc in plain["arcs"]:
        places = [(round(x * 10_000), round(y * 10_000)) for x, y in arc]
        steps = [places[0]]
        steps += [(b[0] - a[0], b[1] - a[1]) for a, b in zip(places, places[1:], strict=False)]  # noqa: RUF007
        stepped.append(steps)
    transform = {"scale": [0.0001, 0.0001], "translate": [0, 0]}

    assert shapes(topology(arcs=stepped, transform=transform)) == shapes(topology())


def test_a_municipality_that_is_only_a_rock_gets_a_mark():
    rock = {"type": "Polygon", "arcs": [[8]], "properties": {"kommunenummer": "1151"}}
    objects = json.loads(topology())["objects"]
    objects["Kommuner"]["geometries"].append(rock)

    assert shapes(topology(objects=objects)).municipalities["1151"].endswith("h10v10h-10z")


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (b"kommunenummer;navn", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b'{"type": "FeatureCollection", "features": []}', "found FeatureCollection"),
        (b"[]", "found list"),
        (topology(objects={}), "found no properties"),
        (topology(objects={"a": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "arcs": [[0]], "properties": {"KOMMUNENR": "0301"}}]}}), "found KOMMUNENR"),
        (topology(objects={"a": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "arcs": [[99]], "properties": {"kommunenummer": "0301"}}]}}), "found 99 in municipality 0301"),
        (topology(arcs=[[[1, 1], [1, 1]]] * 9), "found none"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_what_is_wrong(document, told):
    with pytest.raises(ValueError, match=told):
        shapes(document)


def test_missing_and_foreign_codes_are_listed():
    people = {"0301": 700_000, "3201": 130_000, "1103": 150_000}
    found = atlas(shapes(topology()), figures(people, hidden=["3201"]), places(people), "2023")

    assert found.missing == ("1103",)
    assert found.foreign == ("3203",)
    assert found.signs == ("class", "no-value")
    assert found.svg.count("<path") == 4  # two municipalities, and the county border twice
    assert "style" not in found.svg
    assert "id=" not in found.svg


def test_a_file_of_another_division_is_refused():
    people = {"1103": 150_000}

    with pytest.raises(ValueError, match="such as 1103, found 0301, 3201, 3203"):
        atlas(shapes(topology()), figures(people), places(people), "2023")


@needs_shared
def test_the_real_map_is_light_and_has_every_municipality():
    found = shapes((SHARED / "data/boundaries/kommuner-2024.topojson").read_bytes())

    assert len(found.municipalities) == 357
    assert all(found.municipalities.values())
    assert sum(map(len, found.municipalities.values())) + len(found.counties) < 100_000


def test_a_simplified_line_keeps_its_ends_and_its_corners():
    line = [(0, 0), (1, 0.1), (2, 0), (3, 5), (4, 0)]

    assert simplified(line, 1) == [(0, 0), (2, 0), (3, 5), (4, 0)]
    assert simplified([(0, 0), (5, 5), (0, 0)], 1) == [(0, 0), (5, 5), (0, 0)]
    assert area([(0, 0), (2, 0), (2, 2), (0, 2)]) == 4


def test_a_map_of_coverage_tells_has_from_has_not_and_from_not_known():
    people = {"0301": 700_000, "3201": 130_000, "3203": 90_000}
    told = replace(
        figures(people, hidden=["3203"]),
        kind="coverage",
        periods=("2023",),
        slices=(
            Slice(
                level="municipality",
                series=(
                    Series(area="0301", numerator=(700_000,), denominator=(700_000,)),
                    Series(area="3201", numerator=(0,), denominator=(130_000,)),
                    Series(area="3203", numerator=(None,), denominator=(90_000,)),
                ),
            ),
        ),
    )

    found = atlas(shapes(topology()), told, places(people), "2023")

    assert found.signs == ("offers", "offers-not", "no-value")
    assert found.bounds == ()
    assert found.svg.count(tokens.CLASSES[4]) == found.svg.count(tokens.CLASSES[0]) == 1
