"""The desk's pages of what is done in a meeting, as they are used: forms filled in, refused and kept."""

import datetime as dt
import html
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.council.treating.conftest import (
    AGAIN,
    COUNCIL,
    DAY,
    MEETING,
    NEXT,
    NUIT,
    OPEN,
    PROPOSAL,
    case,
    held,
    member,
    put,
)
from veikart.council import attending, commenting, deciding, following_up, minuting, queries
from veikart.council.deciding import Said
from veikart.council.following_up import Asked
from veikart.council.models import Case, Comment, Decision, FollowUp, Meeting, Minutes
from veikart.editions import services as editions
from veikart.people.models import AuditEntry, User
from veikart.plan.council import Attendance

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

CAME = Attendance(no=1, role="member", person="Kari Dal", present=True)


@pytest.fixture
def desk(client, editor, meeting):
    client.force_login(editor)
    return client


def address(name, *where):
    return reverse(f"council:{name}", args=where)


def here(name, *more):
    return address(name, "nuit", "1-2026", *more)


def text(response):
    plain = re.sub(r"<[^>]*>", " ", html.unescape(response.content.decode()))
    return " ".join(plain.split())


def filled(page, *names, **given):
    """What a browser sends of the page's forms, changed as given."""
    data = {}
    for name in names:
        form = page.context[name]
        forms = [form.management_form, *form.forms] if hasattr(form, "forms") else [form]
        for one in forms:
            for field in one:
                value = field.value()
                if value is not None and value is not False:
                    data[field.html_name] = value
    return data | given


def test_who_came_is_kept_with_substitutes_and_the_rest(desk, meeting):
    page = desk.get(here("attendance"))
    data = filled(page, "formset", resten="kom")
    data |= {"plass-1-person": "Una Nes pva Kari Dal", "plass-2-present": "nei"}
    data |= {"plass-3-person": "Tor Li", "plass-3-organisation_name": "Digdir"}

    answer = desk.post(here("attendance"), data, follow=True)

    rows = Meeting.objects.get(pk=MEETING).attendance.order_by("no")
    assert [(r.role, r.person, r.stands_in_for, r.present, r.organisation_id) for r in rows] == [
        ("leader", "Ola Berg", None, True, "aktor/helse-vest"),
        ("substitute", "Una Nes", "Kari Dal", True, "aktor/ks"),
        ("observer", "Per Vik", None, False, None),
        ("other", "Tor Li", None, True, None),
    ]
    assert "3 people came." in text(answer)
    assert "Una Nes pva Kari Dal" in desk.get(here("attendance")).content.decode()


def test_who_comes_to_a_meeting_to_come_is_refused(desk):
    put(("meeting", MEETING, {"held_on": dt.date(2026, 7, 1)}))
    page = desk.get(here("attendance"))

    answer = desk.post(here("attendance"), filled(page, "formset", resten="kom"))

    assert answer.status_code == 422
    assert "is still to come. Enter what was done once it is held." in text(answer)
    assert not Meeting.objects.get(pk=MEETING).attendance.exists()


def test_a_decision_is_entered_with_the_proposal_filled_in(desk, editor):
    editions.freeze(by=editor, as_of=dt.date(2026, 6, 1), title="Veikart")
    page = desk.get(here("decide", "2-26"))
    assert page.context["form"]["text"].value() == PROPOSAL
    assert page.context["form"]["decided_on"].value() == DAY
    assert "2026-1 Veikart (waits for approval)" in text(page)
    data = filled(page, "form", "dissents", "effects")
    data |= {"text": f"{PROPOSAL} KS tar forbehold.", "dissens-0-who": "KS"}
    data |= {"virkning-0-kind": "approves", "virkning-0-edition": "2026-1"}

    answer = desk.post(here("decide", "2-26"), data, follow=True)

    row = Decision.objects.get()
    assert (row.result, row.decided_on) == ("changed", DAY)
    assert [(e.kind, e.edition) for e in row.effects.all()] == [("approves", "2026-1")]
    assert [d.who for d in row.dissents.all()] == ["KS"]
    assert "1 of 4 cases have a decision." in text(answer)
    shown = desk.get(address("correct", "nuit", "2-26", 1)).content.decode()
    assert "<ins>KS tar forbehold.</ins>" in shown


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"text": ""}, "This field is required."),
        ({"votes_for": "3"}, "Give the votes for and against, or none."),
        ({"decided_on": "2026-06-20"}, "The day is still to come. Give the day of the decision."),
        ({"decided_on": "31.02.2026"}, "Expected a day that the calendar has"),
        ({"virkning-0-uid": "delmal/1A"}, "Choose what the decision does, or empty the row."),
        (
            {"virkning-0-kind": "led_to", "virkning-0-uid": "delmal/9Z"},
            "The plan knows no delmal/9Z.",
        ),
        (
            {"virkning-0-kind": "approves"},
            "Say what it is about: an edition, an address, or a note.",
        ),
        ({"virkning-0-kind": "approves", "virkning-0-edition": "2027-9"}, "2027-9"),
        ({"dissens-0-text": "Nei"}, "Say who did not agree."),
        ({"result": "as_proposed", "text": "Nei."}, "Choose “Changed in the meeting”."),
    ],
)
def test_a_decision_that_cannot_be_says_why_and_keeps_what_was_typed(desk, given, says):
    page = desk.get(here("decide", "2-26"))
    data = filled(page, "form", "dissents", "effects", title="Veikartet") | given

    answer = desk.post(here("decide", "2-26"), data)

    assert answer.status_code == 422
    assert says in text(answer)
    assert "Veikartet" in answer.content.decode()
    assert not Decision.objects.exists()


def test_the_case_on_the_minutes_freezes_those_of_the_meeting_before(desk, meeting, editor):
    attending.attend(meeting, [CAME], by=editor)
    september = dt.date(2026, 6, 14)
    put(
        ("meeting", NEXT, held("2", september, state="summoned")),
        ("case", AGAIN, {"body": NUIT, "number": "5/26", "title": "Referat", "fixed": "minutes"}),
        ("agenda_item", f"{NEXT}/punkt/1", {"kind": "case", "case": AGAIN}),
    )
    page = desk.get(address("decide", "nuit", "2-2026", "5-26"))
    assert list(page.context["form"]["minutes"].value()) == [MEETING]
    data = filled(page, "form", "dissents", "effects", text="Referatet godkjennes.")

    desk.post(address("decide", "nuit", "2-2026", "5-26"), data)

    row = Minutes.objects.get()
    assert (row.meeting_id, row.state, row.approved_on, row.approved_at_id) == (
        MEETING,
        "approved",
        september,
        NEXT,
    )


def test_a_decision_and_the_minutes_it_approves_are_kept_together_or_not_at_all(
    desk, meeting, editor
):
    attending.attend(meeting, [CAME], by=editor)
    minuting.approve(Meeting.objects.get(pk=MEETING), by=editor, on=DAY)
    put(
        ("meeting", NEXT, held("2", dt.date(2026, 6, 14), state="summoned")),
        ("case", AGAIN, {"body": NUIT, "number": "5/26", "title": "Referat", "fixed": "minutes"}),
        ("agenda_item", f"{NEXT}/punkt/1", {"kind": "case", "case": AGAIN}),
    )
    where = address("decide", "nuit", "2-2026", "5-26")
    data = filled(desk.get(where), "form", "dissents", "effects", text="Ja.", minutes=[MEETING])

    # Nobody else's minutes can be chosen, and what is chosen all the same freezes nothing.
    desk.post(where, data)

    assert Minutes.objects.get().approved_at_id is None


def test_a_correction_asks_for_its_reason_and_shows_how_it_was(desk, meeting, editor):
    said = Said(text="Feil.", decided_on=DAY, proposal=PROPOSAL)
    uid = deciding.decide(meeting, case(OPEN), said, by=editor)
    attending.attend(meeting, [CAME], by=editor)
    minuting.approve(Meeting.objects.get(pk=MEETING), by=editor, on=DAY)
    where = address("correct", "nuit", "2-26", 1)
    data = filled(desk.get(where), "form", "dissents", "effects", text="Rett.")

    refused = desk.post(where, data)
    kept = desk.post(where, data | {"reason": "Skrivefeil"}, follow=True)

    assert refused.status_code == 422
    assert kept.status_code == 200
    assert Decision.objects.get(pk=uid).text == "Rett."
    page = text(desk.get(where))
    assert "by editor: Skrivefeil" in page
    assert "Feil." in page


def test_the_form_of_a_decision_sent_again_changes_nothing(desk, meeting, editor):
    said = Said(
        text="Utsatt.", decided_on=DAY, proposal=PROPOSAL, result="postponed", votes_for=2,
        votes_against=0,
    )  # fmt: skip
    uid = deciding.decide(meeting, case(OPEN), said, by=editor)
    before = Decision.objects.filter(pk=uid).values().get()
    where = address("correct", "nuit", "2-26", 1)

    answer = desk.post(where, filled(desk.get(where), "form", "dissents", "effects"))

    assert answer.status_code == 302
    assert Decision.objects.filter(pk=uid).values().get() == before


def test_a_decision_keeps_what_was_proposed_then_and_what_an_old_source_says_of_it(desk, meeting):
    """Also where the case says another thing by now, or the proposal is not known."""
    old = {"body": NUIT, "case": OPEN, "text": "Ja.", "result": "as_proposed"}
    put(("decision", f"{OPEN}/vedtak", old))
    where = address("correct", "nuit", "2-26", 1)
    data = filled(desk.get(where), "form", "dissents", "effects", reason="Tittel", title="Veikart")

    answer = desk.post(where, data)

    row = Decision.objects.get()
    assert answer.status_code == 302
    assert (row.title, row.result, row.proposal) == ("Veikart", "as_proposed", None)


def test_a_follow_up_is_made_answered_dropped_and_taken_up(desk, meeting):
    where = f"{here('ask')}?sak={OPEN}"
    refused = desk.post(where, {"what": "Sende på høring"})
    assert "Say who is to do it" in text(refused)
    desk.post(where, {"what": "Sende på høring", "organisation": "aktor/ks", "due": "2026-06-10"})
    row = FollowUp.objects.get()
    assert (row.pk, row.who, row.meeting_id) == (f"{OPEN}/oppfolging/1", "KS", MEETING)
    page = address("follow-up", row.pk)
    assert "It was due" in text(desk.get(page))

    desk.post(page, {"gjor": "svar", "answer": "Sendt.", "is_done": "ja"})
    row.refresh_from_db()
    assert (row.state, row.answer, row.answered_on) == ("done", "Sendt.", dt.date(2026, 6, 15))
    desk.post(page, {"gjor": "ta-opp", "reason": "Sendt til feil"})
    row.refresh_from_db()
    assert (row.state, row.answer) == ("open", "Sendt til feil")
    assert desk.post(page, {"gjor": "legg-bort", "reason": ""}).status_code == 422
    desk.post(page, {"gjor": "legg-bort", "reason": "Ikke aktuelt"})
    row.refresh_from_db()
    assert (row.state, row.answer) == ("dropped", "Ikke aktuelt")
    assert desk.post(page, {"gjor": "svar", "answer": "x", "is_done": "ja"}).status_code == 403


def test_the_list_is_filtered_by_body_state_and_whether_it_is_overdue(desk, meeting, editor):
    for due in (dt.date(2026, 6, 10), dt.date(2026, 6, 15), None):
        asked = Asked(what=f"Til {due}", who="Noen", due=due)
        following_up.ask_after_meeting(meeting, asked, by=editor)

    def listed(query):
        page = desk.get(address("follow-ups") + query)
        return sorted(row.what for row in page.context["page"])

    assert listed("?state=overdue") == ["Til 2026-06-10"]
    assert len(listed("?state=open")) == 3
    assert listed("?state=done") == []
    assert len(listed(f"?body={NUIT}")) == 3
    assert listed(f"?body={COUNCIL}") == []
    assert [each.what for each in following_up.overdue(DAY)] == []
    assert [each.what for each in following_up.overdue(dt.date(2026, 6, 11))] == ["Til 2026-06-10"]


def test_minutes_are_written_on_sent_and_approved_at_the_desk(desk, meeting, editor):
    attending.attend(meeting, [CAME], by=editor)
    member("kari", f"{NUIT}/plass/2", email="kari@example.org")
    desk.post(here("minutes"), {f"notat:{OPEN}": "Mange ba om ordet.", "notat:sak/annet": "Nei"})
    assert Minutes.objects.get().notes == {OPEN: "Mange ba om ordet."}
    assert "Mange ba om ordet." in text(desk.get(here("minutes")))

    sent = desk.post(here("send-minutes"), follow=True)
    assert "1 message waits in the outbox." in text(sent)
    refused = desk.post(here("approve-minutes"), {"on": "2026-06-01"})
    assert refused.status_code == 422
    assert "cannot be approved before the meeting was held" in text(refused)
    done = desk.post(here("approve-minutes"), {"on": "2026-06-15"}, follow=True)

    assert "Nothing in them can change any more" in text(done)
    assert Minutes.objects.get().state == "approved"
    assert desk.get(here("minutes-pdf")).content.startswith(b"%PDF")


def test_a_case_is_sent_on_at_the_desk(desk):
    where = address("send-on", "nuit", "2-26")
    page = desk.get(where)
    assert [body.pk for body, _number in page.context["bodies"]] == [COUNCIL, "organ/nufa"]

    answer = desk.post(where, {"to": COUNCIL, "carrying": ["text", "about"]}, follow=True)

    made = Case.objects.get(came_from=OPEN)
    assert (made.pk, made.title) == ("sak/nasjonalt-e-helserad/1-26", "Veikart 2026–2030")
    assert "Nasjonalt e-helseråd, 1/26" in text(answer)
    again = desk.post(where, {"to": COUNCIL})
    assert again.status_code == 422
    assert "It went on to Nasjonalt e-helseråd before, as case 1/26." in text(again)


def test_a_member_says_changes_and_withdraws_at_their_page(client, meeting, time_machine_to):
    time_machine_to("2026-06-08T10:00:00Z")
    kari = member("kari", f"{NUIT}/plass/2")
    client.force_login(kari)
    mine = client.get(address("mine"))
    assert "Your next meeting is of NUIT" in text(mine)
    where = here("my-comment", "2-26")

    client.post(where, {"text": "Vi er enige."})
    client.post(where, {"text": "Vi er uenige."})
    page = client.get(here("my-meeting")).content.decode()
    assert "Vi er uenige.</textarea>" in page
    assert "Vi er enige." not in page
    empty = client.post(where, {"text": " "})
    assert empty.status_code == 422
    client.post(where, {"trekk": "ja"})

    assert Comment.objects.filter(withdrawn_at=None).count() == 0
    assert Comment.objects.count() == 2
    time_machine_to("2026-06-09T08:30:00Z")  # 10:30 by the clock of the country
    late = client.post(where, {"text": "For sent"})
    assert late.status_code == 422
    assert "The meeting has begun." in text(late)
    assert "For sent" not in str(list(Comment.objects.values_list("text")))


@pytest.fixture
def time_machine_to():
    travels = []

    def to(moment):
        travel = time_machine.travel(moment, tick=True)
        travel.start()
        travels.append(travel)

    yield to
    for travel in reversed(travels):
        travel.stop()


def test_comments_are_in_no_plan_and_the_record_holds_none_of_their_words(meeting):
    kari = member("kari", f"{NUIT}/plass/2")
    at = dt.datetime(2026, 6, 8, tzinfo=dt.UTC)
    commenting.write(meeting, case(OPEN), "Hemmelig innvending", by=kari, at=at)

    assert "innvending" not in str(queries.freeze(on=DAY))
    entries = AuditEntry.objects.filter(uid=OPEN).values_list("verb", "before", "after")
    assert "comment.written" in [verb for verb, _before, _after in entries]
    assert "innvending" not in str(list(entries))


@pytest.mark.parametrize("name", ["treat", "minutes", "attendance", "my-meeting"])
def test_a_page_asks_the_same_number_of_questions_of_one_case_and_of_three(desk, meeting, name):
    """Also of their decisions, follow-ups and papers."""
    editor = User.objects.get(username="editor")

    def one_more(no):
        uid = f"sak/nuit/{no}-26"
        put(
            ("case", uid, {"body": NUIT, "number": f"{no}/26", "title": f"Sak {no}"}),
            ("agenda_item", f"{MEETING}/punkt/{no}", {"kind": "case", "case": uid}),
            ("paper", f"{uid}/vedlegg/1", {"case": uid, "no": 1, "label": "1", "title": "Notat"}),
        )
        said = Said(text="Ja.", decided_on=DAY)
        deciding.decide(Meeting.objects.get(pk=MEETING), case(uid), said, by=editor)
        asked = Asked(what="Gjør det", who="Noen")
        following_up.ask_in_case(case(uid), meeting, asked, by=editor)

    def questions():
        desk.get(here(name))
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(here(name)).status_code == 200
        return len(asked)

    one_more(11)
    one = questions()
    one_more(12)
    one_more(13)

    assert questions() == one


@pytest.mark.parametrize("name", ["follow-ups", "mine"])
def test_a_list_asks_the_same_number_of_questions_of_one_and_of_three(
    client, meeting, editor, name
):
    kari = member("kari", f"{NUIT}/plass/2")
    client.force_login(kari)

    def one_more(no):
        asked = Asked(what=f"Nr. {no}", organisation="aktor/ks", due=dt.date(2026, 6, no))
        following_up.ask_after_meeting(meeting, asked, by=editor)
        put(("meeting", f"mote/nuit/{no}-2026", held(no, dt.date(2026, 8, no))))

    def questions():
        client.get(address(name))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(name)).status_code == 200
        return len(asked)

    one_more(11)
    one = questions()
    one_more(12)
    one_more(13)

    assert questions() == one


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_is_there_in_every_language(desk, meeting, language):
    for name in ("treat", "attendance", "minutes", "ask", "my-meeting"):
        with translation.override(language):
            page = desk.get(here(name))
        assert page.status_code == 200
        assert f'lang="{language}"' in page.content.decode()
