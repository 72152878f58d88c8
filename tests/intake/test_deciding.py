import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.intake.conftest import register
from veikart.editions import queries as editions
from veikart.engines.proposal import FoundAt, Item
from veikart.intake import services
from veikart.intake.models import RowState
from veikart.people.models import AuditEntry, User
from veikart.roadmap import services as roadmap
from veikart.strategy.models import Tombstone

pytestmark = pytest.mark.usefixtures("plan_with_goals")

FIRST = ("Fullmakt", "Konsept", "01.07.2026", "Innsynstjenester", 101)
SECOND = ("Innsyn i prøvesvar", "Innføring", "01.01.2027", "Innsynstjenester", 102)
LATER = ("Fullmakt", "Konsept", "01.10.2026", "Innsynstjenester", 101)
PERIOD = "leveranse/101/periode/1"


@pytest.fixture
def taken_in(editor):
    """A working plan with two deliverables."""
    services.accept(services.take_in("a.csv", register(FIRST, SECOND), by=editor), by=editor)


def start_of(uid="leveranse/101"):
    (period,) = editions.draft().index.by_uid[uid].periods
    return period.start.text


def test_accepting_it_all_puts_it_into_the_working_plan(editor):
    proposal = services.take_in("a.csv", register(FIRST, SECOND), by=editor)

    outcome = services.accept(proposal, by=editor)

    assert (len(outcome.accepted), outcome.refused) == (6, ())
    proposal.refresh_from_db()
    assert proposal.state == "closed"
    assert set(proposal.rows.values_list("state", "decided_by")) == {("accepted", editor.pk)}
    plan = editions.draft()
    assert [d.name for d in plan.roadmap.deliverables] == ["Fullmakt", "Innsyn i prøvesvar"]
    assert start_of("leveranse/102") == "01.01.2027"


def test_accepting_row_by_row_leaves_the_rest_to_be_decided(editor, taken_in):
    renamed = ("Innsyn i alle prøvesvar", *SECOND[1:])
    proposal = services.take_in("b.csv", register(LATER, renamed), by=editor)
    moved = proposal.rows.get(key=PERIOD)

    services.accept(proposal, [moved.pk], by=editor)

    assert start_of() == "01.10.2026"
    assert editions.draft().index.by_uid["leveranse/102"].name == "Innsyn i prøvesvar"
    proposal.refresh_from_db()
    assert proposal.state == "open"
    (left,) = proposal.rows.filter(state=RowState.PENDING)
    services.reject(proposal, [left.pk], by=editor, reason="Feil navn")
    proposal.refresh_from_db()
    assert proposal.state == "closed"


def test_a_row_whose_object_is_not_there_yet_is_refused_with_what_to_do(editor):
    proposal = services.take_in("a.csv", register(FIRST), by=editor)
    row = proposal.rows.get(kind="deliverable")

    outcome = services.accept(proposal, [row.pk], by=editor)

    (refusal,) = outcome.refused
    assert refusal.code == "unknown_reference"
    assert "Take it in first" in refusal.message
    row.refresh_from_db()
    assert (row.state, row.problem) == ("pending", refusal.message)
    assert services.accept(proposal, by=editor).refused == ()
    row.refresh_from_db()
    assert (row.state, row.problem) == ("accepted", "")


def test_a_person_gives_what_the_file_lacks(editor, taken_in):
    homeless = ("Uten hjem", "Konsept", "01.07.2026", "", 103)
    proposal = services.take_in("b.csv", register(FIRST, SECOND, homeless), by=editor)
    row = proposal.rows.get(key="leveranse/103")
    given = {row.pk: {"grouping": "gruppering/1a-innsynstjenester", "name": "Et annet navn"}}

    outcome = services.accept(proposal, by=editor, given=given)

    assert outcome.refused == ()
    deliverable = editions.draft().index.by_uid["leveranse/103"]
    assert (deliverable.grouping, deliverable.name) == (
        "gruppering/1a-innsynstjenester",
        "Uten hjem",
    )
    entry = AuditEntry.objects.get(verb="proposal.accepted", uid="leveranse/103")
    assert entry.after["given"] == {"grouping": "gruppering/1a-innsynstjenester"}
    again = services.take_in("b.csv", register(FIRST, SECOND, homeless), by=editor)
    assert not again.rows.exists()


def test_what_a_person_gave_can_be_given_anew_until_the_row_is_accepted(editor, taken_in):
    homeless = ("Uten hjem", "Konsept", "01.07.2026", "", 103)
    proposal = services.take_in("b.csv", register(FIRST, SECOND, homeless), by=editor)
    row = proposal.rows.get(key="leveranse/103")

    wrong = services.accept(proposal, [row.pk], by=editor, given={row.pk: {"grouping": "mal/1"}})
    right = {row.pk: {"grouping": "gruppering/1a-innsynstjenester"}}

    assert [refusal.code for refusal in wrong.refused] == ["unknown_reference"]
    assert services.accept(proposal, by=editor, given=right).refused == ()


def test_what_was_changed_meanwhile_is_refused_and_stays(editor, taken_in):
    proposal = services.take_in("b.csv", register(LATER, SECOND), by=editor)
    by_hand = {"earliest": "2028-01-01", "latest": "2028-12-31", "precision": "year",
               "certainty": "planned", "text": "2028"}  # fmt: skip
    roadmap.put("phase_period", PERIOD, {"start": by_hand}, by=editor)

    outcome = services.accept(proposal, by=editor)

    (refusal,) = outcome.refused
    assert refusal.code == "changed_meanwhile"
    assert start_of() == "2028"


def test_what_was_made_meanwhile_as_proposed_counts_as_accepted(editor, taken_in):
    proposal = services.take_in("b.csv", register(LATER, SECOND), by=editor)
    row = proposal.rows.get()
    roadmap.put("phase_period", PERIOD, row.values, by=editor)

    assert services.accept(proposal, by=editor).refused == ()


def test_a_change_to_another_field_meanwhile_is_kept(editor, taken_in):
    proposal = services.take_in("b.csv", register(LATER, SECOND), by=editor)
    roadmap.put("phase_period", PERIOD, {"certainty": "tentative"}, by=editor)

    assert services.accept(proposal, by=editor).refused == ()

    (period,) = editions.draft().index.by_uid["leveranse/101"].periods
    assert (period.start.text, period.certainty) == ("01.10.2026", "tentative")


def test_what_is_gone_needs_a_reason_and_leaves_a_stone(editor, taken_in):
    proposal = services.take_in("b.csv", register(SECOND), by=editor)

    (refusal,) = services.accept(proposal, by=editor).refused
    assert refusal.code == "reason_missing"
    assert "leveranse/101" in editions.draft().index.by_uid

    outcome = services.accept(proposal, by=editor, reason="Slått sammen")

    assert outcome.refused == ()
    stone = Tombstone.objects.get()
    assert (stone.uid, stone.name, stone.reason) == ("leveranse/101", "Fullmakt", "Slått sammen")
    assert editions.draft().index.tombstones["leveranse/101"].reason == "Slått sammen"
    assert proposal.rows.get().reason == "Slått sammen"


def test_a_whole_grouping_goes_with_its_deliverables(editor):
    other = ("Noe annet", "Konsept", "", "En annen gruppering", 103)
    services.accept(services.take_in("a.csv", register(FIRST, other), by=editor), by=editor)
    proposal = services.take_in("b.csv", register(FIRST), by=editor)

    outcome = services.accept(proposal, by=editor, reason="Avsluttet")

    assert outcome.refused == ()
    assert {stone.uid for stone in Tombstone.objects.all()} == {
        "leveranse/103",
        "gruppering/1a-en-annen-gruppering",
    }


def test_rejecting_needs_a_reason_and_leaves_the_plan(editor, taken_in):
    proposal = services.take_in("b.csv", register(LATER, SECOND), by=editor)

    with pytest.raises(ValidationError) as refusal:
        services.reject(proposal, by=editor, reason=" ")
    assert refusal.value.code == "reason_missing"

    services.reject(proposal, by=editor, reason="Registeret tar feil")

    proposal.refresh_from_db()
    assert (proposal.state, start_of()) == ("closed", "01.07.2026")
    assert proposal.rows.get().reason == "Registeret tar feil"


def test_a_rejected_value_that_comes_again_is_not_proposed_again(editor, taken_in):
    first = services.take_in("b.csv", register(LATER, SECOND), by=editor)
    services.reject(first, by=editor, reason="Registeret tar feil")

    again = services.take_in("b.csv", register(LATER, SECOND), by=editor)
    in_another_file = services.take_in("c.csv", register(SECOND, LATER), by=editor)

    for proposal in (again, in_another_file):
        (row,) = proposal.rows.all()
        assert (row.state, row.reason) == ("rejected", "Registeret tar feil")
        assert row.rejected_before == first.rows.get()
        assert proposal.state == "closed"
    assert start_of() == "01.07.2026"


def test_a_rejection_does_not_cover_another_value(editor, taken_in):
    services.reject(
        services.take_in("b.csv", register(LATER, SECOND), by=editor), by=editor, reason="Feil"
    )
    other = ("Fullmakt", "Konsept", "01.11.2026", "Innsynstjenester", 101)

    proposal = services.take_in("c.csv", register(other, SECOND), by=editor)

    assert proposal.rows.get().state == "pending"


def test_a_rejected_row_can_be_accepted_by_name_and_counts_so_from_then_on(editor, taken_in):
    proposal = services.take_in("b.csv", register(LATER, SECOND), by=editor)
    row = proposal.rows.get()
    services.reject(proposal, by=editor, reason="Feil")

    services.accept(proposal, [row.pk], by=editor)

    assert start_of() == "01.10.2026"
    services.accept(services.take_in("a.csv", register(FIRST, SECOND), by=editor), by=editor)
    assert start_of() == "01.07.2026"
    again = services.take_in("d.csv", register(SECOND, LATER), by=editor)
    assert again.rows.get().state == "pending"


def test_what_a_person_changed_since_is_not_proposed_again_by_the_same_file(editor, taken_in):
    content = register(FIRST, SECOND)
    moved = services.propose("Flyttet", [note("2027-05-01")], source="Et notat", by=editor)
    services.accept(moved, by=editor)
    assert start_of() == "2027-05-01"

    again = services.take_in("a.csv", content, by=editor)

    (row,) = again.rows.all()
    assert (row.state, row.rejected_before.proposal.title) == ("rejected", "a.csv")
    assert again.state == "closed"
    assert start_of() == "2027-05-01"


def test_what_was_removed_since_is_not_proposed_again_by_the_same_file(editor, taken_in):
    roadmap.remove("deliverable", "leveranse/101", reason="Avsluttet", by=editor)

    again = services.take_in("a.csv", register(FIRST, SECOND), by=editor)

    assert {row.state for row in again.rows.all()} == {"rejected"}
    assert [row.key for row in again.rows.all()] == ["leveranse/101", PERIOD]


def test_a_new_version_does_not_bring_back_what_a_person_changed(editor, taken_in):
    moved = services.propose("Flyttet", [note("2027-05-01")], source="Et notat", by=editor)
    services.accept(moved, by=editor)
    newer = register(FIRST, SECOND).replace(b"2026-08", b"2027-02")

    proposal = services.take_in("b.csv", newer, by=editor)

    row = proposal.rows.get(key=PERIOD)
    assert (set(row.values), set(row.decided), row.only_source) == ({"source"}, {"start"}, True)
    assert services.accept(proposal, by=editor).refused == ()
    assert start_of() == "2027-05-01"


def test_a_source_that_returns_to_what_it_said_before_is_news(editor, taken_in):
    services.accept(services.take_in("b.csv", register(LATER, SECOND), by=editor), by=editor)

    back = services.take_in("a.csv", register(FIRST, SECOND), by=editor)

    assert back.rows.get().state == "pending"


def note(start):
    date = {"earliest": start, "latest": start, "precision": "day", "certainty": "planned",
            "text": start}  # fmt: skip
    return Item(kind="phase_period", key=PERIOD, values={"start": date}, found_at=FoundAt())


def test_what_is_accepted_is_not_accepted_twice(editor, taken_in):
    proposal = services.take_in("b.csv", register(LATER, SECOND), by=editor)
    row = proposal.rows.get()
    services.accept(proposal, by=editor)
    entries = AuditEntry.objects.count()

    outcome = services.accept(proposal, [row.pk], by=editor)

    assert (outcome.accepted, outcome.refused) == ((), ())
    assert AuditEntry.objects.count() == entries


def test_every_accepted_row_is_recorded_with_file_and_place(editor, taken_in):
    proposal = services.take_in("b.csv", register(LATER, SECOND), by=editor)

    services.accept(proposal, by=editor)

    entry = AuditEntry.objects.filter(verb="proposal.accepted").latest("number")
    assert (entry.uid, entry.by) == (PERIOD, editor)
    assert entry.after == {
        "proposal": proposal.pk,
        "document": proposal.document.sha256,
        "file": "b.csv",
        "found_at": {"row": 2, "line": 2},
        "change": "changed",
    }
    change = AuditEntry.objects.filter(verb="phase_period.changed").latest("number")
    assert change.before["start"]["text"] == "01.07.2026"


@pytest.mark.parametrize("role", ["reader", "reporter"])
def test_who_may_not_edit_decides_nothing(editor, role):
    proposal = services.take_in("a.csv", register(FIRST), by=editor)
    other = User.objects.create_user("other", role=role)

    with pytest.raises(PermissionDenied):
        services.accept(proposal, by=other)
    with pytest.raises(PermissionDenied):
        services.reject(proposal, by=other, reason="Feil")

    assert set(proposal.rows.values_list("state", flat=True)) == {"pending"}
