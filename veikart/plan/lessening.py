"""What may be shown of an approved plan: less than it holds, once a reply is withdrawn or words are withheld.

The plan itself is never changed. What is shown is another value, made of it each time it is asked for.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from veikart.engines.handling.withholding import Mask
from veikart.plan.consultations import Consultations, Point, Redaction, Reply, Theme
from veikart.plan.model import Plan, Tombstone
from veikart.plan.part import Part

TEXTS = frozenset(
    ("title", "sentence", "text", "reason", "before", "after", "case", "nn", "en", "name")
)
"""The fields with words of ours, in what is said about replies."""


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """What a hearing hides by now.

    `stones` are those of withdrawn replies, `masks` hide words in each reply itself, and `about` in
    what is said of any. `shown_as` is what stands for the name of who is shown by initials, and `redactions`
    tell what is withheld of each reply, with places still to be counted (0).
    """

    stones: Mapping[str, Tombstone]
    masks: Mapping[str, Mask]
    about: Mask
    shown_as: Mapping[str, str]
    redactions: Mapping[str, tuple[Redaction, ...]]


Some = TypeVar("Some", bound=Part)


def lessened(plan: Plan, hidden: Mapping[str, Hidden]) -> Plan:
    """`plan` without what is hidden by now, by hearing; `plan` itself if it shows nothing of that."""
    said = plan.consultations
    gone = {
        reply.uid: stone
        for reply in said.replies
        if (hides := hidden.get(reply.hearing)) and (stone := hides.stones.get(reply.uid))
    }
    shown = _said(said, hidden, gone)
    stones = _stones(plan, hidden, gone)
    if shown == said and stones == plan.tombstones:
        return plan
    return replace(plan, consultations=shown, tombstones=stones)


def _said(
    said: Consultations, hidden: Mapping[str, Hidden], gone: Mapping[str, Tombstone]
) -> Consultations:
    points = _points((p for p in said.points if p.reply not in gone), hidden)
    left = {point.uid for point in points}
    return replace(
        said,
        replies=tuple(
            _reply(one, hidden[one.hearing]) if one.hearing in hidden else one
            for one in said.replies
            if one.uid not in gone
        ),
        points=points,
        themes=tuple(_theme(one, left) for one in _about(said.themes, hidden)),
        change_areas=_about(said.change_areas, hidden),
        draft_goals=_about(said.draft_goals, hidden),
        priority_rounds=_about(said.priority_rounds, hidden),
    )


def _reply(reply: Reply, hides: Hidden) -> Reply:
    mask = hides.masks.get(reply.uid)
    if mask is None:
        return reply
    answers = tuple(
        replace(one, choice=mask.of_any(one.choice), text=mask.of_any(one.text))
        for one in reply.answers
    )
    shown_as = hides.shown_as.get(reply.uid)
    respondent = shown_as or mask.of(reply.respondent)
    if answers == reply.answers and respondent == reply.respondent:
        return reply
    known = {(one.basis, one.reason) for one in reply.redactions}
    new = (r for r in hides.redactions.get(reply.uid, ()) if (r.basis, r.reason) not in known)
    return replace(
        reply,
        respondent=respondent,
        organisation=reply.organisation if respondent == reply.respondent else None,
        is_initials=reply.is_initials or shown_as is not None,
        fingerprint=None,
        answers=answers,
        redactions=(*reply.redactions, *new),
    )


def _points(points: Iterable[Point], hidden: Mapping[str, Hidden]) -> tuple[Point, ...]:
    by_reply: dict[str, list[Point]] = {}
    for point in points:
        by_reply.setdefault(point.reply, []).append(point)
    shown = []
    for reply, own in by_reply.items():
        own.sort(key=lambda point: point.no)
        hides = hidden.get(own[0].hearing)
        mask = hides.masks.get(reply) if hides else None
        if hides is None or mask is None:
            shown += own
            continue
        texts = mask.of_all([point.text for point in own])
        shown += [_point(p, text, mask, hides) for p, text in zip(own, texts, strict=True)]
    return tuple(sorted(shown, key=lambda point: point.uid))


def _point(point: Point, text: str, mask: Mask, hides: Hidden) -> Point:
    return replace(
        point,
        text=text,
        heading_path=tuple(mask.of(heading) for heading in point.heading_path),
        proposed_wording=mask.of_any(point.proposed_wording),
        found_at=point.found_at if text == point.text else None,
        outcome=_masked(_masked(point.outcome, hides.about), mask) if point.outcome else None,
    )


def _theme(theme: Theme, left: set[str]) -> Theme:
    return replace(theme, points=tuple(uid for uid in theme.points if uid in left))


def _about(things: tuple[Some, ...], hidden: Mapping[str, Hidden]) -> tuple[Some, ...]:
    """`things` that are said about replies, without what any reply to their hearing withholds."""
    return tuple(
        _masked(one, hides.about)
        if (hides := hidden.get(str(getattr(one, "hearing", ""))))
        else one
        for one in things
    )


def _masked(part: Some, mask: Mask) -> Some:
    written = msgspec.to_builtins(part)
    masked = _without(written, mask)
    return part if masked == written else msgspec.convert(masked, type(part))


def _without(value: Any, mask: Mask, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _without(inner, mask, key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without(inner, mask, name) for inner in value]
    return mask.of(value) if isinstance(value, str) and name in TEXTS else value


def _stones(
    plan: Plan, hidden: Mapping[str, Hidden], gone: Mapping[str, Tombstone]
) -> tuple[Tombstone, ...]:
    """The plan's stones and those of replies that are gone since, with the reasons as they may be shown."""
    now = {uid: stone for hides in hidden.values() for uid, stone in hides.stones.items()}
    kept = [now.get(stone.uid, stone) for stone in plan.tombstones if stone.uid not in gone]
    return tuple(sorted([*kept, *gone.values()], key=lambda stone: stone.uid))
