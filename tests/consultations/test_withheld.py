"""No half of a withheld word, or of the name of who is shown by initials, is in anything that is published."""

import io
import random
import zipfile
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.consultations.conftest import HEARING, received
from tests.consultations.test_freezing import TODAY, clearance, cleared
from tests.pages.readings import shelved
from veikart.consultations import draft_goals, log, queries, services
from veikart.editions import building
from veikart.engines.handling import actions as do
from veikart.pages.reading import Reading
from veikart.pages.render import render
from veikart.people import services as people
from veikart.plan import codec
from veikart.plan.consultations import NAME_HIDDEN, Redaction
from veikart.publishing import addresses, hearing_data, reports

pytestmark = pytest.mark.django_db

HIDDEN = do.Withheld(words="Kvasir Zeppelin", basis="personal", reason="Navn på en pasient")
WRITTEN = ("Kvasir Zeppelin", "KVASIR ZEPPELIN", "Kvasir\nZep-\npelin", "kvasir  zeppelins")
PERSON = "Olga Quisling"
HALVES = ("kvas", "asir", "zepp", "elin", "pelin", "olga", "quisl", "isling")


def published():
    """Every byte of the hearings that would be published now, by address, as text in small letters."""
    plan = replace(
        building.empty_plan(number="2022-1", title="Veikart", as_of=TODAY, frozen_at=None),
        consultations=queries.freeze(on=TODAY),
        tombstones=queries.tombstones(),
    )
    this = shelved(plan)
    found = {"plan.json": codec.encode(plan)}
    for language in ("en",):
        reading = Reading(shelved=this, editions=(this,), language=language)
        for path in addresses.paths(reading):
            if path.startswith("horing"):
                found[f"{language}/{path}"] = render(reading, path).html.encode()
    for name, make in hearing_data.files(reading):
        found[name] = make()
    for name, make in reports.files(reading):
        if name.endswith("docx"):
            found[name] = make()
    found["sitemap.xml"] = addresses.sitemap(reading)
    return {name: text_of(content) for name, content in found.items()}


def text_of(content):
    if not content.startswith(b"PK"):
        return content.decode().casefold()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return " ".join(
            book.read(name).decode("utf-8", "replace") for name in book.namelist()
        ).casefold()


def leaks():
    """The addresses where a half of something withheld stands, with the half."""
    return [(name, half) for name, text in published().items() for half in HALVES if half in text]


class Drawn:
    """A hearing in which things are done at random; what does not fit is left undone."""

    def __init__(self, seed, by):
        self.draw, self.by = random.Random(seed), by
        self.replies = [self.reply(PERSON, "private_person"), self.reply("Etaten", "agency")]
        for reply in self.replies:
            self.clear(reply)

    def words(self):
        """Words with a secret in them that the reply of the person may hold."""
        return f"Dette gjelder {self.draw.choice(WRITTEN)} og hva som skjedde."

    def reply(self, name, kind):
        texts = [self.words() for _each in range(3)]
        if kind == "private_person":
            texts.append("Mer data. Hilsen Olga\nQuisling, olga@post.no")
        texts += ["Dette skrev Kvasir", "Zeppelin til oss"]
        return received(
            HEARING, *texts, respondent=name, kind_of_respondent=kind, email=f"{kind}@a.no"
        )

    def clear(self, reply):
        version = queries.state(HEARING).replies[reply].version
        is_person = reply == self.replies[0] if hasattr(self, "replies") else True
        shown = "O. Q." if is_person else "Etaten"
        self.act(
            clearance(reply, shown, version=version, is_initials=is_person, withheld=(HIDDEN,))
        )

    def act(self, *actions):
        try:
            return services.act(HEARING, *actions, by=self.by)
        except ValidationError:
            return None

    def step(self):
        state = queries.state(HEARING)
        points = state.standing()
        if not points:
            return
        point = self.draw.choice(points)
        getattr(self, self.draw.choice(STEPS))(state, point)

    def end(self):
        """Some of each that depends on others, and everything answered."""
        state = queries.state(HEARING)
        for point in state.standing()[:1]:
            self.theme(state, point)
            self.area(queries.state(HEARING), point)
        self.publish(queries.state(HEARING), None)

    def split(self, state, point):
        at = self.draw.randrange(1, max(2, len(state.text_of(point))))
        with suppress(ValidationError):
            services.split(HEARING, point.uid, places=[at], by=self.by)

    def merge(self, state, point):
        others = [p.uid for p in state.standing() if p.reply == point.reply and p.uid != point.uid]
        if others:
            services.merge(HEARING, [point.uid, self.draw.choice(others)], by=self.by)

    def confirm(self, state, point):
        self.act(do.Confirm(points=tuple(p.uid for p in state.standing())))

    def theme(self, state, point):
        title, sentence = f"Saken til {self.about()}", self.about()
        services.make_theme(HEARING, title=title, sentence=sentence, points=[point.uid], by=self.by)

    def decide(self, state, point):
        on = self.draw.choice([point.uid, *(theme.uid for theme in state.standing_themes())])
        self.act(self.decision(on))

    def decision(self, on):
        led = do.Led(uid="mal/4", before=f"Som {self.about()}", after=f"Ikke som {self.about()}")
        reason, case = f"Slik {self.about()} ba om", f"Sak {self.about()}"
        return do.Decide(on=on, value="followed", reason=reason, led_to=(led,), case=case)

    def about(self):
        return self.draw.choice([*WRITTEN, PERSON])

    def missed(self, state, point):
        new = do.Original(
            uid="", text=self.words(), kind="wording", heading_path=(self.words(),),
            proposed_wording=self.words(),
        )  # fmt: skip
        services.mark_missed(HEARING, point.reply, new, by=self.by)

    def set_aside(self, state, point):
        self.act(do.SetAside(point=point.uid, reason=self.about()))

    def undo(self, state, point):
        if state.trails:
            self.act(do.Undo(event=self.draw.choice(sorted(state.trails)[-6:])))

    def clear_again(self, state, point):
        self.clear(point.reply)

    def withdraw(self, state, point):
        if self.draw.random() < 0.3:
            self.act(do.Withdraw(reply=point.reply, reason=f"{self.about()} angret"))

    def newer(self, state, point):
        is_person = point.reply == self.replies[0]
        name, kind = (PERSON, "private_person") if is_person else ("Etaten", "agency")
        self.reply(name, kind)

    def area(self, state, point):
        themes = [theme.uid for theme in state.standing_themes()]
        if themes:
            draft_goals.make_area(HEARING, title=self.about(), themes=themes[:2], by=self.by)
        areas = list(queries.state(HEARING).areas)
        if areas:
            draft_goals.draft_goal(
                HEARING, areas=areas[-1:], text=self.about(), nn=self.about(), en=self.about(),
                by=self.by,
            )  # fmt: skip

    def publish(self, state, point):
        for one in state.standing():
            self.act(do.Confirm(points=(one.uid,)))
            self.act(self.decision(one.uid))
        self.act(do.Publish())


STEPS = (
    "split", "split", "split", "merge", "merge", "confirm", "confirm", "theme", "decide", "missed",
    "set_aside", "undo", "clear_again", "withdraw", "newer", "area", "publish",
)  # fmt: skip


@given(seed=st.integers(0, 2**32), length=st.integers(3, 20))
# (what an example does to the tables is rolled back at its end)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_no_half_of_a_withheld_word_is_published(hearing, editor, seed, length):
    with transaction.atomic():
        log.forget()
        drawn = Drawn(seed, editor)
        for _step in range(length):
            drawn.step()
        drawn.end()

        found = leaks()

        transaction.set_rollback(True)
    log.forget()
    assert found == []


def test_what_is_withheld_is_hidden_in_both_halves_of_a_cut(hearing, editor):
    reply = cleared(hearing, "Om Kvasir Zeppelin her", by=editor, withheld=(HIDDEN,))
    services.split(hearing, f"{reply}/punkt/1", places=[8], by=editor)

    frozen = queries.freeze(on=TODAY)

    assert [p.text for p in frozen.points] == ["Om ▮▮▮", "▮▮▮ her"]
    assert {p.found_at for p in frozen.points} == {None}


def test_what_one_reply_withholds_is_not_told_by_the_reasons_given_for_another(hearing, editor):
    cleared(hearing, "Om Kvasir Zeppelin", by=editor, withheld=(HIDDEN,))
    other = do.Withheld(words="svulst", basis="personal", reason="Samme sak som Kvasir Zeppelin")
    cleared(hearing, "En svulst", by=editor, withheld=(other,), respondent="KS")
    gone = cleared(hearing, "Annet", by=editor, respondent="NHN")
    services.withdraw(hearing, gone, reason="Etter ønske fra Kvasir Zeppelin", by=editor)

    assert leaks() == []
    assert queries.tombstones()[0].reason == "Etter ønske fra ▮▮▮"


def test_who_is_shown_by_initials_is_not_named_in_the_words_and_that_is_told(hearing, editor):
    private = {"kind_of_respondent": "private_person", "respondent": PERSON}
    reply = received(hearing, "Jeg heter Olga Quisling, olga@post.no", "Quislings ønske", **private)
    services.clear(hearing, clearance(reply, "O. Q.", is_initials=True), by=editor)
    services.act(hearing, do.Confirm(points=(f"{reply}/punkt/1", f"{reply}/punkt/2")), by=editor)

    frozen = queries.freeze(on=TODAY)

    assert [p.text for p in frozen.points] == ["Jeg heter ▮▮▮, ▮▮▮", "▮▮▮s ønske"]
    assert frozen.replies[0].redactions == (
        Redaction(basis="personal", reason=NAME_HIDDEN, places=6),
    )


def test_a_private_person_who_is_not_cleared_is_not_named_by_a_theme(hearing, editor):
    reply = received(hearing, "Mer", kind_of_respondent="private_person", respondent=PERSON)
    points = [f"{reply}/punkt/1"]
    services.make_theme(hearing, title="Saken til Quisling, Olga", points=points, by=editor)

    assert queries.freeze(on=TODAY).themes[0].title == "Saken til ▮▮▮"


def test_what_was_withheld_stays_so_when_the_clearance_is_undone(hearing, editor):
    reply = cleared(hearing, "Om Kvasir Zeppelin", by=editor, withheld=(HIDDEN,))
    services.make_theme(hearing, title="Kvasir Zeppelin", points=[f"{reply}/punkt/1"], by=editor)
    clear = next(e for e in queries.events(hearing) if e.verb == "clear")

    services.undo(hearing, clear.no, by=editor)

    frozen = queries.freeze(on=TODAY)
    assert (frozen.replies, frozen.points) == ((), ())
    assert frozen.themes[0].title == "▮▮▮"


def test_a_respondent_whose_name_is_withheld_is_not_told_by_its_organisation(hearing, editor):
    people.put(
        "organisation", "aktor/kvasir", {"name": "Kvasir Zeppelin AS", "kind": "vendor"}, by=editor
    )
    facts = {"respondent": "Kvasir Zeppelin AS", "organisation": "aktor/kvasir"}
    reply = received(hearing, "Mer data", **facts)

    services.clear(hearing, clearance(reply, "En leverandør", withheld=(HIDDEN,)), by=editor)
    withheld = queries.freeze(on=TODAY).replies[0].organisation
    services.clear(hearing, clearance(reply, "Kvasir Zeppelin AS"), by=editor)

    assert withheld is None
    assert queries.freeze(on=TODAY).replies[0].organisation == "aktor/kvasir"


@pytest.mark.parametrize("step", sorted(set(STEPS)))
def test_the_steps_that_are_drawn_are_steps(hearing, editor, step):
    drawn = Drawn(1, editor)
    before = queries.state(HEARING).last

    if step == "area":
        drawn.theme(queries.state(HEARING), queries.state(HEARING).standing()[0])
    for _each in range(12):
        state = queries.state(HEARING)
        getattr(drawn, step)(state, drawn.draw.choice(state.standing()))
        if not queries.state(HEARING).standing():
            break

    assert queries.state(HEARING).last > before + (step == "area")
