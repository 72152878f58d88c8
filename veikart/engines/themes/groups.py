"""A first set of groups to start from, for texts that nobody has put under a theme yet."""

from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np
from scipy.sparse import csr_matrix

from veikart.engines.themes.index import Floats, Index, Numbers, rows_of_one
from veikart.engines.themes.words import telling

_STARTS = 8  # tries
_ENOUGH_WORK = 2_000_000  # texts times groups times tries; beyond it, one try will do
_ROUNDS = 30
_DIGITS = 9
WORDS_TOLD = 5
_SAMPLE = 500  # texts of a group that are read to name it


class Group(msgspec.Struct, frozen=True):
    """Texts that go together: the words that tell them from the rest, and the ids, the most typical
    first.
    """

    words: tuple[str, ...]
    ids: tuple[str, ...]


def groups(index: Index, k: int) -> tuple[Group, ...]:
    """At most `k` groups that have every text of `index` once, the largest first.

    Fewer than `k`, where there are not so many different texts. It is a place to start: people know
    better what belongs together. Raises ValueError unless `k` is 1 or more.
    """
    if k < 1:
        raise ValueError(f"Expected one group or more; found {k}.")
    if not index.ids:
        return ()
    rows = _texts(index)
    belongs = _belongs(rows, k)
    found = [np.flatnonzero(belongs == number) for number in np.unique(belongs)]
    said = _said(index)
    overall = _totals(said)
    told = [_told(index, rows, places, said, overall) for places in found]
    return tuple(sorted(told, key=lambda group: (-len(group.ids), group.ids)))


def _texts(index: Index) -> Floats:
    """What each text says as a whole: the mean of its windows, as a unit vector."""
    if not index.meaning.shape[1]:
        return np.zeros((len(index.ids), 1))
    return np.round(rows_of_one(np.add.reduceat(index.meaning, index.first)), _DIGITS)


def _belongs(rows: Floats, k: int) -> Numbers:
    """The group of each row: the best of some tries, each from its own but fixed seed."""
    tries = max(1, min(_STARTS, _ENOUGH_WORK // (len(rows) * k)))
    results = [_one_try(rows, k, seed) for seed in range(tries)]
    return max(results, key=lambda result: round(result[0], _DIGITS))[1]


def _one_try(rows: Floats, k: int, seed: int) -> tuple[float, Numbers]:
    """Spherical k-means: how near all rows are to their group's middle, and the group of each."""
    middles = _seeds(rows, k, np.random.default_rng(seed))
    belongs: Numbers = np.full(len(rows), -1)
    for _round in range(_ROUNDS):
        near = rows @ middles.T
        nearest = np.argmax(np.round(near, _DIGITS), axis=1)
        if (nearest == belongs).all():
            break
        belongs = nearest
        middles = _middles(rows, belongs, len(middles))
    return float(near.max(axis=1).sum()), belongs


def _seeds(rows: Floats, k: int, chance: np.random.Generator) -> Floats:
    """Rows far from each other, drawn by the square of how far they are (k-means++)."""
    chosen = [int(chance.integers(len(rows)))]
    away = np.clip(1 - rows @ rows[chosen[0]], 0, None)
    while len(chosen) < k and away.max() > 10**-_DIGITS:
        shares = np.cumsum(away**2)
        drawn = int(np.searchsorted(shares, chance.random() * shares[-1], side="right"))
        chosen.append(min(drawn, len(rows) - 1))
        away = np.minimum(away, np.clip(1 - rows @ rows[chosen[-1]], 0, None))
    return rows[chosen]


def _middles(rows: Floats, belongs: Numbers, count: int) -> Floats:
    sums = np.zeros((count, rows.shape[1]))
    np.add.at(sums, belongs, rows)
    return rows_of_one(sums)


def _told(index: Index, rows: Floats, places: Numbers, said: csr_matrix, overall: Floats) -> Group:
    middle = rows_of_one(rows[places].sum(axis=0, keepdims=True))[0]
    near = np.round(rows[places] @ middle, _DIGITS)
    typical = places[np.lexsort((places, -near))]
    expected = overall * len(places) / len(index.ids)
    within = _totals(said[places])
    weights = within * np.log1p(within / np.where(expected > 0, expected, 1))
    return Group(
        words=_words(index, typical[:_SAMPLE], weights.tolist()),
        ids=tuple(index.ids[place] for place in typical.tolist()),
    )


def _words(index: Index, places: Numbers, weights: Sequence[float]) -> tuple[str, ...]:
    """The words of the heaviest stems, no stem twice, as these texts most often write them."""
    written = Counter(word for place in places.tolist() for word in telling(index.texts[place]))
    heaviest = sorted(
        (-_weight(index, weights, word), -count, word) for word, count in written.items()
    )
    told: list[str] = []
    seen: set[str] = set()
    for _weighing, _count, word in heaviest:
        parts = index.compounds.stems(word)
        if not seen.intersection(parts):
            seen.update(parts)
            told.append(word)
        if len(told) == WORDS_TOLD:
            break
    return tuple(told)


def _weight(index: Index, weights: Sequence[float], word: str) -> float:
    """What the parts of a word weigh on average, so that a long compound gains nothing."""
    found = [weights[index.vocabulary[part]] for part in index.compounds.stems(word)]
    return round(sum(found) / len(found), _DIGITS)


def _said(index: Index) -> csr_matrix:
    """One for each text and stem that stands in it."""
    rows = np.repeat(index.owner, np.diff(index.written.indptr))
    shape = (len(index.ids), index.written.shape[1])
    said = csr_matrix((np.ones(len(rows)), (rows, index.written.indices)), shape=shape)
    said.sum_duplicates()
    said.data[:] = 1
    return said


def _totals(said: csr_matrix) -> Floats:
    return np.asarray(said.sum(axis=0), dtype=np.float64).ravel()
