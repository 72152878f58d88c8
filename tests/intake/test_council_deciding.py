"""Documents of councils are reviewed and accepted like every other; what belongs together, together or not at all."""

import pytest

from tests.engines.readers.agendas import docx_agenda, pdf_agenda, text_agenda
from tests.engines.readers.test_minutes import MINUTES, docx_minutes
from tests.intake.councils import (
    BODY,
    BUDGET,
    MEETING_KEY,
    NUFA,
    OTHER,
    ROADMAP,
    SUMMONS,
    accepted,
    agenda,
    minutes,
    put,
    taken_in,
)
from tests.shared import SHARED, needs_shared
from veikart.council import models
from veikart.council.kinds import CASE, MEETING
from veikart.evaluation.kinds import EVALUATION
from veikart.intake import services
from veikart.intake.models import ProposalState, RowState
from veikart.people import services as people

pytestmark = pytest.mark.django_db


def rows(proposal, **filters):
    return [(row.change, row.kind, row.key) for row in proposal.rows.filter(**filters)]


@needs_shared
def test_the_agenda_of_2022_becomes_a_meeting_of_the_council_that_was_called_otherwise(
    council, editor
):
    people.put("organisation", "aktor/ks", {"name": "KS", "kind": "interest_organisation"}, by=None)
    [path] = (SHARED / "seeds").glob("002_*.txt")

    proposal = accepted(path.read_bytes(), editor, path.name)

    assert models.Body.objects.count() == 1
    meeting = MEETING.load()["mote/nasjonalt-e-helserad/1-2022"]
    assert (meeting.is_extra, meeting.state, str(meeting.held_on)) == (
        True,
        "summoned",
        "2022-02-04",
    )
    assert [(line.starts_at, line.case or line.title, line.is_continued) for line in meeting.agenda] == [
        ("10:30", "sak/nasjonalt-e-helserad/1-22", False),
        ("10:35", "sak/nasjonalt-e-helserad/2-22", False),
        ("11:30", "Lunsj", False),
        ("11:50", "sak/nasjonalt-e-helserad/2-22", True),
        ("12:55", "sak/nasjonalt-e-helserad/3-22", False),
    ]  # fmt: skip
    assert len(meeting.attendance) == 18
    seats = models.Seat.objects.filter(body=BODY)
    assert (seats.count(), seats.filter(role="observer").count()) == (18, 1)
    assert {(s.organisation_name, s.organisation_id) for s in seats.exclude(organisation=None)} == {
        ("KS", "aktor/ks")
    }
    case = CASE.load()["sak/nasjonalt-e-helserad/2-22"]
    assert (case.type, case.case_officer, case.sender) == (
        "discussion", "Karl S Vestli", "Mariann Hornnes",
    )  # fmt: skip
    assert len(case.questions) == 2
    assert case.purpose.startswith("Direktoratet for e-helse ønsker med denne saken å drøfte")
    assert case.proposal.startswith("Direktoratet for e-helse tar med seg")
    assert [section.heading for section in case.sections][:2] == [
        "Bakgrunn", "Visjon for digitalisering i helse- og omsorgssektoren",
    ]  # fmt: skip
    assert case.cites == tuple(
        f"sak/nasjonalt-e-helserad/{n}/vedtak" for n in ("40-21", "27-21", "20-21")
    )
    earlier = models.Decision.objects.get(uid="sak/nasjonalt-e-helserad/40-21/vedtak")
    assert (earlier.title, str(earlier.decided_on)) == (
        "Visjon og evalueringsprinsipper",
        "2021-12-09",
    )
    assert list(models.Paper.objects.values_list("label", "access")) == [
        ("1", "public"),
        ("1A", "public"),
    ]
    place = proposal.rows.get(key="sak/nasjonalt-e-helserad/2-22").found_at
    assert place == {
        "line": 39,
        "fields": {"proposal": {"line": 96}, "questions": {"line": 69}, "sections": {"line": 104},
                   "cites": {"line": 253}},
    }  # fmt: skip
    again = taken_in(path.read_bytes(), editor, path.name)
    assert (again.new, again.changed, again.state) == (0, 0, "closed")


@needs_shared
def test_the_slides_of_2021_become_an_evaluation_and_a_work_plan(council, editor):
    put(("body", NUFA, {"name": "Nasjonalt utvalg", "short_name": "NUFA"}))
    [path] = (SHARED / "seeds").glob("000_*.txt")

    proposal = accepted(path.read_bytes(), editor, path.name)

    evaluation = EVALUATION.load()["evaluering/2021"]
    assert (len(evaluation.areas), len(evaluation.questions)) == (6, 3)
    assert [(one.value, one.question) for one in evaluation.ratings] == [
        ("limited", None), ("small", None), ("some", None),
    ]  # fmt: skip
    assert "year_inferred" in {caution["code"] for caution in proposal.cautions}
    plan = models.WorkPlan.objects.get(uid="arbeidsplan/2021-2022")
    assert (plan.streams.count(), plan.phases.count(), plan.dates.count()) == (3, 6, 10)
    assert plan.dates.get(day="2021-09-02").body_id == NUFA
    again = taken_in(path.read_bytes(), editor, path.name)
    assert (again.new, again.changed) == (0, 0)


@pytest.mark.parametrize("make", [text_agenda, docx_agenda, pdf_agenda])
def test_an_agenda_is_the_same_from_every_form_of_file(editor, make):
    names = {text_agenda: "a.txt", docx_agenda: "a.docx", pdf_agenda: "a.pdf"}

    accepted(text_agenda(), editor, "first.txt")
    again = taken_in(make(), editor, names[make])

    told = {row.key: set(row.values) - {"text", "questions"} for row in again.rows.all()}
    assert {key: fields for key, fields in told.items() if fields} == {}


@pytest.mark.parametrize(
    ("name", "content"), [("m.txt", MINUTES.encode()), ("m.docx", docx_minutes())]
)
def test_minutes_say_who_was_there_what_was_decided_and_what_is_to_be_done(editor, name, content):
    accepted(content, editor, name)

    meeting = MEETING.load()["mote/nufa/2-2025"]
    assert meeting.state == "held"
    present = {line.person: line.present for line in meeting.attendance}
    assert (present["Kari Nordmann"], present["Ola Hansen"]) == (True, False)
    decision = models.Decision.objects.get(uid="sak/nufa/8-25/vedtak")
    assert decision.text == "NUFA anbefaler at arbeidet går videre, og ber om en plan."
    assert (decision.meeting_id, str(decision.decided_on)) == ("mote/nufa/2-2025", "2025-04-03")
    to_do = {one.what: (one.who, one.due_said) for one in models.FollowUp.objects.all()}
    assert to_do["Sender ut plan for arkivet"] == ("Sekretariatet", "1. juni 2025")
    assert to_do["Lage oversikt over kostnader"] == ("Per Berg", "31.02.2026")
    assert models.FollowUp.objects.get(what="Lage oversikt over kostnader").due is None
    again = taken_in(content, editor, name)
    assert (again.new, again.changed) == (0, 0)


def test_minutes_after_an_agenda_keep_its_times_and_tell_that_the_meeting_was_held(editor):
    first = ["7/26 Veikart 10:00 Drøfting", "8/26 Eventuelt 11:00"]
    accepted(agenda(*first, body="NUFA", number="Møte 2/2026", day="3. april 2026"), editor)

    accepted(minutes("Sak 7/26 Veikart\nVedtak: NUFA tar det til orientering.\n\nSak 8/26 Eventuelt\nIngen.\n"),
             editor, "m.txt")  # fmt: skip

    meeting = MEETING.load()["mote/nufa/2-2026"]
    assert meeting.state == "held"
    assert [line.starts_at for line in meeting.agenda] == ["10:00", "11:00"]
    assert {line.person: line.present for line in meeting.attendance} == {
        "Kari Nes": True,
        "Per Moe": True,
    }
    assert models.Seat.objects.count() == 2


def test_a_second_version_gives_only_what_changed(council, editor):
    accepted(agenda(SUMMONS, ROADMAP, OTHER), editor)

    later = ROADMAP.replace("10:35", "10:40")
    proposal = taken_in(agenda(SUMMONS, later, BUDGET, OTHER), editor, "b.txt")

    assert rows(proposal) == [
        ("changed", "meeting", MEETING_KEY),
        ("new", "case", "sak/nasjonalt-e-helserad/3-26"),
    ]
    assert set(proposal.rows.get(kind="meeting").values) == {"agenda"}
    services.accept(proposal, by=editor)
    assert [(line.starts_at, line.case[-4:]) for line in MEETING.load()[MEETING_KEY].agenda] == [
        ("10:30", "1-26"), ("10:40", "2-26"), ("11:15", "3-26"), ("12:50", "4-26"),
    ]  # fmt: skip


def test_what_is_not_mentioned_stays(council, editor):
    accepted(agenda(SUMMONS, ROADMAP, BUDGET, OTHER), editor)

    proposal = taken_in(agenda(SUMMONS, ROADMAP), editor, "b.txt")

    assert rows(proposal) == []
    assert proposal.gone == 0


def test_what_a_person_changed_or_took_away_is_not_proposed_back(council, editor):
    content = agenda(SUMMONS, ROADMAP, BUDGET)
    accepted(content, editor)
    lines = MEETING.load()[MEETING_KEY].agenda
    kept = [{"no": 1, "kind": "case", "case": lines[1].case, "starts_at": "09:00", "presenter": "Kari"},
            {"no": 2, "kind": "case", "case": lines[0].case, "starts_at": "09:30"}]  # fmt: skip
    put(
        ("meeting", MEETING_KEY, {"agenda": kept, "place": "Bergen"}),
        ("case", lines[1].case, {"title": "Veikart for helse og omsorg", "type": "endorsement"}),
    )

    proposal = taken_in(content, editor)

    assert proposal.state == ProposalState.CLOSED
    assert set(proposal.rows.values_list("state", flat=True)) <= {RowState.REJECTED}


def test_the_next_agenda_doubles_no_seat(council, editor):
    accepted(agenda(SUMMONS), editor)
    follower = agenda("5/26 Veikart 10:00 Drøfting", number="Møte 2/2026", day="4. juni 2026")

    proposal = taken_in(follower.replace(b"Kari Nes", b"Ada Dahl"), editor, "b.txt")

    assert not proposal.rows.filter(kind="seat").exists()
    services.accept(proposal, by=editor)
    assert {line.person for line in MEETING.load()["mote/nasjonalt-e-helserad/2-2026"].attendance} == {
        "Ada Dahl", "Per Moe",
    }  # fmt: skip


def test_an_unknown_body_is_proposed_and_told(editor):
    proposal = taken_in(agenda(SUMMONS, body="Nasjonalt kystråd"), editor)

    assert proposal.rows.get(kind="body").values == {"name": "Nasjonalt kystråd"}
    assert "body_unknown" in {caution["code"] for caution in proposal.cautions}


def test_what_is_not_public_is_compared_too(council, editor):
    accepted(agenda(SUMMONS, ROADMAP), editor)
    put(("case", "sak/nasjonalt-e-helserad/2-26", {"is_public": False, "basis": "offl. § 14"}))

    assert taken_in(agenda(SUMMONS, ROADMAP), editor, "b.txt").rows.count() == 0


def test_a_paper_that_is_called_withheld_is_withheld(editor):
    content = (
        text_agenda()
        .decode()
        .replace("1A: Utkast\ntil mål og tiltak", "1A: Pris\n(unntatt offentlighet,\noffl. § 14)")
    )

    accepted(content.encode(), editor)

    paper = models.Paper.objects.get(label="1A")
    assert (paper.access, paper.basis) == ("withheld", "offl. § 14")


def test_a_draft_agenda_summons_nobody(council, editor):
    accepted(agenda(SUMMONS, ROADMAP), editor, "Utkast til agenda.txt")

    assert MEETING.load()[MEETING_KEY].state == "planned"
    assert not models.Case.objects.filter(is_public=True).exists()


def test_a_meeting_that_is_moved_counts_one_more_change(council, editor):
    accepted(agenda(SUMMONS), editor)

    accepted(agenda(SUMMONS, day="11. februar 2026"), editor, "b.txt")

    meeting = MEETING.load()[MEETING_KEY]
    assert (str(meeting.held_on), meeting.sequence) == ("2026-02-11", 1)
    assert taken_in(agenda(SUMMONS, day="11. februar 2026"), editor, "b.txt").rows.count() == 0


def test_minutes_that_come_after_a_paper_that_told_of_them_fill_in_the_decision(editor):
    accepted(text_agenda(), editor)
    earlier = minutes(
        "Sak 40/24 Visjon for kysten\nVedtak: Nasjonalt kystråd anbefaler visjonen enstemmig.\n",
        body="Nasjonalt kystråd", number="5/2024", day="9. desember 2024",
    )  # fmt: skip

    accepted(earlier, editor, "m.txt")

    decision = models.Decision.objects.get(uid="sak/nasjonalt-kystrad/40-24/vedtak")
    assert (decision.text, decision.meeting_id) == (
        "Nasjonalt kystråd anbefaler visjonen enstemmig.", "mote/nasjonalt-kystrad/5-2024",
    )  # fmt: skip
    again = taken_in(text_agenda(), editor)
    assert "worded_otherwise" in {caution["code"] for caution in again.cautions}
    assert again.rows.count() == 0
