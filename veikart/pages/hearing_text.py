"""The text that was heard, paragraph by paragraph, with the points on each."""

from dataclasses import dataclass, replace
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

SHOWN = 3
"""So many points on each paragraph are shown with the text; all of them stand on a page of their own."""
MANY, SHOWN_OF_MANY = 200, 1
"""Where a hearing has so many points, fewer of each are shown."""
OTHER = "annet"
"""What points that are about nothing in the text are about, as an address says it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of the text that has an address of its own, and some of the points on it.

    `more` is where all of them are, if they are not all here, and `count` how many.
    """

    id: str
    name: SafeString
    address: str | None
    text: SafeString | None
    said: list[Told]
    count: str
    outcomes: str
    more: str | None


def paragraphs(reading: Reading, uid: str, said: list[Point]) -> list[dict[str, Any]]:
    """The paragraphs that `said`, the points of the hearing `uid`, are about, under the goal of each.

    They stand in the order of the plan. Those under no goal come first, and those that are no longer
    in the plan last.
    """
    about, index = by_anchor(said), reading.plan.index
    loose = about.pop(OTHER, [])
    shown = shown_of(said)
    made = {one: _paragraph(reading, uid, one, about[one], shown) for one in about}
    groups: dict[str, list[Paragraph]] = {"": [], **{goal.uid: [] for goal in index.goals}}
    for one, thing in index.by_uid.items():
        if one in about:
            above = goal_of(reading, thing)
            groups[above.uid if above else ""].append(made[one])
    told: list[dict[str, Any]] = [
        {"goal": index.by_uid.get(goal), "name": _("The strategy as a whole"), "paragraphs": own}
        for goal, own in groups.items()
        if own
    ]
    gone = [made[one] for one in about if one not in index.by_uid]
    if gone:
        told.append({"goal": None, "name": _("No longer in the text"), "paragraphs": gone})
    if loose:
        others = _paragraph(reading, uid, OTHER, loose, shown)
        told.append({"goal": None, "name": others.name, "loose": others})
    return told


def by_anchor(said: list[Point]) -> dict[str, list[Point]]:
    """The points by the uid of what they are about; those about nothing under `OTHER`."""
    about: dict[str, list[Point]] = {}
    for point in said:
        for uid in point.anchors or (OTHER,):
            about.setdefault(uid, []).append(point)
    return about


def shown_of(said: list[Point]) -> int:
    """How many points on each paragraph are shown with the text of a hearing that brought `said`."""
    return SHOWN_OF_MANY if len(said) > MANY else SHOWN


def path_of(uid: str, about: str) -> str:
    """The path of the page with all points of the hearing `uid` on the thing `about`."""
    return f"{uid}/om/{about}"


def paragraph_of(reading: Reading, uid: str) -> Paragraph:
    """The paragraph `uid` without points, by its whole name."""
    made = _paragraph(reading, "", uid, [], 0)
    return replace(made, name=points.named(reading, uid)[0])


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


def _paragraph(
    reading: Reading, hearing: str, uid: str, said: list[Point], shown: int
) -> Paragraph:
    thing = reading.plan.index.by_uid.get(uid)
    name, address = points.named(reading, uid)
    if isinstance(thing, StrategicGoal):
        name = escape(_("The goal itself"))
    if uid == OTHER:
        name, address = escape(_("Points about other things")), None
    text = _text(thing)
    is_more = len(said) > shown
    return Paragraph(
        id=place(uid),
        name=name,
        address=address,
        text=bokmal(text, reading.language) if text else None,
        said=points.told(reading, said[:shown]),
        count=hearing_words.points_sentence(len(said)),
        outcomes=hearing_words.outcomes_said(said),
        more=reading.address(path_of(hearing, uid)) if is_more else None,
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
