"""An index of texts: what each says, by its words and by their meaning in these very texts.

Meaning is learnt from the texts alone (latent semantic analysis): words that stand in the same company
come to lie near each other, so that a letter on recruiting nurses is found under "personellmangel".
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse import csr_matrix, diags
from scipy.sparse.linalg import svds

from veikart.engines.themes.compounds import Compounds
from veikart.engines.themes.sentences import Span, sentences, windows
from veikart.engines.themes.words import telling, words

DIMENSIONS = 50
_SATURATION, _LENGTH = 1.2, 0.75  # k1 and b of BM25
_FEW = 1000  # windows or words
_LEARNT_FROM = 10_000  # windows, at least, where there are as many
_NOUGHT = 1e-9  # what is below this is rounding

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Index:
    """Texts made ready to be ranked and grouped; the same whatever order they were given in.

    `windows[i]` is a stretch of some eighty words of text `owner[i]`; `written` has a unit row of
    weighted words for each, and `meaning` its unit vector of at most fifty dimensions. `axes` leads
    from words to meaning; `weights` says how much a word tells. Texts of the same words have the same
    number in `copies`.
    """

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    compounds: Compounds
    vocabulary: Mapping[str, int]
    weights: Floats
    copies: Numbers
    owner: Numbers
    first: Numbers
    written: csr_matrix
    axes: Floats
    meaning: Floats

    def position(self, uid: str) -> int:
        """Where the text with this id stands. Raises LookupError for an id that is not here."""
        place = bisect_left(self.ids, uid)
        if place == len(self.ids) or self.ids[place] != uid:
            raise LookupError(f"Expected the id of a text in the index; found {uid!r}.")
        return place

    def stems(self, text: str) -> list[int]:
        """The words of `text` that the index knows, compounds taken apart, as columns."""
        known = self.vocabulary
        parts = (part for word in telling(text) for part in self.compounds.stems(word))
        return [known[part] for part in parts if part in known]

    def weighed(self, text: str) -> Floats:
        """`text` as a unit row over the vocabulary, each word once; noughts if no word is known."""
        row = np.zeros(len(self.weights))
        columns = self.stems(text)
        row[columns] = self.weights[columns]
        return unit(row)


def build(texts: Mapping[str, str]) -> Index:
    """The index of `texts`, by id. Some 3 s for 10,000 points; kept and used again for each theme."""
    ids = tuple(sorted(texts))
    kept = tuple(texts[uid] for uid in ids)
    spans = [_windows(text) for text in kept]
    owner = np.repeat(np.arange(len(ids)), [len(found) for found in spans])
    compounds = Compounds(Counter(word for text in kept for word in words(text)))
    vocabulary: dict[str, int] = {}
    counts = _counts(kept, spans, compounds, vocabulary)
    weights = _weights(counts)
    written = _rows_of_one(_saturated(counts, weights))
    # Of very many windows, these are enough to learn what goes with what.
    axes = _axes(written[:: max(1, written.shape[0] // _LEARNT_FROM)])
    return Index(
        ids=ids,
        texts=kept,
        compounds=compounds,
        vocabulary=vocabulary,
        weights=weights,
        copies=_copies(kept),
        owner=owner,
        first=np.searchsorted(owner, np.arange(len(ids))),
        written=written,
        axes=axes,
        meaning=rows_of_one(written @ axes),
    )


def unit(vector: Floats) -> Floats:
    """A vector of length one; noughts stay noughts."""
    length = float(np.linalg.norm(vector))
    return vector / length if length > 0 else vector


def rows_of_one(rows: Floats) -> Floats:
    """Each row made a vector of length one; rows of noughts stay so."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > _NOUGHT, lengths, 1)


def _copies(texts: Sequence[str]) -> Numbers:
    """A number for each text, the same where only capitals and white space differ."""
    numbers: dict[str, int] = {}
    said = (" ".join(text.lower().split()) for text in texts)
    return np.array([numbers.setdefault(each, len(numbers)) for each in said], dtype=np.int64)


def _windows(text: str) -> list[Span]:
    """At least one window for a text, so that an empty one is ranked too: last."""
    return windows(text, sentences(text)) or [(0, 0)]


def _counts(
    texts: Sequence[str],
    spans: Sequence[Sequence[Span]],
    compounds: Compounds,
    vocabulary: dict[str, int],
) -> csr_matrix:
    """How often each stem stands in each window; fills `vocabulary` as stems are met."""
    columns: list[int] = []
    placed: dict[str, list[int]] = {}
    ends = [0]
    for text, found in zip(texts, spans, strict=True):
        for start, end in found:
            for word in telling(text[start:end]):
                parts = placed.get(word)
                if parts is None:
                    stems = compounds.stems(word)
                    parts = [vocabulary.setdefault(part, len(vocabulary)) for part in stems]
                    placed[word] = parts
                columns.extend(parts)
            ends.append(len(columns))
    shape = (len(ends) - 1, len(vocabulary))
    counts = csr_matrix((np.ones(len(columns)), columns, ends), shape=shape)
    counts.sum_duplicates()
    return counts


def _weights(counts: csr_matrix) -> Floats:
    """How much each word tells: the fewer windows have it, the more."""
    having = np.bincount(counts.indices, minlength=counts.shape[1])
    weights: Floats = np.log1p((counts.shape[0] - having + 0.5) / (having + 0.5))
    return weights


def _saturated(counts: csr_matrix, weights: Floats) -> csr_matrix:
    """Counts as BM25 weighs them: a word said again adds less, and less in a long window."""
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    usual = lengths.mean() or 1.0 if len(lengths) else 1.0
    slack = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / usual)
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    values = counts.data * (_SATURATION + 1) / (counts.data + slack[rows])
    return csr_matrix(
        (values * weights[counts.indices], counts.indices, counts.indptr), counts.shape
    )


def _rows_of_one(rows: csr_matrix) -> csr_matrix:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return csr_matrix(diags(1 / np.where(lengths > 0, lengths, 1)) @ rows)


def _axes(rows: csr_matrix) -> Floats:
    """The at most fifty directions in which the windows differ most, one a column."""
    smaller = min(rows.shape)
    if smaller == 0 or rows.nnz == 0:
        return np.zeros((rows.shape[1], 0))
    if smaller > _FEW:
        _left, _sizes, right = svds(rows, k=DIMENSIONS, v0=np.ones(smaller))
        return np.ascontiguousarray(right[::-1].T)
    # Of few rows or columns the directions are had sooner from how each pair of them is alike.
    by_row = rows.shape[0] <= rows.shape[1]
    alike = (rows @ rows.T if by_row else rows.T @ rows).toarray()
    most = min(DIMENSIONS, smaller)
    sizes, vectors = eigh(alike, subset_by_index=(smaller - most, smaller - 1))
    told = np.argsort(-sizes, kind="stable")
    told = told[sizes[told] > _NOUGHT * sizes.max()]
    axes = rows.T @ (vectors[:, told] / np.sqrt(sizes[told])) if by_row else vectors[:, told]
    return np.ascontiguousarray(axes)
