"""The whole way at the desk: NUFA, NUIT, the council, an edition approved, a follow-up that comes back."""

import datetime as dt
import json

import pytest

from tests.council.treating.conftest import BASIS, COUNCIL, NUFA, NUIT, case, held, put
from veikart.council import (
    agendas,
    attending,
    deciding,
    following_up,
    minuting,
    passing_on,
    queries,
)
from veikart.council.deciding import Said
from veikart.council.following_up import Asked
from veikart.council.models import Body, Decision, FollowUp, Meeting
from veikart.editions import queries as editions
from veikart.editions import services as editing
from veikart.editions import shelf
from veikart.people.models import User
from veikart.plan.council import Attendance, Effect

pytestmark = pytest.mark.django_db

FIRST = "sak/nufa/1-26"
UPCOMING = "mote/nasjonalt-e-helserad/9-2026"
DECIDED, TODAY = dt.date(2026, 5, 13), dt.date(2026, 6, 15)
CAME = (Attendance(no=1, role="leader", person="Ola Berg", present=True),)


def treated(body, day, uid, text, editor, **more):
    """A meeting of `body` on `day` that treats the case `uid` and decides `text`; the uid of the decision."""
    slug = body.partition("/")[2]
    meeting = f"mote/{slug}/{day.month}-{day.year}"
    put(
        ("case", uid, {"is_public": True, "proposal": text}),
        ("meeting", meeting, held(day.month, day, body=body, state="summoned")),
        ("agenda_item", f"{meeting}/punkt/1", {"kind": "case", "case": uid}),
    )
    row = Meeting.objects.get(pk=meeting)
    attending.attend(row, CAME, by=editor)
    said = Said(text=text, decided_on=day, proposal=text, **more)
    return deciding.decide(Meeting.objects.get(pk=meeting), case(uid), said, by=editor)


def sent(uid, to, editor):
    return passing_on.send_on(case(uid), Body.objects.get(pk=to), by=editor, on=TODAY)


@pytest.fixture
def edition(seats, editor):
    """An edition that waits, frozen before NUFA treats the case."""
    return editing.freeze(by=editor, as_of=dt.date(2026, 1, 31), title="Veikart")


@pytest.fixture
def decision(edition, editor):
    """The uid of the council's decision, in a case that NUFA and NUIT have treated; a follow-up of it is overdue."""
    secret = {"case": FIRST, "no": 1, "label": "1", "access": "withheld", "basis": BASIS}
    put(
        ("case", FIRST, {"body": NUFA, "number": "1/26", "title": "Veikart 2026-2"}),
        ("paper", f"{FIRST}/vedlegg/1", {**secret, "title": "Pristilbud"}),
    )
    treated(NUFA, dt.date(2026, 2, 10), FIRST, "NUFA gir sin anbefaling.", editor)
    second = sent(FIRST, NUIT, editor)
    treated(NUIT, dt.date(2026, 3, 10), second, "NUIT gir sin anbefaling.", editor)
    third = sent(second, COUNCIL, editor)
    approves = (Effect(no=1, kind="approves", edition=edition.number),)
    found = treated(COUNCIL, DECIDED, third, "Rådet godkjenner.", editor, effects=approves)
    asked = Asked(what="Forenkle rapporteringen", who="Sekretariatet", due=dt.date(2026, 6, 1))
    following_up.ask_after_decision(Decision.objects.get(pk=found), asked, by=editor)
    return found


def test_the_path_is_told_and_what_is_withheld_is_nowhere_on_it(decision):
    steps = passing_on.path(case(decision.removesuffix("/vedtak")))
    frozen = str(queries.freeze(on=TODAY))

    assert [step.case.body_id for step in steps] == [NUFA, NUIT, COUNCIL]
    assert decision in frozen
    assert "Pristilbud" not in frozen


def test_the_decision_approves_the_edition_and_the_minutes_are_frozen(edition, decision, editor):
    approver = User.objects.create_user("approver", role=User.Role.APPROVER)
    body = Body.objects.get(pk=COUNCIL).name
    editing.approve(edition, by=approver, body=body, on=DECIDED, decision=decision)
    meeting = Decision.objects.get(pk=decision).meeting
    minuting.approve(meeting, by=editor, on=DECIDED)

    kept = json.loads(shelf.path_of(f"{edition.number}.approval.json").read_bytes())["decision"]
    assert (kept["uid"], kept["text"]) == (decision, "Rådet godkjenner.")
    assert editions.verify() == []
    assert queries.verify() == []


def test_what_falls_due_stands_on_the_next_draft_agenda_until_it_is_answered(decision, editor):
    put(("meeting", UPCOMING, held("9", dt.date(2026, 9, 4), body=COUNCIL)))
    agenda = agendas.make(Meeting.objects.get(pk=UPCOMING), by=editor, on=TODAY)
    row = FollowUp.objects.get()

    assert list(following_up.overdue(TODAY)) == [row]
    assert [(one.follow_up.uid, one.is_overdue) for one in agenda.returned] == [(row.pk, True)]
    following_up.answer(row, "Gjort.", is_done=True, by=editor, on=TODAY)
    assert agendas.agenda_of(Meeting.objects.get(pk=UPCOMING), on=TODAY).returned == ()
