import msgspec
import pytest

from tests.roadmap.factories import day, make_deliverable, make_ground
from veikart.people import audit
from veikart.people.models import AuditEntry
from veikart.plan import model as plan
from veikart.roadmap import queries, services

pytestmark = pytest.mark.django_db


def test_put_gives_back_from_freeze_all_that_was_put():
    make_ground()
    values = {
        "register_id": "7",
        "name": "Pasientens legemiddelliste",
        "grouping": "gruppering/1a-innsyn",
        "delmal": "delmal/1A",
        "other_delmal": ["delmal/1B"],
        "description": "Én liste.",
        "owners": [
            {"organisation": "aktor/nhn", "role": "develops", "note": "kjernen"},
            {"organisation": "aktor/ks", "role": "accountable"},
        ],
        "user_groups": ["brukergruppe/fastleger"],
        "regions": ["helseregion/nord"],
        "periods": [
            {
                "no": 2,
                "first_phase": "fase/utvikling",
                "last_phase": "fase/innforing",
                "phase_text": "Utvikling - innføring",
                "start": day("2026-07-01", "tentative"),
                "end": None,
                "certainty": "tentative",
                "source": "register",
            },
            {"no": 1, "certainty": "planned", "end": day("2025-12-31")},
        ],
        "milestones": [{"no": 1, "kind": "law", "title": "EHDS", "date": day("2029-03-26")}],
        "lifecycle": "ongoing",
        "register_version": "2026-08",
    }

    change = services.put("deliverable", "leveranse/7", values, by=None)

    assert change.verb == "created"
    assert queries.freeze().deliverables == (
        plan.Deliverable(
            uid="leveranse/7",
            register_id="7",
            name="Pasientens legemiddelliste",
            grouping="gruppering/1a-innsyn",
            delmal="delmal/1A",
            periods=(
                plan.PhasePeriod(
                    no=1,
                    first_phase=None,
                    last_phase=None,
                    phase_text=None,
                    start=None,
                    end=day("2025-12-31"),
                    certainty="planned",
                ),
                plan.PhasePeriod(
                    no=2,
                    first_phase="fase/utvikling",
                    last_phase="fase/innforing",
                    phase_text="Utvikling - innføring",
                    start=day("2026-07-01", "tentative"),
                    end=None,
                    certainty="tentative",
                    source="register",
                ),
            ),
            description="Én liste.",
            other_delmal=("delmal/1B",),
            owners=(
                plan.Ownership(organisation="aktor/ks", role="accountable"),
                plan.Ownership(organisation="aktor/nhn", role="develops", note="kjernen"),
            ),
            user_groups=("brukergruppe/fastleger",),
            regions=("helseregion/nord",),
            milestones=(plan.Milestone(no=1, kind="law", title="EHDS", date=day("2029-03-26")),),
            lifecycle="ongoing",
            register_version="2026-08",
        ),
    )


def test_put_changes_only_the_given_fields_and_records_them_before_and_after():
    make_ground()
    make_deliverable("7", description="Én liste.")
    before = queries.freeze().deliverables[0]

    change = services.put("deliverable", "leveranse/7", {"name": "Nytt navn"}, by=None)

    after = queries.freeze().deliverables[0]
    assert (change.verb, change.before, change.after) == (
        "changed",
        {"name": "Leveranse 7"},
        {"name": "Nytt navn"},
    )
    assert after == msgspec.structs.replace(before, name="Nytt navn")
    entry = AuditEntry.objects.latest("number")
    assert (entry.verb, entry.uid) == ("deliverable.changed", "leveranse/7")
    assert (entry.before, entry.after) == (change.before, change.after)
    assert audit.verify() == []


def test_putting_the_same_again_changes_nothing_and_records_nothing():
    make_ground()
    make_deliverable("7")
    stamp = audit.stamp()

    change = make_deliverable("7")

    assert change.verb == "unchanged"
    assert audit.stamp() == stamp
    services.put("deliverable", "leveranse/7", {"description": "Ny."}, by=None)
    assert audit.stamp() != stamp
