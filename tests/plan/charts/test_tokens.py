"""The colours of charts stand out, are recoloured by the style sheet, and every sign has words."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from veikart.adapters.drawing import Picture
from veikart.design.templatetags import charts
from veikart.plan.charts import tokens

SHEET = Path(charts.__file__).parents[1] / "styles/70-charts.css"
FOUNDATION = SHEET.with_name("10-foundation.css")
BANDS = ("band", "forecast", "unknown", "aim")


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def scheme(number):
    """The colours of the light (0) or the dark (1) scheme by name, and the paper under them."""
    sheet = SHEET.read_text().split("@media print")[0].split("@media screen")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", sheet[number]))
    paper = re.findall(r"--paper: (#[0-9a-f]{3,6})", FOUNDATION.read_text())[number]
    return colours, "#ffffff" if paper == "#fff" else paper


def all_tokens():
    found = {
        value for value in vars(tokens).values() if isinstance(value, str) and value.startswith("#")
    }
    return found | {look.hue for look in tokens.LOOKS} | set(tokens.CLASSES)


def test_every_colour_of_a_chart_is_recoloured_and_no_other():
    named = set(re.findall(r'="(#[0-9a-f]{6})"', SHEET.read_text()))

    assert named == all_tokens()


def test_the_light_scheme_is_the_colours_themselves():
    colours, _ = scheme(0)

    assert set(colours.values()) | {tokens.PAPER} == all_tokens()


@pytest.mark.parametrize("number", [0, 1])
def test_lines_and_numbers_stand_out(number):
    colours, paper = scheme(number)
    least = {"chart-ink": 4.5, "chart-quiet": 4.5, "chart-target": 4.5}
    lines = [n for n in colours if n.startswith("chart-") and n[6:] not in (*BANDS, "grid")]

    assert len(lines) == 11
    for name in lines:
        wanted = 4.5 if name[6:].isdigit() else least.get(name, 3)
        assert contrast(colours[name], paper) >= wanted, name
    for band in BANDS:
        assert contrast(colours["chart-measured"], colours[f"chart-{band}"]) >= 3, band


@pytest.mark.parametrize("number", [0, 1])
def test_numbers_in_tiles_can_be_read(number):
    colours, _ = scheme(number)

    for level in range(1, 6):
        ink = colours["class-low" if level <= 3 else "class-high"]
        assert contrast(ink, colours[f"class-{level}"]) >= 4.5, level


@pytest.mark.parametrize("number", [0, 1])
def test_classes_run_one_way_from_paper(number):
    colours, paper = scheme(number)
    away = [contrast(colours[f"class-{level}"], paper) for level in range(1, 6)]

    assert away == sorted(away)


def test_each_sign_is_drawn_in_the_colours_of_the_charts():
    signs = [
        *charts.WORDS,
        *(f"group-{n}" for n in range(1, 7)),
        *(f"class-{n}" for n in range(1, 6)),
    ]

    for sign in signs:
        drawn = render_to_string("design/chart_sign.html", {"sign": sign})
        used = set(re.findall(r"#[0-9a-f]{6}", drawn))
        assert used, sign
        assert used <= all_tokens(), sign


def test_groups_and_their_signs_have_the_same_dashes():
    for number, look in enumerate(tokens.LOOKS, 1):
        drawn = render_to_string("design/chart_sign.html", {"sign": f"group-{number}"})
        dash = re.search(r'stroke-dasharray="([\d,]+)"', drawn)

        assert (dash[1] if dash else "") == ",".join(map(str, look.dash))
        assert look.hue in drawn


def test_a_legend_names_its_groups_areas_and_classes():
    picture = Picture(
        wide="", narrow=None, signs=("nation", "best", "group-2", "class"), names=("03", "k"),
        bounds=(0, 0.1, 0.2), percent=True,
    )  # fmt: skip

    texts = [entry["text"] for entry in charts.legend(picture, ["Oslo", "Kvinner"])]
    assert texts[1].endswith(": Oslo")
    assert texts[2:] == ["Kvinner", "0–10\u202f%", "10–20\u202f%"]


def test_a_chart_that_could_not_be_drawn_points_to_its_table():
    page = render_to_string(
        "design/chart.html", charts.chart(Picture(wide=None, narrow=None, problem="x"))
    )

    assert "<svg" not in page
    assert "chart-missing" in page


def test_a_legend_counts_as_its_drawing_does():
    picture = Picture(wide="", narrow=None, signs=("class",), bounds=(0, 500_000, 10**6), power=3)

    assert [entry["text"] for entry in charts.legend(picture)] == ["0–500", "500–1\u202f000"]


def test_a_map_of_coverage_says_has_and_has_not():
    picture = Picture(wide="", narrow=None, signs=("offers", "offers-not", "no-value"))

    with translation.override("en"):
        entries = [(entry["sign"], entry["text"]) for entry in charts.legend(picture)]

    assert entries == [
        ("class-5", "Has it"),
        ("class-1", "Does not have it"),
        ("no-value", "Not known, or not shown"),
    ]


@pytest.mark.parametrize(("language", "shown"), [("nb", "12 034,5 %"), ("en", "12 034.5 %")])
def test_a_drawing_has_the_decimal_sign_of_the_language_and_its_coordinates_stay(language, shown):
    drawing = '<path d="M1,8H31"/><text x="1,5">12 034,5 %</text><text>a, b</text>'

    with translation.override(language):
        lettered = charts.lettered(drawing)

    assert lettered == drawing.replace("12 034,5 %", shown)
