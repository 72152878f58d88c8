"""What making, renaming, filling, merging and giving up change areas do to the state."""

from collections.abc import Iterable

from veikart.engines.handling.actions import (
    Event,
    MakeArea,
    MergeAreas,
    MoveThemes,
    RemoveArea,
    RenameArea,
)
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.state import Area, Cell, State, Theme, Write
from veikart.engines.handling.stepping import (
    Step,
    area,
    changed,
    made,
    named,
    numbers,
    said,
    standing,
    theme,
)


def make_area(state: State, event: Event, action: MakeArea) -> Step:
    """A change area, with the themes that a person put in it from the start."""
    themes = [theme(state, uid) for uid in dict.fromkeys(action.themes)]
    new = Area(uid=action.area, title=named(action.title, action.area))
    return Step(
        (made("areas", new.uid, new), *_put(themes, new.uid)),
        rests=standing(*themes),
        used=numbers(state, [new.uid], segment="endringsomrade"),
    )


def rename_area(state: State, event: Event, action: RenameArea) -> Step:
    """The change area has this title."""
    title = named(action.title, action.area)
    if area(state, action.area).title == title:
        raise Refusal("nothing_changes")
    return Step((changed("areas", action.area, "title", title),))


def move_themes(state: State, event: Event, action: MoveThemes) -> Step:
    """The themes are in this change area, or in none."""
    themes = [theme(state, uid) for uid in dict.fromkeys(action.themes)]
    if not themes:
        raise Refusal("empty")
    to = area(state, action.to) if action.to is not None else None
    if all(state.area_of(each.uid) == to for each in themes):
        raise Refusal("nothing_changes")
    rests = (*standing(*themes), *(standing(to) if to else ()))
    return Step(_put(themes, action.to), rests=rests)


def merge_areas(state: State, event: Event, action: MergeAreas) -> Step:
    """The change areas become one; what was put into or drafted from them is so with the new one."""
    old = [area(state, uid) for uid in dict.fromkeys(action.areas)]
    if len(old) < 2:
        raise Refusal("too_few", found=len(old))
    new = Area(uid=action.into, title=named(action.title, action.into))
    return Step(
        (
            made("areas", new.uid, new),
            *(changed("areas", each.uid, "gone", "merged") for each in old),
            *(changed("areas", each.uid, "into", new.uid) for each in old),
        ),
        used=numbers(state, [new.uid], segment="endringsomrade"),
    )


def remove_area(state: State, event: Event, action: RemoveArea) -> Step:
    """The change area is given up; refused while draft goals come from it, so that none loses its trail."""
    found = area(state, action.area)
    said(action.reason, found.uid)
    drafted = [goal.uid for goal in state.goals_of(found.uid)]
    if drafted:
        raise Refusal("has_goals", uid=found.uid, uids=drafted)
    whence = (Cell("goals", uid, name) for uid in state.goals for name in ("areas", "gone"))
    return Step((changed("areas", found.uid, "gone", "removed"),), rests=tuple(whence))


def _put(themes: Iterable[Theme], to: str | None) -> tuple[Write, ...]:
    return tuple(Write(Cell("placed", each.uid), to) for each in themes)
