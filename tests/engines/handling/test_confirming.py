"""What a respondent says of how a reply was read: the last word holds, and each can be undone."""

import datetime as dt

import pytest

from tests.engines.handling.logs import START, Log, received, reply_uid
from veikart.engines.handling import actions as do
from veikart.engines.handling.fold import resting_on
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.state import Objection

REPLY = reply_uid(1)


def confirms(version=1):
    return do.ConfirmReply(reply=REPLY, version=version)


def objects(said="Siste side mangler.", version=1):
    return do.ObjectToReply(reply=REPLY, version=version, said=said)


def at(event):
    return START + dt.timedelta(minutes=event)


def read(log):
    reply = log.state.replies[REPLY]
    return reply.confirmed_at, reply.objection


def begun(*more):
    return Log(received(1, "Første punkt."), *more)


def refused(log, action):
    with pytest.raises(Refusal) as refusal:
        log.add(action)
    return refusal.value.code


def test_what_was_said_last_holds():
    log = begun()
    assert read(log) == (None, None)

    log.add(objects(" Siste side mangler. "))
    assert read(log) == (None, Objection(said="Siste side mangler.", at=at(2)))
    log.add(confirms())
    assert read(log) == (at(3), None)
    log.add(objects("Feil navn."))
    assert read(log) == (None, Objection(said="Feil navn.", at=at(4)))


def test_the_same_is_not_said_twice():
    log = begun(confirms())
    assert refused(log, confirms()) == "nothing_changes"

    log.add(objects())
    assert refused(log, objects()) == "nothing_changes"
    assert refused(log, objects("  ")) == "missing_reason"


def test_an_objection_can_be_undone_and_then_the_confirmation_holds_again():
    log = begun(confirms(), objects())

    assert resting_on(log.state, 2) == (3,)
    log.add(do.Undo(event=3))
    assert read(log) == (at(2), None)


def test_a_new_version_is_neither_confirmed_nor_objected_to():
    log = begun(objects(), received(1, "Andre utgave.", version=2, first=2))

    assert read(log) == (None, None)
    assert refused(log, confirms(version=1)) == "old_version"
    assert refused(log, objects(version=1)) == "old_version"


def test_a_reply_that_was_withdrawn_or_never_came_is_neither():
    log = begun(do.Withdraw(reply=REPLY, reason="Ønsker det"))

    assert refused(log, confirms()) == "gone"
    assert refused(log, objects()) == "gone"
    assert refused(log, do.ObjectToReply(reply=reply_uid(9), version=1, said="Nei")) == "unknown"


def test_what_was_said_of_an_older_version_never_comes_to_hold_for_the_newer():
    log = begun(objects(), confirms(), received(1, "Andre utgave.", version=2, first=2))

    assert refused(log, do.Undo(event=3)) == "rested_on"
    assert read(log) == (None, None)


def test_a_clearance_of_an_older_version_never_comes_to_hold_for_the_newer():
    cleared = [do.Clear(reply=REPLY, version=1, shown_as=name) for name in ("Kari", "K. N.")]
    log = begun(*cleared, received(1, "Andre utgave.", version=2, first=2))

    assert refused(log, do.Undo(event=3)) == "rested_on"
    assert log.state.replies[REPLY].clearance is None
