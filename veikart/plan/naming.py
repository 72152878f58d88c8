"""From edits to changes: objects that came and went first, then what changed in those that stayed."""

from collections import defaultdict
from typing import Any

from veikart.plan.change import Change, ChangeKind
from veikart.plan.difference import Edit
from veikart.plan.index import KINDS, Index, Thing, name_of
from veikart.plan.indicators import Indicator
from veikart.plan.model import Dependency, Plan
from veikart.plan.placing import goals_of, owners_of
from veikart.plan.shift import shift_between
from veikart.plan.sorting import PHASES, Slot, is_provenance, slots
from veikart.plan.succession import Succession

BOTH_PLACES = frozenset({"owner", "delmal", "grouping", "goal_link", "dependency"})
"""Kinds that concern the old place as well as the new: the owner who left, the goal it was under."""
CARRIED = frozenset(
    {"head", "causes", "sources", "schema", "places", "indicators", "consultations", "council",
     "evaluation"}
)  # fmt: skip
REFERENCE = (
    "kommune/", "fylke/", "sykehusomrade/", "datasett/", "horing/", "arbeidsmote/",
    "organ/", "mote/", "sak/", "arbeidsplan/", "evaluering/", "evalueringsprinsipp/",
)  # fmt: skip
"""What the plan refers to and does not decide: places, the data sets behind the figures, what others said in
hearings and workshops, and what councils and evaluations did (`decided_since` tells that)."""
SERIES = "/serie/"
LINKS: dict[str, ChangeKind] = {"dependency": "dependency", "prerequisite": "goal_link"}
"""Objects that are links between others: one that comes or goes is a change of the link."""


class Namer:
    """Takes in every edit between two plans, and gives each a place in one change."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self.before, self.after = before, after
        self.succession = Succession(before, after)
        self.causes = {cause.what: cause for cause in after.causes}
        self.come: dict[str, Edit] = {}
        self.gone: dict[str, Edit] = {}
        self.stones: dict[str, Edit] = {}
        self.inside: dict[str, list[Edit]] = defaultdict(list)
        self.measured: dict[str, list[Edit]] = defaultdict(list)
        self.carried: list[Edit] = []
        self.changes: list[Change] = []

    def take_in(self, edit: Edit) -> None:
        """Put `edit` with its like."""
        if _is_carried(edit):
            self.carried.append(edit)
        elif SERIES in edit.uid:
            self.measured[edit.uid.partition(SERIES)[0]].append(edit)
        elif edit.verb == "set" or edit.what != edit.uid:
            self.inside[edit.uid].append(edit)
        elif edit.uid.startswith("tombstones/"):
            self.stones[edit.uid.removeprefix("tombstones/")] = edit
        else:
            (self.come if edit.verb == "add" else self.gone)[edit.uid] = edit

    def named(self) -> tuple[list[Change], list[Edit]]:
        """The changes, and the edits that are no change of content."""
        self._name_gone()
        for uid in list(self.come):
            self._name_come(uid)
        for uid, edits in self.inside.items():
            self._name_inside(uid, edits)
        for uid, edits in self.measured.items():
            self._name_measured(uid, edits)
        self.carried += self.stones.values()
        return self.changes, self.carried

    # --- Objects that came and went -----------------------------------------------------------

    def _name_gone(self) -> None:
        following: dict[str, list[str]] = defaultdict(list)
        for uid in self.gone:
            successors = self.succession.successors(uid)
            if len(successors) == 1:
                following[successors[0]].append(uid)
            else:
                self._name_ended(uid, successors)
        for successor, uids in following.items():
            self._name_followed(tuple(uids), successor)

    def _name_ended(self, uid: str, successors: tuple[str, ...]) -> None:
        edits = [*self._going(uid), *self._coming(*successors)]
        thing = KINDS[type(self.before.index.by_uid[uid])]
        kind = "split" if successors else LINKS.get(thing, "removed")
        predecessors = (uid,) if successors else ()
        self._add(kind, uid, uid, edits, predecessors=predecessors, successors=successors)

    def _name_followed(self, uids: tuple[str, ...], successor: str) -> None:
        edits = [edit for uid in uids for edit in self._going(uid)]
        edits += self._coming(successor)
        what, about = successor, successor
        if len(uids) > 1:
            kind: ChangeKind = "merged"
        elif self.succession.is_recoded(uids[0], successor):
            kind, what = "renamed", f"{successor}/replaces"
            edits += self._taken(successor, what)
        else:
            kind, what, about = "replaced", uids[0], uids[0]
        self._add(kind, about, what, edits, predecessors=uids, successors=(successor,))

    def _name_come(self, uid: str) -> None:
        edits = self._coming(uid)
        if edits:
            thing = KINDS[type(self.after.index.by_uid[uid])]
            self._add(LINKS.get(thing, "added"), uid, uid, edits)

    def _name_measured(self, uid: str, edits: list[Edit]) -> None:
        """New figures are one change of their indicator, however many of them there are."""
        before, after = (_last_point(plan, uid) for plan in (self.before, self.after))
        self._add("measured", uid, uid, edits, before=before, after=after)

    def _going(self, uid: str) -> list[Edit]:
        stone = self.stones.pop(uid, None)
        return [self.gone[uid], *([stone] if stone else []), *self.measured.pop(uid, ())]

    def _coming(self, *uids: str) -> list[Edit]:
        found = []
        for uid in uids:
            edit, stone = self.come.pop(uid, None), self.stones.pop(uid, None)
            found += [edit for edit in (edit, stone) if edit]
            found += self.measured.pop(uid, ()) if edit else ()
        return found

    def _taken(self, uid: str, what: str) -> list[Edit]:
        taken = [edit for edit in self.inside.get(uid, ()) if edit.what == what]
        if taken:
            self.inside[uid] = [edit for edit in self.inside[uid] if edit.what != what]
        return taken

    # --- What changed inside those that stayed --------------------------------------------------

    def _name_inside(self, uid: str, edits: list[Edit]) -> None:
        stone = uid.startswith("tombstones/")
        old, new = self._editions(uid)
        grouped: dict[Slot, list[Edit]] = defaultdict(list)
        thing = "tombstone" if stone else KINDS.get(type(new), uid)
        for edit, slot in slots(old, new, edits, thing=thing, follows=self.succession.follows):
            grouped[slot].append(edit)
        for slot, members in grouped.items():
            self._add_inside(slot, uid, members, old, new)

    def _editions(self, uid: str) -> tuple[Any, Any]:
        if uid == "strategy":
            return self.before.strategy, self.after.strategy
        if uid.startswith("tombstones/"):  # a stone that both have
            gone = uid.removeprefix("tombstones/")
            return self.before.index.tombstones[gone], self.after.index.tombstones[gone]
        return self.before.index.by_uid.get(uid), self.after.index.by_uid.get(uid)

    def _add_inside(self, slot: Slot, uid: str, edits: list[Edit], old: Any, new: Any) -> None:
        what = f"{uid}/{slot.part}" if slot.part else _common(edits)
        first, last = slot.dates
        before, after = (None, None) if first or last else _values(slot, edits, old, new)
        self._add(
            slot.kind,
            uid,
            what,
            edits,
            before=before,
            after=after,
            date_before=first,
            date_after=last,
            shift=shift_between(first, last) if first and last else None,
            cause=self.causes.get(what),
        )

    # --- Putting a change together ----------------------------------------------------------------

    def _add(self, kind: ChangeKind, uid: str, what: str, edits: list[Edit], **more: Any) -> None:
        uid = uid.removeprefix("tombstones/")
        goals, owners = self._places(kind, uid)
        thing, name = self._called(uid)
        gone = (*more.get("predecessors", ()), uid)
        stones = self.after.index.tombstones
        self.changes.append(
            Change(
                id=f"{kind}:{what}",
                kind=kind,
                uid=uid,
                thing=thing,
                name=name,
                what=what,
                edits=tuple(edits),
                reason=next((stones[one].reason for one in gone if one in stones), None),
                goals=goals,
                owners=owners,
                **more,
            )
        )

    def _called(self, uid: str) -> tuple[str, str]:
        for index in (self.after.index, self.before.index):
            if uid in index.by_uid:
                return KINDS[type(index.by_uid[uid])], self._name(index.by_uid[uid], index)
        for index in (self.after.index, self.before.index):
            if uid in index.tombstones:
                return "tombstone", index.tombstones[uid].name
        return uid, self.after.strategy.title

    def _name(self, thing: Thing, index: Index) -> str:
        """What a person calls it; a dependency goes by the name of what waits."""
        subject = index.by_uid.get(thing.subject) if isinstance(thing, Dependency) else None
        return name_of(subject or thing)

    def _places(self, kind: ChangeKind, uid: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The goals and owners it counts under: those it has, and had where that is the change."""
        goals: dict[str, None] = {}
        owners: dict[str, None] = {}
        for plan in (self.after, self.before):
            thing = plan.index.by_uid.get(uid)
            if plan is self.after or uid not in self.after.index.by_uid or kind in BOTH_PLACES:
                goals.update(dict.fromkeys(goals_of(thing, plan.index)))
                owners.update(dict.fromkeys(owners_of(thing, plan.index)))
        return tuple(goals), tuple(owners)


def _is_carried(edit: Edit) -> bool:
    referred_to = edit.uid in CARRIED or edit.uid.startswith(REFERENCE)
    return referred_to or edit.verb == "order" or is_provenance(edit)


def _last_point(plan: Plan, uid: str) -> dict[str, Any] | None:
    """The period and value of the indicator's last figure, if it has one."""
    indicator = plan.index.by_uid.get(uid)
    result = plan.index.result_of(indicator) if isinstance(indicator, Indicator) else None
    known = [point for point in result.series if point.value is not None] if result else []
    return {"period": known[-1].period, "value": known[-1].value} if known else None


def _common(edits: list[Edit]) -> str:
    """The address of one edit, of the field that all of several are in, or of the object."""
    if len(edits) == 1:
        return edits[0].what
    uid = edits[0].uid
    fields = {edit.what[len(uid) + 1 :].partition("/")[0] for edit in edits}
    return f"{uid}/{fields.pop()}" if len(fields) == 1 else uid


def _values(slot: Slot, edits: list[Edit], old: Any, new: Any) -> tuple[Any, Any]:
    if slot.kind == "phase" and edits[0].verb == "set":
        periods = [_period(thing, slot.part) for thing in (old, new)]
        before, after = ({name: getattr(p, name) for name in PHASES} for p in periods)
        return before, after
    if len(edits) == 1 or slot.kind in ("less_certain", "more_certain"):
        shortest = min(edits, key=lambda edit: len(edit.what))
        return shortest.before, shortest.after
    paths = [edit.what[len(edit.uid) + 1 :] for edit in edits]
    return (
        {path: edit.before for path, edit in zip(paths, edits, strict=True)},
        {path: edit.after for path, edit in zip(paths, edits, strict=True)},
    )


def _period(thing: Any, part: str) -> Any:
    no = int(part.rpartition("/")[2])
    return next(period for period in thing.periods if period.no == no)
