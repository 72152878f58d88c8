"""The pages about who and where: organisations, user groups and health regions."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.pages import areas, goals, origin
from veikart.pages.facts import facts
from veikart.pages.memory import remembered
from veikart.pages.missing import found
from veikart.pages.reading import Reading
from veikart.pages.standing import standing_words, starting, tally
from veikart.plan.model import Deliverable, Organisation, Plan, Region, UserGroup
from veikart.plan.rows import alphabetical

ROLES = ("accountable", "develops", "adapts", "introduces", "involved")


def owned(plan: Plan) -> dict[str, dict[str, list[Deliverable]]]:
    """By organisation and role: the deliverables that it has that role in, inherited ones too."""

    def make() -> dict[str, dict[str, list[Deliverable]]]:
        listed: dict[str, dict[str, list[Deliverable]]] = defaultdict(lambda: defaultdict(list))
        for deliverable in plan.roadmap.deliverables:
            for owner in plan.index.owners_of(deliverable)[0]:
                listed[owner.organisation][owner.role].append(deliverable)
        return listed

    return remembered(plan, "owned", make)


def used(plan: Plan) -> dict[str, list[Deliverable]]:
    """By user group and by region: the deliverables that are for it, inherited ones too."""

    def make() -> dict[str, list[Deliverable]]:
        listed: dict[str, list[Deliverable]] = defaultdict(list)
        for deliverable in plan.roadmap.deliverables:
            groups, _inherited = plan.index.user_groups_of(deliverable)
            regions, _inherited = plan.index.regions_of(deliverable)
            for uid in (*groups, *regions):
                listed[uid].append(deliverable)
        return listed

    return remembered(plan, "used", make)


def organisations(reading: Reading) -> dict[str, Any]:
    """The page of all organisations: those with a role in the plan, then the others."""
    plan = reading.plan
    listed = [
        {"organisation": one, "counts": _role_counts(plan, one.uid), "count": _count(plan, one.uid)}
        for one in sorted(plan.actors.organisations, key=lambda one: alphabetical(one.name))
    ]
    active = [entry for entry in listed if entry["count"]]
    without = [d for d in plan.roadmap.deliverables if not plan.index.owners_of(d)[0]]
    return {
        "lead": _(
            "%(active)d organisations have a role in the plan. %(without)s of %(total)s "
            "deliverables name none."
        )
        % {
            "active": len(active),
            "without": words.number(len(without)),
            "total": words.number(len(plan.roadmap.deliverables)),
        },
        "active": sorted(active, key=lambda entry: -entry["count"]),
        "others": [entry for entry in listed if not entry["count"]],
        "regions": plan.actors.regions,
    }


def organisation(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one organisation. Raises NotInPlan."""
    this: Organisation = found(reading, uid, Organisation)
    roles = owned(reading.plan).get(uid, {})
    unique = {d.uid: d for role in ROLES for d in roles.get(role, [])}
    region = next((r for r in reading.plan.actors.regions if r.organisation == uid), None)
    return _listing(reading, unique.values()) | {
        "organisation": this,
        "roles": [(role, facts(reading, roles[role])) for role in ROLES if role in roles],
        "successor": reading.plan.index.by_uid.get(this.successor or ""),
        "region": region,
        "filter": f"eier={uid.partition('/')[2]}",
        "history": origin.history_of(reading, uid),
    }


def user_groups(reading: Reading) -> dict[str, Any]:
    """The page of all user groups."""
    plan = reading.plan
    listed = [
        (group, tally(plan, used(plan).get(group.uid, []))) for group in plan.actors.user_groups
    ]
    without = [d for d in plan.roadmap.deliverables if not plan.index.user_groups_of(d)[0]]
    return {
        "lead": _(
            "The plan names %(groups)d user groups. %(without)s of %(total)s deliverables "
            "name none."
        )
        % {
            "groups": len(listed),
            "without": words.number(len(without)),
            "total": words.number(len(plan.roadmap.deliverables)),
        },
        "groups": sorted(listed, key=lambda pair: -pair[1].total),
        "regions": plan.actors.regions,
    }


def user_group(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one user group: when do we get it? Raises NotInPlan."""
    this: UserGroup = found(reading, uid, UserGroup)
    own = used(reading.plan).get(uid, [])
    return _listing(reading, own) | {
        "group": this,
        "regions": reading.plan.actors.regions,
        "filter": f"brukergruppe={uid.partition('/')[2]}",
        "history": origin.history_of(reading, uid),
    }


def region(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one health region. Raises NotInPlan."""
    this: Region = found(reading, uid, Region)
    own = used(reading.plan).get(uid, [])
    return _listing(reading, own) | {
        "region": this,
        "organisation": reading.plan.index.by_uid.get(this.organisation or ""),
        "table": areas.of_region(reading, this),
        "groups": reading.plan.actors.user_groups,
        "filter": f"region={uid.partition('/')[2]}",
        "history": origin.history_of(reading, uid),
    }


def _listing(reading: Reading, own: Iterable[Deliverable]) -> dict[str, Any]:
    """What these pages have in common: counts, what comes next, what is here, by goal."""
    plan, deliverables = reading.plan, list(own)
    counted = tally(plan, deliverables)
    by_goal: dict[str, list[Deliverable]] = defaultdict(list)
    for deliverable in deliverables:
        goal = plan.index.goal_of(deliverable)
        by_goal[goal.uid if goal else ""].append(deliverable)
    return {
        "lead": goals.lead(counted),
        "total": counted.total,
        "standings": standing_words(counted),
        "coming": [
            (facts(reading, [deliverable])[0], words.start(period.start))
            for deliverable, period in starting(plan, deliverables)
        ],
        "by_goal": [
            (goal, facts(reading, by_goal[goal.uid]))
            for goal in plan.index.goals
            if goal.uid in by_goal
        ],
    }


def _count(plan: Plan, uid: str) -> int:
    return len({d.uid for listed in owned(plan).get(uid, {}).values() for d in listed})


def _role_counts(plan: Plan, uid: str) -> str:
    roles = owned(plan).get(uid, {})
    return words.listed([role_count(role, len(roles[role])) for role in ROLES if role in roles])


def role_count(role: str, count: int) -> str:
    """How many deliverables an organisation has a role in, in words."""
    said = {
        "accountable": ngettext("accountable for %(n)d", "accountable for %(n)d", count),
        "develops": ngettext("develops %(n)d", "develops %(n)d", count),
        "adapts": ngettext("adapts %(n)d", "adapts %(n)d", count),
        "introduces": ngettext("introduces %(n)d", "introduces %(n)d", count),
        "involved": ngettext("involved in %(n)d", "involved in %(n)d", count),
    }[role]
    return said % {"n": count}
