"""The try-out: everything there after one run, and nothing lost or doubled by the next."""

import datetime as dt

import pytest
import time_machine

from tests.datasets.conftest import made_once, taken_over
from veikart.editions import queries as editions
from veikart.editions import services as freezing
from veikart.editions.models import Edition
from veikart.intake import services as intake
from veikart.intake.datasets.demo import BODY, prepare_demo
from veikart.intake.models import Proposal, ProposalRow, ProposalState
from veikart.people.models import User
from veikart.plan.model import Milestone
from veikart.roadmap import services as roadmap

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _some_day():
    with time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """The try-out as it was made, and the home it lies in."""
    home = tmp_path_factory.mktemp("prepared")
    earlier = time_machine.travel(NOON - dt.timedelta(hours=1), tick=True)

    def make():
        with earlier:
            return prepare_demo()

    with made_once(make, home, django_db_blocker) as made:
        yield made, home


@pytest.fixture
def ready(kept, settings):
    """The try-out in this test's own folders."""
    return taken_over(kept, settings)


def test_the_demo_has_an_account_a_role_an_approved_edition_and_sixteen_open_proposals(ready):
    assert [account.role for account in ready.accounts] == [
        "reader",
        "reporter",
        "editor",
        "approver",
    ]
    for username, password, role in ready.accounts:
        user = User.objects.get(username=username)
        assert (user.check_password(password), user.role, user.is_demo) == (True, role, True)
    edition = ready.edition
    assert (edition.number, edition.state, edition.approved_body, edition.approver_name) == (
        "2026-1",
        "approved",
        BODY,
        "demo-approver",
    )
    assert (edition.as_of, edition.approved_on) == (dt.date(2026, 8, 31), dt.date(2026, 11, 20))
    assert {proposal.state for proposal in ready.proposals} == {ProposalState.OPEN}
    assert len(ready.proposals) == 16
    assert all(proposal.unchanged == 0 and proposal.gone == 0 for proposal in ready.proposals)


def test_the_approved_edition_is_the_register_without_the_disagreements(ready):
    plan = editions.edition("2026-1").plan

    (period,) = plan.index.by_uid["leveranse/56876000019903238"].periods
    assert (period.start.text, period.first_phase) == ("01.01.2027", "fase/konsept")


def test_the_disagreements_say_what_speaks_for_them_and_what_is_uncertain(ready):
    proposal = Proposal.objects.get(title__startswith="ICD-11")

    (row,) = proposal.rows.all()
    assert (row.kind, row.key, row.change) == (
        "phase_period",
        "leveranse/56876000019903238/periode/1",
        "changed",
    )
    assert list(row.values) == ["start"]
    (caution,) = proposal.cautions
    assert caution["code"] == "disagreement"
    assert "Konseptfasen begynner 1. januar 2027." in caution["message"]
    assert caution["remedy"] == "Spør Helsedirektoratet hva 2027 står for."


def test_every_disagreement_can_be_accepted_and_frozen_into_the_next_edition(ready):
    users = {user.role: user for user in User.objects.filter(is_demo=True)}

    outcomes = [intake.accept(proposal, by=users["editor"]) for proposal in ready.proposals]
    edition = freezing.freeze(by=users["editor"], as_of=dt.date(2026, 11, 20), title="Neste")

    assert [refusal.message for outcome in outcomes for refusal in outcome.refused] == []
    assert not ProposalRow.objects.filter(state="pending").exists()
    plan = editions.edition(edition.number).plan
    (milestone,) = plan.index.by_uid["leveranse/56876000020123073"].milestones
    assert isinstance(milestone, Milestone)
    assert (milestone.kind, milestone.date.earliest) == ("law", dt.date(2026, 1, 1))
    first, second = plan.index.by_uid["leveranse/56876000020125127"].periods
    assert (first.first_phase, second.first_phase) == ("fase/konsept", "fase/i-bruk")


def test_a_second_run_reuses_everything_and_gives_new_passwords(ready):
    first = ready
    intake.reject(first.proposals[0], by=None, reason="Spurt og avklart.")
    uid = "leveranse/56876000019903238/periode/1"
    roadmap.put("phase_period", uid, {"certainty": "tentative"}, by=None)

    second = prepare_demo()

    assert second.edition == first.edition
    assert Edition.objects.count() == 1
    assert [p.pk for p in second.proposals] == [p.pk for p in first.proposals]
    assert second.proposals[0].state == ProposalState.CLOSED
    assert all(
        a.password != b.password for a, b in zip(first.accounts, second.accounts, strict=True)
    )
    (period,) = editions.draft().index.by_uid["leveranse/56876000019903238"].periods
    assert period.certainty == "tentative"
