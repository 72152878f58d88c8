"""Whatever a document about a council says: nothing is half accepted, and accepting it twice is accepting it once."""

from contextlib import contextmanager

import msgspec
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from veikart.council import models
from veikart.council.kinds import MEETING
from veikart.engines.proposal import FoundAt, Item
from veikart.engines.readers.agenda_items import item, meeting_key
from veikart.engines.readers.agenda_values import (
    AttachmentValues,
    CaseValues,
    DecisionValues,
    FollowUpValues,
    MeetingValues,
    QuestionValues,
    SeatValues,
)
from veikart.engines.readers.agenda_words import Slot
from veikart.intake import services
from veikart.intake.models import RowState

pytestmark = pytest.mark.django_db

NUMBERS = st.sampled_from([None, "1/26", "2/26", "3/26", "4/2026"])
TITLES = st.sampled_from(["", "Veikart", "Budsjett neste år", "Eventuelt", "Personvern i helse"])
TEXTS = st.sampled_from(["NUFA tar det til orientering.", "NUFA godkjenner utgave 2031-9."])
NAMES = st.sampled_from([None, "Kari Nes", "Per Moe"])


@st.composite
def documents(draw):
    """The items that the reader of minutes or agendas would give, odd ones among them."""
    meeting = MeetingValues(
        body=draw(st.sampled_from([None, "NUFA", "Nasjonalt e-helseråd"])),
        number=draw(st.sampled_from([None, 1])),
        year=2026,
        is_extra=False,
        held_on=draw(st.sampled_from([None, "2026-02-04"])),
        day_said="4. februar",
        starts_at="10:00",
        ends_at=None,
        place=None,
    )
    key = meeting_key(msgspec.structs.replace(meeting, held_on=None))
    made = [item("meeting", key, meeting, FoundAt(line=1))]
    made += [_seat(draw, key, number) for number in range(draw(st.integers(0, 3)))]
    numbers = draw(st.lists(NUMBERS, min_size=1, max_size=4))
    for position, number in enumerate(numbers, start=1):
        made += _case(draw, key, position, number)
    reader = draw(st.sampled_from(["agenda", "minutes"]))
    return reader, tuple(made)


def _seat(draw, meeting, number):
    values = SeatValues(meeting=meeting, person=draw(NAMES), role="member",
                        organisation=draw(st.sampled_from([None, "KS", "FHI"])))  # fmt: skip
    return item("seat", f"{meeting}/plass/{number}", values, FoundAt(line=2 + number))


def _case(draw, meeting, position, number):
    key, at = f"{meeting}/punkt/{position}", FoundAt(line=10 * position)
    values = CaseValues(
        meeting=meeting, number=number, position=position, title=draw(TITLES), type=None,
        type_said=None, fixed=None, slots=(Slot(starts_at="10:00"),), presenter=None, text=None,
    )  # fmt: skip
    made = [item("case", key, values, at)]
    if draw(st.booleans()):
        asked = QuestionValues(case=key, number=1, text="Hva mangler?")
        paper = AttachmentValues(case=key, label="1", title="Notat")
        made.append(item("question", f"{key}/sporsmal/1", asked, at))
        made.append(item("attachment", f"{key}/vedlegg/1", paper, at))
    if draw(st.booleans()):
        decided = DecisionValues(case=key, number=number, text=draw(TEXTS), decided_on=None)
        to_do = FollowUpValues(
            meeting=meeting, case=key, what="Rydde", who=None, due=None, due_said=None
        )
        made.append(item("decision", f"{key}/vedtak", decided, at))
        made.append(item("follow_up", f"{meeting}/oppfolging/{position}", to_do, at))
    return made


def take_in(document):
    """As `veikart take-in` of what `--json` has printed."""
    reader, items = document
    assert all(isinstance(one, Item) for one in items)
    content = msgspec.json.encode({"reader": reader, "items": items})
    return services.take_in("dokument.json", content, by=None)


def is_whole(proposal):
    """Nothing of a case, a meeting or an evaluation is accepted without the rest of what is not rejected."""
    wholes = {}
    for row in proposal.rows.exclude(state=RowState.REJECTED):
        wholes.setdefault(row.belongs_to or row.key, set()).add(row.state)
    return all(len(states) == 1 for states in wholes.values())


@contextmanager
def undone():
    """Whatever happens in the tables within is undone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents(), picked=st.lists(st.integers(0, 30), max_size=6), spoil=st.booleans())
def test_nothing_is_half_accepted(db, document, picked, spoil):
    with undone():
        proposal = take_in(document)
        rows = list(proposal.rows.all())
        chosen = [rows[one].pk for one in picked if one < len(rows)]
        if spoil and chosen:
            services.reject(proposal, chosen, by=None, reason="Ikke vår")
            chosen = []

        outcome = services.accept(proposal, chosen or None, by=None)

        assert is_whole(proposal)
        assert all(one.message for one in outcome.refused)
        assert all(row.state == RowState.ACCEPTED for row in outcome.accepted)
        accepted = {row.key for row in proposal.rows.filter(state=RowState.ACCEPTED)}
        assert {one.uid for one in models.Case.objects.all()} <= accepted
        lines = sum(one.kind == "case" for one in document[1])
        assert all(len(meeting.agenda) == lines for meeting in MEETING.load().values())


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_accepting_it_all_twice_is_accepting_it_once(db, document):
    with undone():
        taken = accepted_of(take_in(document))
        again = take_in(document)

        assert not proposed_by(again) & taken
        assert again.changed == 0

        taken |= accepted_of(again)
        assert not proposed_by(take_in(document)) & taken


def accepted_of(proposal):
    """The addresses of what could be accepted; what could not is rejected."""
    taken = {row.key for row in services.accept(proposal, by=None).accepted}
    services.reject(proposal, by=None, reason="Uavklart")
    return taken


def proposed_by(proposal):
    """The addresses of what is proposed and was not decided before."""
    return {row.key for row in proposal.rows.filter(state=RowState.PENDING)}
