"""What making, renaming, filling, merging and splitting themes do to the state."""

from collections.abc import Iterable

from veikart.engines.handling.actions import (
    Event,
    MakeTheme,
    MergeThemes,
    PutInTheme,
    RemoveTheme,
    RenameTheme,
    SplitTheme,
    TakeOutOfTheme,
)
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.state import Cell, State, Theme, Write
from veikart.engines.handling.stepping import (
    Step,
    changed,
    made,
    named,
    numbers,
    points,
    said,
    standing,
    theme,
)


def make_theme(state: State, event: Event, action: MakeTheme) -> Step:
    """A theme, with the points that a person put in it from the start."""
    members = points(state, action.points) if action.points else []
    return Step(
        (
            _new(action.theme, action.title, action.sentence),
            *_answers(action.theme, (point.uid for point in members), yes=True),
        ),
        rests=standing(*members),
        used=numbers(state, [action.theme], segment="tema"),
    )


def rename_theme(state: State, event: Event, action: RenameTheme) -> Step:
    """The theme has this title and sentence."""
    found = theme(state, action.theme)
    new = (named(action.title, action.theme), _sentence(action.sentence))
    if new == (found.title, found.sentence):
        raise Refusal("nothing_changes")
    return Step(
        (
            changed("themes", found.uid, "title", new[0]),
            changed("themes", found.uid, "sentence", new[1]),
        )
    )


def put_in_theme(state: State, event: Event, action: PutInTheme) -> Step:
    """The points are in the theme."""
    return _answered(state, action.theme, action.points, yes=True)


def take_out_of_theme(state: State, event: Event, action: TakeOutOfTheme) -> Step:
    """The points are not in the theme, and are not proposed for it again."""
    return _answered(state, action.theme, action.points, yes=False)


def merge_themes(state: State, event: Event, action: MergeThemes) -> Step:
    """The themes become one with all their points."""
    old = [theme(state, uid) for uid in dict.fromkeys(action.themes)]
    if len(old) < 2:
        raise Refusal("too_few", found=len(old))
    inside = {uid: None for each in old for uid in state.said(each.uid, yes=True)}
    return Step(
        (
            *(changed("themes", each.uid, "gone", "merged") for each in old),
            _new(action.into, action.title, action.sentence),
            *_answers(action.into, inside, yes=True),
            *_placed(state, old, [action.into]),
        ),
        rests=(*standing(*old), *_all_answers(state, old), *_placing(state, old)),
        used=numbers(state, [action.into], segment="tema"),
    )


def split_theme(state: State, event: Event, action: SplitTheme) -> Step:
    """The theme becomes several, among which its points are dealt out."""
    old = theme(state, action.theme)
    if len(action.parts) < 2:
        raise Refusal("too_few", found=len(action.parts))
    inside = state.said(old.uid, yes=True)
    dealt = {uid for part in action.parts for uid in part.points}
    strangers = sorted(dealt.difference(inside))
    if strangers:
        raise Refusal("not_in_theme", uid=strangers[0])
    left = [uid for uid in inside if uid not in dealt]
    if left:
        raise Refusal("points_left_out", uids=left)
    writes = [changed("themes", old.uid, "gone", "split")]
    for part in action.parts:
        writes.append(_new(part.uid, part.title, part.sentence))
        writes += _answers(part.uid, dict.fromkeys(part.points), yes=True)
    writes += _placed(state, [old], [part.uid for part in action.parts])
    return Step(
        tuple(writes),
        rests=(*standing(old), *_all_answers(state, [old]), *_placing(state, [old])),
        used=numbers(state, (part.uid for part in action.parts), segment="tema"),
    )


def remove_theme(state: State, event: Event, action: RemoveTheme) -> Step:
    """The theme is given up."""
    found = theme(state, action.theme)
    said(action.reason, found.uid)
    return Step((changed("themes", found.uid, "gone", "removed"),))


def _answered(state: State, uid: str, about: Iterable[str], *, yes: bool) -> Step:
    found = theme(state, uid)
    named_points = points(state, about)
    new = [each for each in named_points if state.members.get((uid, each.uid)) is not yes]
    if not new:
        raise Refusal("nothing_changes")
    said_already = tuple(Cell("members", (uid, each.uid)) for each in named_points)
    return Step(
        _answers(uid, (each.uid for each in new), yes=yes),
        rests=(*standing(found, *named_points), *said_already),
    )


def _answers(theme: str, about: Iterable[str], *, yes: bool) -> tuple[Write, ...]:
    return tuple(Write(Cell("members", (theme, point)), yes) for point in about)


def _all_answers(state: State, themes: Iterable[Theme]) -> tuple[Cell, ...]:
    """What tells which points are in `themes`: each yes and no, and whether its point stands."""
    uids = {each.uid for each in themes}
    pairs = [pair for pair in state.members if pair[0] in uids]
    return (
        *(Cell("members", pair) for pair in pairs),
        *(Cell("points", point, "gone") for _theme, point in pairs),
    )


def _placed(state: State, old: Iterable[Theme], new: Iterable[str]) -> tuple[Write, ...]:
    """The new themes are in the change area of the old ones, if these are in one only."""
    uids = {area.uid for each in old if (area := state.area_of(each.uid))}
    if len(uids) != 1:
        return ()
    (found,) = uids
    return tuple(Write(Cell("placed", uid), found) for uid in new)


def _placing(state: State, themes: Iterable[Theme]) -> tuple[Cell, ...]:
    """What tells which change areas `themes` are in."""
    return tuple(
        cell
        for each in themes
        for cell in (
            Cell("placed", each.uid),
            *(
                Cell("areas", area.uid, "gone")
                for area in state.line_of(state.placed.get(each.uid))
            ),
        )
    )


def _new(uid: str, title: str, sentence: str | None) -> Write:
    new = Theme(uid=uid, title=named(title, uid), sentence=_sentence(sentence))
    return made("themes", uid, new)


def _sentence(text: str | None) -> str | None:
    return (text or "").strip() or None
