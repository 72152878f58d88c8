"""Lines of an agenda or an attendance put together: what a document says into what people have made of it.

A document is one voice among several. A line that it does not mention stays; a line that a person has taken away
since it was accepted does not come back; a value that a person has changed since it was accepted is not
changed back.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from veikart.engines.slugs import slug

Line = Mapping[str, Any]
Same = Callable[[Line], tuple[Any, ...]]
"""What tells a line from others: two lines with the same answer speak of the same."""


def agenda_line(line: Line) -> tuple[Any, ...]:
    """A case is itself, before or after a break; any other line is its title."""
    if line.get("case"):
        return ("case", line["case"], bool(line.get("is_continued")))
    return ("other", slug(str(line.get("title") or line.get("basis") or "")))


def attendance_line(line: Line) -> tuple[Any, ...]:
    """A person is the name; without one, the organisation in its role."""
    if line.get("person"):
        return ("person", slug(str(line["person"])))
    return ("organisation", slug(str(line.get("organisation_name") or "")), line.get("role"))


def merged(
    held: Iterable[msgspec.Struct],
    said: Sequence[Line],
    before: Sequence[Line],
    *,
    same: Same,
) -> list[dict[str, Any]]:
    """The lines that `held` would be with what is `said`, numbered from 1.

    `before` are the lines as they were accepted last. A line that is new comes behind the one that it follows.
    """
    lines = _told_apart((_plain(line) for line in held), same)
    accepted = _told_apart(before, same)
    order = list(lines)
    place = 0
    for key, line in _told_apart(said, same).items():
        if key in lines:
            lines[key] |= _news(line, lines[key], accepted.get(key, {}))
            place = order.index(key) + 1
        elif key not in accepted:
            lines[key] = dict(line)
            order.insert(place, key)
            place += 1
    return [{**lines[key], "no": number} for number, key in enumerate(order, start=1)]


def _news(said: Line, held: Line, accepted: Line) -> dict[str, Any]:
    return {
        name: value
        for name, value in said.items()
        if value is not None
        and value != held.get(name)
        and not (name in accepted and accepted[name] == value)
    }


def _told_apart(lines: Iterable[Line], same: Same) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The lines by what they are; the second of the same is another."""
    times: Counter[tuple[Any, ...]] = Counter()
    found = {}
    for line in lines:
        key = same(line)
        times[key] += 1
        found[*key, times[key]] = {name: value for name, value in line.items() if name != "no"}
    return found


def _plain(line: msgspec.Struct) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(line)
    return plain
