"""A deliverable in words: what lists, cards and the roadmap's rows say about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from veikart.design import words
from veikart.design.templatetags.veikart import bokmal, in_language, text_of
from veikart.engines.dates import Certainty, FuzzyDate
from veikart.pages.memory import each_remembered
from veikart.pages.reading import Reading
from veikart.plan.model import Deliverable, Delmal, Phase, PhasePeriod, Plan, StrategicGoal

"""The roles that make an organisation an owner; who is merely involved is not one."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a list says about one deliverable, in one language."""

    uid: str
    address: str
    name: SafeString
    goal: StrategicGoal | None
    delmal: Delmal | None
    owners: SafeString
    owners_inherited: bool
    phases: str
    short_phases: str
    marks: tuple[int, ...]
    certainty: str
    status: str
    is_tentative: bool
    contradicts: bool
    when: SafeString
    sentence: str
    grouping: SafeString


def facts(reading: Reading, deliverables: Iterable[Deliverable]) -> list[Fact]:
    """The facts about each of `deliverables`, each made once for a plan and a language."""
    return each_remembered(reading, "facts", deliverables, _fact)


def phases_of(plan: Plan, period: PhasePeriod) -> list[Phase]:
    """The phases that `period` is in or spans, in order; none where the source names none."""
    first = plan.index.by_uid.get(period.first_phase or "")
    last = plan.index.by_uid.get(period.last_phase or "")
    if not isinstance(first, Phase) or not isinstance(last, Phase):
        return []
    return [phase for phase in plan.index.phases if first.number <= phase.number <= last.number]


def when(period: PhasePeriod) -> SafeString:
    """From when until when, with time elements."""
    if period.start is None and period.end is None:
        return format_html("{}", _("not dated"))
    begun = _time(period.start, words.start(period.start)) if period.start else ""
    if period.end is None:
        return mark_safe(begun)  # noqa: S308 (made by format_html)
    return format_html("{} {}", begun, _time(period.end, words.end(period.end)))


def organisations(reading: Reading, deliverable: Deliverable) -> tuple[list[str], bool]:
    """The names of those who own `deliverable`, and whether its grouping says so."""
    index = reading.plan.index
    uids, by_uid, inherited = index.owning(deliverable), index.by_uid, not deliverable.owners
    return [text_of(by_uid[uid]) for uid in uids if uid in by_uid], inherited


def _fact(reading: Reading, deliverable: Deliverable) -> Fact:
    plan, language = reading.plan, reading.language
    names, inherited = organisations(reading, deliverable)
    delmal = plan.index.by_uid.get(deliverable.delmal)
    grouping = plan.index.grouping_of(deliverable)
    periods = deliverable.periods
    marks = tuple(phase.number for phase in plan.index.phases_of(deliverable))
    return Fact(
        uid=deliverable.uid,
        address=reading.address(deliverable.uid),
        name=in_language(deliverable, language),
        goal=plan.index.goal_of(deliverable),
        delmal=delmal if isinstance(delmal, Delmal) else None,
        owners=bokmal(words.listed(names), language) if names else _involved(reading, deliverable),
        owners_inherited=inherited,
        phases="; ".join(_phases(plan, periods, language)),
        short_phases="; ".join(_phases(plan, periods, language, short=True)),
        marks=marks,
        certainty=words.certainty(_certainty(periods)),
        status=words.status(_certainty(periods)),
        is_tentative=_certainty(periods) == "tentative",
        contradicts=any(words.contradicts(period) for period in periods),
        when=mark_safe("; ".join(dict.fromkeys(when(p) for p in periods))),  # noqa: S308 (as above)
        sentence=" ".join(words.period(p, phases_of(plan, p), language) for p in periods),
        grouping=in_language(grouping, language) if grouping else SafeString(""),
    )


def _involved(reading: Reading, deliverable: Deliverable) -> SafeString:
    """Who is involved, where nobody is named as owner: the one, or how many."""
    index = reading.plan.index
    uids = dict.fromkeys(owner.organisation for owner in index.owners_of(deliverable)[0])
    names = [text_of(index.by_uid[uid]) for uid in uids if uid in index.by_uid]
    if not names:
        return SafeString("")
    said = _("%(count)d are involved") % {"count": len(names)}
    if len(names) == 1:
        said = _("Involved: %(names)s") % {"names": names[0]}
    return format_html('<span class="subtle">{}</span>', said)


def _phases(
    plan: Plan, periods: tuple[PhasePeriod, ...], language: str, *, short: bool = False
) -> dict[str, None]:
    names = (words.phase_names(phases_of(plan, p), language, short=short) for p in periods)
    return dict.fromkeys(names)


def _certainty(periods: tuple[PhasePeriod, ...]) -> Certainty:
    """The least certain of the periods: what a reader may count on."""
    order: tuple[Certainty, ...] = ("tentative", "planned", "decided")
    for code in order:
        if any(period.certainty == code for period in periods):
            return code
    return "tentative"


def _time(date: FuzzyDate, said: str) -> str:
    return format_html('<time datetime="{}">{}</time>', words.machine(date), said)
