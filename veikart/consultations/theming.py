"""What the engine of themes says of a hearing's points: who speaks of a theme, what is alike, groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from veikart.consultations.overview import reply_of
from veikart.engines.handling.state import Point, State, Theme, number

if TYPE_CHECKING:
    from veikart.engines.themes.duplicates import Alike
    from veikart.engines.themes.index import Index

KEPT = 4
SHOWN = 30
"""So many points that nobody has judged are proposed at a time."""
FEWEST_SENDERS = 2
EXAMPLES = 5
Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Proposed:
    """A point that may speak of a theme, with the sentences that made it think so."""

    uid: str
    text: str
    said: Literal["yes", "no"] | None
    sentences: tuple[str, ...]

    @property
    def reply_no(self) -> int:
        """The number of its reply."""
        return number(reply_of(self.uid))

    @property
    def no(self) -> int:
        """Its own number in the reply."""
        return number(self.uid)


@dataclass(frozen=True)
class Together:
    """Points that go together: a name for them, an example or several, and from how many replies."""

    title: str
    points: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def senders(self) -> int:
        """From how many replies they are."""
        return len({reply_of(uid) for uid in self.points})


def texts_of(state: State) -> Texts:
    """The standing points that are not set aside, by uid, with their words."""
    points = (point for point in state.standing() if point.aside is None)
    return tuple((point.uid, state.text_of(point)) for point in points)


def members(state: State, theme: Theme) -> list[Point]:
    """The points of a theme, in reading order."""
    inside = set(state.said(theme.uid, yes=True))
    return [point for point in state.standing() if point.uid in inside]


def proposals(state: State, theme: Theme) -> list[Proposed]:
    """The points that speak most of `theme` and of which nobody has said yes or no."""
    # The engine brings NumPy and SciPy, which no other page and no command should wait for.
    from veikart.engines.themes import ranking  # noqa: PLC0415 (as said above)

    texts = texts_of(state)
    if not texts:
        return []
    known = dict(texts)
    yes, no = (
        [uid for uid in state.said(theme.uid, yes=answer) if uid in known]
        for answer in (True, False)
    )
    sought = ranking.Theme(title=theme.title, sentence=theme.sentence or "")
    ranked = ranking.rank(
        sought, _index(texts), yes=yes, no=no, most=SHOWN + len(yes), explained=SHOWN + len(yes)
    )
    judged = {*yes, *no}
    return [
        Proposed(one.id, known[one.id], None, tuple(each.text for each in one.sentences[:2]))
        for one in ranked
        if one.id not in judged and one.score > 0
    ][:SHOWN]


def campaigns(state: State) -> list[Together]:
    """Nearly the same text from several replies, the most senders first."""
    texts = texts_of(state)
    known = dict(texts)
    found = (_together(known[one.pattern][:80], one.ids, known) for one in _alike(texts))
    several = [one for one in found if one.senders >= FEWEST_SENDERS]
    return sorted(several, key=lambda one: (-one.senders, one.points))


def first_groups(state: State, k: int) -> list[Together]:
    """At most `k` groups of the points that are in no theme yet: a place to start."""
    from veikart.engines.themes.groups import groups  # noqa: PLC0415 (brings SciPy)

    texts = tuple(each for each in texts_of(state) if not state.themes_of(each[0]))
    known = dict(texts)
    found = groups(_index(texts), k) if texts else ()
    return [_together(", ".join(one.words), one.ids, known) for one in found]


def _together(title: str, uids: Sequence[str], known: dict[str, str]) -> Together:
    return Together(title, tuple(uids), tuple(known[uid] for uid in uids[:EXAMPLES]))


@lru_cache(maxsize=KEPT)
def _index(texts: Texts) -> "Index":
    from veikart.engines.themes.index import build  # noqa: PLC0415 (brings SciPy)

    return build(dict(texts))


@lru_cache(maxsize=KEPT)
def _alike(texts: Texts) -> "tuple[Alike, ...]":
    from veikart.engines.themes.duplicates import near_duplicates  # noqa: PLC0415 (brings SciPy)

    return near_duplicates(dict(texts))
