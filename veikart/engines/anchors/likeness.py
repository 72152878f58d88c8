"""Which texts of the plan a point is like, by the weight of the words they share."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from veikart.engines.anchors.targets import Anchor, Target

LEAST = 0.16
"""The least likeness (cosine) that is worth proposing."""
MOST = 3
HIGHEST_SCORE = 0.6
"""Likeness alone is never as sure as what a point says outright."""
SHOWN_WORDS = 4
_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDINGS = (
    "ingene", "ingane", "ingen", "inga", "inger", "ingar", "ene", "ane", "ers", "enes", "anes", "ing",
    "ede", "este", "aste", "ere", "are", "ens", "ets", "ar", "er", "en", "et", "te", "es", "as", "a",
    "e", "s", "t",
)  # fmt: skip
_STEM = 4
_SAME = (("hj", "j"), ("ei", "e"), ("øy", "ø"), ("ikkj", "ikk"), ("leg", "lig"), ("kvar", "hver"))
_COMMON_WORDS = """
    alle andre både blir burde derfor dette denne disse eller enten etter finnes flere fram frem gjennom
    gjør gjøre hadde hele hver hvilke hvor hvordan hvorfor hvis ikke ikkje ingen innen kunne mange mellom
    også over samt samtidig siden skal skulle slik slike stor større store under ulike uten ville være vere
    vært våre vurdere about also and from have more should that their them there these they this those will with
"""
_COMMON = frozenset(_COMMON_WORDS.split())


class Likeness:
    """The texts of a plan, weighed once, so that many points can be compared with them."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self._targets = [target for target in targets if target.title or target.text]
        words = [_words(_whole(target)) for target in self._targets]
        within = Counter(stem for counted in words for stem in counted)
        self._weight = {
            stem: math.log(1 + len(self._targets) / number) for stem, number in within.items()
        }
        self._holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, counted in enumerate(words):
            vector = self._vector(counted)
            for stem, share in vector.items():
                self._holding[stem].append((index, share))

    def anchors(self, text: str) -> list[Anchor]:
        """The targets that `text` is most like, at most three, the likest first."""
        if not self._targets:
            return []
        vector = self._vector(_words(text))
        alike: dict[int, float] = defaultdict(float)
        shared: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for stem, share in vector.items():
            for index, other in self._holding.get(stem, ()):
                alike[index] += share * other
                shared[index].append((share * other, stem))
        ranked = sorted(alike.items(), key=lambda each: (-each[1], self._targets[each[0]].uid))
        said = _as_written(text)
        return [
            Anchor(
                self._targets[index].uid,
                f"alike: {_shown(shared[index], said)}",
                round(min(likeness, 1) * HIGHEST_SCORE, 2),
            )
            for index, likeness in ranked[:MOST]
            if likeness >= LEAST and len(shared[index]) > 1
        ]

    def _vector(self, counted: Mapping[str, int]) -> dict[str, float]:
        """The words' shares of the whole text's weight. Words that no target has weigh, too."""
        if not self._targets:
            return {}
        unknown = math.log(1 + len(self._targets))
        weighed = {
            stem: (1 + math.log(number)) * self._weight.get(stem, unknown)
            for stem, number in counted.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        return {stem: weight / length for stem, weight in weighed.items()}


def _whole(target: Target) -> str:
    return " ".join(part for part in (target.title, target.text) if part)


def _words(text: str) -> Counter[str]:
    return Counter(stem for stem in map(_stem, _WORD.findall(text)) if stem)


def _as_written(text: str) -> dict[str, str]:
    """The first word of each stem, as `text` writes it."""
    return {_stem(word): word.casefold() for word in reversed(_WORD.findall(text))}


def _shown(shared: Sequence[tuple[float, str]], said: Mapping[str, str]) -> str:
    heaviest = sorted(shared, key=lambda each: (-each[0], each[1]))[:SHOWN_WORDS]
    return ", ".join(said[stem] for _weight, stem in heaviest)


def _stem(word: str) -> str:
    """A word without its ending, in the spelling that bokmål and nynorsk share; "" for a common one."""
    word = word.casefold()
    if word in _COMMON:
        return ""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word.removesuffix(ending)
            break
    for nynorsk, bokmal in _SAME:
        word = word.replace(nynorsk, bokmal)
    return word
