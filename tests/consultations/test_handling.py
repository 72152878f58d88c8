"""Handling points through the services: who may, what is refused and why, and that counts add up."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from tests.consultations.conftest import received
from veikart.consultations import log, queries, services
from veikart.consultations.models import HandlingEvent, HandlingHead, Hearing, Reply, ReplyFile
from veikart.documents import services as documents
from veikart.engines.handling import actions as do
from veikart.engines.handling.settling import counts
from veikart.people import audit
from veikart.people.models import AuditEntry

pytestmark = pytest.mark.django_db

ALL = ("Vi støtter målet. Begrepet må forklares.", "Mål innbyggere")


@pytest.fixture
def reply(hearing):
    return received(hearing, *ALL)


def texts(hearing):
    state = queries.state(hearing)
    return {point.uid.rpartition("/")[2]: state.text_of(point) for point in state.standing()}


def refused(code, doing, *args, **more):
    before = HandlingEvent.objects.count()
    with pytest.raises(ValidationError) as refusal:
        doing(*args, **more)
    assert refusal.value.code == code
    assert HandlingEvent.objects.count() == before
    return refusal.value.messages[0]


def test_only_who_may_edit_handles_points(hearing, reply, reader):
    with pytest.raises(PermissionDenied):
        services.act(hearing, do.Confirm(points=(f"{reply}/punkt/1",)), by=reader)


def test_a_point_is_split_where_a_person_says_and_merged_again(hearing, reply, editor):
    services.split(hearing, f"{reply}/punkt/1", places=[18], by=editor)

    assert texts(hearing) == {
        "2": "Mål innbyggere",
        "3": "Vi støtter målet.",
        "4": "Begrepet må forklares.",
    }
    services.merge(hearing, [f"{reply}/punkt/3", f"{reply}/punkt/4"], by=editor)
    assert texts(hearing) == {
        "2": "Mål innbyggere",
        "5": "Vi støtter målet.\n\nBegrepet må forklares.",
    }
    assert counts(queries.state(hearing)).received == 2


def test_an_event_is_undone_when_no_later_one_rests_on_it(hearing, reply, editor):
    services.split(hearing, f"{reply}/punkt/1", places=[18], by=editor)
    services.act(hearing, do.ChangeKind(point=f"{reply}/punkt/4", kind="question"), by=editor)

    said = refused("rested_on", services.undo, hearing, 2, by=editor)
    services.undo(hearing, 3, by=editor)
    services.undo(hearing, 2, by=editor)

    assert said == "Later events rest on event 2. Undo these first: 3."
    assert texts(hearing) == {"1": ALL[0], "2": ALL[1]}
    assert [event.verb for event in queries.events(hearing)] == [
        "undo", "undo", "change_kind", "split", "receive",
    ]  # fmt: skip


def test_a_uid_is_used_once_also_after_an_undo(hearing, reply, editor):
    services.split(hearing, f"{reply}/punkt/1", places=[18], by=editor)
    services.undo(hearing, 2, by=editor)

    services.split(hearing, f"{reply}/punkt/1", places=[18], by=editor)

    assert sorted(texts(hearing)) == ["2", "5", "6"]


def test_what_does_not_fit_is_refused_with_what_to_do(hearing, reply, editor):
    act = services.act
    point = f"{reply}/punkt/1"

    assert "no longer stands" in _after_split(hearing, reply, editor)
    assert "Open the page anew" in refused(
        "unknown", act, hearing, do.Confirm(points=("horing/22-414/svar/9/punkt/1",)), by=editor
    )
    assert refused("empty", act, hearing, do.Confirm(points=()), by=editor)
    assert refused("not_undoable", services.undo, hearing, 1, by=editor)
    assert refused("not_undoable", services.undo, hearing, 99, by=editor)
    assert refused(
        "missing_reason", act, hearing, do.SetAside(point=f"{reply}/punkt/2", reason=" "), by=editor
    )
    assert refused("too_few", services.merge, hearing, [f"{reply}/punkt/2"], by=editor)
    assert refused("unknown_hearing", act, "horing/99-9", do.Publish(), by=editor)
    assert refused("gone", act, hearing, do.ChangeKind(point=point, kind="question"), by=editor)


def _after_split(hearing, reply, editor):
    services.split(hearing, f"{reply}/punkt/1", places=[18], by=editor)
    return refused("gone", services.split, hearing, f"{reply}/punkt/1", places=[18], by=editor)


def test_points_of_different_replies_meet_in_a_theme_and_not_in_a_point(hearing, reply, editor):
    other = received(hearing, "Også vi", respondent="KS")
    both = [f"{reply}/punkt/1", f"{other}/punkt/1"]

    refused("another_reply", services.merge, hearing, both, by=editor)
    state = services.make_theme(hearing, title="Begreper", points=both, by=editor)

    assert state.said(f"{hearing}/tema/1", yes=True) == both


def test_a_theme_answers_its_points_unless_they_have_an_answer_of_their_own(hearing, reply, editor):
    first, second = f"{reply}/punkt/1", f"{reply}/punkt/2"
    theme = f"{hearing}/tema/1"
    services.make_theme(hearing, title="Begreper", points=[first, second], by=editor)
    services.act(hearing, do.Decide(on=theme, value="followed", reason="Klart"), by=editor)
    services.act(hearing, do.Decide(on=second, value="noted", reason="Sett"), by=editor)

    tally = counts(queries.state(hearing))

    assert (tally.received, tally.answered, tally.open) == (2, 2, 0)


def test_publishing_is_refused_while_a_point_lacks_something_and_says_which(hearing, reply, editor):
    first, second = f"{reply}/punkt/1", f"{reply}/punkt/2"
    services.act(hearing, do.Confirm(points=(first, second)), by=editor)
    services.act(hearing, do.Decide(on=first, value="followed"), by=editor)

    said = refused("not_all_answered", services.publish, hearing, by=editor)

    assert said == (
        "The outcomes cannot be published yet. 2 points lack something: "
        f"{first} (its outcome has no reason), {second} (it has no outcome)"
    )
    services.act(hearing, do.Decide(on=first, value="followed", reason="Tatt inn"), by=editor)
    services.act(hearing, do.SetAside(point=second, reason="En hilsen"), by=editor)
    assert services.publish(hearing, by=editor).published_at is not None


def test_outcomes_are_not_published_while_replies_may_come(hearing, reply, editor):
    services.put("hearing", hearing, {"closes_on": "2022-10-20"}, by=editor)
    points = queries.state(hearing).points
    services.act(hearing, do.Confirm(points=tuple(points)), by=editor)
    for point in points:
        services.act(hearing, do.Decide(on=point, value="noted", reason="Sett"), by=editor)

    said = refused("still_open", services.publish, hearing, by=editor)

    assert said == (
        "Replies may come until 20 October 2022. Publish the outcomes when that day is over."
    )
    services.put("hearing", hearing, {"closes_on": "2022-10-19"}, by=editor)
    assert services.publish(hearing, by=editor).published_at is not None


def test_a_change_of_mind_is_a_new_event_and_the_old_outcome_is_kept(hearing, reply, editor):
    point = f"{reply}/punkt/1"
    services.act(hearing, do.Decide(on=point, value="not_followed", reason="Nei"), by=editor)
    state = services.act(hearing, do.Decide(on=point, value="partly", reason="Jo"), by=editor)

    assert [(d.value, d.reason, d.by) for d in state.points[point].outcomes] == [
        ("not_followed", "Nei", "editor"),
        ("partly", "Jo", "editor"),
    ]


def test_a_missed_point_is_marked_and_counts(hearing, reply, editor):
    missed = do.Original(
        uid="", text="Oversett", kind="question", anchors=(do.Anchor(uid="mal/3"),)
    )

    state = services.mark_missed(hearing, reply, missed, by=editor)

    point = state.points[f"{reply}/punkt/3"]
    assert (point.confirmed, point.anchors[0].source) == (True, "person")
    assert counts(state).received == 3


# --- The log itself ---------------------------------------------------------------------------


def test_the_state_is_caught_up_with_one_query(hearing, reply, editor, django_assert_num_queries):
    queries.state(hearing)
    services.act(hearing, do.Confirm(points=(f"{reply}/punkt/1",)), by=editor)

    with django_assert_num_queries(1):
        caught_up = queries.state(hearing)
    log.forget()
    with django_assert_num_queries(1):
        afresh = queries.state(hearing)

    assert caught_up == afresh
    assert caught_up.points[f"{reply}/punkt/1"].confirmed


def test_a_state_that_was_rolled_back_is_forgotten(hearing, reply, editor):
    with pytest.raises(ZeroDivisionError):
        _confirm_and_fail(hearing, f"{reply}/punkt/1", editor)

    assert not queries.state(hearing).points[f"{reply}/punkt/1"].confirmed
    services.act(hearing, do.Confirm(points=(f"{reply}/punkt/2",)), by=editor)
    assert [p.confirmed for p in queries.state(hearing).standing()] == [False, True]


@transaction.atomic
def _confirm_and_fail(hearing, point, editor):
    services.act(hearing, do.Confirm(points=(point,)), by=editor)
    queries.state(hearing)
    raise ZeroDivisionError


def test_the_database_refuses_to_change_what_was_received_or_done(hearing, reply, editor):
    document = documents.keep("svar.pdf", b"%PDF", by=None)
    ReplyFile.objects.create(reply=Reply.objects.get(), document=document, role="form", name="a")

    for rows, change in (
        (HandlingEvent.objects, {"action": "{}"}),
        (Reply.objects, {"respondent": "En annen"}),
        (ReplyFile.objects, {"name": "b"}),
    ):
        with pytest.raises(IntegrityError, match=r"stays|never changed"), transaction.atomic():
            rows.update(**change)


def test_neither_django_nor_the_database_deletes_what_was_received_or_done(hearing, reply, editor):
    services.act(hearing, do.Confirm(points=(f"{reply}/punkt/1",)), by=editor)
    first, last = HandlingEvent.objects.order_by("no")

    for row in (first, last, Reply.objects.get(), Hearing.objects.get()):
        with pytest.raises(ProtectedError):
            row.delete()
    for table, key in (
        ("consultations_handlingevent", first.pk),
        ("consultations_handlingevent", last.pk),
        ("consultations_reply", Reply.objects.get().pk),
    ):
        with pytest.raises(IntegrityError):
            _delete_past_django(table, key)


@transaction.atomic
def _delete_past_django(table, key):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [key])
    connection.check_constraints()


def test_each_event_has_an_entry_in_the_record_with_its_hash(hearing, reply, editor):
    services.act(hearing, do.Confirm(points=(f"{reply}/punkt/1",)), by=editor)

    event = HandlingEvent.objects.latest("no")
    entry = AuditEntry.objects.get(verb="handling.confirm")

    assert entry.after == {"hearing": hearing, "event": 2, "hash": event.hash}
    assert audit.verify() == []
    assert queries.verify() == []


def test_an_event_that_was_changed_past_the_database_is_found(hearing, reply, editor):
    event = HandlingEvent.objects.get()
    other = event.action.replace("innbyggere", "kommuner")
    assert other != event.action

    problems = list(log.problems(hearing, [(1, event.at, event.by_name, other, event.hash)]))

    assert problems == [f"Event 1 of {hearing} was changed; compare with a backup."]
    assert HandlingHead.objects.get().event == event
