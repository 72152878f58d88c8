"""The register of decisions as downloads: whole, safe to open, and the same live and published."""

import csv
import datetime as dt
import io
import json

import openpyxl
import pytest
from django.test import Client
from msgspec.structs import replace

from tests.pages.readings import alone
from tests.plan import council_samples as councils
from tests.plan.samples import sample
from veikart.council import services as council
from veikart.editions import services as editions
from veikart.opendata.decision_register import ENDINGS, SCHEMA
from veikart.people.models import User
from veikart.people.services import make_demo_accounts
from veikart.plan.council import Dissent
from veikart.publishing import decision_data
from veikart.publishing.site import site_files

FORMULAS = ("=1+1", "+47 22", "-cmd", "@SUM(A1)", '=HYPERLINK("http://x")')


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def written(ending, plan=None, language="en"):
    reading = alone(language, plan or councils.decided_plan())
    return decision_data.written(reading, "vedtak", ending)


def test_each_decision_is_a_row_with_its_case_its_effects_and_what_became_of_it():
    head, _approval, asked, *_others = read_csv(written("csv"))

    assert dict(zip(head, asked, strict=True)) == {
        "Id": "sak/rad/13-26/vedtak",
        "Body": "Nasjonalt e-helseråd",
        "Case number": "13/26",
        "Case": "Rapportering",
        "Type of case": "Endorsement",
        "Decided on": "2026-06-04",
        "Meeting": "mote/rad/2-2026",
        "Title": "",
        "Decision": "Rådet ber om forenklet rapportering.",
        "Proposed decision": "",
        "Result": "As proposed",
        "Votes for": "",
        "Votes against": "",
        "Blank votes": "",
        "Dissent": "",
        "Effects": "Asks for a change: delmal/1A – Forenkles.\n"
        "Asks that what was said is taken along: mal/1",
        "The case is about": "leveranse/101",
        "Follow-up": "Overdue",
        "Open follow-ups": "2",
        "Overdue follow-ups": "1",
        "Next deadline": "2026-08-30",
        "Source": "",
    }


def test_csv_and_workbook_say_the_same_and_numbers_are_numbers():
    table = read_csv(written("csv"))
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx"))).active

    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert [["" if cell is None else str(cell) for cell in row] for row in rows] == table
    assert isinstance(rows[1][rows[0].index("Open follow-ups")], int)


def test_json_has_the_plans_own_names_and_the_schema():
    made = json.loads(written("json"))

    assert (made["schema"], made["edition"], made["as_of"]) == (SCHEMA, "2026-1", "2026-08-31")
    asked = made["decisions"][1]
    assert asked["decision"]["uid"] == councils.ASKED
    assert (asked["decided_on"], asked["standing"]) == ("2026-06-04", "overdue")
    assert asked["case"] == {"number": "13/26", "title": "Rapportering", "type": "endorsement"}
    assert [one["due"] for one in asked["follow_ups"]] == ["2026-08-31", "2026-08-30"]
    assert len(made["decisions"]) == 5


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_run_as_a_formula(text):
    plan = councils.decided_plan()
    asked = plan.index.decisions[councils.ASKED]
    evil = replace(asked, text=text, title=text, dissents=(Dissent(no=1, who=text, text=text),))
    changed = councils.with_decisions(plan, evil)

    row = read_csv(written("csv", changed))[2]
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx", changed))).active

    assert [row[7], row[8]] == [f"'{text}"] * 2
    assert row[14] == f"'{text} – {text}"
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells} <= {"s", "n"}


def test_heads_and_words_are_in_the_language_and_json_in_none():
    norwegian = read_csv(written("csv", language="nb"))[0]

    assert norwegian[0] == "Id"
    assert norwegian != read_csv(written("csv"))[0]
    assert written("json", language="nb") == written("json")


def test_the_register_is_published_as_it_is_answered():
    reading = alone("nb", councils.decided_plan())
    files = {file.path: file for file in site_files(reading.shelved, reading.editions)}

    for ending in ENDINGS:
        made = decision_data.written(reading, "vedtak", ending)
        assert files[f"data/vedtak.{ending}"].make() == made
        assert files[f"utgaver/2026-1/vedtak.{ending}"].make() == made
        assert f"en/data/vedtak.{ending}" in files
    assert "vedtak/index.html" in files
    assert "oppfolging/index.html" in files


def test_an_edition_without_decisions_has_no_register():
    assert list(decision_data.files(alone())) == []
    with pytest.raises(LookupError, match="vedtak of an edition with decisions"):
        written("csv", sample())
    with pytest.raises(LookupError, match="found “exe”"):
        written("exe")


@pytest.fixture
def approved(db):
    """Two approved editions: nothing is decided in the first, and one case in the second."""
    make_demo_accounts()
    people = {user.role: user for user in User.objects.all()}
    day = dt.date(2026, 8, 31)
    first = editions.freeze(by=people["editor"], as_of=day, title="Veikart")
    editions.approve(first, by=people["approver"], body="Rådet", on=day)
    case = {"body": "organ/rad", "number": "12/26", "title": "Veikart"}
    decision = {"body": "organ/rad", "case": "sak/rad/12-26", "text": "Ja.", "decided_on": day}
    council.put_many(
        [
            ("body", "organ/rad", {"name": "Rådet"}),
            ("case", "sak/rad/12-26", case),
            ("decision", "sak/rad/12-26/vedtak", decision),
        ],
        by=people["editor"],
    )
    second = editions.freeze(by=people["editor"], as_of=day, title="Veikart")
    return first, editions.approve(second, by=people["approver"], body="Rådet", on=day)


def test_the_register_is_answered_live_for_the_edition_in_force_and_for_others(approved):
    first, second = approved
    client = Client()

    for ending in ENDINGS:
        answer = client.get(f"/data/vedtak.{ending}")
        assert answer.status_code == 200
        assert f'filename="vedtak-{second.number}.{ending}"' in answer["Content-Disposition"]
        assert client.get(f"/utgaver/{second.number}/vedtak.{ending}").content == answer.content
        assert client.get(f"/utgaver/{first.number}/vedtak.{ending}").status_code == 404
    assert read_csv(client.get("/en/data/vedtak.csv").content)[0][1] == "Body"
    assert client.get("/data/vedtak.exe").status_code == 404


def test_the_pages_are_answered_live_with_and_without_a_question(approved):
    client = Client()

    empty = client.get("/en/vedtak/?organ=rad&ar=&type=&om=&oppfolging=&q=")
    assert (empty.status_code, empty["Location"]) == (302, "/en/vedtak/?organ=rad")
    nothing = client.get("/oppfolging/?hvem=&organ=")
    assert (nothing.status_code, nothing["Location"]) == (302, "/oppfolging/")
    assert client.get("/oppfolging/?hvem=X").status_code == 200
    assert "12/26" in client.get("/vedtak/?organ=rad").content.decode()
    assert client.get("/vedtak/side/2/").status_code == 404
    assert client.get("/oppfolging/").status_code == 200
    assert client.get(f"/utgave/{approved[0].number}/vedtak/").status_code == 200
