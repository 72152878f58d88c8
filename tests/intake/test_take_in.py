import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from tests.intake.conftest import HEADING, register
from tests.shared import SHARED, needs_shared
from veikart.documents import queries as documents
from veikart.documents.models import Document
from veikart.editions import queries as editions
from veikart.engines.proposal import FoundAt, Item, Unreadable
from veikart.intake import services
from veikart.intake.datasets import loading
from veikart.intake.models import FailedReading, Proposal
from veikart.people.models import AuditEntry, User

pytestmark = pytest.mark.usefixtures("plan_with_goals")

FIRST = ("Fullmakt", "Konsept", "01.07.2026", "Innsynstjenester", 101)
SECOND = ("Innsyn i prøvesvar", "Tilpasning - innføring", "01.01.2027", "Innsynstjenester", 102)


def rows(proposal, **filters):
    return [(row.change, row.kind, row.key) for row in proposal.rows.filter(**filters)]


def test_a_first_register_proposes_all_of_it_and_changes_nothing(editor):
    before = editions.draft().roadmap

    proposal = services.take_in("register.csv", register(FIRST, SECOND), by=editor)

    assert rows(proposal) == [
        ("new", "delmal", "delmal/1A"),
        ("new", "grouping", "gruppering/1a-innsynstjenester"),
        ("new", "deliverable", "leveranse/101"),
        ("new", "phase_period", "leveranse/101/periode/1"),
        ("new", "deliverable", "leveranse/102"),
        ("new", "phase_period", "leveranse/102/periode/1"),
    ]
    counts = (proposal.new, proposal.changed, proposal.unchanged, proposal.gone, proposal.total)
    assert counts == (6, 0, 0, 0, 6)
    assert proposal.state == "open"
    assert editions.draft().roadmap == before
    period = proposal.rows.get(key="leveranse/102/periode/1")
    assert period.name == "Innsyn i prøvesvar"
    assert period.values["first_phase"] == "fase/tilpasning"
    assert period.values["last_phase"] == "fase/innforing"
    assert period.found_at == {"row": 3, "line": 3}


def test_the_file_is_kept_byte_for_byte(editor):
    content = register(FIRST)

    proposal = services.take_in("C:\\mine\\register.csv", content, by=editor)

    assert documents.content(proposal.document) == content
    assert proposal.document.name == "register.csv"
    assert proposal.title == "register.csv"


def test_the_same_file_twice_gives_the_proposal_that_is_open(editor):
    content = register(FIRST, SECOND)

    first = services.take_in("register.csv", content, by=editor)
    second = services.take_in("the same again.csv", content, by=editor)

    assert second == first
    assert Proposal.objects.count() == 1


def test_the_same_file_after_acceptance_proposes_nothing(editor):
    content = register(FIRST, SECOND)
    services.accept(services.take_in("register.csv", content, by=editor), by=editor)
    plan = editions.draft()

    again = services.take_in("register.csv", content, by=editor)

    assert rows(again) == []
    assert (again.state, again.unchanged, again.total) == ("closed", 6, 6)
    assert editions.draft().roadmap == plan.roadmap


def test_a_changed_row_proposes_only_the_fields_that_differ(editor):
    services.accept(services.take_in("a.csv", register(FIRST, SECOND), by=editor), by=editor)
    later = ("Fullmakt", "Konsept", "01.10.2026", "Innsynstjenester", 101)

    proposal = services.take_in("b.csv", register(later, SECOND), by=editor)

    (row,) = proposal.rows.all()
    assert (row.change, row.key) == ("changed", "leveranse/101/periode/1")
    assert {name: value["text"] for name, value in row.before.items()} == {"start": "01.07.2026"}
    assert {name: value["text"] for name, value in row.values.items()} == {"start": "01.10.2026"}
    assert (proposal.changed, proposal.unchanged, proposal.total) == (1, 5, 6)


def test_a_new_version_of_the_register_puts_rows_with_nothing_else_last(editor):
    services.accept(services.take_in("a.csv", register(FIRST, SECOND), by=editor), by=editor)
    moved = ("Innsyn i prøvesvar", "Innføring", "01.07.2027", "Innsynstjenester", 102)
    newer = register(FIRST, moved).replace(b"2026-08", b"2027-02")

    proposal = services.take_in("b.csv", newer, by=editor)

    assert list(proposal.rows.values_list("key", "only_source")) == [
        ("leveranse/102/periode/1", False),
        ("leveranse/101", True),
        ("leveranse/101/periode/1", True),
        ("leveranse/102", True),
    ]
    assert (proposal.changed, proposal.unchanged, proposal.total) == (4, 2, 6)


def test_what_the_register_lacks_is_proposed_as_gone_with_what_hangs_on_it(editor):
    other = ("Noe annet", "Konsept", "", "En annen gruppering", 103)
    services.accept(services.take_in("a.csv", register(FIRST, other), by=editor), by=editor)

    proposal = services.take_in("b.csv", register(FIRST), by=editor)

    assert rows(proposal) == [
        ("gone", "grouping", "gruppering/1a-en-annen-gruppering"),
        ("gone", "deliverable", "leveranse/103"),
    ]
    assert (proposal.gone, proposal.unchanged, proposal.total) == (2, 4, 6)
    assert proposal.rows.get(kind="deliverable").before["name"] == "Noe annet"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", None),
        ("wrong.csv", HEADING.replace("Startdato", "Start").encode() + b"\r\n", "wrong_columns"),
        ("letter.json", b"{", "not_a_proposal"),
        ("photo.csv", b"\x00\x01\x02" * 100, None),
    ],
)
def test_a_file_that_cannot_be_read_is_kept_and_leaves_the_plan_alone(editor, name, content, code):
    before = editions.draft()

    with pytest.raises(Unreadable) as refusal:
        services.take_in(name, content, by=editor)

    failed = FailedReading.objects.get()
    assert (failed.code, failed.message) == (refusal.value.code, refusal.value.message)
    assert code in (None, failed.code)
    assert documents.content(failed.document) == content
    assert not Proposal.objects.exists()
    after = editions.draft()
    assert (after.strategy, after.roadmap) == (before.strategy, before.roadmap)


def test_an_unknown_phase_is_kept_as_text_with_a_caution(editor):
    odd = ("Fullmakt", "Halvferdig", "snart", "Innsynstjenester", 101)

    proposal = services.take_in("odd.csv", register(odd), by=editor)

    period = proposal.rows.get(kind="phase_period")
    assert (period.values["phase_text"], period.values["first_phase"]) == ("Halvferdig", None)
    assert {"phase_unknown", "date_unreadable"} <= {c["code"] for c in proposal.cautions}
    assert all(caution["row"] == 2 for caution in proposal.cautions)


def test_a_row_without_what_the_plan_must_have_is_shown_and_cannot_be_accepted(editor):
    homeless = ("Fullmakt", "Konsept", "01.07.2026", "", 101)
    proposal = services.take_in("a.csv", register(homeless), by=editor)

    outcome = services.accept(proposal, by=editor)

    assert [(r.row.kind, r.code) for r in outcome.refused] == [
        ("deliverable", "missing_value"),
        ("phase_period", "unknown_reference"),
    ]
    assert [row.kind for row in outcome.accepted] == ["delmal"]
    row = proposal.rows.get(kind="deliverable")
    assert "“grouping”" in row.problem
    assert row.state == "pending"


def test_a_blank_never_takes_away_what_the_plan_must_have(editor):
    services.accept(services.take_in("a.csv", register(FIRST), by=editor), by=editor)
    homeless = ("Fullmakt", "Konsept", "01.07.2026", "", 101)

    proposal = services.take_in("b.csv", register(homeless), by=editor)

    assert rows(proposal, kind="deliverable") == []


@pytest.mark.parametrize("role", ["reader", "reporter"])
def test_who_may_not_edit_takes_in_nothing(role):
    with pytest.raises(PermissionDenied):
        services.take_in(
            "register.csv", register(FIRST), by=User.objects.create_user("other", role=role)
        )

    assert not Document.objects.exists()


def notes(start):
    date = {"earliest": start, "latest": start, "precision": "day", "certainty": "planned",
            "text": start}  # fmt: skip
    return [
        Item(
            kind="phase_period",
            key="leveranse/101/periode/1",
            values={"start": date},
            found_at=FoundAt(page=31),
        )
    ]


def test_a_proposal_made_by_hand_is_a_file_like_any_other(editor):
    services.accept(services.take_in("a.csv", register(FIRST), by=editor), by=editor)

    proposal = services.propose(
        "Teksten sier 2027", notes("2027-01-01"), source="Veikart Q3 2026", by=editor
    )

    assert (proposal.title, proposal.reader) == ("Teksten sier 2027", "proposal_file")
    assert b"Veikart Q3 2026" in documents.content(proposal.document)
    (row,) = proposal.rows.all()
    assert (row.change, row.found_at) == ("changed", {"page": 31})
    assert row.values["start"]["earliest"] == "2027-01-01"
    assert (
        services.propose(
            "Teksten sier 2027", notes("2027-01-01"), source="Veikart Q3 2026", by=editor
        )
        == proposal
    )


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (Item(kind="planet", key="planet/1", values={}, found_at=FoundAt()), "unknown_object"),
        (
            Item(kind="delmal", key="delmal/1A", values={"colour": "blue"}, found_at=FoundAt()),
            "unknown_field",
        ),
        (
            Item(kind="delmal", key="delmal/1A", values={"code": ["1A"]}, found_at=FoundAt()),
            "wrong_value",
        ),
    ],
)
def test_a_proposal_made_by_hand_is_refused_for_what_does_not_fit(editor, item, code):
    with pytest.raises(Unreadable) as refusal:
        services.propose("Feil", [item], source="Ingen", by=editor)

    assert refusal.value.code == code
    assert FailedReading.objects.get().code == code


def test_taking_in_is_recorded_with_the_document_and_the_counts(editor):
    proposal = services.take_in("a.csv", register(FIRST), by=editor)

    entry = AuditEntry.objects.get(verb="proposal.made")
    assert entry.by == editor
    assert entry.after == {
        "document": proposal.document.sha256,
        "reader": "register",
        "new": 4,
        "changed": 0,
        "unchanged": 0,
        "gone": 0,
    }


def test_the_real_register_is_proposed_and_taken_in_again_proposes_nothing(db, editor):
    content = (loading.DATASETS["ehelse"] / "register-2026-08.csv").read_bytes()
    loading.load("ehelse", by=None)

    again = services.take_in("register.csv", content, by=editor)

    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    assert again.unchanged == again.total == 263 + 263 + 54 + 20


def test_a_file_that_lacks_most_of_the_plan_is_doubted_as_a_whole(editor):
    rows = [(f"Leveranse {n}", "Konsept", "", "Innsyn", 1000 + n) for n in range(20)]
    services.accept(services.take_in("a.csv", register(*rows), by=editor), by=editor)

    most, few = (services.take_in("b.csv", register(*rows[:n]), by=editor) for n in (15, 2))

    assert "much_is_gone" not in {caution["code"] for caution in most.cautions}
    assert few.cautions[0]["message"] == (
        "The file lacks 18 objects of the plan, and holds 6 of them."
    )


def test_a_file_that_is_too_large_is_kept_and_refused(editor):
    with pytest.raises(Unreadable) as refusal:
        services.take_in("large.csv", b"x" * 26_000_000, by=editor)

    assert refusal.value.code == "too_large"
    assert FailedReading.objects.get().document.size == 26_000_000


@needs_shared
def test_the_strategy_document_is_taken_in_and_taken_in_again_proposes_nothing(db, editor):
    (path,) = (SHARED / "seeds").glob("001_*.txt")
    loading.load("ehelse", by=None)
    before = editions.draft()

    proposal = services.take_in(path.name, path.read_bytes(), by=editor)
    outcome = services.accept(proposal, by=editor, reason="Står ikke i dokumentet")

    assert outcome.refused == ()
    again = services.take_in(path.name, path.read_bytes(), by=editor)
    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    assert editions.draft().roadmap == before.roadmap


@pytest.mark.django_db(transaction=True)
def test_the_same_file_taken_in_by_two_at_once_gives_one_proposal():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; PostgreSQL has many")
    start, made = threading.Barrier(4), []

    def take_in() -> None:
        start.wait()
        made.append(services.take_in("register.csv", register(FIRST, SECOND), by=None).pk)
        connection.close()

    threads = [threading.Thread(target=take_in) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == 4 * [Proposal.objects.get().pk]


def test_a_delmal_that_the_plan_does_not_have_is_told_with_its_row(editor):
    first = services.take_in("register.csv", register(FIRST), by=editor)
    services.accept(first, by=editor)
    content = register(FIRST, SECOND).decode("utf-8-sig").splitlines()
    content[2] = content[2].replace("1A - Innsyn;", "9Z - Tull;")

    proposal = services.take_in("next.csv", "\r\n".join(content).encode(), by=editor)

    assert [c for c in proposal.cautions if c["code"] == "delmal_unknown"] == [
        {
            "code": "delmal_unknown",
            "message": "The file names delmål 9Z; the working plan has 1A.",
            "remedy": "If the code is wrong, reject the row, correct the file and take it in "
            "again. If the delmål is new, accept it before what stands under it.",
            "row": 3,
        }
    ]
    assert [c for c in first.cautions if c["code"] == "delmal_unknown"] == []
