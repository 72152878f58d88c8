"""The part of a trace that leads to decisions and from them: who decided it, in which case, and what became of it."""

from collections.abc import Iterable, Iterator, Sequence

from veikart.plan import decided
from veikart.plan.council import Case, Decision, Effect, FollowUp
from veikart.plan.index import KINDS, Index, name_of
from veikart.plan.model import Plan
from veikart.plan.trace_steps import Approval, Path, Relation, Step, Steps

EDITION = "utgave/"


class DecisionSteps:
    """Follows decisions; `path` holds the uids on the way, so that nothing is walked in circles.

    `approvals` are what is kept beside editions, which the plan itself does not hold.
    """

    def __init__(self, plan: Plan, approvals: Sequence[Approval] = ()) -> None:
        self.plan, self.index = plan, plan.index
        self.approvals = {one.edition: one for one in approvals}
        self.principles = {one.uid: one for one in plan.evaluation.principles}
        self._told: set[str] = set()

    # --- From a thing up to its decisions ------------------------------------------------------

    def above(self, uid: str, path: Path) -> Steps:
        """The decisions with an effect on `uid`, those in cases about it, and the cases that wait."""
        found: list[Step] = []
        for touch in decided.touching(self.index, uid):
            if touch.decision.uid in path:
                continue
            if not touch.effects:
                found += self._decision("touched_by", touch.decision, path)
            for effect in touch.effects:
                found += self._decision("decided_by", touch.decision, path, effect)
        principle = self.principles.get(uid)
        decision = self.index.decisions.get(principle.decision or "") if principle else None
        if decision is not None and decision.uid not in path:
            found += self._decision("decided_by", decision, path)
        waiting = decided.pending(self.index, uid)
        found += [self._case("raised_in", case, path) for case in waiting if case.uid not in path]
        return tuple(_each_once(found))

    def above_edition(self, number: str) -> Steps:
        """The decisions on the edition `number`: those in the plan, and the one its approval names."""
        path = (f"{EDITION}{number}",)
        listed = self._on_editions().get(number, [])
        steps = [
            s for one, effect in listed for s in self._decision("decided_by", one, path, effect)
        ]
        approval = self.approvals.get(number)
        if approval and self._is_new(approval, {one.uid for one, _effect in listed}):
            steps += self._approval(approval, path)
        return tuple(_each_once(steps))

    def _is_new(self, approval: Approval, told: set[str]) -> bool:
        """Whether `approval` tells more than the decisions `told`: another one, or who approved where none is."""
        return approval.decision not in told if approval.decision else not told

    def knows_edition(self, number: str) -> bool:
        """Whether the plan, or an approval that was handed in, tells of the edition `number`."""
        head = self.plan.head
        return number in {head.number, head.previous, *self.approvals, *self._on_editions()}

    def _on_editions(self) -> dict[str, list[tuple[Decision, Effect]]]:
        return self.index.kept("effects on editions", lambda: _by_edition(self.index))

    def _approval(self, approval: Approval, path: Path) -> Steps:
        decision = self.index.decisions.get(approval.decision or "")
        if decision is not None:
            return self._decision("decided_by", decision, path)
        if approval.body is None:
            return ()
        name = f"{approval.body} {approval.case}" if approval.case else approval.body
        return (
            Step(
                relation="decided_by",
                uid=approval.decision,
                kind="decision" if approval.decision else "body",
                name=name,
                reason=approval.text,
                effect="approves",
            ),
        )

    # --- From a decision ---------------------------------------------------------------------------

    def from_where(self, decision: Decision) -> Steps:
        """The case that `decision` was made in and the path it came, and the decisions its papers lean on."""
        path = (decision.uid,)
        case = self.index.cases.get(decision.case)
        if case is None:
            return ()
        return (self._case("decided_in", case, path), *self._cited(case, (*path, case.uid)))

    def led_to(self, decision: Decision) -> Steps:
        """What `decision` has an effect on, what its case is about beside that, and what follows from it."""
        case, path = self.index.cases.get(decision.case), (decision.uid,)
        touched = {effect.uid for effect in decision.effects}
        principles = (p.uid for p in self.principles.values() if p.decision == decision.uid)
        return (
            *(step for effect in decision.effects for step in self._effect(effect)),
            *(self._leaf("led_to", uid) for uid in principles if uid not in touched),
            *(
                self._leaf("about", uid)
                for uid in (case.about if case else ())
                if uid not in touched
            ),
            *self._follow_ups(decided.following(self.index, decision)),
            *(self._went_on(case, (*path, case.uid)) if case else ()),
        )

    def case_above(self, case: Case) -> Steps:
        """The case that `case` came from, and the decisions that its papers lean on."""
        path = (case.uid,)
        return (*self._came_from(case, path), *self._cited(case, path))

    def case_below(self, case: Case) -> Steps:
        """What was decided in `case` and what that led to; else what it is about; and where it went on."""
        decisions = self.index.decisions_in.get(case.uid, ())
        found = [
            Step(
                relation="decision",
                uid=one.uid,
                kind="decision",
                name=decided.called(self.index, one),
                reason=one.text,
                steps=tuple(s for s in self.led_to(one) if s.relation != "went_on_to"),
            )
            for one in decisions
        ]
        if not decisions:
            found += [self._leaf("about", uid) for uid in case.about]
        return (*found, *self._went_on(case, (case.uid,)))

    def follow_up_above(self, follow_up: FollowUp) -> Steps:
        """The decisions that `follow_up` follows from, or else its case."""
        path, index = (follow_up.uid,), self.index
        own = index.decisions.get(follow_up.decision or "")
        of_case = () if follow_up.decision else index.decisions_in.get(follow_up.case or "", ())
        listed = (own,) if own else of_case
        if listed:
            return tuple(step for one in listed for step in self._decision("follows", one, path))
        case = index.cases.get(follow_up.case or "")
        return (self._case("follows", case, path),) if case else ()

    # --- Single steps ----------------------------------------------------------------------------

    def _decision(
        self, relation: Relation, decision: Decision, path: Path, effect: Effect | None = None
    ) -> Steps:
        """The step up to `decision`; the path of its case is told where the decision is met first."""
        case = self.index.cases.get(decision.case)
        is_first = decision.uid not in self._told
        self._told.add(decision.uid)
        further = case is not None and case.uid not in path and is_first and case.came_from
        return (
            Step(
                relation=relation,
                uid=decision.uid,
                kind="decision",
                name=decided.called(self.index, decision),
                reason=effect.note if effect and effect.note else decision.text,
                steps=(self._case("decided_in", case, (*path, decision.uid)),)
                if further and case
                else (),
                effect=effect.kind if effect else None,
            ),
        )

    def _case(self, relation: Relation, case: Case, path: Path) -> Step:
        return Step(
            relation=relation,
            uid=case.uid,
            kind="case",
            name=decided.case_called(self.index, case),
            steps=self._came_from(case, (*path, case.uid)),
        )

    def _came_from(self, case: Case, path: Path) -> Steps:
        """The case that `case` came from and what was decided there, and so on back to the first."""
        before = self.index.cases.get(case.came_from or "")
        if before is None or before.uid in path:
            return ()
        listed = self.index.decisions_in.get(before.uid, ())
        return (
            Step(
                relation="came_from",
                uid=before.uid,
                kind="case",
                name=decided.case_called(self.index, before),
                reason=listed[0].text if listed else None,
                steps=self._came_from(before, (*path, before.uid)),
            ),
        )

    def _went_on(self, case: Case, path: Path) -> Steps:
        """The cases that `case` went on to, and so on."""
        return tuple(
            Step(
                relation="went_on_to",
                uid=after.uid,
                kind="case",
                name=decided.case_called(self.index, after),
                steps=self._went_on(after, (*path, after.uid)),
            )
            for after in self.index.cases_after.get(case.uid, ())
            if after.uid not in path
        )

    def _cited(self, case: Case, path: Path) -> Iterator[Step]:
        for uid in case.cites:
            decision = self.index.decisions.get(uid)
            if decision is not None and uid not in path:
                yield Step(
                    relation="cites",
                    uid=uid,
                    kind="decision",
                    name=decided.called(self.index, decision),
                    reason=decision.text,
                )

    def _effect(self, effect: Effect) -> Steps:
        if effect.uid:
            return (self._leaf(effect.kind, effect.uid, effect.note),)
        if effect.edition:
            return (self._leaf(effect.kind, f"{EDITION}{effect.edition}", effect.note),)
        return (Step(relation=effect.kind, uid=None, kind="text", name=effect.note or ""),)

    def _follow_ups(self, follow_ups: Iterable[FollowUp]) -> Iterator[Step]:
        for one in follow_ups:
            yield Step(
                relation="followed_up_by",
                uid=one.uid,
                kind="follow_up",
                name=one.what,
                reason=one.answer,
            )

    def _leaf(self, relation: Relation, uid: str, reason: str | None = None) -> Step:
        kind, name = self.called(uid)
        return Step(relation=relation, uid=uid, kind=kind, name=name, reason=reason)

    def called(self, uid: str) -> tuple[str, str]:
        """The kind of `uid` and what a person calls it, in whichever part of the plan; itself where unknown."""
        index = self.index
        thing, stone = index.by_uid.get(uid), index.tombstones.get(uid)
        if thing is not None:
            return KINDS[type(thing)], name_of(thing)
        if uid in index.decisions:
            return "decision", decided.called(index, index.decisions[uid])
        if uid in index.cases:
            return "case", decided.case_called(index, index.cases[uid])
        if uid in self.principles:
            return "principle", self.principles[uid].title
        if uid.startswith(EDITION):
            return "edition", uid.removeprefix(EDITION)
        for kind, known in _others(index).items():
            if uid in known:
                return kind, known[uid]
        return (stone.kind, stone.name) if stone else ("text", uid)


def _others(index: Index) -> dict[str, dict[str, str]]:
    """The names of what is neither of the plan nor a decision or case, by kind and uid; made once."""
    return index.kept(
        "names beside the plan",
        lambda: {
            "follow_up": {uid: one.what for uid, one in index.follow_ups.items()},
            "hearing": {uid: one.title for uid, one in index.hearings.items()},
            "theme": {uid: one.title for uid, one in index.themes.items()},
            "reply": {uid: one.respondent for uid, one in index.replies.items()},
            "point": {uid: one.text for uid, one in index.points.items()},
            "body": {uid: one.name for uid, one in index.bodies.items()},
        },
    )


def _by_edition(index: Index) -> dict[str, list[tuple[Decision, Effect]]]:
    """The effects on each edition, of the newest decision first."""
    found: dict[str, list[tuple[Decision, Effect]]] = {}
    for one in decided.newest_first(index, index.decisions.values()):
        for effect in one.effects:
            if effect.edition:
                found.setdefault(effect.edition, []).append((one, effect))
    return found


def _each_once(steps: Iterable[Step]) -> Iterator[Step]:
    met: set[tuple[str, str | None, str | None]] = set()
    for step in steps:
        key = (step.relation, step.uid, step.effect)
        if key not in met:
            met.add(key)
            yield step
