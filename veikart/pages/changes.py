"""What changed between two plans, in words: counts first, then each change as one sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from veikart.design import words
from veikart.design.templatetags.veikart import in_language
from veikart.pages import change_sentences
from veikart.pages.memory import remembered
from veikart.pages.reading import Reading
from veikart.plan import compare
from veikart.plan.change import Change
from veikart.plan.model import CauseCode, Deliverable, Plan

FOLDED = ("wording",)
"""Kinds that change nothing but words: folded away."""

COUNTED = {
    "added": ngettext_lazy("%(count)s new", "%(count)s new", "number"),
    "removed": ngettext_lazy("%(count)s taken out", "%(count)s taken out", "number"),
    "split": ngettext_lazy("%(count)s split", "%(count)s split", "number"),
    "merged": ngettext_lazy("%(count)s merged", "%(count)s merged", "number"),
    "replaced": ngettext_lazy("%(count)s replaced", "%(count)s replaced", "number"),
    "renamed": ngettext_lazy("%(count)s renamed", "%(count)s renamed", "number"),
    "later": ngettext_lazy("%(count)s put off", "%(count)s put off", "number"),
    "earlier": ngettext_lazy("%(count)s brought forward", "%(count)s brought forward", "number"),
    "undated": ngettext_lazy("%(count)s no longer dated", "%(count)s no longer dated", "number"),
    "dated": ngettext_lazy("%(count)s now dated", "%(count)s now dated", "number"),
    "less_certain": ngettext_lazy("%(count)s less certain", "%(count)s less certain", "number"),
    "more_certain": ngettext_lazy("%(count)s more certain", "%(count)s more certain", "number"),
    "less_precise": ngettext_lazy(
        "%(count)s dated less precisely", "%(count)s dated less precisely", "number"
    ),
    "more_precise": ngettext_lazy(
        "%(count)s dated more precisely", "%(count)s dated more precisely", "number"
    ),
    "phase": ngettext_lazy("%(count)s in another phase", "%(count)s in another phase", "number"),
    "owner": ngettext_lazy("%(count)s with other owners", "%(count)s with other owners", "number"),
    "user_group": ngettext_lazy(
        "%(count)s for other user groups", "%(count)s for other user groups", "number"
    ),
    "region": ngettext_lazy("%(count)s for other regions", "%(count)s for other regions", "number"),
    "delmal": ngettext_lazy(
        "%(count)s under another delmål", "%(count)s under another delmål", "number"
    ),
    "grouping": ngettext_lazy(
        "%(count)s in another grouping", "%(count)s in another grouping", "number"
    ),
    "dependency": ngettext_lazy(
        "%(count)s change of dependencies", "%(count)s changes of dependencies", "number"
    ),
    "milestone": ngettext_lazy(
        "%(count)s change of milestones", "%(count)s changes of milestones", "number"
    ),
    "key_date": ngettext_lazy(
        "%(count)s change of key dates", "%(count)s changes of key dates", "number"
    ),
    "goal_link": ngettext_lazy(
        "%(count)s change of links between goals",
        "%(count)s changes of links between goals",
        "number",
    ),
    "definition": ngettext_lazy(
        "%(count)s indicator defined anew", "%(count)s indicators defined anew", "number"
    ),
    "target": ngettext_lazy(
        "%(count)s indicator with other targets",
        "%(count)s indicators with other targets",
        "number",
    ),
    "measured": ngettext_lazy(
        "%(count)s indicator with new figures", "%(count)s indicators with new figures", "number"
    ),
    "wording": ngettext_lazy(
        "%(count)s with other words only", "%(count)s with other words only", "number"
    ),
    "other": ngettext_lazy("%(count)s other change", "%(count)s other changes", "number"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One change as a page shows it: a sentence, its cause, and what it is about."""

    id: str
    kind: str
    sentence: SafeString
    cause: str
    is_unexplained: bool
    grouping: SafeString
    uid: str
    name: SafeString
    short: SafeString


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that changed about one thing. With more than one change, its name stands once above."""

    name: SafeString
    grouping: SafeString
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The changes since the edition before: counts as one sentence, and the same for each goal."""

    before: str
    address: str
    total: int
    sentence: str
    by_goal: Mapping[str, str]
    things: tuple[Gathered, ...]


def compared(before: Plan, after: Plan) -> compare.Comparison:
    """What changed from `before` to `after`, worked out once as long as `after` is in memory."""
    key = ("compared", before.head, len(before.roadmap.deliverables))
    return remembered(after, key, lambda: compare.compare(before, after))


def since_previous(reading: Reading, *, shown: int = 8) -> Summary | None:
    """What changed since the edition before; None where there is none."""
    previous = reading.previous
    if previous is None or previous.number is None:
        return None
    found = compared(previous.plan, reading.plan)
    after = "utkast" if reading.is_draft else reading.number
    telling = [change for change in found.changes if change.kind not in FOLDED]
    return Summary(
        before=previous.number,
        address=reading.address(f"endringer/{previous.number}..{after}"),
        total=len(found.changes),
        sentence=counted(found.counts, found.changes),
        by_goal={t.uid: counted(t.counts, ()) for t in found.by_goal if t.uid},
        things=gathered(
            [line(reading, change, previous.plan) for change in _first(telling, shown)]
        ),
    )


def of_goal(reading: Reading, uid: str, *, shown: int = 6) -> Summary | None:
    """What changed under the goal `uid` since the edition before; None where nothing did."""
    previous = reading.previous
    whole = since_previous(reading, shown=0)
    if previous is None or whole is None:
        return None
    found = compared(previous.plan, reading.plan)
    own = tuple(c for c in found.changes if uid in c.goals and c.kind not in FOLDED)
    return replace(
        whole,
        total=len(own),
        sentence=whole.by_goal.get(uid, ""),
        things=gathered([line(reading, change, previous.plan) for change in _first(own, shown)]),
    )


def gathered(lines: Iterable[Line]) -> tuple[Gathered, ...]:
    """The lines by what they are about, in the order in which the things first come."""
    by_thing: dict[str, list[Line]] = {}
    for one in lines:
        by_thing.setdefault(one.uid if one.short else one.id, []).append(one)
    return tuple(Gathered(own[0].name, own[0].grouping, tuple(own)) for own in by_thing.values())


def _first(changes: Sequence[Change], shown: int) -> list[Change]:
    """About the first `shown` changes: all of a thing, or none of it."""
    uids = {change.uid for change in changes[:shown]}
    return [change for change in changes if change.uid in uids]


def counted(counts: Mapping[Any, int], changes: tuple[Change, ...]) -> str:
    """Counts of changes as words: 14 nye, 3 tatt ut, 9 utsatt (median 6 måneder)."""
    said = []
    for kind, count in counts.items():
        text = str(COUNTED[kind] % {"count": words.number(count), "number": count})
        months = [abs(c.shift.months) for c in changes if c.kind == kind and c.shift]
        if kind in ("later", "earlier") and months:
            middle = round(median(months))
            text += " " + _("(median %(distance)s)") % {"distance": words.months(middle)}
        said.append(text)
    return words.listed(said)


def line(reading: Reading, change: Change, before: Plan) -> Line:
    """One change as a sentence, with its cause or that nobody has said why."""
    name = format_html("<strong>{}</strong>", change.name)
    address = reading.link(change.uid)
    if address and change.uid in reading.plan.index.by_uid:
        name = format_html('<a href="{}">{}</a>', address, change.name)
    cause = ""
    if change.is_unexplained:
        cause = _("Unexplained: nobody has said why.")
    elif change.cause:
        cause = cause_words(change.cause.code, change.cause.text)
    elif change.reason:
        cause = _("Reason: %(reason)s") % {"reason": change.reason}
    sentence = change_sentences.sentence(change, name=name, before=before, after=reading.plan)
    short = SafeString("")
    if isinstance(_thing(reading, change, before), Deliverable):
        short = change_sentences.short(change, before=before, after=reading.plan)
    return Line(
        change.id,
        change.kind,
        sentence,
        cause,
        change.is_unexplained,
        _grouping(reading, change, before),
        change.uid,
        name,
        short,
    )


def _thing(reading: Reading, change: Change, before: Plan) -> Any:
    return reading.plan.index.by_uid.get(change.uid) or before.index.by_uid.get(change.uid)


def _grouping(reading: Reading, change: Change, before: Plan) -> SafeString:
    """The grouping of a deliverable: many names, such as “Innføring”, say little without it."""
    for index in (reading.plan.index, before.index):
        thing = index.by_uid.get(change.uid)
        grouping = index.grouping_of(thing) if isinstance(thing, Deliverable) else None
        if grouping is not None:
            return in_language(grouping, reading.language)
    return SafeString("")


def cause_words(code: CauseCode, text: str | None) -> str:
    """The cause of a moved date, in words."""
    said = {
        "funding": _("Cause: funding."),
        "supplier": _("Cause: the supplier."),
        "regulation": _("Cause: laws and regulations."),
        "capacity": _("Cause: capacity."),
        "dependency": _("Cause: something it waits for."),
        "changed_need": _("Cause: the need has changed."),
        "better_knowledge": _("Cause: better knowledge."),
        "correction": _("Cause: a correction of what was stated."),
        "reprioritised": _("Cause: other priorities."),
    }[code]
    return f"{said} {text}" if text else said
