"""Who speaks of a theme: texts ranked by its title, and better with each yes and no.

A text's score is half what its three best windows have to do with the theme and half what all of it
has, so that both a paragraph on it in a long letter and a short letter wholly on it are found.
"""

from collections.abc import Iterable

import msgspec
import numpy as np

from veikart.engines.themes.index import Floats, Index, Numbers, unit
from veikart.engines.themes.sentences import sentences
from veikart.engines.themes.words import words

_BEST = 3  # windows
_LITERAL = 0.5  # what the very words weigh beside their meaning
_YES, _NO = 2.0, 1.0  # what the judged texts weigh beside the title (Rocchio)
_DIGITS = 9
MOST_SENTENCES = 3


class Theme(msgspec.Struct, frozen=True):
    """What is looked for: a title, and perhaps a sentence that says more."""

    title: str
    sentence: str = ""


class Sentence(msgspec.Struct, frozen=True):
    """A sentence that speaks of the theme: where it stands in its text (half-open), how much."""

    text: str
    start: int
    end: int
    score: float


class Ranked(msgspec.Struct, frozen=True):
    """A text with its score (higher is more about the theme, 0 is nothing to do with it), what a
    person said of it or of the same words elsewhere (True yes, False no, None nothing), and the
    sentences that made it think so, the best first; none where no explanation was asked for.
    """

    id: str
    score: float
    judged: bool | None
    sentences: tuple[Sentence, ...]


class _Sought(msgspec.Struct, frozen=True):
    """A theme in the two forms in which windows and sentences are compared with it."""

    literal: Floats
    meant: Floats


def rank(
    theme: Theme,
    index: Index,
    *,
    yes: Iterable[str] = (),
    no: Iterable[str] = (),
    most: int | None = None,
    explained: int = 50,
) -> tuple[Ranked, ...]:
    """The texts of `index`, those that speak most of `theme` first; at most `most` of them, and the
    first `explained` with their sentences.

    `yes` and `no` are ids of texts of which a person said so. What was said yes to comes first and what
    was said no to last, and so do texts of the same words; what is said both of counts as unsaid.
    Raises LookupError for an id that is not in the index.
    """
    said = _said(index, yes, no)
    sought = _sought(theme, index, said)
    scores = np.round(_by_text(index, _by_window(index, sought)), _DIGITS)
    order = np.lexsort((np.arange(len(scores)), -scores, -said))[:most]
    return tuple(
        Ranked(
            id=index.ids[place],
            score=float(scores[place]),
            judged=None if said[place] == 0 else bool(said[place] > 0),
            sentences=_speaking(index, place, sought) if number < explained else (),
        )
        for number, place in enumerate(order.tolist())
    )


def _said(index: Index, yes: Iterable[str], no: Iterable[str]) -> Numbers:
    """For each text 1, −1 or 0: said yes to, said no to, neither or both."""
    liked, disliked = ([index.position(uid) for uid in sorted(set(ids))] for ids in (yes, no))
    likes = np.isin(index.copies, index.copies[liked])
    dislikes = np.isin(index.copies, index.copies[disliked])
    return np.subtract(likes, dislikes, dtype=np.int64)


def _sought(theme: Theme, index: Index, said: Numbers) -> _Sought:
    """The title and its sentence, moved towards what was said yes to and away from the rest."""
    literal = unit(index.weighed(theme.title) + 0.5 * index.weighed(theme.sentence))
    meant = unit(literal @ index.axes)
    liked = _middle(index, np.flatnonzero(said > 0), meant)
    disliked = _middle(index, np.flatnonzero(said < 0), meant)
    return _Sought(literal=literal, meant=unit(meant + _YES * liked - _NO * disliked))


def _middle(index: Index, places: Numbers, meant: Floats) -> Floats:
    """The mean of what the judged texts say where they speak of the theme; the same words once."""
    _numbers, firsts = np.unique(index.copies[places], return_index=True)
    if not len(firsts):
        return np.zeros_like(meant)
    gists = [_gist(index, place, meant) for place in places[np.sort(firsts)].tolist()]
    return np.asarray(np.mean(gists, axis=0))


def _gist(index: Index, place: int, meant: Floats) -> Floats:
    """What the five windows of a text that have most to do with the theme say."""
    rows = index.meaning[index.owner == place]
    best = np.argsort(-np.round(rows @ meant, _DIGITS), kind="stable")[:5]
    return unit(rows[best].mean(axis=0))


def _by_window(index: Index, sought: _Sought) -> Floats:
    scores: Floats = index.meaning @ sought.meant + _LITERAL * (index.written @ sought.literal)
    return scores


def _by_text(index: Index, scores: Floats) -> Floats:
    """Half the mean of a text's three best windows and half the mean of all of them."""
    if not len(scores):
        return scores
    sizes = np.diff(np.append(index.first, len(scores)))
    whole = np.add.reduceat(scores, index.first) / sizes
    falling = np.lexsort((-scores, index.owner))
    place = np.arange(len(scores)) - np.repeat(index.first, sizes)
    counted = np.where(place < _BEST, scores[falling], 0.0)
    best = np.add.reduceat(counted, index.first) / np.minimum(sizes, _BEST)
    return np.asarray((best + whole) / 2)


def _speaking(index: Index, place: int, sought: _Sought) -> tuple[Sentence, ...]:
    """The sentences of a text that have most to do with the theme, if any have."""
    text = index.texts[place]
    found = [
        Sentence(text=text[start:end], start=start, end=end, score=score)
        for start, end in sentences(text)
        if (score := _score(index, text[start:end], sought)) > 0
    ]
    return tuple(sorted(found, key=lambda each: (-each.score, each.start))[:MOST_SENTENCES])


def _score(index: Index, sentence: str, sought: _Sought) -> float:
    """What a sentence has to do with the theme; headings of a word or two count for less."""
    columns = sorted(set(index.stems(sentence)))
    if not columns:
        return 0.0
    weights = index.weights[columns]
    weights = weights / max(float(np.linalg.norm(weights)), 1e-12)
    meaning = unit(weights @ index.axes[columns])
    score = float(meaning @ sought.meant + _LITERAL * (weights @ sought.literal[columns]))
    return round(score * min(1.0, len(words(sentence)) / 6), _DIGITS)
