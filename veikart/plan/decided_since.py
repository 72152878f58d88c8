"""What was decided and done between two plans: new decisions, decisions that changed, follow-ups that were settled.

A decision is no change of the plan's own content, so it is no `Change`; but it is what a reader asks for first.
"""

import msgspec

from veikart.plan.council import Decision, FollowUp
from veikart.plan.decided import called, is_overdue, newest_first
from veikart.plan.model import Plan


class News(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One decision or follow-up: its address, what it is called, and which of its fields changed."""

    uid: str
    name: str
    fields: tuple[str, ...] = ()


class DecidedSince(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was decided and done between two plans; decisions newest first, follow-ups by address.

    `settled` are the follow-ups that were open and are done or dropped now, or came in settled; `given` those that
    are new and open; `fell_due` those that were there, are open still, and became overdue since. `gone` are
    decisions that are shown no more.
    """

    decided: tuple[News, ...] = ()
    changed: tuple[News, ...] = ()
    gone: tuple[News, ...] = ()
    settled: tuple[News, ...] = ()
    given: tuple[News, ...] = ()
    fell_due: tuple[News, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was decided or done."""
        return not any(getattr(self, name) for name in self.__struct_fields__)


def decided_since(before: Plan, after: Plan) -> DecidedSince:
    """What was decided and done from `before` to `after`."""
    if before.council == after.council and before.head.as_of == after.head.as_of:
        return DecidedSince()
    old, new = before.index.decisions, after.index.decisions
    came = [one for uid, one in new.items() if uid not in old]
    changed = [one for uid, one in new.items() if uid in old and old[uid] != one]
    gone = [one for uid, one in old.items() if uid not in new]
    return DecidedSince(
        decided=tuple(_news(after, one) for one in newest_first(after.index, came)),
        changed=tuple(
            _news(after, one, _fields(old[one.uid], one))
            for one in newest_first(after.index, changed)
        ),
        gone=tuple(_news(before, one) for one in newest_first(before.index, gone)),
        **_followed(before, after),
    )


def _followed(before: Plan, after: Plan) -> dict[str, tuple[News, ...]]:
    told: dict[str, list[News]] = {"settled": [], "given": [], "fell_due": []}
    known = before.index.follow_ups
    for uid, one in sorted(after.index.follow_ups.items()):
        old = known.get(uid)
        if place := _place(old, one, before, after):
            told[place].append(News(uid=uid, name=one.what))
    return {place: tuple(listed) for place, listed in told.items()}


def _place(old: FollowUp | None, one: FollowUp, before: Plan, after: Plan) -> str | None:
    if one.state != "open":
        return "settled" if old is None or old.state == "open" else None
    if old is None:
        return "given"
    is_late = is_overdue(one, on=after.head.as_of)
    return "fell_due" if is_late and not is_overdue(old, on=before.head.as_of) else None


def _news(plan: Plan, one: Decision, fields: tuple[str, ...] = ()) -> News:
    return News(uid=one.uid, name=called(plan.index, one), fields=fields)


def _fields(old: Decision, new: Decision) -> tuple[str, ...]:
    names = Decision.__struct_fields__
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))
