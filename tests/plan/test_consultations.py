"""What a Plan holds of consultations: as bytes and back, and in plans from before there were any."""

import datetime as dt
import json

from msgspec.structs import replace

from tests.plan.samples import sample
from veikart.plan import codec
from veikart.plan.compare import apply, compare
from veikart.plan.consultations import (
    Answer,
    Consultations,
    Hearing,
    LedTo,
    Outcome,
    Point,
    Question,
    Reply,
    Tally,
    Theme,
)

HEARING = "horing/22-414"
REPLY = f"{HEARING}/svar/1"
CONSULTATIONS = Consultations(
    hearings=(
        Hearing(
            uid=HEARING,
            kind="hearing",
            title="Nasjonal e-helsestrategi",
            stage="answered",
            opens_on=dt.date(2022, 5, 31),
            closes_on=dt.date(2022, 10, 1),
            case_number="22/414",
            questions=(Question(no=1, text="Annet?", kind="text"),),
            replies=1,
            tally=Tally(received=3, answered=1, set_aside=1, lapsed=0, open=1),
        ),
    ),
    replies=(
        Reply(
            uid=REPLY,
            hearing=HEARING,
            no=1,
            version=1,
            respondent="Legemiddelverket",
            kind_of_respondent="agency",
            received_on=dt.date(2022, 9, 30),
            channel="email",
            answers=(Answer(question=1, text="Blå ø – «æ»"),),
        ),
    ),
    points=(
        Point(
            uid=f"{REPLY}/punkt/1",
            hearing=HEARING,
            reply=REPLY,
            no=1,
            kind="wording",
            text="Legg til et ord",
            anchors=("mal/4/oppna/1",),
            themes=(f"{HEARING}/tema/1",),
            outcome=Outcome(
                value="followed",
                reason="Gjør det tydeligere",
                decided_on=dt.date(2022, 11, 1),
                led_to=(LedTo(uid="mal/4/oppna/1", before="Data", after="Data følger"),),
            ),
        ),
    ),
    themes=(
        Theme(uid=f"{HEARING}/tema/1", hearing=HEARING, no=1, title="Ordlyd", points=(f"{REPLY}/punkt/1",)),
    ),
)  # fmt: skip


def test_consultations_survive_json_byte_for_byte():
    plan = replace(sample(), consultations=CONSULTATIONS)

    document = codec.encode(plan)

    assert codec.decode(document) == plan
    assert codec.encode(codec.decode(document)) == document


def test_a_plan_from_before_there_were_consultations_has_none():
    old = json.loads(codec.encode(sample()))
    del old["consultations"]

    opened = codec.decode(json.dumps(old).encode())

    assert opened == sample()
    assert opened.consultations == Consultations()


def test_what_was_received_is_what_is_handled_and_what_is_open():
    tally = CONSULTATIONS.hearings[0].tally

    assert tally.handled == 2
    assert tally.received == tally.handled + tally.open


def test_what_others_said_is_no_change_of_the_plan_but_is_carried_with_it():
    before, after = sample(), replace(sample(), consultations=CONSULTATIONS)

    found = compare(before, after)

    assert found.is_empty
    assert apply(before, found) == after
    assert apply(after, compare(after, before)) == before
