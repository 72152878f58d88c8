"""Which texts of the plan a point is like, by the weight of the words they share."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from veikart.engines.anchors.targets import Anchor, Target
from veikart.engines.themes.compounds import Compounds
from veikart.engines.themes.words import telling, words

LEAST = 0.18
"""The least likeness (cosine) that is worth proposing."""
MOST = 3
HIGHEST_SCORE = 0.6
"""Likeness alone is never as sure as what a point says outright."""
FEWEST_SHARED = 2
SHOWN_WORDS = 4


class Likeness:
    """The texts of a plan, weighed once, so that many points can be compared with them.

    Words are compared without their endings, in the spelling both kinds of Norwegian share, and
    compounds by their parts. A word weighs the more, the fewer texts of the plan have it.
    """

    def __init__(self, targets: Iterable[Target]) -> None:
        self._targets = [target for target in targets if target.title or target.text]
        texts = [_whole(target) for target in self._targets]
        self._compounds = Compounds(Counter(word for text in texts for word in words(text)))
        counted = [self._counted(text) for text in texts]
        within = Counter(stem for stems in counted for stem in stems)
        self._unknown = math.log(1 + len(texts))
        self._weight = {stem: math.log(1 + len(texts) / many) for stem, many in within.items()}
        self._holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, stems in enumerate(counted):
            for stem, share in self._shares(stems).items():
                self._holding[stem].append((place, share))

    def anchors(self, text: str) -> list[Anchor]:
        """The targets that `text` is most like, at most three, the likest first."""
        if not self._targets:
            return []
        shared: dict[int, dict[str, float]] = defaultdict(dict)
        for stem, share in self._shares(self._counted(text)).items():
            for place, other in self._holding.get(stem, ()):
                shared[place][stem] = share * other
        alike = {place: sum(stems.values()) for place, stems in shared.items()}
        ranked = sorted(alike, key=lambda place: (-alike[place], self._targets[place].uid))
        return [
            Anchor(
                self._targets[place].uid,
                f"alike: {', '.join(self._as_written(text, shared[place]))}",
                round(min(alike[place], 1) * HIGHEST_SCORE, 2),
            )
            for place in ranked[:MOST]
            if alike[place] >= LEAST and len(shared[place]) >= FEWEST_SHARED
        ]

    def _counted(self, text: str) -> Counter[str]:
        return Counter(stem for word in telling(text) for stem in self._compounds.stems(word))

    def _shares(self, stems: Mapping[str, int]) -> dict[str, float]:
        """Each word's share of the whole text's weight; words that no target has weigh, too."""
        weighed = {
            stem: (1 + math.log(many)) * self._weight.get(stem, self._unknown)
            for stem, many in stems.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        return {stem: weight / length for stem, weight in weighed.items()}

    def _as_written(self, text: str, shared: Mapping[str, float]) -> Sequence[str]:
        """The words of `text` in which most of what is shared lies, the weightiest first."""
        weights: dict[str, float] = {}
        for word in telling(text):
            weights[word] = sum(shared.get(stem, 0.0) for stem in self._compounds.stems(word))
        heaviest = sorted((-weight, word) for word, weight in weights.items() if weight > 0)
        return [word for _weight, word in heaviest[:SHOWN_WORDS]]


def _whole(target: Target) -> str:
    return " ".join(part for part in (target.title, target.text) if part)
