"""The e-health case, loaded: what is in the plan, loaded again, frozen and approved."""

import datetime as dt
import hashlib
from collections import Counter

import pytest

from tests.datasets.conftest import made_once, taken_over
from veikart.editions import queries as editions
from veikart.editions import services as freezing
from veikart.editions.building import plan_to_freeze
from veikart.indicators import results
from veikart.intake.datasets import DATASETS, load
from veikart.intake.models import Proposal
from veikart.people.models import AuditEntry, User
from veikart.people.services import make_demo_accounts
from veikart.plan import codec
from veikart.plan.index import KINDS, things
from veikart.plan.model import Head, Ownership, Source
from veikart.roadmap import services as roadmap

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("loaded")]

REPOSITORY = "https://github.com/hdir/Digital-Forstelinje/blob"
COMMIT = "bcaa00ff9a7eb95686c90c1e6486de107020a05f"
EXPORT = "Tiltak-leveranser-veikartliste-e-helsestrategien.csv"


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """What loading the e-health case answers, and the working plan after it, with its home."""
    home = tmp_path_factory.mktemp("loaded")
    with made_once(
        lambda: (load("ehelse", by=None), editions.draft()), home, django_db_blocker
    ) as made:
        yield made, home


@pytest.fixture(autouse=True)
def loaded_case(kept, settings):
    """What was loaded, in this test's own folders."""
    return taken_over(kept, settings)


@pytest.fixture
def ehelse_plan(loaded_case):
    """The working plan with the e-health case in it."""
    return loaded_case[1]


def head(frozen_at):
    return Head(
        number="2026-1",
        title="Prøve",
        as_of=dt.date(2026, 8, 31),
        frozen_at=frozen_at,
        previous=None,
        previous_sha256=None,
    )


def test_the_whole_case_gets_into_the_plan(loaded_case):
    loaded, plan = loaded_case

    assert Counter(KINDS[type(thing)] for thing in things(plan)) == {
        "vision": 1,
        "overarching_goal": 3,
        "strategic_goal": 5,
        "statement": 41,
        "delmal": 20,
        "prerequisite": 9,
        "target_group": 10,
        "sdg": 6,
        "related_strategy": 15,
        "phase": 5,
        "grouping": 54,
        "deliverable": 263,
        "dependency": 87,
        "indicator": 14,
        "organisation": 58,
        "user_group": 19,
        "region": 4,
        "county": 15,
        "hospital_area": 19,
        "municipality": 357,
    }
    assert loaded.counts["deliverable"] == loaded.counts["phase_period"] == 263
    assert (loaded.name, loaded.counts["delmal"], loaded.counts["grouping"]) == ("ehelse", 20, 54)
    assert plan.strategy.vision.text.startswith("Sammen om helhetlige")
    assert (plan.strategy.title, plan.strategy.to_year) == ("Nasjonal e-helsestrategi", 2030)


def test_what_the_register_and_the_dataset_say_about_a_deliverable_stands_together(ehelse_plan):
    deliverable = ehelse_plan.index.by_uid["leveranse/56876000019902782"]

    assert deliverable.name == "Tilpasning og innføring av PLL i Helse Nord RHF"
    assert deliverable.register_version == "2026-08"
    assert (deliverable.user_groups, deliverable.regions) == (
        ("brukergruppe/sykehus",),
        ("helseregion/nord",),
    )
    (period,) = deliverable.periods
    assert (period.first_phase, period.last_phase) == ("fase/tilpasning", "fase/innforing")
    assert period.start.earliest == dt.date(2024, 10, 1)


def test_owners_key_dates_and_dependencies_of_a_grouping(ehelse_plan):
    grouping = ehelse_plan.index.by_uid[
        "gruppering/4b-standardisert-bruk-av-kodeverk-og-terminologi"
    ]

    assert grouping.owners == (
        Ownership(
            organisation="aktor/helsedirektoratet",
            role="accountable",
            note="leder overgangen til ICD-11",
        ),
        Ownership(
            organisation="aktor/sektorens-aktorer", role="introduces", note="selve innføringen"
        ),
    )
    assert [(key.date.text, key.date.precision) for key in grouping.key_dates] == [
        ("2024", "year"),
        ("2026", "year"),
        ("2028 til 2029", "year"),
    ]
    (dependency,) = ehelse_plan.index.waits_for[grouping.uid]
    assert (dependency.on_text, dependency.state) == ("EHDS-krav", "proposed")


def test_an_organisation_that_merged_points_to_its_successor(ehelse_plan):
    gone = ehelse_plan.index.by_uid["aktor/direktoratet-for-e-helse"]

    assert (gone.valid_to, gone.successor) == (dt.date(2024, 1, 1), "aktor/helsedirektoratet")


def test_the_register_is_cited_with_its_fingerprint(ehelse_plan):
    content = (DATASETS["ehelse"] / "register-2026-08.csv").read_bytes()

    (register,) = (s for s in ehelse_plan.sources if s.title.startswith("Register for"))

    assert register == Source(
        title="Register for Veikart for nasjonal e-helsestrategi",
        publisher="Helsedirektoratet",
        version="2026-08",
        sha256=hashlib.sha256(content).hexdigest(),
        address=f"{REPOSITORY}/{COMMIT}/background/annet/markdown/{EXPORT}",
    )


def test_loading_again_changes_nothing():
    before = AuditEntry.objects.count()

    again = load("ehelse", by=None)

    assert again.changed == 0
    assert AuditEntry.objects.count() == before
    assert Proposal.objects.count() == 1


def test_loading_again_leaves_what_people_decided_about_the_register():
    uid = "leveranse/56876000019903242/periode/1"
    roadmap.put("phase_period", uid, {"end": None, "certainty": "tentative"}, by=None)

    load("ehelse", by=None)

    (period,) = editions.draft().index.by_uid["leveranse/56876000019903242"].periods
    assert period.certainty == "tentative"


def test_frozen_twice_the_dataset_gives_equal_bytes():
    moment = dt.datetime(2026, 9, 1, 10, tzinfo=dt.UTC)

    first, second = (codec.encode(plan_to_freeze(head(moment))) for _time in range(2))

    assert first == second
    assert len(first) > 200_000


def test_an_edition_of_the_dataset_can_be_frozen_and_approved():
    make_demo_accounts()
    editor, approver = (User.objects.get(username=f"demo-{r}") for r in ("editor", "approver"))
    assert results.stale() == [f"indikator/e{number}" for number in range(1, 10)]
    results.compute_many(results.stale(), by=editor)

    edition = freezing.freeze(by=editor, as_of=dt.date(2026, 8, 31), title="Veikart")
    freezing.approve(edition, by=approver, body="Rådet", on=edition.as_of)

    plan = editions.edition("2026-1").plan
    assert len(plan.roadmap.deliverables) == 263
    population = plan.indicators.results[-1].series
    assert [(p.period, p.value) for p in population if p.period in ("2017", "2020", "2024")] == [
        ("2017", 5_258_317),
        ("2020", 5_367_580),
        ("2024", 5_550_203),
    ]
    assert editions.verify_figures() == []
