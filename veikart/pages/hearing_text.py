"""The text that was heard, paragraph by paragraph, with the points on each."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from veikart.design.templatetags.veikart import bokmal
from veikart.pages import hearing_words, points
from veikart.pages.indicator_facts import goal_of as goal_of_indicator
from veikart.pages.points import Told
from veikart.pages.reading import Reading
from veikart.plan.consultations import Point
from veikart.plan.index import Thing
from veikart.plan.indicators import Indicator
from veikart.plan.model import (
    Deliverable,
    Delmal,
    Grouping,
    OverarchingGoal,
    Statement,
    StrategicGoal,
    Vision,
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of the text that has an address of its own, and the points on it."""

    id: str
    name: SafeString
    address: str | None
    text: SafeString | None
    said: list[Told]
    count: str
    outcomes: str


def paragraphs(reading: Reading, said: list[Point]) -> list[dict[str, Any]]:
    """The paragraphs that `said` are about, in the order of the plan, under the goal of each.

    Those under no goal come first, and those that are no longer in the plan last.
    """
    about: dict[str, list[Point]] = {}
    for point in said:
        for uid in point.anchors:
            about.setdefault(uid, []).append(point)
    index = reading.plan.index
    groups: dict[str, list[Paragraph]] = {"": []}
    for goal in index.goals:
        groups[goal.uid] = []
    for uid, thing in index.by_uid.items():
        if uid in about:
            above = goal_of(reading, thing)
            paragraph = _paragraph(reading, uid, thing, about[uid])
            groups[above.uid if above else ""].append(paragraph)
    gone = [_paragraph(reading, uid, None, about[uid]) for uid in about if uid not in index.by_uid]
    told: list[dict[str, Any]] = [
        {"goal": index.by_uid.get(uid), "name": _("The strategy as a whole"), "paragraphs": own}
        for uid, own in groups.items()
        if own
    ]
    if gone:
        told.append({"goal": None, "name": _("No longer in the text"), "paragraphs": gone})
    loose = [point for point in said if not point.anchors]
    if loose:
        told.append(
            {
                "goal": None,
                "name": _("Points about other things"),
                "loose": points.told(reading, loose),
            }
        )
    return told


def goal_of(reading: Reading, thing: Thing | None) -> StrategicGoal | None:
    """The strategic goal that a thing of the plan is under."""
    index = reading.plan.index
    if isinstance(thing, StrategicGoal):
        return thing
    if isinstance(thing, Statement | Delmal):
        return goal_of(reading, index.by_uid.get(thing.goal))
    if isinstance(thing, Indicator):
        return goal_of_indicator(reading, thing)
    if isinstance(thing, Grouping):
        return goal_of(reading, index.by_uid.get(thing.delmal))
    return index.goal_of(thing) if isinstance(thing, Deliverable) else None


def place(uid: str) -> str:
    """Where on the page the paragraph `uid` stands."""
    return "om-" + uid.replace("/", "-").replace(".", "-")


def _paragraph(reading: Reading, uid: str, thing: Thing | None, said: list[Point]) -> Paragraph:
    name, address = points.named(reading, uid)
    if isinstance(thing, StrategicGoal):
        name = escape(_("The goal itself"))
    text = _text(thing)
    return Paragraph(
        id=place(uid),
        name=name,
        address=address,
        text=bokmal(text, reading.language) if text else None,
        said=points.told(reading, said),
        count=hearing_words.points_sentence(len(said)),
        outcomes=hearing_words.outcomes_said(said),
    )


def _text(thing: Thing | None) -> str | None:
    """What a paragraph says beyond its name."""
    if isinstance(thing, StrategicGoal):
        return thing.summary
    if isinstance(thing, Statement | OverarchingGoal):
        return thing.text
    if isinstance(thing, Indicator):
        return thing.question
    if isinstance(thing, Vision):
        return None
    return getattr(thing, "purpose", None) or getattr(thing, "description", None)
