"""A page with every chart, for our own eyes: `.venv/bin/python -m tests.plan.charts.gallery FOLDER`.

It writes gallery.html and, where Chromium is found, pictures of it: desktop, telephone, dark,
print and forced colours. A file of boundaries can be named after the folder.
"""

import csv
import os
import shutil
import sys
import tempfile
from pathlib import Path

import django
from django.template import Context, Template

from tests.plan.charts import samples
from veikart.adapters import drawing
from veikart.plan import charts
from veikart.plan.indicators import Target

ROOT = Path(__file__).resolve().parents[3]
REFERENCE = ROOT / "veikart/places/reference"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SLICE = 1500
"""Pixels that one picture is high."""
FIGURE = (
    '{% load charts %}<figure class="figure"><figcaption>{{ title }}</figcaption>'
    "{% chart picture labels %}</figure>"
)


def people():
    """The inhabitants of every municipality in 2024."""
    with (REFERENCE / "population.csv").open(encoding="utf-8") as file:
        return {
            row["municipality_code"]: int(row["population"])
            for row in csv.DictReader(file)
            if row["year"] == "2024"
        }


def pictures(folder, boundaries=None):
    """Every chart: its heading, its picture, and the words for its legend."""
    yield from _trends(folder)
    yield from _areas(folder, boundaries)


def _both(make, folder):
    return drawing.picture(make(narrow=False), make(narrow=True), folder=folder)


def _trends(folder):
    def both(make):
        return _both(make, folder)

    def trend(text=samples.DIGITAL_CONTACT, said=None, **found):
        one, other = samples.indicator(**(said or {})), samples.result(text, **found)
        return both(lambda narrow: charts.trend(one, other, narrow=narrow))

    months = "period | value\n" + "\n".join(
        f"{2020 + n // 12}-{n % 12 + 1:02} | {0.004 + n * 0.0004 + 0.001 * (n % 5)}"
        for n in range(57)
        if not 20 < n < 24
    )
    visits = """
    period | value
    2016 | 12700000
    2018 | 25600000
    2019 | 37200000
    2020 | 72900000
    2021 | 140900000
    2022 | 115900000
    2023 | 109500000
    """
    milestone = (*samples.indicator().targets, Target(no=2, year=2026, value=0.7))
    no_target = {"targets": (), "baseline_period": None}
    kept = {
        "targets": (Target(no=1, year=2027, value=0.45, upper=0.65, kind="band"),),
        "baseline_period": None,
    }
    floor = {"targets": (Target(no=1, year=2027, value=0.5, kind="keep"),), "baseline_period": None}
    yield (
        "All of it: path, milestone, break, forecast",
        trend(said={"targets": milestone, "breaks": (samples.BREAK,)}, forecast=samples.FORECAST),
        (),
    )
    yield "With a forecast", trend(forecast=samples.FORECAST), ()
    yield "No target", trend(said=no_target), ()
    yield "A band that is to be kept", trend(said=kept), ()
    yield "A floor that is to be kept", trend(said=floor), ()
    yield "One point", trend("period | value | lower | upper\n2023 | 0.57 | 0.52 | 0.62"), ()
    yield (
        "Months with a gap",
        trend(months, said={**no_target, "kind": "share", "cadence": "monthly"}),
        (),
    )
    yield (
        "Large numbers with a year missing",
        trend(visits, said={**no_target, "kind": "count"}),
        (),
    )
    yield (
        "Coverage of municipalities",
        drawing.picture(charts.coverage(samples.COVERAGE, of="units"), folder=folder),
        (),
    )
    yield (
        "Coverage of inhabitants",
        drawing.picture(charts.coverage(samples.COVERAGE, of="people"), folder=folder),
        (),
    )
    for measure in ("gap", "ratio", "gini", "slope"):
        yield (
            measure,
            drawing.picture(
                charts.inequality(samples.SPREAD, measure, kind="share"), folder=folder
            ),
            (),
        )


def _areas(folder, boundaries):
    def both(make):
        return _both(make, folder)

    inhabitants = people()
    figures = samples.figures(
        inhabitants,
        silent=[c for n, c in enumerate(inhabitants) if n % 11 == 5],
        hidden=[c for n, c in enumerate(inhabitants) if n % 29 == 7],
    )
    grouped = samples.indicator(kind="share", **samples.GROUPED)
    yield (
        "Areas",
        both(lambda narrow: charts.areas(grouped, figures, level="county", narrow=narrow)),
        ("Oslo", "Finnmark"),
    )
    yield (
        "Groups",
        both(lambda narrow: charts.groups(grouped, figures, "age", narrow=narrow)),
        tuple(f"{c} år" for c in samples.GROUPS),
    )
    once = samples.figures(inhabitants, periods=("2023",))
    yield (
        "Groups in one period",
        both(lambda narrow: charts.groups(grouped, once, "age", narrow=narrow)),
        tuple(f"{c} år" for c in samples.GROUPS),
    )
    where = samples.places(inhabitants)
    yield (
        "Municipalities",
        both(lambda narrow: charts.dots(figures, where, "2023", narrow=narrow)),
        (),
    )
    yield "Counties", drawing.picture(charts.tiles(figures, where, "2023"), folder=folder), ()
    if boundaries:
        yield from _map(figures, where, Path(boundaries))


def _map(figures, where, boundaries):
    drawn = drawing.map_picture(figures, where, "2023", boundaries=boundaries)
    yield "Map", drawn, ()


SMALL = (
    "Coverage of municipalities",
    "Coverage of inhabitants",
    "gap",
    "ratio",
    "gini",
    "slope",
    "Counties",
)


def page(folder, boundaries=None):
    """The whole gallery as HTML, with the built style sheet beside it."""
    built = ROOT / "veikart/design/static/built"
    for file in [*built.glob("*.css"), *built.glob("*.woff2")]:
        shutil.copy(file, folder)
    sheet = next(built.glob("veikart.*.css")).name
    parts, small = [], []
    with tempfile.TemporaryDirectory() as kept:
        for title, picture, labels in pictures(Path(kept), boundaries):
            sizes = [len(drawn) for drawn in (picture.wide, picture.narrow) if drawn]
            sys.stdout.write(f"{title}: {sizes} {picture.problem or ''}\n")
            html = Template(FIGURE).render(
                Context({"title": title, "picture": picture, "labels": labels})
            )
            if title in SMALL:
                small.append(html)
                continue
            parts += [f'<div class="charts">{"".join(small)}</div>', html] if small else [html]
            small = []
        parts.append(f'<div class="charts">{"".join(small)}</div>')
        spark = drawing.svg(charts.spark(samples.indicator(), samples.result()), folder=Path(kept))
    parts.insert(0, f'<p>Small: <span class="spark">{spark}</span></p>')
    (folder / "gallery.html").write_text(
        f'<!doctype html><html lang="nb" data-color-scheme="auto" data-size="md"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="{sheet}"><body data-size="md"><main class="in">{"".join(parts)}</main>',
        encoding="utf-8",
    )


def shots(folder):
    """Pictures of the gallery as people meet it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only for the pictures)

    looks = {
        "desktop": ({"width": 1000, "height": 800}, {}),
        "telephone": ({"width": 320, "height": 700}, {}),
        "dark": ({"width": 1000, "height": 800}, {"color_scheme": "dark"}),
        "print": ({"width": 800, "height": 1100}, {"media": "print"}),
        "forced": ({"width": 1000, "height": 800}, {"forced_colors": "active"}),
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, (size, media) in looks.items():
            page = browser.new_page(viewport=size)
            page.emulate_media(**media)
            page.goto((folder / "gallery.html").as_uri())
            page.wait_for_timeout(200)
            tall = page.evaluate("document.documentElement.scrollHeight")
            for number, top in enumerate(range(0, tall, SLICE)):
                clip = {"x": 0, "y": top, "width": size["width"], "height": min(SLICE, tall - top)}
                path = folder / f"{name}-{number}.png"
                page.screenshot(path=path, full_page=True, clip=clip)
            page.close()
        browser.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veikart.config.settings")
    django.setup()
    to = Path(sys.argv[1])
    to.mkdir(parents=True, exist_ok=True)
    page(to, *sys.argv[2:3])
    if shutil.which("chromium"):
        shots(to)
