"""A decision in words: when, by whom, in which case, what was decided, what it does, what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.design.templatetags.veikart import bokmal, in_language
from veikart.pages import council_words, referred
from veikart.pages.memory import each_remembered
from veikart.pages.reading import Reading
from veikart.plan import decided
from veikart.plan.council import Case, Decision, Effect, FollowUp

EXCERPT = 280
"""So many characters of a decision are shown where many are listed."""


@dataclass(frozen=True, slots=True)
class Does:
    """One thing that a decision does: the word for it, what it does it to, and the note."""

    said: str
    name: SafeString | None
    address: str | None
    note: SafeString | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a list says of one decision.

    `about` is what its case is about, less what the decision has an effect on. `state` is its standing, as in
    `plan/decided`.
    """

    decision: Decision
    day: str
    machine_day: str
    body: SafeString
    case: str
    title: SafeString
    address: str | None
    type: str
    result: str
    excerpt: SafeString
    does: tuple[Does, ...]
    about: tuple[referred.Named, ...]
    state: decided.Standing
    follow_up: str


@dataclass(frozen=True, slots=True)
class ToldCase:
    """What a list says of a case in which nothing is decided yet."""

    case: Case
    name: SafeString
    address: str | None
    body: SafeString
    type: str


def told(reading: Reading, decisions: Iterable[Decision]) -> list[Told]:
    """What is said of each of `decisions`, each made once for a plan and a language."""
    return each_remembered(reading, "decisions", decisions, _told)


def told_case(reading: Reading, case: Case) -> ToldCase:
    """What is said of a case that waits."""
    name, address = referred.case(reading, case)
    return ToldCase(
        case, name, address, body_name(reading, case.body), council_words.case_type(case)
    )


def does(reading: Reading, effect: Effect) -> Does:
    """One effect in words."""
    name, address = None, None
    if effect.uid:
        name, address = referred.named(reading, effect.uid)
    elif effect.edition:
        name, address = referred.edition(reading, effect.edition)
    note = bokmal(effect.note, reading.language) if effect.note else None
    return Does(council_words.effect(effect.kind), name, address, note)


def body_name(reading: Reading, uid: str) -> SafeString:
    """What the body `uid` is called."""
    found = reading.plan.index.bodies.get(uid)
    return in_language(found, reading.language) if found else SafeString("")


def follow_up_said(
    follow_ups: Iterable[FollowUp], state: decided.Standing, reading: Reading
) -> str:
    """What became of a decision as a sentence."""
    on, listed = reading.plan.head.as_of, tuple(follow_ups)
    if state == "overdue":
        count = sum(decided.is_overdue(one, on=on) for one in listed)
        said = ngettext("%(n)s follow-up is overdue.", "%(n)s follow-ups are overdue.", count)
    elif state == "open":
        count = sum(one.state == "open" for one in listed)
        said = ngettext("%(n)s follow-up is open.", "%(n)s follow-ups are open.", count)
    else:
        return {
            "done": _("It has been followed up."),
            "dropped": _("Its follow-up was dropped."),
            "none": _("No follow-up was given."),
        }[state]
    return said % {"n": words.number(count)}


def cut(text: str) -> str:
    """The beginning of `text`, to the end of a word."""
    whole = " ".join(text.split())
    if len(whole) <= EXCERPT:
        return whole
    return whole[:EXCERPT].rpartition(" ")[0].rstrip(",;:") + " …"


def _told(reading: Reading, decision: Decision) -> Told:
    index = reading.plan.index
    case = index.cases.get(decision.case)
    day = decided.day_of(index, decision)
    follow_ups = decided.following(index, decision)
    state = decided.standing(follow_ups, on=reading.plan.head.as_of)
    title = decision.title or (case.title if case else None) or cut(decision.text)
    return Told(
        decision=decision,
        day=words.day(day) if day else _("day not known"),
        machine_day=day.isoformat() if day else "",
        body=body_name(reading, decision.body),
        case=council_words.case_number(case) if case else "",
        title=bokmal(title, reading.language),
        address=reading.link(decision.uid),
        type=council_words.case_type(case) if case else "",
        result=council_words.result(decision),
        excerpt=bokmal(cut(decision.text), reading.language),
        does=tuple(does(reading, effect) for effect in decision.effects),
        about=_about(reading, decision, case),
        state=state,
        follow_up=follow_up_said(follow_ups, state, reading),
    )


def _about(reading: Reading, decision: Decision, case: Case | None) -> tuple[referred.Named, ...]:
    changed = {effect.uid for effect in decision.effects}
    about = case.about if case else ()
    return tuple(referred.named(reading, uid) for uid in about if uid not in changed)
