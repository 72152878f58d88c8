"""A dataset's councils and evaluations: `council.toml` and `evaluation.toml`, with the Plan's own fields."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from veikart.core.kinds import Kind
from veikart.council import kinds as council
from veikart.engines.proposal import FoundAt, Item
from veikart.evaluation import kinds as evaluation

COUNCIL = {
    "bodies": council.BODY,
    "seats": council.SEAT,
    "cases": council.CASE,
    "papers": council.PAPER,
    "meetings": council.MEETING,
    "decisions": council.DECISION,
    "follow_ups": council.FOLLOW_UP,
    "work_plans": council.WORK_PLAN,
}
"""What the tables of `council.toml` are called, in the order in which they are put."""

EVALUATION = {
    "evaluations": evaluation.EVALUATION,
    "principles": evaluation.PRINCIPLE,
    "checks": evaluation.PRINCIPLE_CHECK,
}
"""The same for `evaluation.toml`."""

_TRANSLATIONS = ("nn", "en")


def read(folder: Path) -> list[Item]:
    """What the dataset in `folder` holds of councils and evaluations, in the order it is put.

    Raises ValueError with the file and the place if something does not fit.
    """
    council_items = _items(folder / "council.toml", COUNCIL)
    return [*council_items, *_items(folder / "evaluation.toml", EVALUATION)]


def _items(path: Path, tables: dict[str, Kind]) -> Iterator[Item]:
    if not path.exists():
        return
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ValueError(f"{path.name}: {problem}. Mend that place, and load again.") from problem
    unknown = sorted(found.keys() - tables.keys())
    if unknown:
        raise ValueError(
            f"{path.name}: expected tables called {', '.join(tables)}; found {', '.join(unknown)}. "
            "Mend the name, and load again."
        )
    for name, kind in tables.items():
        for number, entry in enumerate(found.get(name, []), 1):
            yield _item(f"{path.name}: {name}, entry {number}", kind, entry)


def _item(place: str, kind: Kind, entry: dict[str, Any]) -> Item:
    uid = entry.get("uid")
    if not isinstance(uid, str) or not kind.fits(uid):
        raise ValueError(
            f"{place}: expected a uid such as {kind.uid_example}, found {uid!r}. "
            "Write it as the first field."
        )
    allowed = {*kind.fields, "uid", *(_TRANSLATIONS if kind.translated else ())}
    unknown = sorted(entry.keys() - allowed)
    if unknown:
        raise ValueError(
            f"{place} ({uid}): expected the fields {', '.join(kind.fields)}; found "
            f"{', '.join(unknown)}. Mend the name, or leave it out."
        )
    values = {n: v for n, v in entry.items() if n != "uid" and n not in _TRANSLATIONS}
    for listed in kind.rows.keys() & values.keys():
        values[listed] = [{"no": no, **row} for no, row in enumerate(values[listed], 1)]
    if kind.translated and any(language in entry for language in _TRANSLATIONS):
        values["translations"] = {language: entry.get(language) for language in _TRANSLATIONS}
    return Item(kind=kind.name, key=uid, values=values, found_at=FoundAt())
