"""Why a thing is in the plan, what it leads to, and how it went through the editions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from veikart.design import words
from veikart.design.templatetags.veikart import bokmal, in_language
from veikart.pages import changes, council_words, decision_told
from veikart.pages.points import is_shown
from veikart.pages.reading import Reading
from veikart.plan.decided import day_of
from veikart.plan.history import Entry, history
from veikart.plan.trace import Step, why

ELSEWHERE = ("waits_for", "awaited_by")
"""Relations that a section of their own tells of."""
FOLDED_FROM = 4
"""So many things of one relation, with nothing under them, are folded away; of decisions, whatever is under them."""
DECIDED = ("decided_by", "touched_by", "raised_in")


@dataclass(frozen=True, slots=True)
class Node:
    """A thing on the way, and what follows from it."""

    name: SafeString
    address: str | None
    reason: SafeString | str
    branches: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """The things that one relation leads to."""

    relation: str
    nodes: tuple[Node, ...]
    is_folded: bool


def of(reading: Reading, uid: str) -> dict[str, Any]:
    """The chain upwards from `uid` to the vision, and downwards to what it leads to.

    What follows from a thing is told where it is met first.
    """
    trace = why(reading.plan, uid)
    down = _branches(reading, trace.down, set())
    return {
        "up": _branches(reading, trace.up, set()),
        "down": down,
        "down_count": sum(len(branch.nodes) for branch in down),
    }


def history_of(reading: Reading, uid: str) -> list[dict[str, Any]]:
    """What became of `uid` in each edition, the newest first; nothing while there is only one."""
    kept = [*reversed(reading.editions)]
    if reading.is_draft or reading.number not in [one.number for one in kept]:
        kept.append(reading.shelved)
    plans = [one.plan for one in kept]
    if len(plans) < 2 or not any(uid in plan.index.by_uid for plan in plans):
        return []
    told = history(uid, plans)
    by_head = {plan.head.number: place for place, plan in enumerate(plans)}
    return [
        {
            "number": entry.edition.number,
            "address": _address(reading, uid, entry),
            "sentences": _sentences(reading, entry, plans, by_head[entry.edition.number]),
        }
        for entry in reversed(told.entries)
    ]


def _branches(reading: Reading, steps: Sequence[Step], met: set[str]) -> tuple[Branch, ...]:
    told = [step for step in steps if step.relation not in ELSEWHERE]
    told = [step for step in told if step.kind != "point" or is_shown(reading, step.uid or "")]
    found = []
    for relation, group in groupby(told, key=lambda step: step.relation):
        nodes = tuple(_node(reading, step, met) for step in group)
        leaves = relation in DECIDED or not any(node.branches for node in nodes)
        said = _relation_words(relation)
        found.append(Branch(said, nodes, leaves and len(nodes) >= FOLDED_FROM))
    return tuple(found)


def _node(reading: Reading, step: Step, met: set[str]) -> Node:
    thing = reading.plan.index.by_uid.get(step.uid or "")
    language, steps = reading.language, () if step.uid in met else step.steps
    if step.uid and steps:
        met.add(step.uid)
    return Node(
        name=in_language(thing, language) if thing else bokmal(_name(reading, step), language),
        address=reading.link(step.uid) if step.uid else None,
        reason=_reason(step, language),
        branches=_branches(reading, steps, met),
    )


def _name(reading: Reading, step: Step) -> str:
    """What a step is called; a decision with its day."""
    decision = reading.plan.index.decisions.get(step.uid or "")
    day = day_of(reading.plan.index, decision) if decision else None
    return f"{step.name} ({words.day(day)})" if day else step.name


def _reason(step: Step, language: str) -> SafeString | str:
    """What the source says, and for a decision first what it does."""
    said = bokmal(decision_told.cut(step.reason), language) if step.reason else ""
    if step.effect is None:
        return said
    return format_html("{}: {}", council_words.effect(step.effect), said)


def _relation_words(relation: str) -> str:
    said = {
        "part_of": _("It is part of"),
        "also_part_of": _("It is also part of"),
        "serves": _("which serves"),
        "aims_at": _("and is to achieve"),
        "contributes_to": _("and contributes to the UN goals"),
        "rests_on": _("and cannot be reached without"),
        "holds": _("It holds"),
        "enables": _("It is needed for"),
        "in_phase": _("In this phase"),
        "for_users": _("It is to get"),
        "in_region": _("Here comes"),
        "belongs_to": _("It belongs to"),
        "succeeded_by": _("It is succeeded by"),
        "between": _("It lies between"),
        "measures": _("It measures"),
        "measured_by": _("It is measured by"),
        "changed_after": _("It was changed after what was said in a hearing"),
        "about": _("It is about"),
        "led_to": _("It led to a change of"),
        "decided_by": _("decided by"),
        "touched_by": _("and treated in a case about it"),
        "raised_in": _("and raised in a case in which no decision is known"),
        "decided_in": _("in"),
        "came_from": _("which came from"),
        "accountable": _("Accountable for"),
        "develops": _("Develops"),
        "adapts": _("Adapts"),
        "introduces": _("Introduces"),
        "involved": _("Involved in"),
    }
    return said.get(relation, relation)


def _address(reading: Reading, uid: str, entry: Entry) -> str:
    if entry.state == "went" or entry.edition.number is None:
        return reading.address("utgaver")
    current = reading.editions and reading.editions[0].number == entry.edition.number
    prefix = "" if current else f"utgave/{entry.edition.number}/"
    return f"{reading.root}{prefix}{uid}/"


def _sentences(
    reading: Reading, entry: Entry, plans: Sequence[Any], place: int
) -> Iterable[SafeString | str]:
    if entry.state == "came":
        first = place == 0
        return [_("It was there in the first edition.") if first else _("It came in.")]
    if entry.state == "unchanged":
        return [_("Nothing changed.")]
    before = plans[place - 1]
    lines = [changes.line(reading, change, before) for change in entry.changes]
    return [part for line in lines for part in (line.sentence, line.cause) if part]
