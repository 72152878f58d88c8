"""What the replies to a hearing withhold: masks for their own words, and for ours about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from veikart.consultations import log
from veikart.consultations.models import Reply as Row
from veikart.engines.handling.actions import Clear, Withheld
from veikart.engines.handling.state import Clearance, Point, Reply, State, number
from veikart.engines.handling.withholding import Mask, Range, both_orders, cut, parts_of
from veikart.plan.consultations import NAME_HIDDEN, WITHHELD, Redaction
from veikart.plan.lessening import Hidden
from veikart.plan.model import Tombstone

KEPT = 20
"""So many hearings' hidden words are kept in memory."""


@dataclass(frozen=True)
class Hiding:
    """What is hidden in a hearing. `said_before` is what was ever withheld of replies without a clearance.

    `names` are the respondents by reply. Who is shown by initials, and every private person who is
    not cleared under the name, has the name hidden too: their own words are searched for each part of it,
    and ours for the whole of it.
    """

    state: State
    names: Mapping[str, str] = field(default_factory=dict)
    said_before: Mapping[str, tuple[Withheld, ...]] = field(default_factory=dict)

    @cached_property
    def _masks(self) -> dict[str, Mask]:
        return {
            uid: Mask(self._words(reply), mark=WITHHELD, names=self._hidden_names(reply))
            for uid, reply in self.state.replies.items()
        }

    @cached_property
    def about(self) -> Mask:
        """What any of the replies withholds: for words of ours about many of them."""
        return Mask(self._all_words, mark=WITHHELD)

    @cached_property
    def _about_each(self) -> dict[str, Mask]:
        return {
            uid: Mask(self._all_words, mark=WITHHELD, names=names)
            for uid, reply in self.state.replies.items()
            if (names := self._hidden_names(reply))
        }

    @cached_property
    def _all_words(self) -> tuple[str, ...]:
        replies = self.state.replies.values()
        words = [word for reply in replies for word in self._words(reply)]
        named = (name for reply in replies for name in self._hidden_names(reply))
        return tuple(dict.fromkeys([*words, *(each for one in named for each in both_orders(one))]))

    def of(self, reply: str) -> Mask:
        """The mask for the words of `reply` itself."""
        return self._masks[reply]

    def about_reply(self, reply: str) -> Mask:
        """The mask for words of ours about `reply`: what any withholds, and parts of its hidden name."""
        return self._about_each.get(reply, self.about)

    def text_of(self, point: Point) -> str:
        """The words of `point`, also without those halves of withheld words that a cut would leave."""
        hidden = self._ranges_of(point.reply)
        parts = [
            cut(
                self.state.originals[one.origin].text,
                hidden.get(one.origin, ()),
                mark=WITHHELD,
                within=(one.start, one.end),
            ).strip()
            for one in point.extracts
        ]
        return self.of(point.reply).of("\n\n".join(parts))

    def name_of(self, reply: str) -> str | None:
        """The respondent’s name, if it is hidden."""
        return next(iter(self._hidden_names(self.state.replies[reply])), None)

    def _ranges_of(self, reply: str) -> dict[str, list[Range]]:
        found: dict[str, list[Range]] = self._ranges.get(reply, {})
        return found

    @cached_property
    def _ranges(self) -> dict[str, dict[str, list[Range]]]:
        """What is hidden in each original, as they follow each other in the version that holds."""
        texts: dict[str, dict[str, str]] = {}
        for uid, original in self.state.originals.items():
            reply = self.state.points[uid].reply
            texts.setdefault(reply, {})[uid] = original.text
        return {
            reply: dict(zip(own, self.of(reply).ranges(list(own.values())), strict=True))
            for reply, own in texts.items()
        }

    def _words(self, reply: Reply) -> tuple[str, ...]:
        ever = self.said_before.get(reply.uid, ()) if reply.clearance is None else ()
        return tuple(each.words for each in (*reply.withheld, *ever))

    def _hidden_names(self, reply: Reply) -> tuple[str, ...]:
        name, cleared = self.names.get(reply.uid), reply.clearance
        is_named = cleared is not None and not cleared.is_initials and reply.withdrawn is None
        is_person = reply.kind_of_respondent == "private_person"
        asked = cleared is not None and cleared.is_initials
        is_hidden = asked or (is_person and not is_named)
        return (name,) if name and is_hidden and parts_of(name) else ()


def of_hearing(hearing: str, rows: Iterable[Row] | None = None) -> Hiding:
    """What is hidden in `hearing`. `rows` are the newest versions of its replies, if they are at hand."""
    state = log.state_of(hearing)
    if rows is None:
        rows = Row.objects.filter(hearing=hearing).order_by("no", "version")
    names = {row.uid: row.respondent for row in rows}
    said: dict[str, tuple[Withheld, ...]] = {}
    if any(reply.clearance is None for reply in state.replies.values()):
        for action in log.actions_of(hearing, "clear"):
            if isinstance(action, Clear):
                said[action.reply] = (*said.get(action.reply, ()), *action.withheld)
    return Hiding(state, names, said)


def stones(hidden: Hiding) -> list[Tombstone]:
    """A stone for each withdrawn reply; it does not say whose it was."""
    return [
        Tombstone(
            uid=reply.uid,
            kind="reply",
            name=f"Høringssvar {number(reply.uid)}",
            reason=hidden.about_reply(reply.uid).of(reply.withdrawn),
        )
        for reply in hidden.state.replies.values()
        if reply.withdrawn is not None
    ]


@lru_cache(maxsize=KEPT)
def since(hearing: str, stamp: str) -> Hidden:
    """What `hearing` hides by now, to be taken out of editions that were approved before.

    `stamp` is the hash of the last event in its log, which stands for all of them.
    """
    hidden = of_hearing(hearing)
    cleared = {uid: one.clearance for uid, one in hidden.state.replies.items() if one.clearance}
    return Hidden(
        stones={stone.uid: stone for stone in stones(hidden)},
        masks={uid: hidden.of(uid) for uid in hidden.state.replies},
        about=hidden.about,
        shown_as={uid: one.shown_as for uid, one in cleared.items() if one.is_initials},
        redactions={uid: _redactions(hidden, uid, one) for uid, one in cleared.items()},
    )


def _redactions(hidden: Hiding, reply: str, cleared: Clearance) -> tuple[Redaction, ...]:
    said = [(each.basis, each.reason) for each in cleared.withheld]
    if hidden.name_of(reply):
        said.append(("personal", NAME_HIDDEN))
    mask = hidden.about_reply(reply)
    return tuple(Redaction(basis=basis, reason=mask.of(why), places=0) for basis, why in said)
