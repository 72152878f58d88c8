"""The order of an agenda: moving lines, putting new ones in, and what every meeting begins and ends with; pure.

Approval of the summons comes first, of the minutes second, any other business last. A case that stands on the
agenda again after a break is continued there, whichever of its lines is moved.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from veikart.council.coming_back import is_line
from veikart.plan.council import AgendaItem

Lines = tuple[AgendaItem, ...]
FixedCases = Mapping[str, str | None]
"""What each case is of those that every meeting has, by uid; None for all others."""

_ORDINARY = 2
_RANK = {"summons": 0, "minutes": 1, "other_business": 3}


def rank(item: AgendaItem, fixed: FixedCases) -> int:
    """Where a line belongs: 0 first, 1 second, 2 between, 3 last."""
    return _RANK.get(fixed.get(item.case or "") or "", _ORDINARY)


def numbered(items: Iterable[AgendaItem]) -> Lines:
    """The lines numbered from 1; a case is continued wherever it stands again."""
    seen: set[str | None] = {None}
    lines = []
    for no, item in enumerate(items, start=1):
        lines.append(replace(item, no=no, is_continued=item.case is not None and item.case in seen))
        seen.add(item.case)
    return tuple(lines)


def moved(lines: Lines, no: int, *, after: int, fixed: FixedCases) -> Lines:
    """The lines with the one numbered `no` right after the one numbered `after`; 0 is first of all.

    Raises ValidationError for lines that are not there, and where a fixed case would lose its place.
    """
    item = _found(lines, no)
    rest = [one for one in lines if one.no != no]
    place = next((i for i, one in enumerate(rest, start=1) if one.no == after), 0)
    if after and not place:
        raise _unknown(after)
    made = numbered([*rest[:place], item, *rest[place:]])
    _refuse_disorder(lines, made, fixed)
    return made


def places(lines: Lines, no: int, *, fixed: FixedCases) -> list[int]:
    """After which lines the line `no` may stand, 0 for first of all; not where it stands already."""
    here = [one.no for one in lines].index(no)
    before = lines[here - 1].no if here else 0
    found = []
    for after in [0, *(one.no for one in lines)]:
        if after in (no, before):
            continue
        try:
            moved(lines, no, after=after, fixed=fixed)
        except ValidationError:
            continue
        found.append(after)
    return found


def put_in(lines: Lines, item: AgendaItem, *, fixed: FixedCases) -> Lines:
    """The lines with a new one where it belongs: ordinary ones before what comes back and what ends the meeting."""
    own = rank(item, fixed)
    place = len(lines)
    while place and rank(lines[place - 1], fixed) > own:
        place -= 1
    if own == _ORDINARY and place and is_line(lines[place - 1]):
        place -= 1
    return numbered([*lines[:place], item, *lines[place:]])


def put_after(lines: Lines, item: AgendaItem, *, after: int, fixed: FixedCases) -> Lines:
    """The lines with a new one right after the line `after`. Raises ValidationError as `moved`."""
    new = replace(item, no=len(lines) + 1)
    return moved((*lines, new), new.no, after=after, fixed=fixed)


def without(lines: Lines, no: int) -> Lines:
    """The lines without the one numbered `no`. Raises ValidationError if it is not there."""
    item = _found(lines, no)
    return numbered(one for one in lines if one is not item)


def ending(lines: Sequence[AgendaItem], fixed: FixedCases) -> int:
    """How many lines at the end are what every meeting ends with."""
    return sum(1 for item in lines if rank(item, fixed) == _RANK["other_business"])


def stamp(lines: Lines) -> str:
    """What the agenda is known by, so that nobody changes one that somebody else has changed meanwhile."""
    return hashlib.sha256(msgspec.json.encode(lines)).hexdigest()[:16]


def _found(lines: Lines, no: int) -> AgendaItem:
    found = next((one for one in lines if one.no == no), None)
    if found is None:
        raise _unknown(no)
    return found


def _unknown(no: int) -> ValidationError:
    return ValidationError(
        _("Expected a line of the agenda; found number %(no)d. Open the agenda anew."),
        code="unknown_line",
        params={"no": no},
    )


def _refuse_disorder(before: Lines, after: Lines, fixed: FixedCases) -> None:
    if _is_ordered(after, fixed) or not _is_ordered(before, fixed):
        return
    raise ValidationError(
        _(
            "Approval of the summons comes first, approval of the minutes second, and any other "
            "business last. Choose a place between them."
        ),
        code="fixed_place",
    )


def _is_ordered(lines: Lines, fixed: FixedCases) -> bool:
    ranks = [rank(item, fixed) for item in lines]
    return ranks == sorted(ranks)
