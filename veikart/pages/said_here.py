"""What was said in hearings of one thing of the plan, and what of it was changed after that."""

from collections import Counter
from typing import Any

from veikart.design.templatetags.veikart import in_language
from veikart.pages import hearing_words, points
from veikart.pages.hearing_text import SHOWN as FEWEST_APART
from veikart.pages.hearing_text import path_of, place
from veikart.pages.reading import Reading
from veikart.plan.consultations import Point

FOLDED_FROM = 5
"""So many points are folded away."""
SHOWN = 20
"""So many points are here; more are on the pages of the hearings they were made in."""


def of(reading: Reading, *uids: str) -> dict[str, Any]:
    """The points about each of `uids`, and those that led to a change of one, with the sentence from and to."""
    index = reading.plan.index
    groups = [(uid, _once(reading, index.points_about.get(uid, []))) for uid in uids]
    behind = _once(reading, [p for uid in uids for p in index.points_behind.get(uid, [])])
    changed = [
        (one, change)
        for one in points.told(reading, behind)
        for change in (one.became.changes if one.became else ())
        if change.uid in uids
    ]
    return {
        "changes": _by_change(changed),
        "groups": [_group(reading, uid, about) for uid, about in groups if about],
        "has_parts": len(uids) > 1,
    }


def _group(reading: Reading, uid: str, about: list[Point]) -> dict[str, Any]:
    """The points about one thing: a goal itself, or one of its statements."""
    return {
        "name": points.named(reading, uid)[0],
        "place": place(uid),
        "points": points.told(reading, about[:SHOWN]),
        "more": _more(reading, uid, about) if len(about) > SHOWN else [],
        "count": hearing_words.points_sentence(len(about)),
        "outcomes": hearing_words.outcomes_said(about),
        "is_folded": len(about) >= FOLDED_FROM,
    }


def _more(reading: Reading, uid: str, about: list[Point]) -> list[tuple[str, str]]:
    """Each hearing that has more points about `uid` than its page shows, with where all of them are."""
    index = reading.plan.index
    counted = Counter(point.hearing for point in about)
    return [
        (
            in_language(index.hearings[hearing], reading.language),
            reading.address(path_of(hearing, uid)),
        )
        for hearing, count in counted.items()
        if count > FEWEST_APART
    ]


def _once(reading: Reading, said: list[Point]) -> list[Point]:
    return points.visible(reading, {point.uid: point for point in said}.values())


def _by_change(
    changed: list[tuple[points.Told, points.Changed]],
) -> list[tuple[points.Changed, list[points.Told]]]:
    """Each change once, with the points it was made after."""
    grouped: dict[points.Changed, list[points.Told]] = {}
    for one, change in changed:
        grouped.setdefault(change, []).append(one)
    return list(grouped.items())
