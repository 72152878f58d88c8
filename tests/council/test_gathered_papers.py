"""The papers of a meeting in one PDF: for its members all of them, for the public what it may read."""

import datetime as dt
import io

import pypdfium2
import pytest
from django.urls import reverse
from reportlab.pdfgen import canvas

from tests.council.preparing import BODY, MEETING, case, put, text
from veikart.council import agendas, paper_files
from veikart.council.models import Case, Meeting, Paper, Seat
from veikart.documents import queries as documents
from veikart.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]


def to(name):
    return reverse(f"council:{name}", args=["nuit", "1-2026"])


def pdf(words):
    content = io.BytesIO()
    drawn = canvas.Canvas(content, invariant=True)
    drawn.drawString(72, 700, words)
    drawn.showPage()
    drawn.save()
    return content.getvalue()


def read(content):
    with pypdfium2.PdfDocument(content) as found:
        return " ".join(page.get_textpage().get_text_range() for page in found)


@pytest.fixture
def papers(meeting, editor):
    """A meeting with a public PDF, one that is withheld, one for later, and a spreadsheet."""
    uid = case("Veikart", by=editor)
    found = Case.objects.get(pk=uid)
    for name, words, terms in (
        ("utkast.pdf", pdf("Offentlig utkast"), {"access": "public"}),
        (
            "anbud.pdf",
            pdf("Hemmelig anbud"),
            {"access": "withheld", "basis": "offentleglova § 23"},
        ),
        (
            "siden.pdf",
            pdf("Senere notat"),
            {"access": "from_day", "public_from": dt.date(2026, 6, 8)},
        ),
        ("tall.xlsx", b"PK\x03\x04 ikke en PDF", {"access": "public"}),
    ):
        file = paper_files.File(name, words)
        paper_files.put_in(found, [file], paper_files.Terms(**terms), by=editor)
    put(("paper", f"{uid}/vedlegg/5", {"case": uid, "no": 5, "label": "5", "title": "Kun navn"}))
    agendas.make(Meeting.objects.get(pk=meeting), [uid], by=editor, on=dt.date(2026, 6, 1))
    return meeting


def test_the_members_have_all_papers_that_can_be_bound(desk, papers):
    page = text(desk.get(to("papers")))
    content = desk.get(to("members-pdf"))

    assert content["Content-Type"] == "application/pdf"
    assert content["Content-Disposition"] == 'attachment; filename="nuit-1-2026-medlemmer.pdf"'
    said = read(content.content)
    assert all(words in said for words in ("Offentlig utkast", "Hemmelig anbud", "Senere notat"))
    outside = page.partition("Not in it")[2].partition("In it")[0]
    assert "4 tall" in outside
    assert "not a PDF" in outside
    assert "Save it as PDF in the program that made it" in outside
    assert "5 Kun navn Only its title is known." in outside


def test_the_public_has_what_it_may_read_and_the_page_says_why_not_the_rest(desk, papers):
    page = text(desk.get(to("papers"), {"for": "offentlig"}))
    said = read(desk.get(to("public-pdf")).content)

    assert "Offentlig utkast" in said
    assert [w for w in ("Hemmelig", "anbud", "Senere", "siden") if w in said] == []
    assert "2 anbud It is withheld: offentleglova § 23." in page
    assert "3 siden It is public from 8 June 2026." in page


def test_a_withheld_case_is_its_place_and_its_basis_in_the_public_pdf(desk, papers):
    put(("case", "sak/nuit/1-26", {"basis": "offentleglova § 13"}))

    said = read(desk.get(to("public-pdf")).content)

    assert "offentleglova § 13" in said
    assert [w for w in ("Veikart", "utkast") if w in said] == []


def test_the_same_papers_give_the_same_bytes(desk, papers):
    assert desk.get(to("members-pdf")).content == desk.get(to("members-pdf")).content


def test_a_file_that_is_gone_is_told(desk, papers):
    paper = Paper.objects.select_related("document").get(label="1")
    documents.path(paper.document).unlink()

    page = text(desk.get(to("papers")))

    assert "1 utkast Its file is missing or was changed. Restore it from a backup." in page


def test_members_download_theirs_once_they_are_summoned(client, papers, a_day_in_june):
    seat = {"body": BODY, "organisation_name": "Oslo", "role": "member"}
    put(("seat", f"{BODY}/plass/1", seat))
    member = User.objects.create_user("kari", password="k")
    Seat.objects.update(user=member)
    client.force_login(member)

    before = client.get(to("members-pdf")).status_code
    put(("meeting", MEETING, {"state": "summoned"}))
    after = client.get(to("members-pdf")).status_code
    public = client.get(to("public-pdf")).status_code
    client.force_login(User.objects.create_user("els", password="e"))
    stranger = client.get(to("members-pdf")).status_code

    assert (before, after, public, stranger) == (403, 200, 403, 403)
