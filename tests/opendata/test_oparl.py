"""The councils as OParl 1.1: what the schemas ask, links that lead somewhere, and the words of our own."""

import datetime as dt

import jsonschema
import pytest

from tests.opendata.councils import council_plan
from tests.opendata.oparl_rules import OBJECTS, page_schema, schema
from veikart.opendata import oparl
from veikart.plan.paper_names import file_path

SITE = "https://veikart.example.no"
LISTS = {
    "korperskap": "Body", "organisasjoner": "Organization", "personer": "Person", "plasser": "Membership",
    "moter": "Meeting", "dagsordenlinjer": "AgendaItem", "saker": "Paper", "behandlinger": "Consultation",
    "filer": "File", "steder": "Location", "perioder": "LegislativeTerm",
}  # fmt: skip


@pytest.fixture(scope="module")
def plan():
    return council_plan()


@pytest.fixture(scope="module")
def documents(plan):
    return dict(oparl.documents(plan, site=SITE))


def objects(documents):
    return {path: found for path, found in documents.items() if "/lister/" not in path}


def test_every_object_follows_the_schema_of_its_type(documents):
    seen = set()
    for path, found in objects(documents).items():
        name = found["type"].rpartition("/")[2]
        seen.add(name)
        jsonschema.validate(found, schema(name), cls=jsonschema.Draft7Validator)
        assert found["id"] == f"{SITE}/data/{path}"

    assert seen == set(OBJECTS) - {"LegislativeTerm"}


def test_every_page_of_a_list_follows_the_schema_and_leads_to_the_next(documents):
    pages = {path: found for path, found in documents.items() if "/lister/" in path}

    for path, page in pages.items():
        name = path.rpartition("/")[2].rpartition("-")[0]
        jsonschema.validate(page, page_schema(LISTS[name]), cls=jsonschema.Draft7Validator)
        assert page["links"]["self"] == f"{SITE}/data/{path}"
    assert {path.rpartition("/")[2].rpartition("-")[0] for path in pages} == set(LISTS)


def test_every_link_within_the_interface_leads_to_a_document_or_a_file(plan, documents):
    with_file = [paper for paper in plan.council.papers if paper.sha256]
    files = {f"{SITE}/data/{file_path(paper)}" for paper in with_file}
    known = {f"{SITE}/data/{path}" for path in documents} | files

    missing = {link for found in documents.values() for link in links(found)} - known

    assert missing == set()


def links(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from links(one)
    elif isinstance(value, list):
        for one in value:
            yield from links(one)
    elif isinstance(value, str) and value.startswith(f"{SITE}/data/"):
        yield value


def test_a_case_that_is_only_discussed_says_so_where_the_word_is_free(documents):
    paper = documents["oparl/1.1/sak/nuit/2-26.json"]
    (consultation,) = paper["consultation"]

    assert (consultation["role"], consultation["authoritative"]) == ("Drøfting", False)
    assert (paper["veikart:caseType"], paper["reference"]) == ("discussion", "2/26")


def test_a_path_through_bodies_is_papers_above_and_below(documents):
    first = documents["oparl/1.1/sak/nufa/4-26.json"]
    second = documents["oparl/1.1/sak/nuit/2-26.json"]

    assert first["subordinatedPaper"] == [second["id"]]
    assert second["superordinatedPaper"] == [first["id"]]


def test_a_withheld_case_is_a_line_that_is_not_public(documents):
    meeting = documents["oparl/1.1/mote/nuit/1-2026.json"]
    items = {item["order"]: item for item in meeting["agendaItem"]}

    assert items[3]["public"] is False
    assert items[3]["veikart:basis"] == "offentleglova § 13"
    assert "name" not in items[3]
    assert [item["order"] for item in meeting["agendaItem"]] == [1, 3]  # a break is no item


def test_times_are_oslo_time_and_a_seat_ends_on_its_last_day(documents):
    meeting = documents["oparl/1.1/mote/nuit/1-2026.json"]
    seat = documents["oparl/1.1/organ/nuit/plass/1.json"]

    assert meeting["start"] == "2026-06-09T10:30:00+02:00"
    assert (seat["startDate"], seat["endDate"]) == ("2024-01-01", "2025-12-31")


def test_a_list_of_more_than_a_page_is_split(plan, monkeypatch):
    monkeypatch.setattr(oparl, "PAGE", 1)

    found = dict(oparl.documents(plan, site=SITE))

    last = found["oparl/1.1/lister/moter-3.json"]
    assert last["links"]["prev"].endswith("/lister/moter-2.json")
    assert "next" not in last["links"]
    assert last["pagination"]["totalPages"] == 3


def test_a_file_is_there_only_with_its_content(documents):
    (file,) = documents["oparl/1.1/sak/nuit/2-26.json"]["auxiliaryFile"]

    assert (file["fileName"], file["size"], file["mimeType"]) == ("notat.pdf", 7, "application/pdf")
    assert file["veikart:sha256"] == "ab" * 32


def test_everything_changed_when_the_edition_was_frozen(plan, documents):
    assert {found["modified"] for found in objects(documents).values()} == {
        plan.head.frozen_at.isoformat(timespec="seconds")
    }
    assert plan.head.frozen_at.tzinfo is dt.UTC
