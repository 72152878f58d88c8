"""By-ways to what is withheld: follow-ups, effects, lines and files that lead to a case without naming it as theirs."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from msgspec.structs import replace

from tests.council.preparing import BODY, MEETING, case, put
from veikart.council import (
    agendas,
    casework,
    following_up_views,
    member_rules,
    minutes_drafting,
    paper_files,
    queries,
    summoning,
)
from veikart.council.models import Case, FollowUp, Meeting, Minutes, Paper, Seat
from veikart.council.papers.gathered import gathered
from veikart.documents.models import Document
from veikart.editions import building, shown
from veikart.evaluation import services as evaluation
from veikart.people.models import User
from veikart.plan.consultations import Consultations, PriorityRound
from veikart.plan.council import Effect
from veikart.plan.council_lessening import without_ways_to

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

TODAY = dt.date(2026, 6, 1)
SECRET, OPEN = "sak/nuit/1-26", "sak/nuit/2-26"
BASIS = "offentleglova § 23"


@pytest.fixture
def cases(meeting, editor):
    """A withheld case with a decision, an open one, and a meeting that was summoned for both."""
    case("Kjøp av Kvasir", by=editor, basis=BASIS, is_public=True)
    case("Veikart", by=editor, is_public=True)
    put(
        ("case", SECRET, {"is_public": True}),
        ("case", OPEN, {"is_public": True}),
        ("meeting", MEETING, {"state": "summoned"}),
        ("agenda_item", f"{MEETING}/punkt/1", {"kind": "case", "case": SECRET}),
        ("agenda_item", f"{MEETING}/punkt/2", {"kind": "case", "case": OPEN}),
        ("decision", f"{SECRET}/vedtak", {"body": BODY, "case": SECRET, "text": "Kvasir kjøpes."}),
        ("decision", f"{OPEN}/vedtak", {"body": BODY, "case": OPEN, "text": "Godkjent."}),
    )


@pytest.fixture(params=["decision", "address"])
def asked(request, cases):
    """A follow-up that only its decision, or only its address, ties to the withheld case."""
    by_decision = request.param == "decision"
    uid = f"{MEETING}/oppfolging/1" if by_decision else f"{SECRET}/oppfolging/1"
    put(
        (
            "follow_up",
            uid,
            {
                "body": BODY,
                "what": "Betale Kvasir",
                "meeting": MEETING,
                "decision": f"{SECRET}/vedtak" if by_decision else None,
            },
        )
    )
    return FollowUp.objects.select_related("case", "decision").get()


def frozen():
    head = building.empty_plan(number="2026-1", title="V", as_of=TODAY, frozen_at=None).head
    return building.plan_to_freeze(head)


def test_a_follow_up_of_a_withheld_case_is_in_no_plan(asked):
    assert queries.freeze(on=TODAY).follow_ups == ()


def test_it_is_in_the_minutes_of_members_alone(asked):
    held = minutes_drafting.held(Meeting.objects.get(pk=MEETING))

    assert "Kvasir" not in str(minutes_drafting.written(held, with_withheld=False))
    assert "Betale Kvasir" in str(minutes_drafting.written(held, with_withheld=True))


def test_it_is_in_no_e_mail(asked):
    put(("agenda_item", f"{MEETING}/punkt/3", {"kind": "other", "title": "Oppfølging av vedtak"}))
    meeting = Meeting.objects.select_related("body").get(pk=MEETING)
    assert [one.follow_up.what for one in agendas.agenda_of(meeting).returned] == ["Betale Kvasir"]

    assert "Kvasir" not in str(summoning.preview(meeting, language="en"))


def test_who_is_to_do_it_does_not_read_the_decision(asked, rf):
    request = rf.get("/")
    request.user = User.objects.create_user("reporter", role=User.Role.REPORTER)

    assert not following_up_views._may_read_case(request, asked)


@pytest.mark.parametrize("what", ["Følge opp sak 1/26", "Ringe om Kjøp av Kvasir i morgen"])
def test_what_is_said_in_general_names_no_withheld_case(cases, editor, what):
    uid = f"{MEETING}/oppfolging/1"
    put(
        ("follow_up", uid, {"body": BODY, "what": what, "meeting": MEETING}),
        (
            "follow_up",
            f"{MEETING}/oppfolging/2",
            {"body": BODY, "what": "Se 11/26", "meeting": MEETING},
        ),
    )
    Minutes.objects.create(meeting_id=MEETING, notes={MEETING: f"Vi møttes.\n{what}."})
    held = minutes_drafting.held(Meeting.objects.select_related("body").get(pk=MEETING))

    public = minutes_drafting.written(held, with_withheld=False)

    assert [line for line in public if what in line] == []
    assert "Vi møttes." in public
    assert what in str(minutes_drafting.written(held, with_withheld=True))
    assert [one.what for one in frozen().council.follow_ups] == ["Se 11/26"]


def test_it_leaves_what_was_approved_before_with_the_case(cases):
    put(
        ("case", SECRET, {"basis": None}),
        (
            "follow_up",
            f"{MEETING}/oppfolging/1",
            {"body": BODY, "what": "Se sak 1/26", "meeting": MEETING},
        ),
    )
    before = frozen()
    assert len(before.council.follow_ups) == 1

    put(("case", SECRET, {"basis": BASIS}))

    assert shown.of(before).council.follow_ups == ()


def test_nothing_leads_to_a_withheld_case(cases):
    effects = (
        Effect(no=1, kind="takes_along", uid=f"{SECRET}/vedtak"),
        Effect(no=2, kind="led_to", uid=SECRET, note="Se over."),
        Effect(no=3, kind="led_to", uid=OPEN),
    )
    put(
        ("decision", f"{OPEN}/vedtak", {"effects": effects}),
        ("case", OPEN, {"about": [SECRET, "visjon"]}),
    )
    evaluation.put("evaluation", "evaluering/2026", {"title": "E", "case": SECRET}, by=None)
    said = {"number": 1, "title": "P", "decision": f"{SECRET}/vedtak"}
    evaluation.put("principle", "evalueringsprinsipp/1", said, by=None)

    plan = frozen()

    [decision] = plan.council.decisions
    assert [(e.no, e.uid, e.note) for e in decision.effects] == [
        (2, None, "Se over."),
        (3, OPEN, None),
    ]
    assert plan.council.cases[0].about == ("visjon",)
    assert plan.evaluation.evaluations[0].case is None
    assert plan.evaluation.principles[0].decision is None
    assert SECRET not in str(plan)


def test_a_line_that_is_withheld_without_a_case_has_no_title_outside(cases):
    put(
        (
            "agenda_item",
            f"{MEETING}/punkt/3",
            {"kind": "withheld", "title": "Om Kvasir", "presenter": "Kari", "basis": BASIS},
        )
    )
    meeting = Meeting.objects.select_related("body").get(pk=MEETING)

    line = frozen().council.meetings[0].agenda[2]

    assert (line.kind, line.title, line.presenter, line.basis) == ("withheld", None, None, BASIS)
    assert "Om Kvasir" not in str(summoning.preview(meeting, language="en"))


def test_a_case_of_another_body_on_the_agenda_opens_no_papers_of_it(cases, editor):
    put(("body", "organ/nufa", {"name": "NUFA"}), ("case", SECRET, {"body": "organ/nufa"}))
    terms = paper_files.Terms(access="withheld", basis=BASIS)
    file = paper_files.File("pris.txt", b"hemmelig")
    [uid] = paper_files.put_in(Case.objects.get(pk=SECRET), [file], terms, by=editor)
    said = {"body": BODY, "organisation_name": "KS", "role": "member"}
    put(("seat", f"{BODY}/plass/1", said))
    member = User.objects.create_user("kari", role=User.Role.READER)
    Seat.objects.update(user=member)
    paper = Paper.objects.select_related("case").get(pk=uid)

    assert not member_rules.can_read_paper(member, paper, on=TODAY)
    bound = gathered(Meeting.objects.select_related("body").get(), "medlemmer", on=TODAY)
    assert bound.rows == ()


@pytest.mark.parametrize("is_withheld_later", [True, False])
def test_a_public_paper_of_a_case_that_is_not_public_is_no_document_for_readers(
    client, meeting, editor, is_withheld_later
):
    uid = case("Kjøp", by=editor)
    found = Case.objects.get(pk=uid)
    terms, file = paper_files.Terms(access="public"), paper_files.File("a.txt", b"hemmelig")
    paper_files.put_in(found, [file], terms, by=editor)
    if is_withheld_later:
        Document.objects.update(visibility=Document.Visibility.PUBLIC)
        casework.withhold(found, basis=BASIS, reason="", by=editor)
    client.force_login(User.objects.create_user("reader", role=User.Role.READER))

    address = reverse("intake:document", args=[Document.objects.get().sha256])

    assert client.get(address).status_code == 404


def test_a_paper_is_not_taken_away_once_its_case_was_summoned_for_meanwhile(meeting, editor):
    uid = case("Kjøp", by=editor)
    terms, file = paper_files.Terms(access="public"), paper_files.File("a.txt", b"a")
    [paper] = paper_files.put_in(Case.objects.get(pk=uid), [file], terms, by=editor)
    opened = Paper.objects.select_related("case").get(pk=paper)
    put(("case", uid, {"is_public": True}))

    with pytest.raises(ValidationError, match="summoned for"):
        paper_files.remove(opened, reason="Feil", by=editor)


def test_a_round_of_prioritising_leads_to_no_case_that_is_gone():
    held = [
        PriorityRound(
            uid=f"horing/1/prioritering/{no}", hearing="horing/1", no=no, title="T", of="area",
            method="points", is_secret=True, opened_on=TODAY, closed_on=TODAY, voters=1, voted=1,
            case=uid,
        )
        for no, uid in enumerate((SECRET, OPEN, None), start=1)
    ]  # fmt: skip
    plan = building.empty_plan(number=None, title="V", as_of=TODAY, frozen_at=None)
    plan = replace(plan, consultations=Consultations(priority_rounds=tuple(held)))

    left = without_ways_to(plan, {SECRET})

    assert [one.case for one in left.consultations.priority_rounds] == [None, OPEN, None]
    assert without_ways_to(plan, ()) is plan
