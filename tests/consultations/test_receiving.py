"""Receiving replies: each is kept once, the newest version holds, and nothing is lost."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.consultations.conftest import WORKSHOPS, incoming, received
from veikart.consultations import queries, services
from veikart.consultations.models import HandlingEvent, IntakeItem, Reply
from veikart.documents import services as documents
from veikart.engines.handling.settling import counts
from veikart.people.models import AuditEntry

pytestmark = pytest.mark.django_db


def codes():
    return sorted(queries_item.code for queries_item in queries.needing_a_person())


def test_a_reply_is_kept_with_its_points_numbered_within_it(hearing):
    found = services.receive(hearing, incoming("Mer data", "Færre skjema"), by=None)

    state = queries.state(hearing)
    assert found.reply.uid == "horing/22-414/svar/1"
    assert found.items == ()
    assert [(p.uid, state.text_of(p)) for p in state.standing()] == [
        ("horing/22-414/svar/1/punkt/1", "Mer data"),
        ("horing/22-414/svar/1/punkt/2", "Færre skjema"),
    ]
    assert counts(state).received == counts(state).open == 2
    assert AuditEntry.objects.filter(verb="handling.receive", uid=found.reply.uid).count() == 1


def test_the_record_holds_no_word_of_a_reply(hearing):
    received(hearing, "Hemmelig diagnose")

    entries = AuditEntry.objects.filter(verb__startswith="handling.").values_list(
        "after", flat=True
    )
    assert entries
    assert "diagnose" not in str(list(entries))


def test_a_reply_for_another_case_is_not_received_but_needs_a_person(hearing):
    document = documents.keep("svar.pdf", b"%PDF", by=None)
    other = incoming("x", case_number="22/999", files=(services.File(document=document),))

    found = services.receive(hearing, other, by=None)

    assert found.reply is None
    assert not Reply.objects.exists()
    item = IntakeItem.objects.get()
    assert (item.code, item.document, item.hearing_id) == ("another_case", document, hearing)
    assert item.params == {"name": "svar.pdf", "found": "22/999", "expected": "22/414"}


def test_the_same_reply_twice_is_known_again(hearing):
    first = services.receive(hearing, incoming("Mer data"), by=None)
    later = incoming("Mer data", received_at=dt.datetime(2022, 10, 1, tzinfo=dt.UTC))

    again = services.receive(hearing, later, by=None)

    assert (again.reply, again.is_same) == (first.reply, True)
    assert Reply.objects.count() == 1
    assert codes() == ["same_reply"]
    assert len(queries.state(hearing).points) == 1


def test_a_better_reader_does_not_make_the_same_file_another_reply(hearing):
    document = documents.keep("svar.pdf", b"%PDF", by=None)
    files = (services.File(document=document),)
    services.receive(hearing, incoming("Mer data", files=files), by=None)

    again = services.receive(hearing, incoming("Mer", "data", files=files), by=None)

    assert again.is_same


@pytest.mark.parametrize(
    ("received_at", "is_late"),
    [
        ("2022-10-01T21:59:00+00:00", False),  # a minute before midnight in Norway
        ("2022-10-01T22:01:00+00:00", True),
    ],
)
def test_a_reply_after_the_deadline_is_kept_and_marked(hearing, received_at, is_late):
    late = incoming("Sent", received_at=dt.datetime.fromisoformat(received_at))

    found = services.receive(hearing, late, by=None)

    assert found.reply.after_deadline is is_late
    assert codes() == (["after_deadline"] if is_late else [])
    assert len(queries.state(hearing).points) == 1


def test_the_newest_version_of_a_reply_holds_and_all_are_kept(hearing):
    mail = {"email": "post@legemiddelverket.no"}
    uid = received(hearing, "Mer data", **mail)

    newer = services.receive(hearing, incoming("Mer og bedre data", "Takk", **mail), by=None)

    state = queries.state(hearing)
    assert (newer.reply.uid, newer.reply.version) == (uid, 2)
    assert [state.text_of(p) for p in state.standing()] == ["Mer og bedre data", "Takk"]
    assert [p.uid.rpartition("/")[2] for p in state.standing()] == ["2", "3"]
    assert [row.version for row in queries.versions(uid)] == [2, 1]
    tally = counts(state)
    assert (tally.received, tally.lapsed, tally.open) == (3, 1, 2)
    assert codes() == ["new_version"]


def test_two_respondents_of_the_same_name_are_two_until_a_person_says_otherwise(hearing):
    first = received(hearing, "Mer", respondent="Ola Nordmann")
    second = received(hearing, "Mindre", respondent="ola nordmann")

    assert first != second
    assert codes() == ["maybe_newer"]


def test_what_follows_a_withdrawn_reply_is_a_new_one(hearing, editor):
    mail = {"email": "a@b.no"}
    first = received(hearing, "Mer", **mail)
    services.withdraw(hearing, first, reason="Sendt ved en feil", by=editor)

    second = received(hearing, "Mindre", **mail)

    assert second == "horing/22-414/svar/2"
    assert counts(queries.state(hearing)).lapsed == 1


def test_workshops_have_contributions_and_no_case_number(editor):
    days = {"opens_on": "2021-11-01", "closes_on": "2021-11-30"}
    services.put("hearing", WORKSHOPS, {"kind": "workshop", "title": "Høsten", **days}, by=editor)

    uid = received(WORKSHOPS, "Felles språk", respondent="Arbeidsmøte 1", case_number=None)

    assert uid == f"{WORKSHOPS}/bidrag/1"
    assert list(queries.state(WORKSHOPS).points) == [f"{uid}/punkt/1"]


def test_what_does_not_fit_is_refused_and_leaves_nothing(hearing):
    with pytest.raises(
        ValidationError, match="Expected a hearing or workshops; found “horing/1-1”"
    ):
        services.receive("horing/1-1", incoming("x"), by=None)
    with pytest.raises(ValidationError) as refusal:
        services.receive(hearing, incoming("x", respondent=" "), by=None)
    with pytest.raises(ValidationError, match="Expected a reply in this hearing"):
        services.receive(hearing, incoming("x", replaces="horing/22-414/svar/9"), by=None)

    assert "respondent" in refusal.value.message_dict
    assert not Reply.objects.exists()
    assert not HandlingEvent.objects.exists()


def test_questions_that_were_answered_stay(hearing, editor):
    received(hearing, "x")
    asked = [
        {
            "no": 1,
            "text": "Støtter dere de fem målene?",
            "kind": "choice",
            "choices": ["Ja", "Nei"],
        },
        {"no": 2, "text": "Annet?", "kind": "text"},
    ]

    services.put("hearing", hearing, {"questions": asked}, by=editor)  # only the wording
    with pytest.raises(ValidationError, match="questions stay"):
        services.put("hearing", hearing, {"questions": asked[1:]}, by=editor)


def test_what_needs_a_person_is_settled_once(hearing, editor, reader):
    received(hearing, "x")
    received(hearing, "x")
    item = queries.needing_a_person(hearing)[0]

    settled = services.settle(item, note="Sett", by=editor)

    assert (settled.settled_by, settled.note) == (editor, "Sett")
    assert not queries.needing_a_person()
