"""The figures of indicators as downloads: live, published, and of an edition."""

import datetime as dt
import json

import pytest
from django.test import Client
from msgspec.structs import replace

from tests.indicators import samples
from tests.publishing.plans import small_plan
from veikart.editions import queries, shelf
from veikart.editions.models import Edition, State
from veikart.editions.queries import Shelved
from veikart.indicators import shelf as figures_shelf
from veikart.opendata import formats
from veikart.people.models import User
from veikart.people.services import make_demo_accounts
from veikart.plan import codec, figures
from veikart.publishing import indicator_data
from veikart.publishing.site import site_files


def plan_with_figures(number="2026-1"):
    """The sample plan with the figures of 2.1 on the shelf, under their true hash."""
    kept = figures_shelf.keep_figures(figures.encode(samples.consultations_figures()))
    plan = samples.with_indicators(small_plan(number=number))
    results = tuple(
        replace(result, figures=kept) if result.indicator == "indikator/2.1" else result
        for result in plan.indicators.results
    )
    return replace(plan, indicators=replace(plan.indicators, results=results))


@pytest.fixture
def approved(db):
    """An approved edition whose plan has figures."""
    make_demo_accounts()
    approver = User.objects.get(role="approver")
    content = codec.encode(plan_with_figures())
    name = shelf.edition_name("2026-1")
    shelf.keep(name, content)
    return Edition.objects.create(
        number="2026-1",
        year=2026,
        serial=1,
        title="Veikart",
        state=State.APPROVED,
        as_of=dt.date(2026, 8, 1),
        sha256=codec.fingerprint(content),
        file_name=name,
        frozen_by=approver,
        frozen_at=dt.datetime(2026, 8, 2, tzinfo=dt.UTC),
        approved_by=approver,
        approver_name="Ola",
        approved_body="Rådet",
        approved_on=dt.date(2026, 9, 4),
    )


@pytest.mark.parametrize("ending", list(formats.FORMATS))
def test_figures_are_fetched_of_the_edition_in_force_and_of_an_edition(approved, ending):
    now = Client().get(f"/data/indikator/2.1.{ending}")
    then = Client().get(f"/utgaver/2026-1/indikator/2.1.{ending}")

    made = indicator_data.published(queries.plan("2026-1"), "2.1", "nb")
    assert now.content == then.content == formats.write(made, ending)
    assert now["Content-Type"] == formats.FORMATS[ending].media_type
    assert now["Content-Disposition"] == f'attachment; filename="indikator-2.1-2026-1.{ending}"'


def test_labels_follow_the_language_of_the_address(approved):
    dataset = json.loads(Client().get("/en/data/indikator/2.1.json").content)

    assert dataset["dimension"]["area"]["category"]["label"]["NO"] == "Norway"


@pytest.mark.parametrize(
    "path",
    [
        "/data/indikator/9.9.csv",
        "/data/indikator/1.4.csv",
        "/data/indikator/2.1.doc",
        "/utgaver/2026-9/indikator/2.1.csv",
    ],
)
def test_what_has_no_figures_is_not_found(approved, path):
    assert Client().get(path).status_code == 404


def test_the_list_tells_where_figures_are_and_where_there_are_none(approved, settings):
    listed = json.loads(Client().get("/data/indikatorer.json").content)
    by_code = {entry["code"]: entry for entry in listed["indicators"]}

    assert list(by_code) == ["1.1", "1.2", "1.3", "1.4", "2.1", "3.1"]
    assert by_code["2.1"]["files"]["csv"] == f"{settings.ADDRESS}/data/indikator/2.1.csv"
    assert by_code["2.1"]["latest"]["period"] == "2024"
    assert by_code["1.4"]["files"] == {}
    assert by_code["1.4"]["latest"] is None


def test_figures_of_an_edition_that_waits_are_for_those_who_may_read_it(approved):
    waiting = codec.encode(plan_with_figures("2026-2"))
    shelf.keep(shelf.edition_name("2026-2"), waiting)
    editor = User.objects.get(role="editor")
    Edition.objects.create(
        number="2026-2",
        year=2026,
        serial=2,
        title="Veikart",
        state=State.FROZEN,
        as_of=dt.date(2026, 9, 1),
        sha256=codec.fingerprint(waiting),
        file_name=shelf.edition_name("2026-2"),
        frozen_by=editor,
        frozen_at=dt.datetime(2026, 9, 2, tzinfo=dt.UTC),
        previous=approved,
        previous_sha256=approved.sha256,
    )
    known = Client()
    known.force_login(editor)

    answer = known.get("/utgaver/2026-2/indikator/2.1.csv")

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert Client().get("/utgaver/2026-2/indikator/2.1.csv").status_code == 404


def test_the_published_site_holds_each_file_in_each_language():
    content = codec.encode(plan_with_figures())
    shelf.keep(shelf.edition_name("2026-1"), content)
    edition = Shelved(
        number="2026-1",
        title="Veikart",
        state="approved",
        as_of=dt.date(2026, 8, 1),
        sha256=codec.fingerprint(content),
        approved_by="Ola",
        approved_body="Rådet",
        approved_on=dt.date(2026, 9, 4),
        file_name=shelf.edition_name("2026-1"),
    )

    made = {file.path: file for file in site_files(edition, (edition,))}

    figures_of = {f"indikator/2.1.{ending}" for ending in formats.FORMATS}
    for folder in ("data", "nn/data", "en/data", "utgaver/2026-1"):
        assert {f"{folder}/{name}" for name in figures_of} <= set(made)
    assert {"data/indikatorer.json", "utgaver/2026-1/data/indikatorer.json"} <= set(made)
    assert "data/indikator/1.4.csv" not in made
    assert made["data/indikator/2.1.csv"].make().startswith("\ufeffperiod,level,area".encode())
