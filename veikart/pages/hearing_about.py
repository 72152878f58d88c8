"""All that a hearing brought on one paragraph of the text, on pages of its own where it is much."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from veikart.pages import hearing_words, hearings, paging, points
from veikart.pages.hearing_text import OTHER, by_anchor, paragraph_of, path_of, shown_of
from veikart.pages.missing import NotInPlan
from veikart.pages.reading import Reading


def page(reading: Reading, uid: str, about: str, page: str | None = None) -> dict[str, Any]:
    """The points of the hearing `uid` on the thing `about`, or on nothing in the text. Raises NotInPlan."""
    this = hearings.found(reading, uid)
    said = hearings.points_of(reading, this)
    on_it = by_anchor(said).get(about, [])
    if not on_it:
        raise NotInPlan(f"{uid}/om/{about}")
    counts = {
        "points": hearing_words.points_sentence(len(on_it)),
        "said": hearing_words.outcomes_said(on_it),
    }
    shown = paging.paged(reading, path_of(uid, about), on_it, page)
    return {
        "hearing": this,
        "trail": [this],
        "paragraph": None if about == OTHER else paragraph_of(reading, about),
        "lead": (_("%(points)s: %(said)s.") if counts["said"] else _("%(points)s.")) % counts,
        "counts": hearing_words.outcome_counts(on_it),
        "paged": shown,
        "points": points.told(reading, shown.things),
    }


def paths(reading: Reading, uid: str) -> Iterator[str]:
    """The path of each page that the page of the hearing `uid` leads to because it shows some points only."""
    said = hearings.points_of(reading, reading.plan.index.hearings[uid])
    for about, on_it in by_anchor(said).items():
        if len(on_it) > shown_of(said):
            yield from paging.paths(path_of(uid, about), len(on_it))
