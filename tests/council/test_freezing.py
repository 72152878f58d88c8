"""What the public sees of a council, and what it does not."""

import datetime as dt

import pytest

from veikart.council import queries, services
from veikart.plan.council import WithheldPapers

pytestmark = pytest.mark.django_db

BODY = "organ/nuit"
CASE = "sak/nuit/2-26"
PAPER = f"{CASE}/vedlegg/1"


def put(*items):
    services.put_many(items, by=None)


@pytest.fixture
def body():
    put(("body", BODY, {"name": "NUIT"}))


def test_a_paper_is_shown_from_its_day_and_not_before(body):
    put(
        ("case", CASE, {"body": BODY, "number": "2/26", "title": "Veikart"}),
        (
            "paper",
            PAPER,
            {
                "case": CASE,
                "no": 1,
                "label": "1",
                "title": "Utkast",
                "access": "from_day",
                "public_from": dt.date(2026, 6, 1),
            },
        ),
    )

    before = queries.freeze(on=dt.date(2026, 5, 31))
    after = queries.freeze(on=dt.date(2026, 6, 1))

    assert before.papers == ()
    assert [paper.title for paper in after.papers] == ["Utkast"]


def test_a_withheld_paper_is_a_number_and_its_legal_basis(body):
    put(
        ("case", CASE, {"body": BODY, "number": "2/26", "title": "Veikart"}),
        (
            "paper",
            PAPER,
            {
                "case": CASE,
                "no": 1,
                "label": "1",
                "title": "Pristilbud",
                "access": "withheld",
                "basis": "offentleglova § 13",
            },
        ),
    )

    found = queries.freeze(on=dt.date(2026, 6, 1))

    assert found.papers == ()
    assert found.cases[0].withheld == (WithheldPapers(basis="offentleglova § 13", papers=1),)
    assert "Pristilbud" not in str(found)


def test_a_withheld_case_is_a_time_and_its_legal_basis(body):
    put(
        (
            "case",
            CASE,
            {"body": BODY, "number": "2/26", "title": "Kjøp", "basis": "offentleglova § 23"},
        ),
        (
            "meeting",
            "mote/nuit/1-2026",
            {"body": BODY, "year": 2026, "number": 1, "state": "summoned"},
        ),
        (
            "agenda_item",
            "mote/nuit/1-2026/punkt/1",
            {"kind": "case", "case": CASE, "starts_at": "10:30", "presenter": "Kari"},
        ),
    )

    found = queries.freeze(on=dt.date(2026, 6, 1))

    line = found.meetings[0].agenda[0]
    assert (line.kind, line.starts_at, line.basis) == ("withheld", "10:30", "offentleglova § 23")
    assert found.cases == ()
    assert "Kjøp" not in str(found)
    assert "Kari" not in str(found)


def test_an_agenda_is_shown_once_its_meeting_is_summoned(body):
    put(
        (
            "meeting",
            "mote/nuit/1-2026",
            {"body": BODY, "year": 2026, "number": 1, "held_on": dt.date(2026, 6, 9)},
        ),
        (
            "agenda_item",
            "mote/nuit/1-2026/punkt/1",
            {"kind": "other", "title": "Eventuelt"},
        ),
    )

    planned = queries.freeze(on=dt.date(2026, 6, 1))
    put(("meeting", "mote/nuit/1-2026", {"state": "summoned"}))
    summoned = queries.freeze(on=dt.date(2026, 6, 1))

    assert planned.meetings[0].agenda == ()
    assert [item.title for item in summoned.meetings[0].agenda] == ["Eventuelt"]
