"""`veikart why` for what councils decided: from the vision to its decision, from an edition to its approval."""

import datetime as dt
import json

import pytest
from django.utils import translation
from typer.testing import CliRunner

from tests.plan import council_samples as councils
from tests.plan.samples import sample
from veikart.config.command import app
from veikart.council import services as council
from veikart.editions import services as editions
from veikart.people.models import User
from veikart.people.services import make_demo_accounts
from veikart.plan import codec
from veikart.plan.council import Effect


@pytest.fixture(autouse=True)
def _speaks_norwegian_again():
    with translation.override("nb"):
        yield


@pytest.fixture
def veikart():
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def plan_file(tmp_path):
    path = tmp_path / "plan.json"
    path.write_bytes(codec.encode(councils.decided_plan()))
    return path


def test_the_vision_shows_its_decision_and_the_decision_leads_to_the_vision(veikart, plan_file):
    up = veikart("why", "visjon", "--edition", plan_file).stdout
    down = veikart("why", "/sak/rad/40-21/vedtak/", "--edition", plan_file).stdout

    assert (
        "  decided by (led to) Nasjonalt e-helseråd 40/21: Visjon og mål (sak/rad/40-21/vedtak): "
        "“Rådet slutter seg til visjonen.”\n" in up
    )
    assert "  led to Sammen skaper vi helse (visjon)\n" in down


def test_json_has_the_effect_and_the_decision(veikart, plan_file):
    said = json.loads(veikart("why", "utgave/2026-1", "--edition", plan_file, "--json").stdout)

    assert (said["kind"], said["uid"]) == ("edition", "utgave/2026-1")
    (step,) = said["up"]
    assert (step["relation"], step["uid"], step["effect"]) == (
        "decided_by",
        councils.APPROVAL,
        "approves",
    )
    assert [one["relation"] for one in step["steps"]] == ["decided_in"]


def test_a_comparison_tells_what_was_decided_and_done(veikart, plan_file, tmp_path):
    before = tmp_path / "before.json"
    before.write_bytes(codec.encode(sample()))

    said = veikart("compare", before, plan_file).stdout.splitlines()

    assert said[:4] == [
        "From 2026-1 to 2026-1: no change.",
        "",
        "Decided and done",
        "  decided: Nasjonalt e-helseråd 12/26: Nasjonalt veikart (sak/rad/12-26/vedtak)",
    ]
    assert "  settled: Publisere veikartet (sak/rad/12-26/oppfolging/1)" in said
    assert veikart("compare", before, before).stdout == "From 2026-1 to 2026-1: no change.\n"


@pytest.mark.django_db
def test_an_edition_leads_to_the_decision_kept_beside_it(veikart):
    make_demo_accounts()
    people = {user.role: user for user in User.objects.all()}
    edition = editions.freeze(by=people["editor"], as_of=dt.date(2026, 8, 31), title="Veikart")
    decision = "sak/rad/12-26/vedtak"
    council.put_many(
        [
            ("body", "organ/rad", {"name": "Rådet"}),
            ("case", "sak/rad/12-26", {"body": "organ/rad", "number": "12/26", "title": "Veikart"}),
            (
                "decision",
                decision,
                {
                    "body": "organ/rad",
                    "case": "sak/rad/12-26",
                    "text": "Rådet godkjenner veikartet.",
                    "decided_on": dt.date(2026, 9, 4),
                    "effects": (Effect(no=1, kind="approves", edition=edition.number),),
                },
            ),
        ],
        by=people["editor"],
    )
    editions.approve(
        edition, by=people["approver"], body="Rådet", on=dt.date(2026, 9, 4), decision=decision
    )

    said = veikart("why", f"utgave/{edition.number}")

    assert said.exit_code == 0, said.stderr
    assert (
        f"decided by (approves) Rådet 12/26 ({decision}): “Rådet godkjenner veikartet.”"
        in said.stdout
    )
