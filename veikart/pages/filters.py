"""The roadmap's filters: fields of a form, and sentences that can be taken away one by one."""

from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from msgspec.structs import replace

from veikart.design import words
from veikart.design.templatetags.veikart import own_text, text_of
from veikart.engines.dates import Certainty
from veikart.pages.reading import Reading
from veikart.plan.timeline import Choice, Timeline, query, query_name, query_value, toggled
from veikart.plan.view import GROUPS, UNDATED, ZOOMS

LONGEST = 70
"""Letters of a name in a list of choices."""


def fields(reading: Reading, shown: Timeline) -> dict[str, Any]:
    """What the form offers: a list of choices for each filter, and the grouping, years and zoom."""
    view = shown.view
    span = range(*_years(shown))
    return {
        "selects": [
            {
                "name": query_name(field),
                "label": label,
                "before": before,
                "all": everything,
                "options": _choices(reading, field, shown),
            }
            for field, label, before, everything in _labels()
            if shown.facets[field]
        ],
        "text": view.text,
        "groups": _options(GROUPS, view.group_by, _group_names()),
        "zooms": _options(ZOOMS, view.zoom, _zoom_names()),
        "undated": _options(UNDATED, view.undated, _undated_names()),
        "from_years": [(year, year == view.from_year) for year in span],
        "to_years": [(year, year == view.to_year) for year in span],
        "hidden": [
            (query_name(field), query_value(field, value))
            for field, _label, _before, _all in _labels()
            for value in getattr(view, field)[1:]
        ],
    }


def chips(reading: Reading, shown: Timeline) -> list[dict[str, str]]:
    """What is filtered, each as a sentence with the address that takes it away."""
    view = shown.view
    found = []
    for field, label, _before, _all in _labels():
        for choice in shown.facets[field]:
            if choice.chosen:
                away = toggled(view, field, choice.value)
                name = choice_name(reading, field, choice)
                found.append(_chip(reading, f"{label}: {name}", query(away)))
    if view.text:
        said = _("with the words “%(words)s”") % {"words": view.text}
        found.append(_chip(reading, said, query(replace(view, text=""))))
    if view.from_year is not None or view.to_year is not None:
        said = _("drawn %(first)d–%(last)d") % {"first": shown.first_year, "last": shown.last_year}
        bare = replace(view, from_year=None, to_year=None)
        found.append(_chip(reading, said, query(bare)))
    if view.undated == "left_out":
        said = _("without those that are not dated")
        found.append(_chip(reading, said, query(replace(view, undated="kept"))))
    return found


def choice_name(reading: Reading, field: str, choice: Choice) -> str:
    """What a value of a filter is called."""
    if field == "certainty":
        return words.status(cast(Certainty, choice.value))
    if choice.thing is None:
        return str(choice.value)
    name = own_text(choice.thing, reading.language) or text_of(choice.thing)
    code = getattr(choice.thing, "code", None) if field == "delmal" else None
    number = getattr(choice.thing, "number", None) if field == "goal" else None
    return f"{code or number} {name}" if code or number else name


def _choices(reading: Reading, field: str, shown: Timeline) -> list[dict[str, Any]]:
    """What can be chosen; a list shows the first choice, the others stay as hidden fields."""
    first = next(iter(getattr(shown.view, field)), None)
    return [
        _option(reading, field, choice) | {"chosen": choice.value == first}
        for choice in shown.facets[field]
    ]


def _option(reading: Reading, field: str, choice: Choice) -> dict[str, Any]:
    name = choice_name(reading, field, choice)
    short = name if len(name) <= LONGEST else f"{name[:LONGEST].rstrip()} …"
    return {
        "value": query_value(field, choice.value),
        "name": short,
        "count": choice.count,
    }


def _chip(reading: Reading, said: str, without: str) -> dict[str, str]:
    start = reading.address("veikart")
    return {"said": said, "address": f"{start}?{without}" if without else start}


def _years(shown: Timeline) -> tuple[int, int]:
    choices = [int(choice.value) for choice in shown.facets["year"]]
    years = [*choices, shown.first_year, shown.last_year]
    return min(years), max(years) + 1


def _options(
    names: dict[str, Any], chosen: str, labels: dict[str, str]
) -> list[tuple[str, str, bool]]:
    return [(name, labels[name], meaning == chosen) for name, meaning in names.items()]


def _labels() -> list[tuple[str, str, str, str]]:
    """Each filter: its field, its name, the words before it in a sentence, and what none is called."""
    return [
        ("goal", _("Goal"), _("Show deliverables for"), _("all goals")),
        ("delmal", _("Delmål"), _("under"), _("all delmål")),
        ("grouping", _("Grouping"), _("in"), _("all groupings")),
        ("owner", _("Owner"), _("owned by"), _("all owners")),
        ("user_group", _("User group"), _("made for"), _("all user groups")),
        ("region", _("Region"), pgettext("place", "in"), _("all regions")),
        ("phase", _("Phase"), pgettext("phase", "in"), _("all phases")),
        ("year", _("Active in"), _("active in"), _("any year")),
        ("certainty", _("Status"), _("with the status"), _("planned or tentative")),
    ]


def _group_names() -> dict[str, str]:
    return {
        "mal": _("by goal"),
        "delmal": _("by delmål"),
        "gruppering": _("by grouping"),
        "eier": _("by owner"),
        "brukergruppe": _("by user group"),
        "fase": _("by phase"),
        "ingen": _("in one list"),
    }


def _zoom_names() -> dict[str, str]:
    return {"ar": _("years"), "halvar": _("half-years"), "kvartal": _("quarters")}


def _undated_names() -> dict[str, str]:
    return {"vis": _("shown last"), "skjul": _("left out")}
