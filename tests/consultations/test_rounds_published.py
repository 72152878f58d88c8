"""An open and a secret round in an approved edition: fetched live and as files, by name only where that was said."""

import csv
import datetime as dt
import io
import json

import pytest
from django.test import Client

from tests.consultations.voting import NAMES, all_vote, opened
from veikart.consultations import services
from veikart.consultations.prioritising import rounds
from veikart.editions import queries
from veikart.editions import services as editing
from veikart.people.models import User
from veikart.publishing.site import site_files

pytestmark = pytest.mark.django_db

HEARING = "horing/22-414"
DAY = dt.date(2022, 10, 20)


def approved(goals, editor, *methods, is_secret):
    """An edition with one counted round by each of these methods."""
    services.put("hearing", HEARING, {"is_public": True}, by=editor)
    for no, method in enumerate(methods, 1):
        all_vote(method, opened(editor, method, is_secret=is_secret))
        rounds.close(HEARING, f"{HEARING}/prioritering/{no}", by=editor)
    approver = User.objects.create_user("approver", password="a", role=User.Role.APPROVER)
    edition = editing.freeze(by=editor, as_of=DAY, title="Veikart", note="")
    editing.approve(edition, by=approver, body="Rådet", on=DAY)


@pytest.mark.parametrize("start", ["/data", "/en/data", "/utgaver/2022-1", "/nn/utgaver/2022-1"])
def test_results_and_open_votes_are_fetched_of_the_edition(goals, editor, start):
    approved(goals, editor, "points", "pairs", "ranking", is_secret=False)

    results, data, votes = (
        Client().get(f"{start}/{HEARING}/{name}")
        for name in ("prioriteringer.csv", "prioriteringer.json", "stemmer.csv")
    )

    assert (data["Content-Type"], votes["Content-Type"]) == (
        "application/json",
        "text/csv; charset=utf-8",
    )
    assert votes["Content-Disposition"].endswith('"horing-22-414-stemmer-2022-1.csv"')
    assert data["Content-Disposition"].endswith('"horing-22-414-prioriteringer-2022-1.json"')
    found = json.loads(data.content)["priority_rounds"]
    assert [(one["method"], len(one["ballots"])) for one in found] == [
        ("points", 3),
        ("pairs", 3),
        ("ranking", 3),
    ]
    rows = list(csv.reader(io.StringIO(votes.content.decode("utf-8-sig"))))[1:]
    assert {row[1] for row in rows} == set(NAMES[:3])
    assert len(rows) == 6 + 9 + 7
    assert len(results.content.decode().splitlines()) == 1 + 9


def test_of_a_secret_round_no_file_tells_who_voted_nor_any_vote(goals, editor):
    approved(goals, editor, "points", "pairs", "ranking", is_secret=True)
    (edition,) = editions = tuple(queries.editions())

    files = {
        file.path: file.make()
        for file in site_files(edition, editions)
        if not file.path.startswith("static/")
    }

    assert f"data/{HEARING}/prioriteringer.json" in files
    assert f"{HEARING}/prioritering/3/index.html" in files
    assert not any(path.endswith("stemmer.csv") for path in files)
    assert Client().get(f"/data/{HEARING}/stemmer.csv").status_code == 404
    for name in NAMES:
        person = name.partition(",")[0].encode()
        assert {path for path, content in files.items() if person in content} == set()
    found = json.loads(files[f"data/{HEARING}/prioriteringer.json"])["priority_rounds"]
    assert [one["ballots"] for one in found] == [[], [], []]
