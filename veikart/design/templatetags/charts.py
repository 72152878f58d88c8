"""Charts in templates: the drawing that fits the screen, and its legend in words."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as said_later

from veikart.adapters.drawing import Picture
from veikart.design import amounts

register = template.Library()

WORDS = {
    "measured": said_later("Measured"),
    "known": said_later("Among those who have answered"),
    "estimated": said_later("Estimated or rounded"),
    "unknown": said_later("What it can be, since some have not answered"),
    "interval": said_later("Margin of error"),
    "baseline": said_later("Baseline"),
    "path": said_later("Path to the target"),
    "target": said_later("Target"),
    "keep": said_later("To be kept"),
    "band": said_later("To be kept between"),
    "forecast": said_later("If things go on as now, with an 80 percent interval"),
    "break": said_later("Measured in another way from here"),
    "nation": said_later("The whole country"),
    "nation-line": said_later("The whole country"),
    "best": said_later("Best now"),
    "worst": said_later("Worst now"),
    "highest": said_later("Highest now"),
    "lowest": said_later("Lowest now"),
    "area": said_later("Other areas"),
    "municipality": said_later("A municipality; the larger, the more inhabitants"),
    "unknown-dot": said_later("Not known"),
    "suppressed-dot": said_later("Not shown, since few people are counted"),
    "no-value": said_later("Not known, or not shown"),
}
POWERS = {
    9: said_later("Numbers are in billions."),
    6: said_later("Numbers are in millions."),
}
NAMED = ("best", "worst", "highest", "lowest")
"""Signs whose areas are named, in the order of the picture's `names`."""


@register.inclusion_tag("design/chart.html")
def chart(picture: Picture, labels: Sequence[str] = ()) -> dict[str, Any]:
    """The picture with its legend. `labels` are the words for its `names`, in the same order."""
    power = POWERS.get(picture.power)
    return {
        "picture": picture,
        "entries": legend(picture, labels),
        "note": _(power) if power else "",
    }


def legend(picture: Picture, labels: Sequence[str] = ()) -> list[dict[str, str]]:
    """Each sign of the picture with its words: sign (the swatch to draw) and text.

    A line that stands alone needs no legend.
    """
    if picture.signs == ("measured",):
        return []
    names = iter(labels)
    entries = []
    for sign in picture.signs:
        if sign == "class":
            entries += _classes(picture)
        elif sign.startswith(("group-", "row-")):
            entries.append(
                {"sign": sign, "number": sign.partition("-")[2], "text": next(names, "")}
            )
        elif sign in NAMED:
            name = next(names, "")
            entries.append(
                {"sign": sign, "text": f"{_(WORDS[sign])}: {name}" if name else _(WORDS[sign])}
            )
        else:
            entries.append({"sign": sign, "text": _(WORDS[sign])})
    return entries


def _classes(picture: Picture) -> list[dict[str, str]]:
    """The classes of a map, from low to high: 20–30 %."""
    ends = [_bound(picture, bound) for bound in picture.bounds]
    unit = "\u202f%" if picture.percent else ""
    return [
        {"sign": f"class-{place + 1}", "text": f"{low}–{high}{unit}"}
        for place, (low, high) in enumerate(pairwise(ends))
    ]


def _bound(picture: Picture, bound: float) -> str:
    return amounts.decimal(bound * 100 if picture.percent else bound, 1).removesuffix(",0")
