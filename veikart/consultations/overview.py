"""How far hearings and replies have come: what the desk's lists show of each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from veikart.consultations.confirming import Standing, code_of
from veikart.consultations.models import Hearing, IntakeItem, Reply
from veikart.consultations.needs import NEEDS, NOT_READ
from veikart.engines.handling.settling import Counts, Lacking, counts, lacking, statuses
from veikart.engines.handling.state import Reply as Held
from veikart.engines.handling.state import State


@dataclass(frozen=True)
class Progress:
    """A hearing: its counts, how many points lack something, and what needs a person."""

    hearing: Hearing
    counts: Counts
    lacking: int
    needs: int

    @property
    def code(self) -> str:
        """The hearing's part of an address on the desk."""
        return self.hearing.uid.partition("/")[2]


@dataclass(frozen=True)
class Row:
    """A reply: the version that holds, what became of it, its counts, and what its points lack."""

    reply: Reply
    held: Held | None
    counts: Counts
    lacking: Counter[str]
    confirming: Standing | None = None


@dataclass(frozen=True)
class Matter:
    """Something that needs a person: what is the matter, and what to do about it."""

    item: IntakeItem
    says: str
    remedy: str

    @property
    def page(self) -> str | None:
        """Where the reply is on the desk that it is about."""
        reply = self.item.reply
        return reverse("consultations:reply", args=[code_of(reply), reply.no]) if reply else None


def progress(hearing: Hearing, state: State, *, needs: int) -> Progress:
    """How far `hearing` has come."""
    return Progress(hearing, counts(state), len(lacking(state)), needs)


def rows(state: State, replies: Iterable[Reply], standings: Mapping[str, Standing]) -> list[Row]:
    """One row for each of `replies`, in their order; all in one pass over the points."""
    found: dict[str, list[str]] = defaultdict(list)
    known = statuses(state)
    for uid in state.originals:
        found[reply_of(uid)].append(known.get(uid, "open"))
    lacks: dict[str, Counter[str]] = defaultdict(Counter)
    for one in lacking(state):
        lacks[reply_of(one.point)][one.lack] += 1
    return [
        Row(
            reply,
            state.replies.get(reply.uid),
            _sum(found[reply.uid]),
            lacks[reply.uid],
            standings.get(reply.uid),
        )
        for reply in replies
    ]


def reply_of(point: str) -> str:
    """The uid of the reply that the point `point` is of."""
    return point.partition("/punkt/")[0]


def first_that_waits(found: Sequence[Lacking]) -> str | None:
    """The uid of the reply of the first point that lacks something."""
    return reply_of(found[0].point) if found else None


def matters(items: Iterable[IntakeItem]) -> list[Matter]:
    """What needs a person, in sentences."""
    return [_matter(item) for item in items]


def _matter(item: IntakeItem) -> Matter:
    need, params = NEEDS[item.code], _Params(item.params)
    why = NOT_READ.get(str(params["why"])) if item.code == "not_read" else None
    if why is not None:
        said = str(need.says) % _Params({**params, "problem": why.says})
        return Matter(item, said, str(why.remedy))
    return Matter(item, str(need.says) % params, str(need.remedy) % params)


class _Params(dict[str, Any]):
    """The details of a matter; what an old row did not keep is shown as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def _sum(found: Iterable[str]) -> Counts:
    told = Counter(found)
    return Counts(
        received=told.total(),
        answered=told["answered"],
        set_aside=told["set_aside"],
        lapsed=told["lapsed"],
        open=told["open"],
    )
