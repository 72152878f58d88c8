"""Who sees withheld papers, comments in advance, minutes and follow-ups: each kind of person, each address."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.council.treating.conftest import (
    DAY,
    MEETING,
    NUFA,
    NUIT,
    OPEN,
    SECRET,
    case,
    held,
    member,
    put,
)
from veikart.council import attending, commenting, following_up, member_rules, minuting
from veikart.council.following_up import Asked
from veikart.council.models import FollowUp, Meeting, Paper
from veikart.people.models import Organisation, User
from veikart.plan.council import Attendance

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

TODAY = dt.date(2026, 6, 15)
PAPERS = (f"{OPEN}/vedlegg/1", f"{OPEN}/vedlegg/2", f"{SECRET}/vedlegg/1")
PUBLIC = PAPERS[:1]


@pytest.fixture
def people(meeting, papers, editor):
    """One of each: name → account; None is a stranger."""
    put(("seat", f"{NUFA}/plass/1", {"body": NUFA, "role": "member", "organisation_name": "KS"}))
    put(
        *(
            (
                "seat",
                f"{NUIT}/plass/{no}",
                {"body": NUIT, "role": "member", "organisation_name": "X"},
            )
            for no in (5, 6, 7)
        )
    )
    later, earlier = dt.date(2026, 6, 12), dt.date(2026, 6, 10)
    reporter = User.objects.create_user("reporter", role=User.Role.REPORTER)
    User.objects.filter(pk=reporter.pk).update(organisation="aktor/ks")
    return {
        "stranger": None,
        "reader": User.objects.create_user("reader", role=User.Role.READER),
        "reporter": User.objects.get(pk=reporter.pk),
        "member": member("member", f"{NUIT}/plass/2"),
        "observer": member("observer", f"{NUIT}/plass/3"),
        "member of another body": member("nufa", f"{NUFA}/plass/1"),
        "former member": member("former", f"{NUIT}/plass/5", until_day=earlier),
        "new member": member("new", f"{NUIT}/plass/6", from_day=later),
        "shut out": _shut_out(member("gone", f"{NUIT}/plass/7")),
        "editor": editor,
    }


def _shut_out(user):
    user.is_active = False
    user.save()
    return user


def signed_in(user):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def readable(user):
    """The papers that the account gets the file of, by their own addresses."""
    client = signed_in(user)
    found = []
    for uid in PAPERS:
        _sak, body, key, _vedlegg, label = uid.split("/")
        answer = client.get(reverse("council:my-paper", args=[body, key, label]))
        if answer.status_code == 200:
            assert answer.content.endswith(uid.encode())
            assert answer["Cache-Control"] == "private, no-store"
            found.append(uid)
        else:
            assert uid.encode() not in answer.content
    return found


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("stranger", ()),
        ("reader", PUBLIC),
        ("reporter", PUBLIC),
        ("member", PAPERS),
        ("observer", PAPERS),
        ("member of another body", PUBLIC),
        ("former member", PUBLIC),
        ("new member", PUBLIC),
        ("shut out", ()),
        ("editor", PAPERS),
    ],
)
def test_who_reads_which_paper(people, who, expected):
    assert readable(people[who]) == list(expected)


def test_what_is_not_summoned_for_is_read_by_nobody_but_editors(people):
    put(("case", OPEN, {"is_public": False}), ("meeting", MEETING, {"state": "planned"}))

    assert readable(people["member"]) == []
    assert readable(people["editor"]) == list(PAPERS)


def test_a_cancelled_meeting_opens_no_withheld_paper(people):
    put(("meeting", MEETING, {"state": "cancelled"}))

    assert readable(people["member"]) == list(PUBLIC)


def test_a_paper_from_a_day_is_open_to_members_before_it(people):
    day = {"access": "from_day", "public_from": dt.date(2026, 7, 1)}
    put(("paper", PUBLIC[0], day))

    assert readable(people["reader"]) == []
    assert readable(people["member"]) == list(PAPERS)


def test_the_files_of_papers_are_not_among_the_documents_that_readers_have(people):
    address = reverse("intake:document", args=[Paper.objects.get(pk=PAPERS[1]).document.sha256])

    assert signed_in(people["member"]).get(address).status_code == 404
    assert signed_in(people["reader"]).get(address).status_code == 404
    assert signed_in(people["editor"]).get(address).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("stranger", 302),
        ("reader", 404),
        ("reporter", 404),
        ("member", 200),
        ("member of another body", 404),
        ("former member", 404),
        ("new member", 404),
        ("shut out", 302),
        ("editor", 200),
    ],
)
def test_who_reads_the_members_page_of_a_meeting(people, who, status):
    answer = signed_in(people[who]).get(reverse("council:my-meeting", args=["nuit", "1-2026"]))

    assert answer.status_code == status
    assert (b"Pristilbud" in answer.content) == (status == 200)
    assert ("Kjøp av plattform".encode() in answer.content) == (status == 200)


@pytest.fixture
def comment(people):
    meeting = Meeting.objects.get(pk=MEETING)
    at = dt.datetime(2026, 6, 8, 12, tzinfo=dt.UTC)
    return commenting.write(meeting, case(OPEN), "Vi er uenige.", by=people["member"], at=at)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("stranger", False),
        ("reader", False),
        ("reporter", False),
        ("member", True),
        ("observer", True),
        ("member of another body", False),
        ("former member", False),
        ("new member", False),
        ("editor", True),
    ],
)
def test_who_sees_what_a_member_said_in_advance(people, comment, who, sees):
    meeting = Meeting.objects.get(pk=MEETING)
    user = people[who]
    page = signed_in(user).get(reverse("council:my-meeting", args=["nuit", "1-2026"]))

    assert ("Vi er uenige." in page.content.decode()) == sees
    if user is not None:
        found = member_rules.comments_for(user, meeting, on=TODAY)
        assert [each.text for each in found] == (["Vi er uenige."] if sees else [])


DESK = (
    ("treat", ["nuit", "1-2026"]),
    ("attendance", ["nuit", "1-2026"]),
    ("decide", ["nuit", "1-2026", "2-26"]),
    ("ask", ["nuit", "1-2026"]),
    ("minutes", ["nuit", "1-2026"]),
    ("minutes-pdf", ["nuit", "1-2026"]),
    ("send-on", ["nuit", "2-26"]),
)


@pytest.mark.parametrize(("name", "where"), DESK)
def test_the_secretariats_pages_are_for_editors(people, name, where):
    address = reverse(f"council:{name}", args=where)
    statuses = {who: signed_in(user).get(address).status_code for who, user in people.items()}

    assert statuses == dict.fromkeys(people, 403) | {
        "stranger": 302,
        "shut out": 302,
        "editor": 200,
    }


@pytest.mark.parametrize("name", ["send-minutes", "approve-minutes"])
def test_only_editors_send_and_approve_minutes(people, name):
    address = reverse(f"council:{name}", args=["nuit", "1-2026"])

    assert signed_in(people["member"]).post(address).status_code == 403


def test_members_have_the_minutes_once_they_are_sent(people, editor):
    address = reverse("council:my-minutes", args=["nuit", "1-2026"])
    meeting = Meeting.objects.select_related("body").get(pk=MEETING)
    came = Attendance(no=1, role="member", person="Kari Dal", present=True)
    attending.attend(meeting, [came], by=editor)
    minuting.write(meeting, {SECRET: "Bare for oss"}, by=editor)
    assert signed_in(people["member"]).get(address).status_code == 404

    minuting.approve(Meeting.objects.get(pk=MEETING), by=editor, on=DAY)

    assert signed_in(people["member"]).get(address)["Content-Type"] == "application/pdf"
    for who in ("reader", "former member", "new member", "member of another body"):
        assert signed_in(people[who]).get(address).status_code == 404
    page = reverse("council:my-meeting", args=["nuit", "1-2026"])
    assert "Bare for oss" in signed_in(people["member"]).get(page).content.decode()


@pytest.fixture
def follow_up(people, editor):
    meeting = Meeting.objects.get(pk=MEETING)
    asked = Asked(what="Svare på kjøpet", organisation="aktor/ks", due=dt.date(2026, 6, 10))
    uid = following_up.ask_in_case(case(SECRET), meeting, asked, by=editor)
    return FollowUp.objects.get(pk=uid)


@pytest.mark.parametrize(
    ("who", "status", "names_the_case"),
    [
        ("stranger", 302, False),
        ("reader", 404, False),
        ("reporter", 200, False),
        ("member", 200, True),
        ("member of another body", 404, False),
        ("former member", 404, False),
        ("editor", 200, True),
    ],
)
def test_who_sees_a_follow_up_and_whether_its_withheld_case_is_named(
    people, follow_up, who, status, names_the_case
):
    answer = signed_in(people[who]).get(reverse("council:follow-up", args=[follow_up.pk]))

    assert answer.status_code == status
    assert ("Kjøp av plattform" in answer.content.decode()) == names_the_case


def test_a_seat_of_the_organisation_lets_its_member_answer_and_another_not(people, follow_up):
    assert following_up.can_answer(people["member"], follow_up, on=TODAY)
    assert following_up.can_answer(people["reporter"], follow_up, on=TODAY)
    for who in ("reader", "observer", "former member", "member of another body"):
        assert not following_up.can_answer(people[who], follow_up, on=TODAY)

    follow_up.organisation = Organisation.objects.get(pk="aktor/helse-vest")
    assert not following_up.can_answer(people["member"], follow_up, on=TODAY)


def test_the_list_holds_ones_own_alone(people, follow_up, editor):
    asked = Asked(what="Noe annet", organisation="aktor/helse-vest")
    following_up.ask_after_meeting(Meeting.objects.get(pk=MEETING), asked, by=editor)
    address = reverse("council:follow-ups")

    def listed(who):
        return [row.what for row in signed_in(people[who]).get(address).context["page"]]

    assert listed("reporter") == ["Svare på kjøpet"]
    assert listed("member") == ["Svare på kjøpet"]
    assert listed("reader") == []
    assert sorted(listed("editor")) == ["Noe annet", "Svare på kjøpet"]


def test_a_member_of_two_bodies_reads_both_and_one_who_moved_reads_neither_of_the_old(people):
    put(("meeting", "mote/nufa/1-2026", held("1", DAY, body=NUFA, state="summoned")))
    user = people["member of another body"]
    found = member_rules.meetings_of(user, on=TODAY)

    assert [meeting.pk for meeting in found] == ["mote/nufa/1-2026"]
