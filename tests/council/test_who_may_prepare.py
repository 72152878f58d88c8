"""Who may prepare meetings, and who may read a paper."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.council.preparing import BODY, case, put
from veikart.council import member_rules, paper_files
from veikart.council.models import Case, Paper, Seat
from veikart.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

TODAY = dt.date(2026, 6, 1)
READING = ("bodies", "new-body", "body", "change-body", "seats", "new-seat", "cases", "new-meeting",
           "new-case", "meeting", "change-meeting", "cancel-meeting", "summons", "case",
           "change-case", "choose-about", "choose-decisions", "paper", "papers", "seat", "end-seat")  # fmt: skip
WRITING = ("make-agenda", "order-agenda", "add-to-agenda", "withhold-case", "release-case",
           "put-in-papers", "act-on-paper")  # fmt: skip
ARGS = {
    "bodies": [], "new-body": [], "seat": ["nuit", 1], "end-seat": ["nuit", 1],
    "meeting": ["nuit", "1-2026"], "change-meeting": ["nuit", "1-2026"],
    "cancel-meeting": ["nuit", "1-2026"], "summons": ["nuit", "1-2026"],
    "papers": ["nuit", "1-2026"], "make-agenda": ["nuit", "1-2026"],
    "order-agenda": ["nuit", "1-2026"], "add-to-agenda": ["nuit", "1-2026", "pause"],
    "case": ["nuit", "1-26"], "change-case": ["nuit", "1-26"], "choose-about": ["nuit", "1-26"],
    "choose-decisions": ["nuit", "1-26"], "withhold-case": ["nuit", "1-26"],
    "release-case": ["nuit", "1-26"], "put-in-papers": ["nuit", "1-26"],
    "paper": ["nuit", "1-26", "1"], "act-on-paper": ["nuit", "1-26", "1", "innsyn"],
}  # fmt: skip


@pytest.fixture
def withheld(meeting, editor):
    """A paper that is withheld, in a case that was summoned for; a seat and its holder."""
    uid = case("Anskaffelse", by=editor)
    terms = paper_files.Terms(access="withheld", basis="offentleglova § 13")
    file = paper_files.File("pris.txt", b"hemmelig")
    [paper] = paper_files.put_in(Case.objects.get(pk=uid), [file], terms, by=editor)
    put(
        ("case", uid, {"is_public": True}),
        ("meeting", meeting, {"state": "summoned"}),
        ("agenda_item", f"{meeting}/punkt/1", {"kind": "case", "case": uid}),
        (
            "seat",
            f"{BODY}/plass/1",
            {
                "body": BODY,
                "organisation_name": "Oslo",
                "role": "member",
                "from_day": dt.date(2026, 1, 1),
                "until_day": dt.date(2026, 12, 1),
            },
        ),
    )
    member = User.objects.create_user("kari", password="k", role=User.Role.READER)
    Seat.objects.update(user=member)
    return Paper.objects.select_related("case").get(pk=paper)


def person(role):
    if role is None:
        return None
    return User.objects.create_user(f"{role}-else", password="x", role=role)


@pytest.mark.parametrize("role", [None, "reader", "reporter"])
@pytest.mark.usefixtures("withheld")
def test_who_is_no_editor_sees_and_does_nothing_at_the_desk(client, role):
    user = person(role)
    if user:
        client.force_login(user)

    answers = {name: client.get(_to(name)).status_code for name in READING}
    answers |= {name: client.post(_to(name), {"reason": "x"}).status_code for name in WRITING}

    assert answers == dict.fromkeys((*READING, *WRITING), 302 if user is None else 403)
    assert Paper.objects.get().access == "withheld"


@pytest.mark.usefixtures("withheld")
def test_an_editor_sees_every_page(desk):
    assert {name: desk.get(_to(name)).status_code for name in READING} == dict.fromkeys(
        READING, 200
    )
    assert {name: desk.get(_to(name)).status_code for name in WRITING} == dict.fromkeys(
        WRITING, 405
    )


def _to(name):
    return reverse(f"council:{name}", args=ARGS.get(name, ["nuit"]))


def test_a_withheld_paper_is_for_editors_and_for_members_with_a_seat(withheld, editor):
    member = User.objects.get(username="kari")

    def reads(user, day=TODAY):
        return member_rules.can_read_paper(user, withheld, on=day)

    assert [reads(editor), reads(member)] == [True, True]
    assert [reads(person("reader")), reads(person("reporter")), reads(AnonymousUser())] == [
        False,
        False,
        False,
    ]
    assert not reads(member, dt.date(2025, 12, 31))
    assert not reads(member, dt.date(2026, 12, 1))
    member.is_active = False
    assert not reads(member)


def test_a_member_of_another_body_does_not_read_it(withheld):
    put(("body", "organ/nufa", {"name": "NUFA"}))
    Seat.objects.update(body="organ/nufa")

    assert not member_rules.can_read_paper(User.objects.get(username="kari"), withheld, on=TODAY)


@pytest.mark.parametrize(
    ("access", "day", "expected"),
    [
        ("public", None, True),
        ("from_day", dt.date(2026, 6, 1), True),
        ("from_day", dt.date(2026, 6, 2), False),
        ("withheld", None, False),
    ],
)
def test_what_the_public_reads_follows_from_access_and_day(withheld, editor, access, day, expected):
    basis = "offentleglova § 13" if access == "withheld" else None
    terms = paper_files.Terms(access=access, public_from=day, basis=basis)
    paper_files.change_access(withheld, terms, by=editor)
    paper = Paper.objects.select_related("case").get()

    assert member_rules.can_read_paper(AnonymousUser(), paper, on=TODAY) == expected


def test_nobody_but_editors_reads_the_papers_of_a_case_that_is_not_summoned_for(withheld, editor):
    put(("case", withheld.case_id, {"is_public": False}))
    paper_files.change_access(withheld, paper_files.Terms(access="public"), by=editor)
    paper = Paper.objects.select_related("case").get()

    assert not member_rules.can_read_paper(AnonymousUser(), paper, on=TODAY)
    assert not member_rules.can_read_paper(User.objects.get(username="kari"), paper, on=TODAY)
    assert member_rules.can_read_paper(editor, paper, on=TODAY)


def test_a_withheld_case_takes_its_public_papers_from_the_public(withheld, editor):
    paper_files.change_access(withheld, paper_files.Terms(access="public"), by=editor)
    put(("case", withheld.case_id, {"basis": "offentleglova § 23"}))
    paper = Paper.objects.select_related("case").get()

    assert not member_rules.can_read_paper(AnonymousUser(), paper, on=TODAY)
    assert member_rules.can_read_paper(User.objects.get(username="kari"), paper, on=TODAY)


def test_the_file_is_sent_to_whom_the_rule_lets_read_it(client, withheld, editor):
    address = reverse("council:paper-file", args=["nuit", "1-26", "1"])
    outside = client.get(address)
    client.force_login(person("reader"))
    refused = client.get(address)
    client.force_login(editor)
    sent = client.get(address)

    assert (outside.status_code, refused.status_code) == (302, 403)
    assert sent.content == b"hemmelig"
    assert sent["Content-Disposition"] == 'attachment; filename="pris.txt"'
    assert sent["Cache-Control"] == "private, no-store"


def test_the_file_of_a_withheld_paper_is_no_document_that_readers_see(client, withheld):
    address = reverse("intake:document", args=[withheld.document.sha256])
    client.force_login(person("reader"))

    assert client.get(address).status_code == 404


def test_a_file_that_is_no_paper_of_the_case_is_not_there(desk, withheld):
    assert desk.get(reverse("council:paper-file", args=["nuit", "1-26", "9"])).status_code == 404
    upload = SimpleUploadedFile("a.txt", b"a")
    answer = desk.post(reverse("council:put-in-papers", args=["nuit", "9-26"]), {"chosen": upload})
    assert answer.status_code == 404
