"""The secretariat makes cases with numbers of their own, and puts papers to them that somebody has decided on."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.council.preparing import BODY, case, put, text
from veikart.consultations import services as consultations
from veikart.council import casework, kinds, paper_files, queries
from veikart.council.models import Case, Paper
from veikart.documents.models import Document
from veikart.people.models import AuditEntry
from veikart.strategy import services as strategy

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

CASE = "sak/nuit/1-26"
TODAY = dt.date(2026, 6, 1)


def to(name, *args):
    return reverse(f"council:{name}", args=args or ["nuit", "1-26"])


def held(uid=CASE):
    return kinds.CASE.load([uid])[uid]


def sent(desk, *files, **said):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return desk.post(to("put-in-papers"), {"chosen": uploads, **said}, follow=True)


@pytest.fixture
def one_case(desk, body, editor):
    return case("Veikart", by=editor)


def test_a_case_is_made_with_the_next_number_and_all_that_it_says(desk, body, editor):
    case("Fra før", by=editor, number="6/26")
    case("I fjor", by=editor, number="9/25")
    form = desk.get(to("new-case", "nuit")).context["form"]
    assert form["number"].value() == "7/26"

    said = {
        "number": "7/26",
        "title": "Veikart",
        "type": "discussion",
        "questions": "Hva mangler?\n\nHva er viktigst?",
        "proposal": "NUIT tar saken til orientering.",
        "presenter": "Kari Nordmann",
    }
    desk.post(to("new-case", "nuit"), said)

    made = held("sak/nuit/7-26")
    assert (made.number, made.type, made.is_public) == ("7/26", "discussion", False)
    assert [(q.no, q.text) for q in made.questions] == [
        (1, "Hva mangler?"),
        (2, "Hva er viktigst?"),
    ]
    assert queries.freeze(on=TODAY).cases == ()


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("1/26", "Another case of the body has the number 1/26. The next is 2/26."),
        ("én", "Expected a serial number and a year, such as 4/26; found “én”."),
        ("0/26", "Expected a serial number and a year, such as 4/26; found “0/26”."),
    ],
)
def test_a_number_that_is_taken_or_none_is_told(desk, one_case, number, says):
    answer = desk.post(to("new-case", "nuit"), {"number": number, "title": "En annen"})

    assert answer.status_code == 422
    assert says in text(answer)
    assert Case.objects.count() == 1


def test_two_bodies_have_numbers_of_their_own(one_case, editor):
    put(("body", "organ/nufa", {"name": "NUFA"}))

    uid = casework.create("organ/nufa", None, {"title": "Veikart"}, year=2026, by=editor)

    assert uid == "sak/nufa/1-26"


def test_a_case_that_came_from_another_body_takes_over_what_was_said(desk, body, editor):
    put(("body", "organ/nufa", {"name": "NUFA"}))
    values = {"title": "Veikart", "purpose": "Enighet", "about": ("mal/1",)}
    origin = casework.create("organ/nufa", None, values, year=2026, by=editor)

    form = desk.get(f"{to('new-case', 'nuit')}?fra={origin}").context["form"]
    said = {each.name: each.value() for each in form if each.value()}
    desk.post(to("new-case", "nuit"), said | {"questions": ""})

    made = held()
    assert (made.came_from, made.purpose, made.about) == (origin, "Enighet", ("mal/1",))
    assert "Came from NUFA, 1/26 Veikart" in text(desk.get(to("case")))


def test_what_a_case_is_about_is_looked_for_and_chosen(desk, one_case, editor):
    for number, title in ((1, "Aktiv medvirkning"), (2, "Enklere arbeidshverdag")):
        goal = {"number": number, "title": title, "kind": "direct", "summary": "–"}
        strategy.put("strategic_goal", f"mal/{number}", goal, by=editor)

    found = text(desk.get(to("choose-about"), {"q": "arbeidshverdag"}))
    desk.post(to("choose-about"), {"valgt": ["mal/2"]})

    assert "2 Enklere arbeidshverdag" in found
    assert "Aktiv medvirkning" not in found
    assert held().about == ("mal/2",)
    assert "2 Enklere arbeidshverdag" in text(desk.get(to("case")))


def test_an_address_where_nothing_lies_is_refused(desk, one_case):
    answer = desk.post(to("choose-about"), {"valgt": ["mal/99"]}, follow=True)

    assert "Nothing lies at mal/99." in text(answer)
    assert held().about == ()


def test_earlier_decisions_are_cited(desk, one_case, editor):
    earlier = case("Visjon", by=editor, number="40/21")
    put(
        (
            "decision",
            f"{earlier}/vedtak",
            {"body": BODY, "case": earlier, "text": "Visjonen godkjennes."},
        )
    )

    assert "40/21 Visjon" in text(desk.get(to("choose-decisions"), {"q": "visjonen"}))
    desk.post(to("choose-decisions"), {"valgt": [f"{earlier}/vedtak"]})

    assert held().cites == (f"{earlier}/vedtak",)


# --- Papers -----------------------------------------------------------------------------------


def test_several_files_become_papers_with_the_next_labels(desk, one_case):
    sent(desk, ("veikart_utkast.txt", b"a"), ("tall.xlsx", b"b"), access="public")
    sent(desk, ("mer.txt", b"c"), ("enda mer.txt", b"d"), access="public", under="1")
    sent(desk, ("siste.txt", b"e"), access="public", label="7B", title="Et brev")

    rows = Paper.objects.order_by("no").values_list("uid", "label", "title", "file_name")
    assert list(rows) == [
        (f"{CASE}/vedlegg/1", "1", "veikart utkast", "veikart_utkast.txt"),
        (f"{CASE}/vedlegg/2", "2", "tall", "tall.xlsx"),
        (f"{CASE}/vedlegg/1a", "1A", "mer", "mer.txt"),
        (f"{CASE}/vedlegg/1b", "1B", "enda mer", "enda mer.txt"),
        (f"{CASE}/vedlegg/7b", "7B", "Et brev", "siste.txt"),
    ]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({}, "Choose who may see it. Nothing is public by mistake."),
        ({"access": "withheld"}, "Give the legal basis for withholding it."),
        ({"access": "from_day"}, "Give the day from which the paper is public."),
        (
            {"access": "from_day", "public_from": "31.02.2026"},
            "Expected a day that the calendar has, such as 09.06.2026; found “31.02.2026”.",
        ),
        (
            {"access": "public", "label": "1"},
            "A paper of the case has, or had, the label 1. Give another.",
        ),
        ({"access": "public", "label": "Å"}, "Expected a label such as 1 or 1A; found “Å”."),
    ],
)
def test_a_paper_that_lacks_what_it_needs_is_refused_and_no_file_is_kept(
    desk, one_case, said, says
):
    sent(desk, ("en.txt", b"a"), access="public")

    answer = sent(desk, ("to.txt", b"b"), **said)

    assert answer.status_code == 422
    assert says in text(answer)
    assert Paper.objects.count() == 1


def test_the_label_of_a_paper_that_was_taken_away_is_not_used_again(desk, one_case):
    sent(desk, ("en.txt", b"a"), access="public")

    answer = desk.post(to("act-on-paper", "nuit", "1-26", "1", "ta-bort"), {"reason": "Feil fil"})
    again = sent(desk, ("to.txt", b"b"), access="public", label="1")
    sent(desk, ("to.txt", b"b"), access="public")

    assert answer.status_code == 302
    assert "has, or had, the label 1" in text(again)
    assert list(Paper.objects.values_list("label", flat=True)) == ["2"]


def test_a_file_can_be_replaced_until_the_case_is_summoned_for(desk, one_case, editor):
    sent(desk, ("en.txt", b"a"), access="public")
    address = to("act-on-paper", "nuit", "1-26", "1", "bytt")
    desk.post(address, {"file": SimpleUploadedFile("to.txt", b"bedre")})
    assert desk.get(to("paper-file", "nuit", "1-26", "1")).content == b"bedre"
    put(("case", CASE, {"is_public": True}))

    answer = desk.post(address, {"file": SimpleUploadedFile("tre.txt", b"for sent")})

    assert answer.status_code == 422
    assert "The case was summoned for, so its papers stay as they are." in text(answer)
    assert desk.get(to("paper-file", "nuit", "1-26", "1")).content == b"bedre"
    with pytest.raises(ValidationError, match="stay as they are"):
        paper_files.remove(Paper.objects.select_related("case").get(), reason="x", by=editor)


def test_a_change_of_access_is_recorded_and_keeps_the_file_apart(desk, one_case):
    sent(desk, ("en.txt", b"a"), access="public")
    said = {"access": "withheld", "basis": "offentleglova § 13", "reason": "Navn på en pasient"}

    desk.post(to("act-on-paper", "nuit", "1-26", "1", "innsyn"), said)

    paper = Paper.objects.get()
    assert (paper.access, paper.basis, paper.reason) == tuple(said.values())
    entry = AuditEntry.objects.get(verb="paper.access_changed")
    assert entry.before == {"access": "public", "basis": None, "reason": None}
    assert Document.objects.get().visibility == "editors"


def test_what_is_no_longer_withheld_has_no_basis_left(desk, one_case):
    sent(desk, ("en.txt", b"a"), access="withheld", basis="offentleglova § 13", reason="Pris")

    desk.post(
        to("act-on-paper", "nuit", "1-26", "1", "innsyn"),
        {"access": "public", "basis": "offentleglova § 13", "public_from": "2026-07-01"},
    )

    paper = Paper.objects.get()
    assert (paper.access, paper.basis, paper.reason, paper.public_from) == (
        "public",
        None,
        None,
        None,
    )


def test_withholding_a_case_needs_a_basis(desk, one_case, editor):
    answer = desk.post(to("withhold-case"), {"basis": " "})

    assert answer.status_code == 422
    assert "Give the legal basis for withholding it." in text(answer)
    desk.post(to("withhold-case"), {"basis": "offentleglova § 23", "reason": "Anskaffelse"})
    assert (held().basis, held().reason) == ("offentleglova § 23", "Anskaffelse")
    desk.post(to("release-case"))
    assert (held().basis, held().reason) == (None, None)
    verbs = AuditEntry.objects.filter(uid=CASE).order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["case.created", "case.withheld", "case.released"]


def test_a_case_is_handed_to_a_round_of_prioritising_with_those_who_hold_a_seat(desk, body, editor):
    uid = case("Veikart", by=editor)
    seats = (
        ("leader", "KS", "Kari Dal"),
        ("member", "Oslo kommune", None),
        ("observer", "HOD", "Per"),
    )
    for no, (role, organisation, person) in enumerate(seats, start=1):
        held = {"body": BODY, "role": role, "organisation_name": organisation, "person": person}
        put(("seat", f"{BODY}/plass/{no}", held))
    days = {"opens_on": dt.date(2022, 5, 13), "closes_on": dt.date(2022, 8, 15)}
    consultations.put(
        "hearing",
        "horing/22-414",
        {"title": "Ny strategi", "case_number": "22/414", **days},
        by=editor,
    )

    answer = desk.get(desk.get(reverse("council:case", args=["nuit", "1-26"])).context["voting"])
    form = desk.get(answer.context["listed"][0][1]).context["form"]

    assert "Ny strategi" in text(answer)
    assert (form["case"].value(), form["voters"].value()) == (uid, "Kari Dal\nOslo kommune")
