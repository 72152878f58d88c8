"""A change is told in one sentence, in the language of the page."""

import pytest
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from msgspec.structs import replace

from tests.plan import samples
from veikart.pages.change_sentences import sentence, short
from veikart.pages.changes import Line, gathered
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


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Starten på den er nå vedtatt; før var den planlagt."),
        ("en", "The start of it is now decided; it was planned."),
    ],
)
def test_a_change_beneath_its_deliverable_does_not_say_the_name_again(language, said):
    plan = samples.sample()
    of = change("more_certain", STARTED.what, (STARTED,), before="planned", after="decided")

    with translation.override(language):
        assert str(short(of, before=plan, after=plan)) == said


def test_changes_of_one_deliverable_are_gathered_and_others_stand_alone():
    def line(number, uid, about_deliverable=True):
        text = SafeString(f"{number}" if about_deliverable else "")
        return Line(number, "later", text, "", False, SafeString(""), uid, SafeString(uid), text)

    told_ = gathered(
        [
            line("1", "a"),
            line("2", "b"),
            line("3", "a"),
            line("4", "g", False),
            line("5", "g", False),
        ]
    )

    assert [(str(t.name), [one.id for one in t.lines]) for t in told_] == [
        ("a", ["1", "3"]), ("b", ["2"]), ("g", ["4"]), ("g", ["5"]),
    ]  # fmt: skip
