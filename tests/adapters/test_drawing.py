"""Charts drawn to SVG: the same bytes each time, kept once, safe in a page, and never by the web worker."""

import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plan.charts.samples import (
    COVERAGE,
    FORECAST,
    GROUPED,
    SPREAD,
    figures,
    indicator,
    places,
    result,
)
from tests.plan.charts.test_boundaries import topology
from veikart.adapters import drawing
from veikart.adapters.drawing import DrawingFailed
from veikart.plan import charts
from veikart.plan.charts.sketch import NotOurs, sketch

PEOPLE = {"0301": 717_710, "4601": 291_940, "1103": 149_048, "1151": 212}
TREND = charts.trend(indicator(), result(forecast=FORECAST))
NONSENSE = {"mark": "nonsense"}


def every_chart():
    found, where = figures(PEOPLE, silent=["1151"]), places(PEOPLE)
    said = indicator(kind="share", **GROUPED)
    for narrow in (False, True):
        yield charts.trend(indicator(), result(forecast=FORECAST), narrow=narrow)
        yield charts.trend(indicator(), result("period | value"), narrow=narrow)
        yield charts.areas(said, found, level="county", narrow=narrow)
        yield charts.groups(said, found, "age", narrow=narrow)
        yield charts.groups(said, figures(PEOPLE, periods=("2023",)), "age", narrow=narrow)
        yield charts.dots(found, where, "2023", narrow=narrow)
    yield charts.spark(indicator(), result())
    yield charts.coverage(COVERAGE, of="units")
    yield charts.coverage(COVERAGE[:1], of="people")
    yield charts.inequality(SPREAD, "slope", kind="share")
    yield charts.tiles(found, where, "2023")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Every chart drawn into one folder, as the calculation draws them."""
    folder = tmp_path_factory.mktemp("charts")
    return [drawing.svg(specification, folder=folder) for specification in every_chart()]


def test_every_chart_is_light_well_formed_and_safe_in_a_page(drawn):
    for svg in drawn:
        elements = {element.tag.partition("}")[2] for element in ElementTree.fromstring(svg).iter()}
        assert elements <= {"svg", "g", "path", "circle", "text"}
        assert not re.search(r"style=|class=|id=|url\(|href|<script", svg)
        assert len(svg) < 12_000


def test_charts_hold_numbers_and_no_words(drawn):
    for svg in drawn:
        for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
            assert re.fullmatch(r"−?[\d\u2009]+(,\d)?(\u202f%)?", element.text), element.text


def test_charts_use_only_the_colours_that_pages_recolour(drawn):
    told = set(re.findall(r"#[0-9a-f]{6}", str(vars(charts.tokens))))

    for svg in drawn:
        assert set(re.findall(r"#\w+", svg)) <= told


def test_our_own_drawing_is_vegas_to_the_byte(drawn):
    pen = drawing._pen()

    for specification, svg in zip(every_chart(), drawn, strict=True):
        assert pen.draw(charts.canonical(specification)) == svg


@pytest.mark.parametrize("shape", sorted({look.shape for look in charts.tokens.LOOKS}))
def test_our_own_marks_are_vegas_to_the_byte(shape):
    marks = [layer for layer in TREND["layer"] if layer["mark"]["type"] == "point"]
    layers = [layer | {"mark": layer["mark"] | {"shape": shape}} for layer in marks]
    specification = TREND | {"layer": layers}

    assert drawing._pen().draw(charts.canonical(specification)) == sketch(specification)


@settings(max_examples=12)
@given(
    st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=9),
    st.sampled_from(["share", "count", "coverage"]),
    st.sampled_from([1, 1000, 7e6]),
    st.booleans(),
)
def test_our_own_drawing_of_any_series_is_vegas_to_the_byte(values, kind, times, narrow):
    by = times if kind == "count" else 1
    text = "period | value\n" + "\n".join(
        f"{2015 + n} | {'' if value is None else value * by}" for n, value in enumerate(values)
    )
    specification = charts.trend(indicator(kind=kind), result(text), narrow=narrow)

    assert drawing._pen().draw(charts.canonical(specification)) == sketch(specification)


def test_a_chart_is_drawn_once_and_then_read(tmp_path, monkeypatch):
    first = drawing.svg(TREND, folder=tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    drawing._remembered.cache_clear()
    monkeypatch.setattr(drawing, "sketch", lambda _: pytest.fail("drawn again"))

    assert drawing.svg(TREND, folder=tmp_path) == first


def test_a_drawing_that_was_cut_off_is_never_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("full")))

    with pytest.raises(OSError, match="full"):
        drawing.keep(tmp_path, "a.svg", "<svg/>")
    assert list(tmp_path.iterdir()) == []


def test_a_chart_that_cannot_be_drawn_leaves_the_page_its_table(tmp_path):
    with pytest.raises(DrawingFailed, match="could not be drawn"):
        drawing.svg(NONSENSE, folder=tmp_path)

    shown = drawing.picture(NONSENSE, folder=tmp_path)
    assert shown.wide is None
    assert shown.problem
    assert list(tmp_path.iterdir()) == []


def test_a_pen_that_was_put_down_is_taken_up_again():
    pen = drawing._pen()
    first = pen.draw(charts.canonical(TREND))
    pen._process.kill()
    pen._process.wait()

    assert pen.draw(charts.canonical(TREND)) == first


def test_a_picture_tells_the_page_what_to_explain(tmp_path):
    shown = drawing.picture(TREND, charts.spark(indicator(), result()), folder=tmp_path)

    assert shown.signs == ("measured", "interval", "baseline", "path", "target", "forecast")
    assert shown.percent
    assert 'viewBox="0 0 688 340"' in shown.wide
    assert 'viewBox="0 0 132 36"' in shown.narrow


def test_a_web_worker_never_loads_the_renderer():
    asked = (
        "import sys; import veikart.adapters.drawing, veikart.plan.charts; "
        "print([name for name in ('vl_convert', 'duckdb', 'ibis') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_the_map_comes_from_the_operators_file_and_follows_it(tmp_path):
    people = {"0301": 700_000, "3201": 130_000, "1103": 150_000}
    file = tmp_path / "kommuner.topojson"
    file.write_bytes(topology())
    shown = drawing.map_picture(figures(people), places(people), "2023", boundaries=file)

    assert shown.wide.startswith("<svg")
    assert (shown.missing, shown.foreign) == (("1103",), ("3203",))

    file.write_bytes(b"{}")
    broken = drawing.map_picture(figures(people), places(people), "2023", boundaries=file)
    assert broken.wide is None
    assert "Expected a TopoJSON file" in broken.problem


def test_a_map_whose_file_is_gone_says_so(tmp_path):
    shown = drawing.map_picture(figures({}), places({}), "2023", boundaries=tmp_path / "none")

    assert shown.wide is None
    assert "none" in shown.problem


def test_words_are_refused_by_our_own_drawing_too(tmp_path):
    rows = [{"t": "kommuner"}]
    mark = {"type": "text", "baseline": "middle", "fontSize": 14, "fill": "#000000"}
    encoding = {"x": {"value": 1}, "y": {"value": 1}, "text": {"field": "t"}}
    layer = {"data": {"values": rows}, "mark": mark, "encoding": encoding}

    with pytest.raises(DrawingFailed, match="kommuner"):
        drawing.svg(TREND | {"layer": [layer]}, folder=tmp_path)


def test_what_is_not_ours_is_left_to_vega():
    other = {"data": {"values": [{}]}, "mark": {"type": "arc"}, "encoding": {}}

    with pytest.raises(NotOurs, match="found arc"):
        sketch(TREND | {"layer": [other]})
    with pytest.raises(NotOurs, match="padding"):
        sketch(NONSENSE)


BAND = {"type": "area", "fill": "#1f2d3d", "line": False}
ACROSS = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1]}}


@pytest.mark.parametrize(
    ("mark", "across", "told"),
    [
        ({"interpolate": "step"}, {}, "interpolate"),
        ({"opacity": 0.5}, {}, "opacity"),
        ({"line": True}, {}, "line"),
        ({}, {"sort": "descending"}, "sort"),
        ({}, {"scale": {"domain": [1, 9], "type": "log"}}, "type"),
        ({}, {"scale": {"domain": [1, 9], "nice": True}}, "nice"),
    ],
)
def test_what_would_be_passed_over_is_left_to_vega(mark, across, told):
    rows = [{"x": 0.1, "y": 1, "y2": 0}, {"x": 0.9, "y": 0, "y2": 1}]
    encoding = {"x": ACROSS | across, "y": ACROSS | {"field": "y"}, "y2": {"field": "y2"}}
    layer = {"data": {"values": rows}, "mark": BAND, "encoding": encoding}
    sketch(TREND | {"layer": [layer | {"encoding": encoding | {"x": ACROSS}}]})

    with pytest.raises(NotOurs, match=told):
        sketch(TREND | {"layer": [layer | {"mark": BAND | mark}]})
