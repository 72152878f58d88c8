"""The register of decisions: what was decided, by whom and when, filtered by a view that is an address."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from msgspec.structs import replace

from veikart.council.models import CaseType
from veikart.design import words
from veikart.design.decision_words import STANDINGS
from veikart.design.templatetags.veikart import own_text, text_of
from veikart.pages import decision_told, paging
from veikart.pages.memory import remembered
from veikart.pages.reading import Reading
from veikart.plan.decided import Standing
from veikart.plan.index import KINDS
from veikart.plan.register import NAMES, Asked, Facet, Found, in_query, parse, register
from veikart.plan.register import query as as_query

PATH = "vedtak"
PER_PAGE = 50
"""So many decisions are listed on a page."""
LONGEST = 70
"""Letters of a name in a list of choices."""
ENDINGS = ("csv", "xlsx", "json")

KIND_NAMES: dict[str, Promise] = {
    "vision": gettext_lazy("Vision"),
    "strategic_goal": gettext_lazy("Goals"),
    "delmal": gettext_lazy("Delmål"),
    "grouping": gettext_lazy("Groupings"),
    "deliverable": gettext_lazy("Deliverables"),
    "indicator": gettext_lazy("Indicators"),
    "utgave": gettext_lazy("Editions"),
    "other": gettext_lazy("Other things"),
}
"""What the choices of what a decision is about stand under."""


def page(
    reading: Reading, query: Mapping[str, list[str]], page: str | None = None
) -> dict[str, Any]:
    """The decisions that `query` asks for, the newest first. Raises NotInPlan for a page there is not."""
    plan = reading.plan
    asked = parse(query, plan)
    shown = remembered(plan, ("register", asked), lambda: register(plan).find(asked))
    string = _string(asked)
    paged = paging.paged(
        reading, PATH, shown.decisions, page, per_page=PER_PAGE, query_string=string
    )
    return {
        "lead": lead(reading, shown),
        "total": shown.total,
        "remarks": [
            _("No decision has “%(value)s”, so it was ignored.") % {"value": value}
            for value in asked.unknown
        ],
        "chips": chips(reading, shown),
        "selects": selects(reading, shown),
        "asked": asked,
        "paged": paged,
        "decisions": decision_told.told(reading, paged.things),
        "plain_address": reading.address(PATH),
        "query_string": string,
        "turned": f"{reading.address(PATH)}{_string(replace(asked, oldest_first=not asked.oldest_first))}",
        "as_of": plan.head.as_of,
        "downloads": downloads(reading),
        "feed": feed(reading),
        "follow_ups_address": reading.address("oppfolging"),
        "method_address": reading.address("om/metode"),
    }


def paths(reading: Reading) -> Iterable[str]:
    """The path of each page of the whole register."""
    return paging.paths(PATH, len(reading.plan.council.decisions), per_page=PER_PAGE)


def lead(reading: Reading, shown: Found) -> str:
    """How many decisions, of how many."""
    facts = {
        "shown": words.number(len(shown.decisions)),
        "total": words.number(shown.total),
        "bodies": words.number(len(shown.facets["body"])),
    }
    if not shown.total:
        return _("No decision is in this edition yet.")
    if not shown.decisions:
        return _("No decision fits what you ask for. Take a choice away to see more.")
    if len(shown.decisions) < shown.total:
        return (
            ngettext(
                "Shows %(shown)s of %(total)s decisions.",
                "Shows %(shown)s of %(total)s decisions.",
                len(shown.decisions),
            )
            % facts
        )
    return (
        ngettext("%(total)s decision.", "%(total)s decisions, from all the councils.", shown.total)
        % facts
    )


def chips(reading: Reading, shown: Found) -> list[dict[str, str]]:
    """What is chosen, each as a sentence with the address that takes it away."""
    asked, found = shown.asked, []
    for field, label, _before, _all in _labels():
        for facet in shown.facets[field]:
            if facet.chosen:
                said = f"{label}: {choice_name(reading, field, facet.value)}"
                found.append(_chip(reading, said, replace(asked, **{field: None}, unknown=())))
    if asked.text:
        said = _("with the words “%(words)s”") % {"words": asked.text}
        found.append(_chip(reading, said, replace(asked, text="", unknown=())))
    return found


def selects(reading: Reading, shown: Found) -> list[dict[str, Any]]:
    """What the form offers: a list of choices for each filter, in groups where they are of several kinds."""
    return [
        {
            "name": NAMES[field],
            "label": label,
            "before": before,
            "all": everything,
            "groups": _groups(reading, field, shown.facets[field]),
        }
        for field, label, before, everything in _labels()
        if shown.facets[field]
    ]


def choice_name(reading: Reading, field: str, value: str | int) -> str:
    """What a value of a filter is called, without marks."""
    index = reading.plan.index
    if field == "type":
        return str(CaseType(str(value)).label)
    if field == "follow_up":
        return str(STANDINGS[cast(Standing, value)])
    if field == "body":
        body = index.bodies.get(str(value))
        return _plain(reading, body) if body else str(value)
    if field == "theme":
        return _theme(reading, str(value))
    return str(value)


def downloads(reading: Reading) -> list[tuple[str, str]]:
    """The whole register as files; a draft has none."""
    if reading.data is None or not reading.plan.council.decisions:
        return []
    names = (_("Table (CSV)"), _("Spreadsheet (XLSX)"), _("JSON"))
    return [
        (name, f"{reading.data}{PATH}.{ending}")
        for name, ending in zip(names, ENDINGS, strict=True)
    ]


def feed(reading: Reading) -> str | None:
    """Where the newest decisions are as a feed: of the edition in force alone."""
    in_force = reading.editions and reading.number == reading.editions[0].number
    return f"{reading.root}{PATH}/atom.xml" if in_force else None


def _groups(
    reading: Reading, field: str, facets: tuple[Facet, ...]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """The choices of a filter by what they are; only themes are of several kinds."""
    options = [_option(reading, field, facet) for facet in _in_order(reading, field, facets)]
    if field != "theme":
        return [("", options)]
    kinds: dict[str, list[dict[str, Any]]] = {}
    for option in options:
        kinds.setdefault(_kind(reading, option["value"]), []).append(option)
    return [(str(name), kinds[kind]) for kind, name in KIND_NAMES.items() if kind in kinds]


def _in_order(reading: Reading, field: str, facets: tuple[Facet, ...]) -> list[Facet]:
    """Years the newest first, themes as the plan has them, the others as they are told."""
    if field == "year":
        return sorted(facets, key=lambda facet: -int(facet.value))
    if field == "theme":
        order = reading.plan.index.kept("order of things", lambda: _order(reading))
        return sorted(
            facets, key=lambda facet: (order.get(str(facet.value), len(order)), facet.value)
        )
    if field == "body":
        return sorted(facets, key=lambda facet: choice_name(reading, field, facet.value))
    listed: list[str] = [*STANDINGS] if field == "follow_up" else [*CaseType.values]
    return sorted(facets, key=lambda facet: listed.index(str(facet.value)))


def _order(reading: Reading) -> dict[str, int]:
    return {uid: place for place, uid in enumerate(reading.plan.index.by_uid)}


def _option(reading: Reading, field: str, facet: Facet) -> dict[str, Any]:
    name = choice_name(reading, field, facet.value)
    return {
        "value": in_query(field, facet.value),
        "name": name if len(name) <= LONGEST else f"{name[:LONGEST].rstrip()} …",
        "count": words.number(facet.count),
        "chosen": facet.chosen,
    }


def _kind(reading: Reading, uid: str) -> str:
    thing = reading.plan.index.by_uid.get(uid)
    kind = KINDS[type(thing)] if thing else uid.partition("/")[0]
    return kind if kind in KIND_NAMES else "other"


def _theme(reading: Reading, uid: str) -> str:
    kind, _slash, number = uid.partition("/")
    if kind == "utgave":
        return _("Edition %(number)s") % {"number": number}
    thing = reading.plan.index.by_uid.get(uid)
    if thing is None:
        index = reading.plan.index
        known = index.hearings.get(uid) or index.tombstones.get(uid)
        return _plain(reading, known) if known else uid
    code = getattr(thing, "code", None) or getattr(thing, "number", None)
    name = _plain(reading, thing)
    return f"{code} {name}" if code else name


def _plain(reading: Reading, thing: Any) -> str:
    return own_text(thing, reading.language) or text_of(thing)


def _chip(reading: Reading, said: str, without: Asked) -> dict[str, str]:
    return {"said": said, "address": f"{reading.address(PATH)}{_string(without)}"}


def _string(asked: Asked) -> str:
    said = as_query(asked)
    return f"?{said}" if said else ""


def _labels() -> list[tuple[str, str, str, str]]:
    """Each filter: its field, its name, the words before it in a sentence, and what none is called."""
    return [
        ("body", _("Body"), _("Show what was decided by"), _("all bodies")),
        ("year", _("Year"), pgettext("year", "in"), _("any year")),
        ("type", _("Type of case"), _("in cases of the type"), _("all types")),
        ("theme", _("About"), _("about"), _("anything")),
        ("follow_up", _("Follow-up"), _("with the follow-up"), _("in any state")),
    ]
