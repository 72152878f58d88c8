"""What confirming, splitting, merging, anchoring and setting aside points do to the state."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from veikart.engines.handling.actions import (
    Anchor,
    ChangeKind,
    Confirm,
    Event,
    Extract,
    MarkMissed,
    Merge,
    Piece,
    Reanchor,
    SetAside,
    Split,
    TakeUp,
)
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.state import Cell, Point, State, Write
from veikart.engines.handling.stepping import (
    Step,
    changed,
    made,
    numbers,
    point,
    points,
    reply,
    said,
    standing,
)
from veikart.engines.handling.steps_replies import point_of

INHERITED = ("kind", "anchors", "aside")
"""What a piece takes over from the point that it is a part of."""


def confirm(state: State, event: Event, action: Confirm) -> Step:
    """Those of the points that nobody had confirmed are so."""
    named = points(state, action.points)
    new = [found for found in named if not found.confirmed]
    if not new:
        raise Refusal("nothing_changes")
    return Step(
        tuple(changed("points", found.uid, "confirmed", True) for found in new),
        rests=tuple(Cell("points", found.uid, "confirmed") for found in named),
    )


def change_kind(state: State, event: Event, action: ChangeKind) -> Step:
    """The point is of this kind."""
    if point(state, action.point).kind == action.kind:
        raise Refusal("nothing_changes")
    return Step((changed("points", action.point, "kind", action.kind),))


def reanchor(state: State, event: Event, action: Reanchor) -> Step:
    """The point is about these things, as a person says."""
    said_so = tuple(replace(anchor, source="person") for anchor in action.anchors)
    if point(state, action.point).anchors == said_so:
        raise Refusal("nothing_changes")
    return Step((changed("points", action.point, "anchors", said_so),))


def set_aside(state: State, event: Event, action: SetAside) -> Step:
    """The point needs no outcome, for a reason."""
    reason = said(action.reason, action.point)
    if point(state, action.point).aside == reason:
        raise Refusal("nothing_changes")
    return Step((changed("points", action.point, "aside", reason),))


def take_up(state: State, event: Event, action: TakeUp) -> Step:
    """The point that was set aside needs an outcome after all."""
    if point(state, action.point).aside is None:
        raise Refusal("nothing_changes")
    return Step((changed("points", action.point, "aside", None),))


def mark_missed(state: State, event: Event, action: MarkMissed) -> Step:
    """A point that a person found in the reply; it is confirmed by that."""
    found = reply(state, action.reply)
    if not action.point.text.strip():
        raise Refusal("empty", uid=action.point.uid)
    new = point_of(action.point, reply=found.uid, version=found.version, confirmed=True)
    return Step(
        (made("originals", new.uid, action.point), made("points", new.uid, new)),
        rests=(Cell("replies", found.uid),),
        used=numbers(state, [new.uid], segment="punkt", of=found.uid),
    )


def split(state: State, event: Event, action: Split) -> Step:
    """The point becomes its pieces, each in the same themes."""
    old = point(state, action.point)
    if len(action.pieces) < 2:
        raise Refusal("too_few", found=len(action.pieces))
    if not _holds_the_same_words(state, old.extracts, [p.extracts for p in action.pieces]):
        raise Refusal("words_lost", uid=old.uid)
    new = [_piece(state, old, piece) for piece in action.pieces]
    return _becoming(state, [old], new, how="split")


def merge(state: State, event: Event, action: Merge) -> Step:
    """The points become one, in each theme that any of them is in."""
    old = points(state, action.points, least=2)
    if len({found.reply for found in old}) > 1:
        raise Refusal("another_reply")
    first = old[0]
    wordings = [found.proposed_wording for found in old if found.proposed_wording]
    whole = replace(
        first,
        uid=action.into,
        extracts=tuple(extract for found in old for extract in found.extracts),
        kind=action.kind or first.kind,
        proposed_wording="\n\n".join(wordings) or None,
        anchors=_anchors_of(old),
        aside=first.aside if all(found.aside for found in old) else None,
        is_retold=any(found.is_retold for found in old),
        confirmed=True,
        outcomes=(),
    )
    return _becoming(state, old, [whole], how="merged")


def _anchors_of(points: Iterable[Point]) -> tuple[Anchor, ...]:
    """The anchors of all `points`, each uid once."""
    found: dict[str, Anchor] = {}
    for anchor in (anchor for each in points for anchor in each.anchors):
        found.setdefault(anchor.uid, anchor)
    return tuple(found.values())


def _piece(state: State, old: Point, piece: Piece) -> Point:
    new = replace(
        old,
        uid=piece.uid,
        extracts=piece.extracts,
        kind=piece.kind or old.kind,
        confirmed=True,
        outcomes=(),
    )
    wording = old.proposed_wording
    is_here = wording is not None and _squeezed(wording) in _squeezed(state.text_of(new))
    return replace(new, proposed_wording=wording if is_here else None)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _becoming(state: State, old: Sequence[Point], new: Sequence[Point], *, how: str) -> Step:
    """The points `old` give way to `new`, which come into the same themes.

    That goes for themes that were merged or given up, too: that may be undone.
    """
    members = [
        (theme, point.uid)
        for theme in state.themes
        for point in new
        if any(state.members.get((theme, each.uid)) for each in old)
    ]
    return Step(
        (
            *(changed("points", each.uid, "gone", how) for each in old),
            *(made("points", each.uid, each) for each in new),
            *(Write(Cell("members", pair), True) for pair in members),
        ),
        rests=(*standing(*old), *_taken_over(state, old)),
        used=numbers(state, (each.uid for each in new), segment="punkt", of=old[0].reply),
    )


def _taken_over(state: State, old: Iterable[Point]) -> tuple[Cell, ...]:
    """What the new points take over from the old: fields, and being in themes."""
    return (
        *(Cell("points", each.uid, name) for each in old for name in INHERITED),
        *(
            Cell("members", (theme, each.uid))
            for each in old
            for theme in state.themes
            if (theme, each.uid) in state.members
        ),
    )


def _holds_the_same_words(
    state: State, whole: Iterable[Extract], pieces: Iterable[tuple[Extract, ...]]
) -> bool:
    """Whether each piece has words, and all of them together each of the whole's exactly once."""
    left = sorted(_characters(state, whole))
    taken: list[tuple[str, int]] = []
    for piece in pieces:
        found = _characters(state, piece)
        if not found:
            return False
        taken += found
    return sorted(taken) == left


def _characters(state: State, extracts: Iterable[Extract]) -> list[tuple[str, int]]:
    """The places of all characters but blanks; places that are not in the text count as such."""
    return [
        (extract.origin, place)
        for extract in extracts
        for place in range(extract.start, extract.end)
        if not _is_blank(state, extract.origin, place)
    ]


def _is_blank(state: State, origin: str, place: int) -> bool:
    text = state.originals[origin].text if origin in state.originals else ""
    return 0 <= place < len(text) and text[place].isspace()
