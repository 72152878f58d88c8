"""What of a hearing is in the Plan: what a person has cleared, and never a word that was withheld."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.consultations.conftest import HEARING, WORKSHOPS, received
from veikart.consultations import queries, services
from veikart.editions import building
from veikart.editions import queries as editions
from veikart.editions import services as editing
from veikart.engines.handling import actions as do
from veikart.plan import codec, procedure
from veikart.plan.consultations import WITHHELD, KindCount

pytestmark = pytest.mark.django_db

TODAY = dt.date(2022, 10, 20)
SECRET = do.Withheld(words="Kari Nordmann", basis="personal", reason="Navn på en pasient")
OTHER = do.Withheld(words="Kari Hansen", basis="personal", reason="Navn på en pasient")


def clearance(reply, shown_as="Legemiddelverket", **more):
    return do.Clear(reply=reply, version=more.pop("version", 1), shown_as=shown_as, **more)


def cleared(hearing, *texts, by, withheld=(), **more):
    """A reply that was cleared, with its points confirmed."""
    reply = received(hearing, *texts, **more)
    points = tuple(f"{reply}/punkt/{no}" for no in range(1, len(texts) + 1))
    services.clear(hearing, clearance(reply, withheld=withheld), by=by)
    services.act(hearing, do.Confirm(points=points), by=by)
    return reply


def answered(hearing, reply, by, reason="Det er tatt inn"):
    led = do.Led(uid="mal/4", before="Data deles", after="Data følger pasienten")
    services.act(
        hearing,
        do.Decide(on=f"{reply}/punkt/1", value="followed", reason=reason, led_to=(led,)),
        by=by,
    )


def test_a_hearing_is_shown_with_its_counts_from_the_day_it_opens(hearing, editor):
    cleared(hearing, "Mer data", by=editor)
    received(hearing, "Ikke klarert", respondent="KS")

    stages = [
        queries.freeze(on=dt.date.fromisoformat(day)).hearings[0].stage
        for day in ("2022-05-30", "2022-05-31", "2022-10-01", "2022-10-02")
    ]
    (frozen,) = queries.freeze(on=TODAY).hearings

    assert stages == ["planned", "open", "open", "handling"]
    assert (frozen.replies, frozen.tally.received, frozen.tally.open) == (2, 2, 2)
    assert [question.text for question in frozen.questions] == ["Støtter dere målene?", "Annet?"]


def test_only_cleared_replies_and_their_confirmed_points_are_in_the_plan(hearing, editor):
    first = cleared(hearing, "Mer data", "En hilsen", by=editor)
    received(hearing, "Ikke klarert", respondent="KS")
    services.act(hearing, do.SetAside(point=f"{first}/punkt/2", reason="Hilsen"), by=editor)

    frozen = queries.freeze(on=TODAY)

    assert [reply.uid for reply in frozen.replies] == [first]
    assert [(point.uid, point.text) for point in frozen.points] == [
        (f"{first}/punkt/1", "Mer data")
    ]
    assert frozen.hearings[0].tally.set_aside == 1


def test_a_new_version_must_be_cleared_anew(hearing, editor):
    mail = {"email": "a@b.no"}
    reply = cleared(hearing, "Mer", by=editor, **mail)
    received(hearing, "Mer og bedre", **mail)

    assert queries.freeze(on=TODAY).replies == ()
    with pytest.raises(ValidationError, match="newer version"):
        services.clear(hearing, clearance(reply), by=editor)
    services.clear(hearing, clearance(reply, version=2), by=editor)
    assert [(r.uid, r.version) for r in queries.freeze(on=TODAY).replies] == [(reply, 2)]


def test_how_a_hearing_was_held_is_told_without_freezing_all_of_it(hearing, editor):
    reply = cleared(hearing, "Mer data", by=editor)
    answered(hearing, reply, editor)
    other = cleared(hearing, "En hilsen", respondent="KS", by=editor)
    noted = do.Decide(on=f"{other}/punkt/1", value="noted", reason="Sett")
    services.act(hearing, noted, by=editor)
    services.publish(hearing, by=editor)

    whole, held = queries.freeze(on=TODAY), queries.as_held(hearing, on=TODAY)

    assert held.hearings == whole.hearings
    assert held.replies == whole.replies
    assert [point.uid for point in held.points] == [f"{reply}/punkt/1"]
    told = procedure.findings(held, held.hearings[0])
    assert told == procedure.findings(whole, whole.hearings[0])
    assert "new_hearing_proposed" in {one.code for one in told}


def test_outcomes_are_in_the_plan_once_they_may_be_published(hearing, editor):
    reply = cleared(hearing, "Mer data", by=editor)
    answered(hearing, reply, editor)

    before = queries.freeze(on=TODAY)
    services.publish(hearing, by=editor)
    after = queries.freeze(on=TODAY)

    assert before.points[0].outcome is None
    assert (after.hearings[0].stage, after.hearings[0].answered_on) == ("answered", TODAY)
    assert after.points[0].outcome.value == "followed"
    assert after.points[0].outcome.led_to[0].after == "Data følger pasienten"


def test_a_theme_tells_who_said_it_also_those_who_are_not_shown(hearing, editor):
    first = cleared(hearing, "Mer data", by=editor)
    second = received(hearing, "Data!", respondent="KS", kind_of_respondent="municipality")
    points = [f"{first}/punkt/1", f"{second}/punkt/1"]
    services.make_theme(hearing, title="Data", points=points, by=editor)

    (theme,) = queries.freeze(on=TODAY).themes

    assert theme.points == (points[0],)
    assert theme.by_kind == (
        KindCount(kind="agency", respondents=1, points=1),
        KindCount(kind="municipality", respondents=1, points=1),
    )


# --- What is withheld -------------------------------------------------------------------------


def test_a_withheld_word_is_nowhere_in_the_bytes_of_an_edition(hearing, editor):
    reply = cleared(
        hearing,
        "Min mor Kari Nordmann fikk ikke svar. KARI\nNORDMANN ventet, og Kari Nord-\nmann klaget.",
        by=editor,
        withheld=(SECRET, do.Withheld(words="Hemmelig AS", basis="business", reason="Anbud")),
        respondent="Ola Nordmann",
    )
    answered(hearing, reply, editor, reason="Kari Nordmann har fått svar")
    title = "Svar til kari nordmann"
    services.make_theme(hearing, title=title, points=[f"{reply}/punkt/1"], by=editor)
    services.publish(hearing, by=editor)

    edition = editing.freeze(by=editor, as_of=TODAY, title="Veikart")

    plan = editions.plan(edition.number)
    written = codec.encode(plan).decode().casefold()
    assert "Min mor " + WITHHELD in plan.consultations.points[0].text
    for word in ("kari nord", "nordmann", "hemmelig as"):
        assert word not in written
    (shown,) = plan.consultations.replies
    assert [(r.basis, r.reason, r.places) for r in shown.redactions] == [
        ("personal", "Navn på en pasient", 6),
        ("business", "Anbud", 0),
    ]
    assert shown.fingerprint is None


def test_what_was_withheld_stays_so_while_a_new_version_waits_for_clearance(hearing, editor):
    mail = {"email": "a@b.no"}
    reply = cleared(hearing, "Om Kari Nordmann", by=editor, withheld=(SECRET,), **mail)
    title = "Kari Nordmanns sak"
    services.make_theme(hearing, title=title, points=[f"{reply}/punkt/1"], by=editor)

    received(hearing, "Ny versjon", **mail)

    (theme,) = queries.freeze(on=TODAY).themes
    assert theme.title == f"{WITHHELD}s sak"


def test_a_private_person_is_shown_by_initials_unless_they_agree_to_the_name(hearing, editor):
    private = {"kind_of_respondent": "private_person", "respondent": "Ola Nordmann"}
    reply = received(hearing, "Mer", **private)

    for wrong, said in (
        (clearance(reply, "Ola Nordmann"), "Show initials"),
        (clearance(reply, "Ola Nordmann", is_initials=True), "found the name itself"),
        (
            clearance(reply, "O.N. (kari hansen)", is_initials=True, withheld=(OTHER,)),
            "withheld",
        ),
        (clearance(reply, "Nordmann", is_initials=True), "found the name itself"),
        (clearance(reply, "Nordmann, O.", is_initials=True), "found the name itself"),
    ):
        with pytest.raises(ValidationError, match=said):
            services.clear(hearing, wrong, by=editor)
    services.clear(hearing, clearance(reply, "O.N.", is_initials=True), by=editor)

    (shown,) = queries.freeze(on=TODAY).replies
    assert (shown.respondent, shown.is_initials, shown.fingerprint) == ("O.N.", True, None)


def test_who_asked_for_initials_is_not_named_whatever_is_noted(hearing, editor):
    reply = received(
        hearing, "Mer", kind_of_respondent="private_person", respondent="Ola N", wants_initials=True
    )

    with pytest.raises(ValidationError, match="Show initials"):
        services.clear(hearing, clearance(reply, "Ola N", has_consent=True), by=editor)


def test_a_withdrawn_reply_leaves_a_stone_without_its_words(hearing, editor):
    reply = cleared(hearing, "Mer data", by=editor)
    services.withdraw(hearing, reply, reason="Sendt ved en feil", by=editor)

    plan = building.plan_to_freeze(editions.draft().head)

    assert plan.consultations.replies == plan.consultations.points == ()
    assert plan.consultations.hearings[0].tally.lapsed == 1
    (stone,) = plan.tombstones
    assert (stone.uid, stone.kind, stone.name, stone.reason) == (
        reply,
        "reply",
        "Høringssvar 1",
        "Sendt ved en feil",
    )
    assert "Legemiddelverket" not in codec.encode(plan).decode()


def test_what_is_not_for_the_public_is_not_in_the_plan(hearing, editor):
    days = {"opens_on": "2021-11-01", "closes_on": "2021-11-30", "is_public": False}
    services.put("hearing", WORKSHOPS, {"kind": "workshop", "title": "Høsten", **days}, by=editor)

    assert [one.uid for one in queries.freeze(on=TODAY).hearings] == [HEARING]


# --- Freezing an edition ----------------------------------------------------------------------


def test_freezing_is_refused_while_a_published_hearing_has_points_without_an_outcome(
    hearing, editor
):
    reply = cleared(hearing, "Mer data", by=editor)
    answered(hearing, reply, editor)
    services.publish(hearing, by=editor)
    late = received(hearing, "Sent", respondent="KS")

    with pytest.raises(ValidationError) as refusal:
        editing.freeze(by=editor, as_of=TODAY, title="Veikart")

    assert refusal.value.code == "not_all_answered"
    assert f"{late}/punkt/1 (it has no outcome)" in refusal.value.messages[0]
    assert queries.freeze(on=TODAY).hearings[0].stage == "handling"


def test_a_hearing_that_is_still_handled_is_frozen_without_outcomes(hearing, editor):
    reply = cleared(hearing, "Mer data", "Takk", by=editor)
    answered(hearing, reply, editor)

    edition = editing.freeze(by=editor, as_of=TODAY, title="Veikart")

    found = editions.plan(edition.number).consultations
    assert (found.hearings[0].stage, found.hearings[0].tally.open) == ("handling", 1)
    assert [point.outcome for point in found.points] == [None, None]
    assert "Det er tatt inn" not in codec.encode(editions.plan(edition.number)).decode()
