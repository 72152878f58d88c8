"""The pages about what the roadmap holds: one grouping, one deliverable."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from veikart.design import words
from veikart.design.templatetags.veikart import bokmal, text_of
from veikart.pages import decided_here, goals, origin, roadmap, said_here
from veikart.pages.facts import facts, organisations, phases_of, when
from veikart.pages.memory import remembered
from veikart.pages.missing import found
from veikart.pages.reading import Reading
from veikart.pages.standing import standing_words, tally
from veikart.plan.model import Deliverable, Dependency, Grouping, Ownership


def deliverable(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one deliverable: what is this, when, who, why? Raises NotInPlan."""
    this: Deliverable = found(reading, uid, Deliverable)
    index = reading.plan.index
    owners, owners_inherited = index.owners_of(this)
    groups, groups_inherited = index.user_groups_of(this)
    regions, regions_inherited = index.regions_of(this)
    grouping = index.grouping_of(this)
    siblings = index.deliverables.get(this.grouping, [])
    return {
        "deliverable": this,
        "fact": facts(reading, [this])[0],
        "goal": index.goal_of(this),
        "delmal": index.by_uid.get(this.delmal),
        "trail": [index.goal_of(this), index.by_uid.get(this.delmal), grouping],
        "lead": lead(reading, this),
        "others": [index.by_uid[other] for other in this.other_delmal if other in index.by_uid],
        "grouping": grouping,
        "periods": [_period(reading, period) for period in this.periods],
        "timeline": roadmap.excerpt(reading, siblings, current=uid),
        "siblings": len(siblings) - 1,
        "owners": owner_lines(reading, owners),
        "owners_inherited": owners_inherited and bool(owners),
        "user_groups": [index.by_uid[group] for group in groups if group in index.by_uid],
        "user_groups_inherited": groups_inherited and bool(groups),
        "regions": [index.by_uid[region] for region in regions if region in index.by_uid],
        "regions_inherited": regions_inherited and bool(regions),
        "without_end": without_end(reading, this),
        "said": said_here.of(reading, uid),
        "decided": decided_here.of(reading, uid, above=(this.grouping, this.delmal)),
        "origin": origin.of(reading, uid),
        "history": origin.history_of(reading, uid),
        **_dependencies(reading, this.uid, this.grouping),
    }


def grouping(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one grouping: its deliverables as a timeline. Raises NotInPlan."""
    this: Grouping = found(reading, uid, Grouping)
    plan, index = reading.plan, reading.plan.index
    own = index.deliverables.get(uid, [])
    counted = tally(plan, own)
    delmal = index.by_uid.get(this.delmal)
    return {
        "grouping": this,
        "delmal": delmal,
        "goal": index.by_uid.get(getattr(delmal, "goal", "")),
        "trail": [index.by_uid.get(getattr(delmal, "goal", "")), delmal],
        "lead": goals.lead(counted),
        "standings": standing_words(counted),
        "timeline": roadmap.excerpt(reading, own),
        "owners": owner_lines(reading, this.owners),
        "user_groups": [index.by_uid[group] for group in this.user_groups if group in index.by_uid],
        "regions": [index.by_uid[region] for region in this.regions if region in index.by_uid],
        "said": said_here.of(reading, uid),
        "decided": decided_here.of(reading, uid, above=(this.delmal,)),
        "origin": origin.of(reading, uid),
        "history": origin.history_of(reading, uid),
        **_dependencies(reading, uid),
    }


def lead(reading: Reading, this: Deliverable) -> str:
    """What it is and when, in one sentence for each period, and who owns it."""
    fact = facts(reading, [this])[0]
    names, _inherited = organisations(reading, this)
    if not names:
        return fact.sentence
    said = _("Owned by %(owners)s.") % {"owners": words.listed(names)}
    return f"{fact.sentence} {said}"


def owner_lines(reading: Reading, owners: tuple[Ownership, ...]) -> list[tuple[str, SafeString]]:
    """The owners by role: what the role is called, and who has it, with links."""
    by_role: dict[str, list[SafeString]] = {}
    for owner in owners:
        thing = reading.plan.index.by_uid.get(owner.organisation)
        name = text_of(thing) if thing else owner.organisation
        link = format_html('<a href="{}">{}</a>', reading.address(owner.organisation), name)
        if owner.note:
            link = format_html("{} ({})", link, bokmal(owner.note, reading.language))
        by_role.setdefault(owner.role, []).append(link)
    return [(role_name(role), link) for role, links in by_role.items() for link in links]


def role_name(role: str) -> str:
    """What a role is called."""
    return {
        "accountable": _("Accountable"),
        "develops": _("Develops"),
        "adapts": _("Adapts"),
        "introduces": _("Introduces"),
        "involved": _("Involved"),
    }[role]


def without_end(reading: Reading, this: Deliverable) -> str:
    """That no end is given, and how common that is; empty where there is one."""
    if any(period.end for period in this.periods):
        return ""
    deliverables = reading.plan.roadmap.deliverables
    count = remembered(
        reading.plan,
        "without end",
        lambda: sum(all(period.end is None for period in d.periods) for d in deliverables),
    )
    return _("No end date is given (as for %(count)s of %(total)s deliverables).") % {
        "count": words.number(count),
        "total": words.number(len(deliverables)),
    }


def _period(reading: Reading, period: Any) -> dict[str, Any]:
    phases = phases_of(reading.plan, period)
    return {
        "period": period,
        "phases": phases,
        "marks": [phase.number for phase in phases],
        "name": words.phase_names(phases, reading.language),
        "when": when(period),
        "sentence": words.period(period, phases, reading.language),
        "contradiction": words.contradiction(period) if words.contradicts(period) else "",
        "status": words.status(period.certainty),
    }


def _dependencies(reading: Reading, *uids: str) -> dict[str, Any]:
    """What these wait for, and what waits for them."""
    index = reading.plan.index
    waits = [d for uid in uids for d in index.waits_for.get(uid, [])]
    awaited = [d for uid in uids for d in index.awaited_by.get(uid, [])]
    return {
        "waits_for": [_dependency(reading, one, one.on, uids[0]) for one in waits],
        "awaited_by": [_dependency(reading, one, one.subject, uids[0]) for one in awaited],
    }


def _dependency(
    reading: Reading, one: Dependency, other: str | None, subject: str
) -> dict[str, Any]:
    thing = reading.plan.index.by_uid.get(other or "")
    return {
        "name": thing or one,
        "address": reading.link(other) if other else None,
        "state": state_words(one.state),
        "reason": one.reason,
        "inherited": subject not in (one.subject, one.on),
    }


def state_words(state: str) -> str:
    """How far a dependency is agreed, in words."""
    return {
        "proposed": _("not confirmed"),
        "accepted": _("confirmed"),
        "disputed": _("disputed"),
        "resolved": _("resolved"),
        "broken": _("broken"),
    }[state]
