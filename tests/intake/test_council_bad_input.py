"""What a document about a council cannot say, a person says; and nothing of it is half accepted."""

import pytest

from tests.engines.readers.agendas import text_agenda
from tests.engines.readers.test_slides import SLIDES
from tests.intake.councils import (
    BODY,
    BUDGET,
    MEETING_KEY,
    NUFA,
    ROADMAP,
    SUMMONS,
    accepted,
    agenda,
    minutes,
    put,
    taken_in,
)
from veikart.council import models
from veikart.council.kinds import CASE, MEETING
from veikart.engines.proposal import FoundAt, Item
from veikart.evaluation.kinds import EVALUATION
from veikart.evaluation.models import Evaluation
from veikart.intake import services
from veikart.intake.models import ProposalState, RowState
from veikart.people import services as people
from veikart.people.models import AuditEntry

pytestmark = pytest.mark.django_db


def give(proposal, **values):
    """What a person says of rows, by the beginning of their names."""
    return {
        row.pk: {field: said}
        for row in proposal.rows.all()
        for start, (field, said) in values.items()
        if row.name.startswith(start)
    }


def test_cases_without_numbers_are_offered_the_next_of_their_body(council, editor):
    put(
        (
            "case",
            "sak/nasjonalt-e-helserad/17-26",
            {"body": BODY, "number": "17/26", "title": "Eldre"},
        )
    )
    listed = "\n".join(["Møte i Nasjonalt e-helseråd", "Møte 1/2026", "Dato 4. februar 2026", "Medlemmer Kari Nes (KS)", "", "Saksliste",
                        "1. Godkjenning av innkalling", "2. Veikart for helse", "3. Eventuelt", ""]).encode()  # fmt: skip

    proposal = taken_in(listed, editor)
    refused = services.accept(proposal, by=editor).refused

    assert {row.name: row.asked for row in proposal.rows.filter(kind="case")} == {
        "Godkjenning av innkalling": {"number": "18/26"},
        "Veikart for helse": {"number": "19/26"},
        "Eventuelt": {"number": "20/26"},
    }
    assert {one.code for one in refused} == {"value_missing", "falls_with"}
    assert not models.Meeting.objects.exists()
    said = give(
        proposal,
        Godkjenning=("number", "18/26"),
        Veikart=("number", "25/2026"),
        Eventuelt=("number", "26/26"),
    )
    assert services.accept(proposal, by=editor, given=said).refused == ()
    assert set(CASE.load()) == {f"sak/nasjonalt-e-helserad/{n}-26" for n in (17, 18, 25, 26)}
    assert [line.case for line in MEETING.load()[MEETING_KEY].agenda] == [
        f"sak/nasjonalt-e-helserad/{n}-26" for n in (18, 25, 26)
    ]
    entry = AuditEntry.objects.get(verb="proposal.accepted", uid="sak/nasjonalt-e-helserad/25-26")
    assert entry.after["given"] == {"number": "25/2026"}
    assert taken_in(listed, editor).rows.count() == 0


def test_two_cases_with_one_number_wait_with_all_that_is_theirs(council, editor):
    doubled = BUDGET.replace("3/26", "2/26")
    proposal = taken_in(agenda(SUMMONS, ROADMAP, doubled), editor)

    outcome = services.accept(proposal, by=editor)

    assert {row.key for row in outcome.accepted if row.kind == "case"} == {
        "sak/nasjonalt-e-helserad/1-26"
    }
    assert {one.row.name: one.code for one in outcome.refused} == {
        "Veikart for helse": "value_missing",
        "Budsjett neste år": "value_missing",
        "Nasjonalt e-helseråd 1/2026": "falls_with",
    }
    assert not models.Meeting.objects.exists()
    same = give(proposal, Veikart=("number", "2/26"), Budsjett=("number", "2/26"))
    codes = {one.code for one in services.accept(proposal, by=editor, given=same).refused}
    assert codes == {"number_taken", "falls_with"}
    right = give(proposal, Budsjett=("number", "3/26"))
    assert services.accept(proposal, by=editor, given=right).refused == ()
    assert len(MEETING.load()[MEETING_KEY].agenda) == 3


def test_a_number_that_is_of_another_case_is_asked_for(council, editor):
    put(
        (
            "case",
            "sak/nasjonalt-e-helserad/2-26",
            {"body": BODY, "number": "2/26", "title": "Personvern"},
        )
    )

    proposal = taken_in(agenda(SUMMONS, ROADMAP), editor)

    assert proposal.rows.get(name="Veikart for helse").asked == {"number": ""}
    assert "number_of_another" in {caution["code"] for caution in proposal.cautions}
    services.accept(proposal, by=editor)
    assert CASE.load()["sak/nasjonalt-e-helserad/2-26"].title == "Personvern"


def test_a_day_that_cannot_be_is_asked_for_and_the_meeting_waits(council, editor):
    proposal = taken_in(agenda(SUMMONS, number="", day="31.02.2026"), editor)

    outcome = services.accept(proposal, by=editor)

    assert [(one.row.kind, one.code) for one in outcome.refused] == [("meeting", "value_missing")]
    meeting = proposal.rows.get(kind="meeting")
    wrong = services.accept(proposal, by=editor, given={meeting.pk: {"held_on": "30.02.2026"}})
    assert [one.code for one in wrong.refused] == ["wrong_day"]
    said = {meeting.pk: {"held_on": "28.02.2026"}}
    assert services.accept(proposal, by=editor, given=said).refused == ()
    held = MEETING.load()["mote/nasjonalt-e-helserad/2026-02-28"]
    assert (held.year, str(held.held_on)) == (2026, "2026-02-28")
    again = taken_in(agenda(SUMMONS, number="", day="31.02.2026"), editor)
    assert (again.new, again.changed) == (0, 0)


def test_a_member_without_organisation_waits_for_one_alone(council, editor):
    content = agenda(SUMMONS).replace(b"Per Moe (Helse Nord RHF)", b"Per Moe")
    proposal = taken_in(content, editor)

    (refusal,) = services.accept(proposal, by=editor).refused

    assert (refusal.row.kind, refusal.code) == ("seat", "value_missing")
    said = {refusal.row.pk: {"organisation_name": "Helse Nord RHF"}}
    assert services.accept(proposal, by=editor, given=said).refused == ()
    assert models.Seat.objects.get(person="Per Moe").organisation_name == "Helse Nord RHF"
    assert taken_in(content, editor).rows.count() == 0


def test_whom_a_member_comes_from_is_said_once(council, editor):
    people.put("organisation", "aktor/ks", {"name": "KS", "kind": "interest_organisation"}, by=None)
    content = agenda(SUMMONS).replace(b"Per Moe (Helse Nord RHF)", b"Per Moe")
    proposal = taken_in(content, editor)
    seat = proposal.rows.get(name="Per Moe")

    assert (
        services.accept(proposal, by=editor, given={seat.pk: {"organisation_name": "ks"}}).refused
        == ()
    )

    assert models.Seat.objects.get(person="Per Moe").organisation_id == "aktor/ks"
    lines = {line.person: line.organisation for line in MEETING.load()[MEETING_KEY].attendance}
    assert lines["Per Moe"] == "aktor/ks"
    assert taken_in(content, editor).rows.count() == 0


def test_a_decision_on_an_edition_that_is_not_there_takes_its_case_with_it(editor):
    text = "Sak 7/26 Veikart\nVedtak: NUFA godkjenner veikartet, utgave 2031-9.\nOppfølging:\n- Rydde. Ansvarlig: Per.\n"
    proposal = taken_in(minutes(text), editor)

    refused = services.accept(proposal, by=editor).refused

    codes = {one.row.kind: one.code for one in refused}
    assert codes == {"decision": "edition_unknown", "case": "falls_with", "follow_up": "falls_with",
                     "meeting": "falls_with"}  # fmt: skip
    assert "2031-9" in next(one.message for one in refused if one.row.kind == "decision")
    assert not models.Case.objects.exists()
    assert not models.FollowUp.objects.exists()


def test_a_document_without_a_body_asks_for_it(council, editor):
    content = agenda(SUMMONS, ROADMAP).replace("Møte i Nasjonalt e-helseråd\n".encode(), b"")
    content = content.replace("Agenda Nasjonalt e-helseråd ".encode(), b"Tittel")
    proposal = taken_in(content, editor)
    body = proposal.rows.get(kind="body")

    said = {body.pk: {"name": "Nasjonalt e-helsestyre"}}

    assert services.accept(proposal, by=editor, given=said).refused == ()
    assert set(MEETING.load()) == {MEETING_KEY}
    assert models.Body.objects.get().name == "Nasjonalt e-helseråd"
    assert taken_in(content, editor).rows.count() == 0


def test_slides_without_a_plan_ask_for_the_year(editor):
    content = SLIDES.split("2024 – Q1")[0].encode()
    proposal = taken_in(content, editor, "lysark.txt")
    assert {one.code for one in services.accept(proposal, by=editor).refused} == {
        "value_missing",
        "falls_with",
    }
    assert not Evaluation.objects.exists()
    head = proposal.rows.get(kind="evaluation")

    assert services.accept(proposal, by=editor, given={head.pk: {"year": "2024"}}).refused == ()

    found = EVALUATION.load()["evaluering/2024"]
    assert (found.title, len(found.areas)) == ("Evaluering 2024", 2)
    again = taken_in(content, editor, "lysark.txt")
    assert (again.new, again.changed) == (0, 0)


def test_a_row_is_not_accepted_without_the_rest_of_its_case(editor):
    proposal = taken_in(text_agenda(), editor)
    case = proposal.rows.get(kind="case", name__startswith="12/25")

    (refusal,) = services.accept(proposal, [case.pk], by=editor).refused

    assert refusal.code == "not_whole"
    papers = list(proposal.rows.filter(kind="paper").values_list("pk", flat=True))
    services.reject(proposal, papers[:1], by=editor, reason="Vises ikke")
    body = proposal.rows.get(kind="body")
    of_case = [body.pk, *proposal.rows.filter(belongs_to=case.key).values_list("pk", flat=True)]
    cited = proposal.rows.exclude(belongs_to="").exclude(kind="meeting").exclude(state="rejected")
    chosen = {*cited.values_list("pk", flat=True), *of_case} - set(papers[:1])
    assert services.accept(proposal, chosen, by=editor).refused == ()
    assert models.Paper.objects.count() == 1


def test_a_row_whose_owner_was_rejected_says_so(editor):
    proposal = taken_in(agenda(SUMMONS, body="Nasjonalt kystråd"), editor)
    body = proposal.rows.get(kind="body")
    services.reject(proposal, [body.pk], by=editor, reason="Det heter noe annet")

    outcome = services.accept(proposal, by=editor)

    assert outcome.accepted == ()
    assert {one.code for one in outcome.refused} == {"owner_not_accepted"}
    assert "which is rejected" in outcome.refused[0].message


def test_a_rejected_case_takes_its_papers_with_it_and_stays_a_line_of_the_agenda(editor):
    proposal = taken_in(text_agenda(), editor)
    case = proposal.rows.get(kind="case", name__startswith="12/25")

    services.reject(proposal, [case.pk], by=editor, reason="Ikke vår sak")

    fallen = proposal.rows.filter(state=RowState.REJECTED)
    assert sorted(fallen.values_list("kind", flat=True)) == ["case", "paper", "paper"]
    assert services.accept(proposal, by=editor).refused == ()
    lines = MEETING.load()["mote/nasjonalt-kystrad/3-2025"].agenda
    assert [(line.kind, (line.title or "")[:10]) for line in lines if line.starts_at in ("09:10", "12:00")] == [
        ("other", "Ny strateg"), ("other", "Ny strateg"),
    ]  # fmt: skip
    assert taken_in(text_agenda(), editor).state == ProposalState.CLOSED


DECIDED = "Sak 7/26 Veikart\nVedtak: NUFA tar det til orientering.\n"


def test_minutes_that_are_approved_never_change(editor):
    accepted(minutes(DECIDED), editor, "m.txt")
    models.Minutes.objects.create(
        meeting_id="mote/nufa/2-2026", state="approved", approved_on="2026-06-01", sha256=64 * "0",
        lines=["Referat"],
    )  # fmt: skip
    later = minutes(DECIDED.replace("orientering", "etterretning")).replace(b"10.00-", b"09.00-")
    proposal = taken_in(later, editor, "m2.txt")

    outcome = services.accept(proposal, by=editor)

    assert outcome.accepted == ()
    assert {one.row.kind: one.code for one in outcome.refused} == {
        "meeting": "minutes_approved", "decision": "read_by_others",
    }  # fmt: skip
    assert "orientering" in models.Decision.objects.get().text


def test_what_is_proposed_by_hand_keeps_to_the_same_rules(editor):
    accepted(minutes(DECIDED), editor, "m.txt")
    approves = [{"no": 1, "kind": "approves", "edition": "2031-9"}]
    values = {
        "body": NUFA,
        "case": "sak/nufa/7-26",
        "text": "NUFA godkjenner.",
        "effects": approves,
    }
    item = Item(kind="decision", key="sak/nufa/7-26/vedtak/2", values=values, found_at=FoundAt())
    proposal = services.propose("Etterpå", [item], source="Et brev", by=editor)

    (refusal,) = services.accept(proposal, by=editor).refused

    assert refusal.code == "edition_unknown"
    assert models.Decision.objects.count() == 1
