"""What receiving, confirming, clearing and withdrawing a reply do to the state."""

from veikart.engines.handling.actions import (
    Clear,
    ConfirmReply,
    Event,
    Extract,
    ObjectToReply,
    Original,
    Receive,
    Withdraw,
)
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.state import (
    Cell,
    Clearance,
    Objection,
    Point,
    Reply,
    State,
    Write,
)
from veikart.engines.handling.stepping import Step, changed, made, named, numbers, reply, said


def receive(state: State, event: Event, action: Receive) -> Step:
    """A new reply, or a new version of one: its points stand, those of the version before lapse."""
    before = state.replies.get(action.reply)
    if before and before.withdrawn is not None:
        raise Refusal("gone", uid=action.reply, how="withdrawn")
    if action.version != (before.version + 1 if before else 1):
        raise Refusal("old_version", uid=action.reply)
    made_now = Reply(
        uid=action.reply,
        version=action.version,
        kind_of_respondent=action.kind_of_respondent,
        received_at=event.at,
        withheld_before=before.withheld if before else (),
    )
    originals = [write for one in action.points for write in _taken_in(one, action)]
    uids = (one.uid for one in action.points)
    return Step(
        (made("replies", action.reply, made_now), *_lapsing(state, action.reply), *originals),
        rests=tuple(Cell("replies", action.reply, name) for name in SAID) if before else (),
        used=numbers(state, uids, segment="punkt", of=action.reply),
    )


SAID = ("confirmed_at", "objection", "clearance")
"""What people say of one version. Once a newer one has come, none of it is undone: undoing puts back
what was there before, and that was said of the older version.
"""


def _taken_in(original: Original, action: Receive) -> tuple[Write, Write]:
    standing = point_of(original, reply=action.reply, version=action.version)
    return made("originals", original.uid, original), made("points", original.uid, standing)


def point_of(original: Original, *, reply: str, version: int, confirmed: bool = False) -> Point:
    """The point as it stands when nobody has done anything with `original` yet."""
    return Point(
        uid=original.uid,
        reply=reply,
        version=version,
        extracts=(Extract(origin=original.uid, start=0, end=len(original.text)),),
        kind=original.kind,
        heading_path=original.heading_path,
        proposed_wording=original.proposed_wording,
        question=original.question,
        goal=original.goal,
        found_at=original.found_at,
        anchors=original.anchors,
        is_retold=original.is_retold,
        confirmed=confirmed,
    )


def _lapsing(state: State, uid: str) -> tuple[Write, ...]:
    return tuple(
        changed("points", point.uid, "gone", "lapsed")
        for point in state.points.values()
        if point.reply == uid and point.gone is None
    )


def confirm_reply(state: State, event: Event, action: ConfirmReply) -> Step:
    """The respondent says that this version was read right; an objection made before is answered."""
    found = _version(state, action.reply, action.version)
    if found.confirmed_at is not None:
        raise Refusal("nothing_changes")
    return _read(found, confirmed_at=event.at, objection=None)


def object_to_reply(state: State, event: Event, action: ObjectToReply) -> Step:
    """The respondent says that this version was read wrong; a confirmation made before is taken back."""
    found = _version(state, action.reply, action.version)
    told = said(action.said, action.reply)
    if found.objection is not None and found.objection.said == told:
        raise Refusal("nothing_changes")
    return _read(found, confirmed_at=None, objection=Objection(said=told, at=event.at))


def _version(state: State, uid: str, version: int) -> Reply:
    """The reply `uid`, if `version` is the one that holds. Raises Refusal."""
    found = reply(state, uid)
    if found.version != version:
        raise Refusal("old_version", uid=uid)
    return found


def _read(found: Reply, **said_of_it: object) -> Step:
    """What is said of how a reply was read."""
    return Step(
        tuple(changed("replies", found.uid, name, value) for name, value in said_of_it.items())
    )


def clear(state: State, event: Event, action: Clear) -> Step:
    """This version may be published, less the words withheld."""
    _version(state, action.reply, action.version)
    for withheld in action.withheld:
        said(withheld.reason, action.reply)
        if len(withheld.words.strip()) < SHORTEST_WITHHELD:
            raise Refusal("empty", uid=action.reply)
    clearance = Clearance(
        shown_as=named(action.shown_as, action.reply),
        is_initials=action.is_initials,
        has_consent=action.has_consent,
        withheld=action.withheld,
        at=event.at,
        by=event.by,
    )
    version = Cell("replies", action.reply)
    return Step((changed("replies", action.reply, "clearance", clearance),), rests=(version,))


SHORTEST_WITHHELD = 2
"""One letter cannot be withheld: it stands everywhere."""


def withdraw(state: State, event: Event, action: Withdraw) -> Step:
    """The reply is withdrawn: its points lapse."""
    found = reply(state, action.reply)
    reason = said(action.reason, action.reply)
    return Step(
        (changed("replies", found.uid, "withdrawn", reason), *_lapsing(state, found.uid)),
    )
