"""Calendars, the feed of decisions and OParl: the same live and published, and nothing that is withheld."""

import icalendar
import msgspec
import pytest
from django.test import Client

from tests.opendata.councils import council_plan
from tests.pages.readings import alone
from veikart.editions import queries
from veikart.publishing import council_data
from veikart.publishing.site import site_files


@pytest.fixture
def reading():
    return alone("nb", council_plan())


def test_every_calendar_feed_and_document_is_a_published_file(reading):
    files = {file.path: file for file in site_files(reading.shelved, (reading.shelved,))}

    assert {"organ/nuit/moter.ics", "nn/organ/nuit/moter.ics", "en/vedtak/atom.xml"} <= set(files)
    assert msgspec.json.decode(files["data/oparl/1.1/system.json"].make())["name"] == "Veikart"
    assert not [path for path in files if path.startswith(("nn/data/oparl", "en/data/oparl"))]


@pytest.mark.parametrize(
    ("language", "title"),
    [("nb", "NUIT, møte 1/2026"), ("nn", "NUIT, møte 1/2026"), ("en", "NUIT, meeting 1/2026")],
)
def test_a_calendar_speaks_the_readers_language(language, title):
    content = council_data.calendar(alone(language, council_plan()), "organ/nuit")

    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(event["summary"]).replace("Prioriteringsutvalget", "NUIT") == title


def test_a_body_that_is_not_in_the_edition_has_no_calendar(reading):
    with pytest.raises(LookupError, match="Expected a body"):
        council_data.calendar(reading, "organ/ukjent")


def test_live_and_published_say_the_same(reading, monkeypatch):
    monkeypatch.setattr(queries, "editions", lambda: [reading.shelved])
    files = {file.path: file for file in site_files(reading.shelved, (reading.shelved,))}

    paths = ["organ/nuit/moter.ics", "vedtak/atom.xml", "data/oparl/1.1/mote/nuit/1-2026.json"]
    live = {path: Client().get(f"/{path}") for path in paths}

    assert {path: answer.content for path, answer in live.items()} == {
        path: files[path].make() for path in paths
    }
    assert [answer["Content-Type"].partition(";")[0] for answer in live.values()] == [
        "text/calendar", "application/atom+xml", "application/json",
    ]  # fmt: skip
    assert Client().get("/data/oparl/1.1/finnes-ikke.json").status_code == 404


def test_a_plan_without_councils_has_no_such_files():
    plan = council_plan(bodies=(), seats=(), meetings=(), cases=(), papers=(), decisions=())
    files = site_files(alone("nb", plan).shelved, ())

    assert [
        f.path for f in files if "oparl" in f.path or f.path.endswith((".ics", "atom.xml"))
    ] == []
