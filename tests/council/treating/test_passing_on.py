"""A case on its way through bodies: its origin is kept, and its papers are the same files with the same access."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.council.treating.conftest import BASIS, COUNCIL, DAY, NUFA, NUIT, OPEN, SECRET, case, put
from veikart.council import deciding, kinds, passing_on, queries
from veikart.council.deciding import Said
from veikart.council.models import Body, Case, Paper
from veikart.people.models import User
from veikart.plan.council import CaseQuestion

pytestmark = pytest.mark.django_db


def sent(uid, to, editor, **options):
    body = Body.objects.get(pk=to)
    return passing_on.send_on(case(uid), body, by=editor, on=DAY, **options)


def terms(uid):
    return kinds.CASE.load([uid])[uid]


def test_a_case_goes_on_with_text_questions_and_what_it_is_about(meeting, editor):
    asked = (CaseQuestion(no=1, text="Er rekkefølgen rett?"),)
    put(("case", OPEN, {"about": ["delmal/1A"], "questions": asked, "text": "Bakgrunn"}))

    uid = sent(OPEN, COUNCIL, editor)

    made, origin = terms(uid), terms(OPEN)
    assert uid == "sak/nasjonalt-e-helserad/1-26"
    assert (made.came_from, made.sender, made.is_public) == (OPEN, "NUIT", False)
    assert (made.about, made.questions, made.text) == (("delmal/1A",), asked, "Bakgrunn")
    assert made.proposal is None
    assert (origin.came_from, origin.number) == (None, "2/26")


def test_only_what_is_chosen_goes_along(meeting, papers, editor):
    put(("case", OPEN, {"about": ["delmal/1A"], "text": "Bakgrunn"}))

    made = terms(sent(OPEN, COUNCIL, editor, carrying=("proposal",), number="7/26"))

    assert made.number == "7/26"
    assert (made.text, made.about) == (None, ())
    assert made.proposal == terms(OPEN).proposal
    assert not Paper.objects.filter(case=made.uid).exists()


def test_papers_are_the_same_files_with_the_same_access(meeting, papers, editor):
    uid = sent(OPEN, COUNCIL, editor)

    def told(case_uid):
        rows = Paper.objects.filter(case=case_uid).order_by("no")
        return [(p.label, p.title, p.access, p.basis, p.document_id) for p in rows]

    assert told(uid) == told(OPEN)
    assert [row[2] for row in told(uid)] == ["public", "withheld"]
    put(("case", uid, {"is_public": True}))
    frozen = queries.freeze(on=DAY)
    assert [paper.title for paper in frozen.papers if paper.case == uid] == ["Veikart"]
    assert "Pristilbud" not in str(frozen)


def test_what_is_withheld_stays_so_wherever_it_goes(meeting, papers, editor):
    uid = sent(SECRET, COUNCIL, editor)
    put(("case", uid, {"is_public": True}))

    assert terms(uid).basis == BASIS
    assert "plattform" not in str(queries.freeze(on=DAY))


def test_what_was_decided_before_is_leant_on(meeting, editor):
    decided = deciding.decide(meeting, case(OPEN), Said(text="Ja.", decided_on=DAY), by=editor)

    assert terms(sent(OPEN, COUNCIL, editor)).cites == (decided,)


def test_a_case_goes_to_where_it_is_prepared_for_and_back_and_not_elsewhere(meeting, editor):
    put(("body", "organ/annet", {"name": "Annet"}))
    assert [body.pk for body in passing_on.bodies_for(case(OPEN))] == [COUNCIL, NUFA]

    with pytest.raises(ValidationError, match="does not send its cases to Annet"):
        sent(OPEN, "organ/annet", editor)
    back = sent(OPEN, NUFA, editor)

    assert terms(back).came_from == OPEN


def test_the_whole_path_is_told_from_each_of_its_places(meeting, editor):
    put(("case", "sak/nufa/1-26", {"body": NUFA, "number": "1/26", "title": "Veikart"}))
    there = sent("sak/nufa/1-26", NUIT, editor)
    back = sent(there, NUFA, editor)
    again = sent(back, NUIT, editor)
    last = sent(again, COUNCIL, editor)
    whole = ["sak/nufa/1-26", there, back, again, last]

    for uid in whole:
        steps = passing_on.path(case(uid))
        assert [step.case.uid for step in steps] == whole
        assert [step.case.uid for step in steps if step.is_here] == [uid]


def test_a_case_that_went_there_before_is_named(meeting, editor):
    sent(OPEN, COUNCIL, editor)
    with pytest.raises(ValidationError, match="before, as case 1/26"):
        sent(OPEN, COUNCIL, editor)

    assert Case.objects.filter(came_from=OPEN).count() == 1


def test_a_number_that_is_taken_leaves_nothing_half_done(meeting, papers, editor):
    put(
        ("case", "sak/nasjonalt-e-helserad/1-26", {"body": COUNCIL, "number": "1/26", "title": "X"})
    )
    before = (Case.objects.count(), Paper.objects.count())

    with pytest.raises(ValidationError, match="1/26"):
        sent(OPEN, COUNCIL, editor, number="1/26")

    assert (Case.objects.count(), Paper.objects.count()) == before


def test_a_circle_that_should_not_be_is_followed_once(meeting):
    put(("case", OPEN, {"came_from": SECRET}), ("case", SECRET, {"came_from": OPEN}))

    assert len(passing_on.path(case(OPEN))) == 2


def test_only_editors_send_cases_on(meeting):
    reader = User.objects.create_user("reader", role=User.Role.READER)
    with pytest.raises(PermissionDenied):
        sent(OPEN, COUNCIL, reader)


def test_a_case_without_a_body_to_go_to_stays(meeting):
    put(
        ("case", "sak/nasjonalt-e-helserad/1-26", {"body": COUNCIL, "number": "1/26", "title": "X"})
    )
    Body.objects.filter(pk=NUIT).update(prepares_for=None)

    assert passing_on.bodies_for(case("sak/nasjonalt-e-helserad/1-26")) == []
