"""What somebody tries who means ill, or whose browser does: forged forms, other people's addresses, odd signs."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.council.preparing import BODY, MEETING, case, put
from veikart.council import agendas, paper_files
from veikart.council.models import (
    AgendaItem,
    Case,
    Comment,
    FollowUp,
    Meeting,
    Minutes,
    Paper,
    Seat,
)
from veikart.people import services as people
from veikart.people.models import AuditEntry, User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

TODAY = dt.date(2026, 6, 1)
OURS, THEIRS = "sak/nuit/1-26", "sak/nufa/1-26"
NUL = "\x00"


@pytest.fixture
def two_bodies(meeting, editor):
    """Both bodies have summoned for a case of the number 1/26, and NUFA withholds its papers; Kari sits in NUIT."""
    case("Veikart", by=editor)
    people.put("organisation", "aktor/ks", {"name": "KS", "kind": "other"}, by=None)
    people.put("organisation", "aktor/oslo", {"name": "Oslo", "kind": "other"}, by=None)
    other = "mote/nufa/1-2026"
    held = {"body": "organ/nufa", "year": 2026, "number": 1, "state": "summoned"}
    put(
        ("body", "organ/nufa", {"name": "NUFA"}),
        ("case", THEIRS, {"body": "organ/nufa", "number": "1/26", "title": "Kjøp"}),
        ("case", OURS, {"is_public": True}),
        ("meeting", other, held),
        ("meeting", MEETING, {"state": "summoned"}),
        ("agenda_item", f"{other}/punkt/1", {"kind": "case", "case": THEIRS}),
        ("agenda_item", f"{MEETING}/punkt/1", {"kind": "case", "case": OURS}),
        ("follow_up", f"{THEIRS}/oppfolging/1",
         {"body": "organ/nufa", "case": THEIRS, "what": "Betale", "organisation": "aktor/oslo"}),
        ("seat", f"{BODY}/plass/1",
         {"body": BODY, "organisation_name": "KS", "organisation": "aktor/ks", "role": "member"}),
    )  # fmt: skip
    terms = paper_files.Terms(access="withheld", basis="offentleglova § 23")
    file = paper_files.File("pris.txt", b"hemmelig")
    paper_files.put_in(Case.objects.get(pk=THEIRS), [file], terms, by=editor)
    member = User.objects.create_user("kari", role=User.Role.READER)
    Seat.objects.update(user=member)
    return member


def to(name, *args):
    return reverse(f"council:{name}", args=args)


FORGED = [
    ("new-body", []), ("change-body", ["nuit"]), ("new-seat", ["nuit"]), ("seat", ["nuit", 1]),
    ("end-seat", ["nuit", 1]), ("new-meeting", ["nuit"]), ("change-meeting", ["nuit", "1-2026"]),
    ("cancel-meeting", ["nuit", "1-2026"]), ("summons", ["nuit", "1-2026"]),
    ("make-agenda", ["nuit", "1-2026"]), ("order-agenda", ["nuit", "1-2026"]),
    ("add-to-agenda", ["nuit", "1-2026", "pause"]), ("new-case", ["nuit"]),
    ("change-case", ["nuit", "1-26"]), ("choose-about", ["nuit", "1-26"]),
    ("choose-decisions", ["nuit", "1-26"]), ("withhold-case", ["nuit", "1-26"]),
    ("release-case", ["nuit", "1-26"]), ("put-in-papers", ["nuit", "1-26"]),
    ("act-on-paper", ["nufa", "1-26", "1", "innsyn"]), ("attendance", ["nuit", "1-2026"]),
    ("decide", ["nuit", "1-2026", "1-26"]), ("ask", ["nuit", "1-2026"]),
    ("minutes", ["nuit", "1-2026"]), ("send-minutes", ["nuit", "1-2026"]),
    ("approve-minutes", ["nuit", "1-2026"]), ("send-on", ["nuit", "1-26"]),
    ("follow-up", [f"{THEIRS}/oppfolging/1"]), ("my-comment", ["nuit", "1-2026", "1-26"]),
]  # fmt: skip


def test_a_form_of_another_site_does_nothing(two_bodies, editor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    before = AuditEntry.objects.count()

    answers = {name: strict.post(to(name, *args), {"x": "y"}).status_code for name, args in FORGED}

    assert answers == dict.fromkeys(answers, 403)
    assert AuditEntry.objects.count() == before


def test_reading_a_page_changes_nothing(two_bodies, desk):
    before = AuditEntry.objects.count()

    for name, args in FORGED:
        desk.get(to(name, *args), {"gjor": "svar", "answer": "x", "is_done": "ja", "reason": "x"})

    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("my-paper", ["nufa", "1-26", "1"]),
        ("my-paper", ["nuit", "1-26", "1"]),
        ("my-meeting", ["nufa", "1-2026"]),
        ("my-minutes", ["nufa", "1-2026"]),
        ("my-minutes", ["nuit", "1-2026"]),
        ("follow-up", [f"{THEIRS}/oppfolging/1"]),
    ],
)
def test_what_is_another_bodys_is_not_there_for_a_member(client, two_bodies, name, args):
    client.force_login(two_bodies)

    answer = client.get(to(name, *args))

    assert answer.status_code == 404
    assert "hemmelig" not in answer.content.decode()


def test_a_member_comments_on_no_case_of_another_body_and_answers_no_follow_up_of_others(
    client, two_bodies
):
    client.force_login(two_bodies)
    put(("case", "sak/nufa/2-26", {"body": "organ/nufa", "number": "2/26", "title": "Annet"}))

    said = {"text": "Nei", "gjor": "svar", "answer": "Gjort", "is_done": "ja"}
    answers = [
        client.post(to("my-comment", "nufa", "1-2026", "1-26"), said).status_code,
        client.post(to("my-comment", "nuit", "1-2026", "2-26"), said).status_code,
        client.post(to("follow-up", f"{THEIRS}/oppfolging/1"), said).status_code,
    ]

    assert answers == [404, 404, 404]
    assert not Comment.objects.exists()
    assert FollowUp.objects.get().state == "open"


@pytest.mark.parametrize("name", ["members-pdf", "public-pdf"])
def test_the_bound_papers_of_another_body_are_refused(client, two_bodies, name):
    client.force_login(two_bodies)

    assert client.get(to(name, "nufa", "1-2026")).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "/arbeid/mine-moter/vedlegg/nufa/1-26/1%00/",
        "/arbeid/mine-moter/vedlegg/nuit/1-26/..%2f..%2f1-26%2fvedlegg%2f1/",
        "/arbeid/mine-moter/vedlegg/nuit/../nufa/1-26/1/",
        "/arbeid/rad/nufa/sak/1-26/vedlegg/1%00/fil/",
        "/arbeid/rad/nufa/sak/1-26/vedlegg/%F0%9F%98%80/fil/",
        "/arbeid/oppfolging/sak/nufa/1-26/oppfolging/1%00/",
        "/arbeid/oppfolging/%00/",
    ],
)
def test_odd_signs_in_addresses_lead_nowhere(desk, two_bodies, address):
    assert desk.get(address).status_code == (400 if "%00" in address else 404)


@pytest.mark.parametrize("name", ["vedtak", "sak", "organ", "state", "body", "side", "fra"])
def test_odd_signs_in_questions_are_no_failure(desk, two_bodies, name):
    places = [to("ask", "nuit", "1-2026"), to("follow-ups"), to("new-case", "nuit"),
              to("choose-about", "nuit", "1-26"), to("choose-decisions", "nuit", "1-26")]  # fmt: skip

    with_nul = {place: desk.get(place, {name: f"a{NUL}b"}).status_code for place in places}
    others = {place: desk.get(place, {name: "🙂'\"--%"}).status_code for place in places}

    assert set(with_nul.values()) == {400}
    assert set(others.values()) <= {200, 404}, others


def test_odd_signs_in_what_is_written_are_no_failure(desk, two_bodies, client):
    notes = desk.post(to("minutes", "nuit", "1-2026"), {f"notat:{OURS}": f"Vi{NUL}sa"})
    client.force_login(two_bodies)
    comment = client.post(to("my-comment", "nuit", "1-2026", "1-26"), {"text": f"Jeg{NUL}sier"})

    assert (notes.status_code, comment.status_code) == (302, 302)
    assert Minutes.objects.get().notes == {OURS: "Visa"}
    assert Comment.objects.get().text == "Jegsier"


NAMES = [
    'a"; filename="b.html', "../../../etc/passwd", "a\r\nSet-Cookie: x=y.pdf", "side.html", "bilde.svg",
    "‮fdp.exe", "x" * 400 + ".html",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_file_with_an_odd_name_is_saved_and_never_shown(desk, two_bodies, name):
    upload = SimpleUploadedFile("a.html", b"<script>alert(1)</script>", content_type="text/html")
    upload._name = name
    answer = desk.post(to("put-in-papers", "nuit", "1-26"), {"chosen": upload, "access": "public"})
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert not Paper.objects.filter(case=OURS).exists()
        return

    for address in (to("my-paper", "nuit", "1-26", "1"), to("paper-file", "nuit", "1-26", "1")):
        sent = desk.get(address)
        assert sent["Content-Disposition"].startswith("attachment")
        assert sent["Content-Type"] == "application/octet-stream"
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie: x" not in str(sent.headers)


def test_a_paper_after_one_that_was_taken_away_has_a_number_of_its_own(meeting, editor):
    uid = case("Sak", by=editor)
    terms, found = paper_files.Terms(access="public"), Case.objects.get(pk=uid)
    files = [paper_files.File(f"{no}.txt", b"a") for no in (1, 2, 3)]
    paper_files.put_in(found, files, terms, by=editor)
    first = Paper.objects.select_related("case").get(pk=f"{uid}/vedlegg/1")
    paper_files.remove(first, reason="Feil", by=editor)

    paper_files.put_in(found, files[:1], terms, by=editor)

    kept = list(Paper.objects.order_by("no").values_list("label", "no"))
    assert [label for label, _no in kept] == ["2", "3", "4"]
    assert len({no for _label, no in kept}) == len(kept)


def test_a_form_sent_twice_does_it_once(desk, two_bodies):
    put(("meeting", MEETING, {"state": "planned", "agenda": []}))
    for _each in range(2):
        desk.post(to("make-agenda", "nuit", "1-2026"), {"cases": [OURS]})

    lines = AgendaItem.objects.filter(meeting=MEETING)
    assert lines.filter(case=OURS).count() == 1
    assert Case.objects.filter(body=BODY, fixed="other_business").count() == 1


def test_an_agenda_of_thousands_of_lines_is_changed_in_time(meeting, editor):
    lines = [{"no": no, "kind": "other", "title": f"Punkt {no}"} for no in range(1, 3001)]
    put(("meeting", MEETING, {"agenda": lines}))
    row = Meeting.objects.get(pk=MEETING)
    seen = agendas.agenda_of(row).stamp

    changed = agendas.change(row, agendas.move(3000, after=0), stamp=seen, verb="x", by=editor)

    assert changed.lines[0].title == "Punkt 3000"
    assert len(changed.lines) == 3000
