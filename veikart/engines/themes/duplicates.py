"""Texts that are nearly the same: one text that many sent, with more or less of their own in it.

Two texts are as alike as the share of their runs of four words that both have (Jaccard's measure).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

import msgspec

from veikart.engines.themes.words import words

RUN = 4  # words
ALIKE = 0.6

Runs = frozenset[tuple[str, ...]]


class Alike(msgspec.Struct, frozen=True):
    """Texts that are nearly the same as one of them, the `pattern`, from the most alike on.

    `ids` has the pattern too, first; `likeness` stands beside it, 1 for the same words.
    """

    pattern: str
    ids: tuple[str, ...]
    likeness: tuple[float, ...]


class _Copies(msgspec.Struct, frozen=True):
    """Texts of the very same words; each run is a number, the lower the fewer texts have it."""

    ids: tuple[str, ...]
    runs: frozenset[int]


def near_duplicates(texts: Mapping[str, str], *, alike: float = ALIKE) -> tuple[Alike, ...]:
    """The sets of texts, by id, that are at least `alike` the same (0–1), the largest set first.

    What most sent word for word is taken as a pattern first; each text goes to the pattern it is most
    alike, and is one itself if it is like none. So no chain makes two texts one that are not
    alike. Texts without a word, and texts that are like no other, are in no set.
    Raises ValueError unless `alike` is above 0 and at most 1.
    """
    if not 0 < alike <= 1:
        raise ValueError(f"Expected a likeness above 0 and at most 1; found {alike}.")
    copies = _copies(texts)
    sets: dict[int, list[tuple[float, _Copies]]] = defaultdict(list)
    patterns_with: dict[int, list[int]] = defaultdict(list)
    for number, each in enumerate(copies):
        telling = _telling_runs(each.runs, alike)
        candidates = {place for run in telling for place in patterns_with.get(run, ())}
        found = _most_alike(each.runs, sorted(candidates), copies, alike)
        if found is None:
            sets[number].append((1.0, each))
            for run in telling:
                patterns_with[run].append(number)
        else:
            likeness, place = found
            sets[place].append((likeness, each))
    told = (_told(members) for members in sets.values())
    return tuple(sorted((one for one in told if len(one.ids) > 1), key=_largest_first))


def runs(text: str) -> Runs:
    """The runs of four words in a row; of a shorter text the one run that it is."""
    found = words(text)
    if not found:
        return frozenset()
    last = max(len(found) - RUN + 1, 1)
    return frozenset(tuple(found[start : start + RUN]) for start in range(last))


def likeness(one: frozenset[Any], other: frozenset[Any]) -> float:
    """The share of all runs of two texts that both have, 0–1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def _copies(texts: Mapping[str, str]) -> list[_Copies]:
    """Texts of the same words put together, what most sent first."""
    same: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for uid, text in texts.items():
        if found := tuple(words(text)):
            same[found].append(uid)
    ordered = sorted(same.items(), key=lambda each: (-len(each[1]), each[0]))
    found_in = [runs(" ".join(found)) for found, _uids in ordered]
    numbers = _by_rarity(found_in)
    return [
        _Copies(ids=tuple(sorted(uids)), runs=frozenset(numbers[run] for run in found))
        for (_words, uids), found in zip(ordered, found_in, strict=True)
    ]


def _by_rarity(found: Iterable[Runs]) -> dict[tuple[str, ...], int]:
    """A number for each run, from the rarest on."""
    commonness = Counter(run for each in found for run in each)
    rarest_first = sorted(commonness, key=commonness.__getitem__)
    return {run: number for number, run in enumerate(rarest_first)}


def _telling_runs(found: frozenset[int], alike: float) -> list[int]:
    """So many of the rarest runs that two texts at least `alike` must share one of them.

    If none of them is shared, at most the others can be, and these are too few.
    """
    return sorted(found)[: len(found) - ceil(alike * len(found) - 1e-9) + 1]


def _most_alike(
    found: frozenset[int], candidates: list[int], copies: list[_Copies], alike: float
) -> tuple[float, int] | None:
    """The pattern most alike, the first of those that are equally so; None if none is enough."""
    best: tuple[float, int] | None = None
    for place in candidates:
        share = likeness(found, copies[place].runs)
        if share >= alike and (best is None or share > best[0]):
            best = (share, place)
    return best


def _told(members: list[tuple[float, _Copies]]) -> Alike:
    pairs = [(share, uid) for share, copies in members for uid in copies.ids]
    pairs.sort(key=lambda pair: (-pair[0], pair[1]))
    return Alike(
        pattern=members[0][1].ids[0],
        ids=tuple(uid for _share, uid in pairs),
        likeness=tuple(share for share, _uid in pairs),
    )


def _largest_first(one: Alike) -> tuple[int, str]:
    return -len(one.ids), one.pattern
