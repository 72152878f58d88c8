"""Decisions: entered once, tied to what there is, and corrected with a reason once others may have read them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.council.treating.conftest import AGAIN, DAY, NUIT, OPEN, PROPOSAL, case, put
from veikart.council import deciding, kinds, minuting
from veikart.council.deciding import Said
from veikart.council.models import Decision, Meeting
from veikart.council.queries import approving
from veikart.editions import services as editions
from veikart.people.models import AuditEntry, User
from veikart.plan.council import Dissent, Effect
from veikart.strategy import services as strategy

pytestmark = pytest.mark.django_db


def said(text=PROPOSAL, **more):
    return Said(text=text, decided_on=DAY, **{"proposal": PROPOSAL, **more})


def decided(meeting, editor, text=PROPOSAL, **more):
    uid = deciding.decide(meeting, case(OPEN), said(text, **more), by=editor)
    return kinds.DECISION.load([uid])[uid]


def test_the_result_is_what_the_two_texts_tell(meeting, editor):
    as_proposed = decided(meeting, editor, f"  {PROPOSAL}\n")
    changed = decided(meeting, editor, "NUIT anbefaler at veikartet godkjennes med merknad.")

    assert (as_proposed.uid, as_proposed.result) == (f"{OPEN}/vedtak", "as_proposed")
    assert (changed.uid, changed.result) == (f"{OPEN}/vedtak/2", "changed")
    assert changed.proposal == PROPOSAL
    assert Meeting.objects.get(pk=meeting.pk).state == "held"


@pytest.mark.parametrize(
    ("text", "result", "says"),
    [
        ("Noe annet.", "as_proposed", "Choose “Changed in the meeting”."),
        (PROPOSAL, "changed", "Choose “As proposed”."),
    ],
)
def test_a_result_that_the_texts_contradict_is_refused(meeting, editor, text, result, says):
    with pytest.raises(ValidationError, match=says):
        decided(meeting, editor, text, result=result)

    assert not Decision.objects.exists()
    assert Meeting.objects.get(pk=meeting.pk).state == "summoned"


def test_a_postponed_case_is_neither_as_proposed_nor_changed(meeting, editor):
    assert decided(meeting, editor, "Saken utsettes.", result="postponed").result == "postponed"


def test_votes_and_dissent_are_kept_as_they_were_said(meeting, editor):
    found = decided(
        meeting,
        editor,
        votes_for=12,
        votes_against=2,
        dissents=(Dissent(no=1, who="KS", text="Fristen er for kort."),),
    )

    assert (found.votes_for, found.votes_against, found.votes_blank) == (12, 2, None)
    assert found.dissents == (Dissent(no=1, who="KS", text="Fristen er for kort."),)


def test_an_edition_that_is_not_there_cannot_be_approved_and_the_refusal_names_those_that_are(
    meeting, editor
):
    editions.freeze(by=editor, as_of=dt.date(2026, 6, 1), title="Veikart")
    wrong = Effect(no=1, kind="approves", edition="2027-9")

    with pytest.raises(ValidationError) as refusal:
        decided(meeting, editor, effects=(wrong,))

    assert refusal.value.code == "no_such_edition"
    assert refusal.value.messages == [
        "There is no edition 2027-9. Expected one of those that wait or are approved: 2026-1. "
        "Freeze the edition first, or correct its number."
    ]
    assert not Decision.objects.exists()


def test_an_edition_that_waits_is_approved_by_a_decision(meeting, editor):
    editions.freeze(by=editor, as_of=dt.date(2026, 6, 1), title="Veikart")
    found = decided(meeting, editor, effects=(Effect(no=1, kind="approves", edition="2026-1"),))

    assert [(each.uid, each.case, each.body, each.on) for each in approving("2026-1")] == [
        (found.uid, "2/26", "NUIT", DAY)
    ]
    assert approving("2026-2") == []


def test_an_effect_is_on_something_that_the_plan_knows(meeting, editor):
    strategy.put("vision", "visjon", {"text": "Helhet"}, by=editor)
    with pytest.raises(ValidationError, match="The plan knows no delmal/9Z"):
        decided(meeting, editor, effects=(Effect(no=1, kind="led_to", uid="delmal/9Z"),))

    found = decided(meeting, editor, effects=(Effect(no=1, kind="led_to", uid="visjon"),))

    assert [effect.uid for effect in found.effects] == ["visjon"]


def test_only_a_case_of_the_agenda_is_decided_and_only_after_the_meeting(meeting, editor):
    put(("case", AGAIN, {"body": NUIT, "number": "5/26", "title": "Ny"}))
    with pytest.raises(ValidationError, match="is not on the agenda"):
        deciding.decide(meeting, case(AGAIN), said(), by=editor)

    put(("meeting", meeting.pk, {"held_on": dt.date(2026, 7, 1)}))
    with pytest.raises(ValidationError, match="is still to come"):
        deciding.decide(Meeting.objects.get(pk=meeting.pk), case(OPEN), said(), by=editor)


def test_who_is_no_editor_decides_nothing(meeting):
    reader = User.objects.create_user("reader", role=User.Role.READER)
    with pytest.raises(PermissionDenied):
        decided(meeting, reader)


def test_a_draft_is_mended_without_a_reason_and_the_record_has_both(meeting, editor):
    row = Decision.objects.get(pk=decided(meeting, editor, "Feil.").uid)

    deciding.correct(row, said("Rett."), by=editor)

    entry = AuditEntry.objects.filter(uid=row.pk).first()
    assert (entry.verb, entry.before["text"], entry.after["text"]) == (
        "decision.changed",
        "Feil.",
        "Rett.",
    )
    assert deciding.versions(row) == []


def test_what_the_members_have_had_is_corrected_with_a_reason_as_a_new_version(meeting, editor):
    row = Decision.objects.get(pk=decided(meeting, editor, "Feil.").uid)
    minuting.approve(Meeting.objects.get(pk=meeting.pk), by=editor, on=DAY)

    with pytest.raises(ValidationError, match="Say why it is corrected"):
        deciding.correct(row, said("Rett."), by=editor)
    deciding.correct(row, said("Rett."), by=editor, reason="Skrivefeil i referatet")
    deciding.correct(row, said("Helt rett."), by=editor, reason="Enda en")

    newest, oldest = deciding.versions(row)
    assert (newest.number, newest.before.text, newest.reason) == (2, "Rett.", "Enda en")
    assert (oldest.number, oldest.before.text, oldest.by_name) == (1, "Feil.", "editor")
    assert oldest.before.decided_on == DAY


def test_what_an_approved_edition_shows_is_corrected_with_a_reason(meeting, editor):
    row = Decision.objects.get(pk=decided(meeting, editor).uid)
    approver = User.objects.create_user("approver", role=User.Role.APPROVER)
    edition = editions.freeze(by=editor, as_of=dt.date(2026, 6, 12), title="Veikart")
    assert deciding.why_reason(row) is None

    editions.approve(edition, by=approver, body="NUIT", on=dt.date(2026, 6, 12))

    assert deciding.why_reason(row) == (
        "Edition 2026-1 shows this decision. Say why it is corrected."
    )
