"""Charts in templates: the drawing that fits the screen, and its legend in words."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from veikart.adapters.drawing import Picture
from veikart.design import amounts, words

register = template.Library()

WORDS = {
    "measured": gettext_noop("Measured"),
    "known": gettext_noop("Among those who have answered"),
    "estimated": gettext_noop("Estimated or rounded"),
    "unknown": gettext_noop("What it can be, since some have not answered"),
    "interval": gettext_noop("Margin of error"),
    "baseline": gettext_noop("Baseline"),
    "path": gettext_noop("Path to the target"),
    "target": gettext_noop("Target"),
    "keep": gettext_noop("To be kept"),
    "band": gettext_noop("To be kept between"),
    "forecast": gettext_noop("If things go on as now, with an 80 percent interval"),
    "break": gettext_noop("Measured in another way from here"),
    "nation": gettext_noop("The whole country"),
    "nation-line": gettext_noop("The whole country"),
    "best": gettext_noop("Best now"),
    "worst": gettext_noop("Worst now"),
    "highest": gettext_noop("Highest now"),
    "lowest": gettext_noop("Lowest now"),
    "area": gettext_noop("Other areas"),
    "municipality": gettext_noop("A municipality; the larger, the more inhabitants"),
    "unknown-dot": gettext_noop("Not known"),
    "suppressed-dot": gettext_noop("Not shown, since few people are counted"),
    "no-value": gettext_noop("Not known, or not shown"),
}
TINTED = {
    "offers": ("class-5", gettext_noop("Has it")),
    "offers-part": ("class-3", gettext_noop("Part of it has it")),
    "offers-not": ("class-1", gettext_noop("Does not have it")),
}
"""Signs that a map draws in the tint of one of its classes."""
POWERS = {
    9: gettext_noop("Numbers are in billions."),
    6: gettext_noop("Numbers are in millions."),
    3: gettext_noop("Numbers are in thousands."),
}
NAMED = ("best", "worst", "highest", "lowest")
"""Signs whose areas are named, in the order of the picture's `names`."""
DECIMAL = re.compile(r"(?<=\d),(?=\d+[^<>]*</t)")
"""The decimal comma of a number that a drawing shows, and none of those between its coordinates."""


@register.inclusion_tag("design/chart.html")
def chart(picture: Picture, labels: Sequence[str] = ()) -> dict[str, Any]:
    """The picture with its legend. `labels` are the words for its `names`, in the same order."""
    power = POWERS.get(picture.power)
    return {
        "wide": lettered(picture.wide),
        "narrow": lettered(picture.narrow),
        "entries": legend(picture, labels),
        "note": _(power) if power else "",
    }


def lettered(drawing: str | None) -> str | None:
    """A drawing, made once for all languages, with the decimal sign of the active one."""
    sign = words.decimal_sign()
    return drawing if drawing is None or sign == "," else DECIMAL.sub(sign, drawing)


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
        elif sign in TINTED:
            tint, said = TINTED[sign]
            entries.append({"sign": tint, "text": _(said)})
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
    return amounts.short(bound * 100 if picture.percent else bound / 10**picture.power)
