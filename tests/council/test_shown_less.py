"""What is withheld after an edition was approved leaves all that is shown of it; the edition's file stands."""

import datetime as dt

import pytest

from tests.council.preparing import BODY, put
from veikart.council import casework, paper_files, queries
from veikart.council.models import Access, Case, Paper
from veikart.editions import building, shown
from veikart.plan import codec, council_lessening
from veikart.plan.council import (
    AgendaItem,
    Council,
    Meeting,
    Minutes,
    WithheldPapers,
)
from veikart.plan.council import Case as PlanCase
from veikart.plan.council_lessening import HiddenInCouncil, minutes_without
from veikart.plan.evaluation import Evaluation, Evaluations, Principle
from veikart.plan.minutes_text import fingerprint

pytestmark = pytest.mark.django_db

CASE = "sak/nuit/2-26"
OTHER = "sak/nuit/3-26"
PAPER = f"{CASE}/vedlegg/1"
TODAY = dt.date(2026, 6, 1)
SECRET = ("Kjøp", "Kvasir", "Lag plan", "Visjonen")
TEXT = (
    "Møte 1/2026", "Dato: 9. juni", "",
    "Sak 2/26: Kjøp av Kvasir", "Kvasir er dyr.", "",
    "Sak 3/26: Veikart", "Se også sak 2/26.", "Veikartet er godt.",
)  # fmt: skip


@pytest.fixture
def approved(body, a_day_in_june):
    """A plan in which the case, its paper, its decision and the minutes were public."""
    put(
        ("case", CASE, {"body": BODY, "number": "2/26", "title": "Kjøp av Kvasir"}),
        ("case", OTHER, {"body": BODY, "number": "3/26", "title": "Veikart", "came_from": CASE}),
        ("paper", PAPER, {"case": CASE, "no": 1, "label": "1", "title": "Kvasir-tilbudet"}),
        ("decision", f"{CASE}/vedtak", {"body": BODY, "case": CASE, "text": "Visjonen om Kvasir."}),
        ("follow_up", f"{CASE}/oppfolging/1", {"body": BODY, "case": CASE, "what": "Lag plan"}),
        ("case", OTHER, {"cites": [f"{CASE}/vedtak"]}),
        (
            "meeting",
            "mote/nuit/1-2026",
            {
                "body": BODY,
                "year": 2026,
                "number": 1,
                "state": "held",
                "held_on": TODAY,
                "agenda": [
                    {"no": 1, "kind": "case", "case": CASE, "minutes": 5},
                    {"no": 2, "kind": "case", "case": OTHER, "minutes": 5},
                ],
            },
        ),
    )
    plan = building.empty_plan(number="2026-1", title="Veikart", as_of=TODAY, frozen_at=None)
    council = queries.freeze(on=TODAY)
    [meeting] = council.meetings
    minutes = Minutes(text=TEXT, sha256=fingerprint(TEXT), approved_on=TODAY)
    return codec.decode(
        codec.encode(
            replace(plan, council=replace(council, meetings=(replace(meeting, minutes=minutes),)))
        )
    )


def replace(value, **fields):
    return type(value)(**{n: getattr(value, n) for n in value.__struct_fields__} | fields)


def test_a_plan_that_hides_nothing_is_shown_as_it_is(approved):
    assert shown.of(approved) is approved


def test_a_case_that_is_withheld_leaves_with_all_that_was_said_in_it(approved, editor):
    casework.withhold(
        Case.objects.get(pk=CASE), basis="offentleglova § 23", reason="Anbud", by=editor
    )

    now = shown.of(approved)

    said = codec.encode(now).decode()
    assert [word for word in SECRET if word in said] == []
    line, other = now.council.meetings[0].agenda
    assert (line.kind, line.case, line.basis) == ("withheld", None, "offentleglova § 23")
    assert other.case == OTHER
    [left] = now.council.cases
    assert (left.uid, left.came_from, left.cites) == (OTHER, None, ())
    [stone] = [stone for stone in now.tombstones if stone.uid == CASE]
    assert (stone.name, stone.reason) == ("Sak 2/26", "Unntatt offentlighet: offentleglova § 23")
    assert "Kvasir" in codec.encode(approved).decode()


def test_the_minutes_lose_what_they_say_of_it_and_have_a_fingerprint_of_their_own(approved, editor):
    casework.withhold(Case.objects.get(pk=CASE), basis="offentleglova § 23", reason="", by=editor)

    minutes = shown.of(approved).council.meetings[0].minutes

    assert minutes.text == (
        "Møte 1/2026",
        "Dato: 9. juni",
        "",
        "Unntatt offentlighet: offentleglova § 23",
        "",
        "Sak 3/26: Veikart",
        "Veikartet er godt.",
    )
    assert minutes.sha256 == fingerprint(minutes.text)


def test_minutes_in_which_it_cannot_be_told_apart_are_left_out():
    text = ("Møte 1/2026", "Vi talte lenge om sak 2/26, og om noe annet.")
    minutes = Minutes(text=text, sha256=fingerprint(text), approved_on=TODAY)
    case = PlanCase(uid=CASE, body=BODY, number="2/26", title="Kjøp")
    another = PlanCase(uid="sak/nuit/12-26", body=BODY, number="12/26", title="Annet")

    assert minutes_without(minutes, [case], {CASE: None}) is None
    assert minutes_without(minutes, [another], {}) == minutes


def test_what_is_released_again_is_shown_again(approved, editor):
    case = Case.objects.get(pk=CASE)
    casework.withhold(case, basis="offentleglova § 23", reason="", by=editor)
    assert shown.of(approved) != approved

    casework.release(case, by=editor)

    assert shown.of(approved) is approved


@pytest.mark.parametrize(
    ("terms", "counted"),
    [
        (
            {"access": "withheld", "basis": "offentleglova § 13"},
            (WithheldPapers(basis="offentleglova § 13", papers=1),),
        ),
        ({"access": "from_day", "public_from": dt.date(2026, 6, 2)}, ()),
    ],
)
def test_a_paper_that_is_withheld_is_a_count_in_its_case(approved, editor, terms, counted):
    paper = Paper.objects.select_related("case", "document").get()
    paper_files.change_access(paper, paper_files.Terms(**terms), by=editor)

    now = shown.of(approved)

    assert now.council.papers == ()
    assert now.council.cases[0].withheld == counted
    assert "tilbudet" not in codec.encode(now).decode()
    assert [stone.name for stone in now.tombstones] == ["Vedlegg 1 til sak 2/26"]


def test_a_paper_whose_day_has_come_stays(approved, editor):
    paper = Paper.objects.select_related("case", "document").get()
    terms = paper_files.Terms(access=Access.FROM_DAY, public_from=TODAY)
    paper_files.change_access(paper, terms, by=editor)

    assert shown.of(approved) is approved


def test_a_change_lets_the_pages_of_approved_editions_be_made_anew(
    approved, editor, settings, django_capture_on_commit_callbacks
):
    settings.EDITIONS_FOLDER.mkdir(parents=True)
    before = settings.EDITIONS_FOLDER.stat().st_mtime_ns

    with django_capture_on_commit_callbacks(execute=True):
        casework.withhold(Case.objects.get(pk=CASE), basis="§ 23", reason="", by=editor)

    assert settings.EDITIONS_FOLDER.stat().st_mtime_ns > before


def test_asking_costs_one_query(approved, django_assert_num_queries):
    with django_assert_num_queries(1):
        shown.of(approved)


def test_a_new_edition_has_none_of_it_either(approved, editor):
    casework.withhold(Case.objects.get(pk=CASE), basis="offentleglova § 23", reason="", by=editor)

    said = str(queries.freeze(on=TODAY))

    assert [word for word in SECRET if word in said] == []


def test_what_evaluations_lean_on_leads_nowhere_any_more(approved):
    evaluation = Evaluation(uid="evaluering/2026", title="Evaluering", case=CASE)
    principle = Principle(
        uid="evalueringsprinsipp/1", number=1, title="Enkel", decision=f"{CASE}/vedtak"
    )
    said = Evaluations(evaluations=(evaluation,), principles=(principle,))
    hidden = HiddenInCouncil({CASE: None}, {})

    now = council_lessening.lessened(replace(approved, evaluation=said), hidden)

    assert now.evaluation.evaluations[0].case is None
    assert now.evaluation.principles[0].decision is None


def test_a_case_on_several_agendas_leaves_all_of_them():
    item = AgendaItem(no=1, kind="case", case=CASE, title=None, starts_at="10:00")
    meetings = tuple(
        Meeting(uid=f"mote/nuit/{no}-2026", body=BODY, year=2026, agenda=(item,)) for no in (1, 2)
    )
    case = PlanCase(uid=CASE, body=BODY, number="2/26", title="Kjøp")
    plan = building.empty_plan(number=None, title="x", as_of=TODAY, frozen_at=None)
    whole = replace(plan, council=Council(meetings=meetings, cases=(case,)))

    now = council_lessening.lessened(whole, HiddenInCouncil({CASE: "§ 23"}, {}))

    lines = [(i.kind, i.starts_at, i.basis) for m in now.council.meetings for i in m.agenda]
    assert lines == [("withheld", "10:00", "§ 23")] * 2
