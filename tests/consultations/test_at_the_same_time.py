"""Several people and programs at the same time, each in a transaction of its own on PostgreSQL."""

import threading
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from tests.consultations.conftest import incoming, received
from tests.engines.readers.reply_forms import mail
from veikart.consultations import log, queries, receiving, services, taking_in
from veikart.consultations.models import HandlingEvent, IntakeItem, KeptMessage, Reply
from veikart.consultations.taking_in import Terms
from veikart.engines.handling import actions as do
from veikart.engines.handling.settling import counts
from veikart.people import audit

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.fixture(autouse=True)
def _on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; PostgreSQL has many")


def at_once(*doings):
    """What each of `doings` answers or is refused with, all begun at the same moment."""
    start, found = threading.Barrier(len(doings)), {}

    def run(number, doing):
        start.wait()
        try:
            found[number] = doing()
        except ValidationError as refusal:
            found[number] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(doings)
    return [found[number] for number in range(len(doings))]


def is_whole(hearing):
    """Whether the log replays to what is in memory, both chains hold, and the counts add up."""
    kept = queries.state(hearing)
    log.forget()
    tally = counts(queries.state(hearing))
    assert queries.state(hearing) == kept
    assert queries.verify() == audit.verify() == []
    assert tally.received == tally.handled + tally.open
    numbers = list(HandlingEvent.objects.order_by("no").values_list("no", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    return True


def test_of_two_who_cut_the_same_point_one_is_told_that_it_is_gone(hearing, editor):
    reply = received(hearing, "Vi støtter målet. Begrepet må forklares.")

    found = at_once(
        *[lambda: services.split(hearing, f"{reply}/punkt/1", places=[18], by=editor)] * 2
    )

    assert sorted(one if isinstance(one, str) else "done" for one in found) == ["done", "gone"]
    assert len(queries.state(hearing).standing()) == 2
    assert is_whole(hearing)


def test_themes_made_at_once_have_addresses_of_their_own(hearing, editor):
    received(hearing, "Mer data")

    at_once(
        *[
            lambda n=n: services.make_theme(hearing, title=f"Tema {n}", by=editor)
            for n in range(MANY)
        ]
    )

    assert sorted(queries.state(hearing).themes) == [
        f"{hearing}/tema/{number}" for number in range(1, MANY + 1)
    ]
    assert is_whole(hearing)


def test_an_event_is_undone_once(hearing, editor):
    reply = received(hearing, "Mer data")
    services.act(hearing, do.Confirm(points=(f"{reply}/punkt/1",)), by=editor)

    found = at_once(*[lambda: services.undo(hearing, 2, by=editor)] * 3)

    assert Counter(isinstance(one, str) for one in found) == {True: 2, False: 1}
    assert not queries.state(hearing).points[f"{reply}/punkt/1"].confirmed
    assert is_whole(hearing)


def test_an_undo_and_what_rests_on_the_event_cannot_both_be(hearing, editor):
    reply = received(hearing, "Vi støtter målet. Begrepet må forklares.")
    services.split(hearing, f"{reply}/punkt/1", places=[18], by=editor)

    at_once(
        lambda: services.undo(hearing, 2, by=editor),
        lambda: services.act(hearing, do.Confirm(points=(f"{reply}/punkt/2",)), by=editor),
    )

    state = queries.state(hearing)
    confirmed = state.points.get(f"{reply}/punkt/2")
    assert (confirmed is None) or confirmed.confirmed
    assert is_whole(hearing)


def test_the_same_reply_received_at_once_is_one(hearing):
    found = at_once(*[lambda: services.receive(hearing, incoming("Mer data"), by=None)] * MANY)

    assert Counter(one.is_same for one in found) == {True: MANY - 1, False: 1}
    assert (Reply.objects.count(), IntakeItem.objects.count()) == (1, 1)
    assert is_whole(hearing)


def test_versions_received_at_once_are_numbered_one_by_one(hearing):
    found = at_once(
        *[
            lambda n=n: services.receive(hearing, incoming(f"Tekst {n}", email="a@b.no"), by=None)
            for n in range(MANY)
        ]
    )

    assert sorted(one.reply.version for one in found) == list(range(1, MANY + 1))
    assert {one.reply.no for one in found} == {1}
    assert len(queries.state(hearing).standing()) == 1
    assert is_whole(hearing)


def test_one_mail_taken_in_by_several_programs_is_kept_and_received_once(hearing):
    content = mail(
        body="Vi foreslår at fyrene tennes tidligere.", Subject="Sak 22/414", From="a@b.no"
    )
    terms = Terms(by=None, received_at=timezone.now())

    found = at_once(*[lambda: taking_in.take_in("x.eml", content, terms)] * 4)

    assert sum(len(one.replies) for one in found) == 1
    assert (Reply.objects.count(), KeptMessage.objects.count()) == (1, 1)
    assert len(IntakeItem.objects.filter(code="not_read")) == 0
    assert is_whole(hearing)


def test_what_needs_a_person_is_listed_once(hearing):
    at_once(*[lambda: receiving.need("not_read", name="a", problem="b", why="c")] * MANY)

    assert IntakeItem.objects.count() == 1


def test_what_a_reader_sees_meanwhile_is_some_state_of_the_log(hearing, editor):
    """Readers never see half an action, and what they keep in memory is what is in the log."""
    uids = [received(hearing, f"Punkt {n}", respondent=f"R{n}") for n in range(4)]
    seen = []

    def write(uid):
        services.act(
            hearing,
            do.Confirm(points=(f"{uid}/punkt/1",)),
            do.ChangeKind(point=f"{uid}/punkt/1", kind="question"),
            by=editor,
        )

    def look():
        for _time in range(20):
            state = queries.state(hearing)
            seen.extend((p.confirmed, p.kind == "question") for p in state.standing())

    at_once(*[lambda uid=uid: write(uid) for uid in uids], look, look)

    assert set(seen) <= {(False, False), (True, True)}
    assert queries.state(hearing).last == 4 + 8
    assert is_whole(hearing)
