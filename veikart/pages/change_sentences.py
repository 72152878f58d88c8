"""The sentence for each kind of change: what it was, and what it is now."""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from veikart.design import words
from veikart.design.templatetags.veikart import language, own_text
from veikart.plan.change import Change
from veikart.plan.index import name_of
from veikart.plan.model import Phase, Plan

LONGEST = 160
"""Letters of a value that a sentence quotes."""


def sentence(change: Change, *, name: SafeString, before: Plan, after: Plan) -> SafeString:
    """One change as one sentence; `name` is the thing's name, as a link where there is a page."""
    says = _SAYS.get(change.kind, _other)
    return says(change, name, Named(before, after))


def short(change: Change, *, before: Plan, after: Plan) -> SafeString:
    """The same under a heading that names the deliverable: It starts 7 months earlier."""
    it = SafeString(pgettext("a deliverable, in place of its name", "it"))
    said = sentence(change, name=it, before=before, after=after)
    return SafeString(said[:1].upper() + said[1:])


class Named:
    """What people call the values of a change: names for uids, words for dates and certainty."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self.indexes = (after.index, before.index)

    def __call__(self, value: Any) -> str:
        """The value in words; nothing is said as such."""
        if value is None or value in ([], {}, ""):
            return _("nothing")
        if isinstance(value, list):
            return words.listed([self(member) for member in value])
        if isinstance(value, dict):
            return self._object(value)
        text = self._uid(str(value))
        return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"

    def names(self, uids: tuple[str, ...]) -> str:
        """The names of things, as a list in running text."""
        return words.listed([_("“%(name)s”") % {"name": self._uid(uid)} for uid in uids])

    def _object(self, value: dict[str, Any]) -> str:
        if "organisation" in value:
            return self._uid(value["organisation"])
        if "first_phase" in value:
            return self._phases(value) or value.get("phase_text") or _("no phase")
        for key in ("title", "text", "name", "on", "on_text"):
            if isinstance(value.get(key), str):
                return self(value[key])
        return words.listed([self(part) for part in value.values()])

    def _phases(self, value: dict[str, Any]) -> str:
        uids = dict.fromkeys(value.get(key) for key in ("first_phase", "last_phase"))
        found = [self.indexes[0].by_uid.get(uid) for uid in uids if uid]
        phases = [phase for phase in found if isinstance(phase, Phase)]
        return words.phase_names(phases, language()) if phases else ""

    def _uid(self, uid: str) -> str:
        for index in self.indexes:
            if uid in index.by_uid:
                thing = index.by_uid[uid]
                return own_text(thing, language()) or name_of(thing)
            if uid in index.tombstones:
                return index.tombstones[uid].name
        return uid


def _distance(change: Change) -> str:
    """How far a date moved, in years and months, or in days where it is less than one month."""
    assert change.shift is not None
    months, days = abs(change.shift.months), abs(change.shift.middle)
    if months:
        return words.months(months)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _edge(change: Change) -> str:
    return change.what.rpartition("/")[2]


def _moved(change: Change, name: SafeString, named: Named) -> SafeString:
    assert change.date_before is not None
    assert change.date_after is not None
    facts = {
        "name": name,
        "distance": _distance(change),
        "before": words.edge(change.date_before, _edge(change)),
        "after": words.edge(change.date_after, _edge(change)),
    }
    later = {
        "start": _("{name} starts {distance} later: {after} instead of {before}."),
        "end": _("{name} ends {distance} later: {after} instead of {before}."),
        "date": _("A date of {name} is {distance} later: {after} instead of {before}."),
    }
    earlier = {
        "start": _("{name} starts {distance} earlier: {after} instead of {before}."),
        "end": _("{name} ends {distance} earlier: {after} instead of {before}."),
        "date": _("A date of {name} is {distance} earlier: {after} instead of {before}."),
    }
    said = later if change.kind == "later" else earlier
    return format_html(said.get(_edge(change), said["date"]), **facts)


def _dated(change: Change, name: SafeString, named: Named) -> SafeString:
    date = change.date_after or change.date_before
    if date is None:
        return _other(change, name, named)
    said = {
        ("dated", "start"): _("{name} now has a start: {date}."),
        ("dated", "end"): _("{name} now has an end: {date}."),
        ("undated", "start"): _("{name} has no start any more; it was {date}."),
        ("undated", "end"): _("{name} has no end any more; it was {date}."),
    }.get((change.kind, _edge(change)))
    if said is None and change.kind == "dated":
        said = _("{name} now has a date: {date}.")
    return format_html(
        said or _("{name} has no date any more; it was {date}."),
        name=name,
        date=words.edge(date, _edge(change)),
    )


def _precision(change: Change, name: SafeString, named: Named) -> SafeString:
    assert change.date_before is not None
    assert change.date_after is not None
    said = {
        "less_precise": _("{name} is dated less precisely: {after} instead of {before}."),
        "more_precise": _("{name} is dated more precisely: {after} instead of {before}."),
    }[change.kind]
    dates = {"before": words.at(change.date_before), "after": words.at(change.date_after)}
    return format_html(said, name=name, **dates)


def _certainty(change: Change, name: SafeString, named: Named) -> SafeString:
    before, after = (_certain(value) for value in (change.before, change.after))
    parts = {edit.what.removesuffix("/certainty").rpartition("/")[2] for edit in change.edits}
    said = _("{name} is now {after}; it was {before}.")
    if parts == {"start"}:
        said = _("The start of {name} is now {after}; it was {before}.")
    if parts == {"end"}:
        said = _("The end of {name} is now {after}; it was {before}.")
    return format_html(said, name=name, before=before, after=after)


def _certain(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("certainty") or next(iter(value.values()))
    return (
        words.status(value).lower() if value in ("decided", "planned", "tentative") else str(value)
    )


def _plain(said: Callable[[], str]) -> Callable[[Change, SafeString, Named], SafeString]:
    """A sentence with the name, what was, what is, and what came in its place."""

    def says(change: Change, name: SafeString, named: Named) -> SafeString:
        return format_html(
            said(),
            name=name,
            before=named(change.before),
            after=named(change.after),
            predecessors=named.names(change.predecessors),
            successors=named.names(change.successors),
        )

    return says


def _came_or_went(
    came: Callable[[], str], went: Callable[[], str], changed: Callable[[], str]
) -> Callable[[Change, SafeString, Named], SafeString]:
    """One of three sentences: it came, it went, or it changed."""

    def says(change: Change, name: SafeString, named: Named) -> SafeString:
        verb = change.edits[0].verb if change.edits else "set"
        said = {"add": came, "remove": went}.get(verb, changed)
        return _plain(said)(change, name, named)

    return says


def _renamed(change: Change, name: SafeString, named: Named) -> SafeString:
    if change.predecessors:
        return _plain(lambda: _("{name} carries on {predecessors}."))(change, name, named)
    return _plain(lambda: _("{name} was called “{before}”."))(change, name, named)


def _lifecycle(value: Any) -> str | None:
    return {
        "idea": _("an idea"),
        "planned": _("planned"),
        "ongoing": _("ongoing"),
        "on_hold": _("on hold"),
        "completed": _("completed"),
    }.get(value)


def _other(change: Change, name: SafeString, named: Named) -> SafeString:
    if change.what.endswith("/lifecycle") and _lifecycle(change.after):
        return format_html(
            _("{name} is now marked as {after}."), name=name, after=_lifecycle(change.after)
        )
    if isinstance(change.before, str) and isinstance(change.after, str):
        said = _("{name} is changed: “{before}” has become “{after}”.")
        return _plain(lambda: said)(change, name, named)
    return format_html(_("{name} is changed."), name=name)


_SAYS: dict[str, Callable[[Change, SafeString, Named], SafeString]] = {
    "added": _plain(lambda: _("{name} is new.")),
    "removed": _plain(lambda: _("{name} is taken out.")),
    "split": _plain(lambda: _("{name} is split into {successors}.")),
    "merged": _plain(lambda: _("{predecessors} are merged into {name}.")),
    "replaced": _plain(lambda: _("{name} is replaced by {successors}.")),
    "renamed": _renamed,
    "later": _moved,
    "earlier": _moved,
    "undated": _dated,
    "dated": _dated,
    "less_certain": _certainty,
    "more_certain": _certainty,
    "less_precise": _precision,
    "more_precise": _precision,
    "phase": _came_or_went(
        lambda: _("{name} has one more period: {after}."),
        lambda: _("{name} has one period fewer: {before}."),
        lambda: _("{name} is in another phase: {after} instead of {before}."),
    ),
    "owner": _plain(lambda: _("{name} has other owners: {after} instead of {before}.")),
    "user_group": _plain(lambda: _("{name} is for other user groups: {after}, before: {before}.")),
    "region": _plain(lambda: _("{name} is for other regions: {after}, before: {before}.")),
    "delmal": _plain(lambda: _("{name} is under another delmål: {after} instead of {before}.")),
    "grouping": _plain(lambda: _("{name} is in another grouping: {after} instead of {before}.")),
    "dependency": _came_or_went(
        lambda: _("A dependency is new: {name}."),
        lambda: _("A dependency is gone: {name}."),
        lambda: _("A dependency is changed: {name}."),
    ),
    "milestone": _came_or_went(
        lambda: _("{name} has a new milestone: {after}."),
        lambda: _("{name} has lost a milestone: {before}."),
        lambda: _("{name} has a changed milestone: {after} instead of {before}."),
    ),
    "key_date": _came_or_went(
        lambda: _("{name} has a new key date: {after}."),
        lambda: _("{name} has lost a key date: {before}."),
        lambda: _("{name} has a changed key date: {after} instead of {before}."),
    ),
    "goal_link": _came_or_went(
        lambda: _("A link between goals is new: {name}."),
        lambda: _("A link between goals is gone: {name}."),
        lambda: _("A link between goals is changed: {name}."),
    ),
    "definition": _plain(lambda: _("{name} is defined in another way.")),
    "target": _plain(lambda: _("{name} has other targets.")),
    "measured": _plain(lambda: _("{name} has new figures.")),
}
