"""A change is told in one sentence, in the language of the page."""

import pytest
from django.utils import translation
from django.utils.html import format_html
from msgspec.structs import replace

from tests.plan import samples
from veikart.pages.change_sentences import sentence
from veikart.plan.change import Change
from veikart.plan.difference import Edit
from veikart.plan.model import Translations

UID = "leveranse/101"
STARTED = Edit(what=f"{UID}/periods/1/start/certainty", uid=UID, before="planned", after="decided")
ENDED = Edit(what=f"{UID}/periods/1/end/certainty", uid=UID, before="planned", after="tentative")
PERIOD = Edit(what=f"{UID}/periods/1/certainty", uid=UID, before="planned", after="tentative")


def change(kind, what, edits, **values):
    return Change(
        id="1", kind=kind, uid=UID, thing="deliverable", name="X", what=what, edits=edits, **values
    )


def told(of, language="nb", plan=None):
    plan = plan or samples.sample()
    with translation.override(language):
        return str(sentence(of, name=format_html("<b>{}</b>", "PLL"), before=plan, after=plan))


@pytest.mark.parametrize(
    ("edits", "kind", "after", "said"),
    [
        ((STARTED,), "more_certain", "decided", "Starten på <b>PLL</b> er nå vedtatt; før var den planlagt."),
        ((ENDED,), "less_certain", "tentative", "Slutten på <b>PLL</b> er nå tentativ; før var den planlagt."),
        ((PERIOD, ENDED), "less_certain", "tentative", "<b>PLL</b> er nå tentativ; før var den planlagt."),
    ],
)  # fmt: skip
def test_a_certainty_is_told_of_what_it_belongs_to(edits, kind, after, said):
    of = change(kind, f"{UID}/periods/1", edits, before="planned", after=after)

    assert told(of) == said


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ("completed", "<b>PLL</b> er nå merket som fullført."),
        ("on_hold", "<b>PLL</b> er nå merket som på vent."),
        (None, "<b>PLL</b> er endret."),
    ],
)
def test_a_lifecycle_is_told_as_a_mark(after, said):
    assert told(change("other", f"{UID}/lifecycle", (), before="idea", after=after)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "<b>PLL</b> har fått en periode til: Tilpasning til innføring."),
        ("nn", "<b>PLL</b> har fått ein periode til: Tilpassing til innføring."),
        ("en", "<b>PLL</b> has one more period: Adaptation to introduction."),
    ],
)
def test_phases_are_named_in_the_language_of_the_page(language, said):
    plan = samples.sample()
    named = {
        "fase/tilpasning": Translations(nn="Tilpassing", en="Adaptation"),
        "fase/innforing": Translations(nn="Innføring", en="Introduction"),
    }
    phases = tuple(
        replace(phase, short_translations=named.get(phase.uid, Translations()))
        for phase in plan.roadmap.phases
    )
    plan = replace(plan, roadmap=replace(plan.roadmap, phases=phases))
    period = {"first_phase": "fase/tilpasning", "last_phase": "fase/innforing", "phase_text": None}
    added = Edit(what=f"{UID}/periods/2", uid=UID, verb="add", after=period)

    assert told(change("phase", f"{UID}/periods/2", (added,), after=period), language, plan) == said


def test_names_stand_in_the_quotation_marks_of_the_language():
    goals = sorted(samples.sample().strategy.goals, key=lambda goal: goal.number)
    of = change("split", UID, (), successors=(goals[0].uid, goals[1].uid))

    assert told(of) == f"<b>PLL</b> er delt i «{goals[0].title}» og «{goals[1].title}»."
    assert told(of, "en") == f"<b>PLL</b> is split into “{goals[0].title}” and “{goals[1].title}”."
