"""What opening, extending, counting and giving up a round of prioritising do to the state."""

import re
from collections.abc import Iterable

from veikart.engines.handling.actions import (
    CancelRound,
    CloseRound,
    Event,
    ExtendRound,
    Item,
    OpenRound,
    Paper,
    encode,
)
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.state import Cell, Round, State
from veikart.engines.handling.stepping import (
    Step,
    area,
    changed,
    goal,
    made,
    named,
    numbers,
    said,
)
from veikart.engines.handling.words import Method

LEAST_SECRET = 3
"""With fewer votes than this, the result of a secret round would tell what each one voted."""

CASE = re.compile(r"sak/[a-z0-9-]+/\d+-\d\d(\.\d+)?")
"""The uid of a council case, such as `sak/nasjonalt-e-helserad/2-22`."""


def open_round(state: State, event: Event, action: OpenRound) -> Step:
    """Members may vote."""
    _refuse_wrong_round(action, event)
    rests = _weighed(state, action)
    new = Round(
        uid=action.round,
        title=named(action.title, action.round),
        of=action.of,
        method=action.method,
        items=tuple(Item(uid=i.uid, text=named(i.text, i.uid)) for i in action.items),
        voters=action.voters,
        is_secret=action.is_secret,
        points=action.points,
        most=action.most,
        opened_at=event.at,
        closes_at=action.closes_at,
        is_public=action.is_public,
        case=action.case,
    )
    return Step(
        (made("rounds", new.uid, new),),
        rests=rests,
        used=numbers(state, [new.uid], segment="prioritering"),
    )


def _weighed(state: State, action: OpenRound) -> tuple[Cell, ...]:
    """The cells of what is weighed; options are the round's own, and rest on nothing."""
    if action.of == "options":
        return ()
    look_up = goal if action.of == "goals" else area
    for item in action.items:
        look_up(state, item.uid)
    return tuple(Cell(action.of, item.uid) for item in action.items)


def option_uid(round_uid: str, no: int) -> str:
    """The uid of the option number `no` (from 1) of a round: `…/prioritering/1/valg/3`."""
    return f"{round_uid}/valg/{no}"


def _refuse_wrong_round(action: OpenRound, event: Event) -> None:
    if len({item.uid for item in action.items}) < max(2, len(action.items)):
        raise Refusal("wrong_round", what="items")
    if action.of == "options" and not _are_options(action):
        raise Refusal("wrong_round", what="options")
    least = LEAST_SECRET if action.is_secret else 1
    names = {name.strip() for name in action.voters}
    if "" in names or len(names) < max(least, len(action.voters)):
        raise Refusal("wrong_round", what="voters")
    if action.is_secret and action.is_public:
        raise Refusal("wrong_round", what="secrecy")
    if action.case is not None and not CASE.fullmatch(action.case):
        raise Refusal("wrong_round", what="case")
    if action.closes_at <= event.at:
        raise Refusal("wrong_round", what="closing")
    if not _adds_up(action.points, action.most, items=len(action.items), method=action.method):
        raise Refusal("wrong_round", what="points")


def _adds_up(points: int | None, most: int | None, *, items: int, method: str) -> bool:
    """Whether all points can be shared out; by the other methods there are none."""
    if method != "points" or points is None or most is None:
        return method != "points" and points is None and most is None
    return 1 <= most <= points <= most * items


def _are_options(action: OpenRound) -> bool:
    """Whether the options are numbered from 1 in the order they are listed, and each text is there once."""
    texts = {" ".join(item.text.split()).casefold() for item in action.items}
    uids = [option_uid(action.round, no) for no in range(1, len(action.items) + 1)]
    return [item.uid for item in action.items] == uids and len(texts) == len(action.items)


def extend_round(state: State, event: Event, action: ExtendRound) -> Step:
    """Members may vote until then."""
    found = _open(state, action.round)
    if action.closes_at <= event.at:
        raise Refusal("wrong_round", what="closing")
    if action.closes_at == found.closes_at:
        raise Refusal("nothing_changes")
    return Step((changed("rounds", found.uid, "closes_at", action.closes_at),))


def close_round(state: State, event: Event, action: CloseRound) -> Step:
    """The votes are kept as evidence; the result follows from them."""
    found = _open(state, action.round)
    least = LEAST_SECRET if found.is_secret else 1
    if len(action.papers) < least:
        raise Refusal("too_few_votes", uid=found.uid, least=least, found=len(action.papers))
    for paper in action.papers:
        if not allowed(found, paper):
            raise Refusal("wrong_vote", uid=found.uid)
    if not _by_voters(found, action):
        raise Refusal("wrong_vote", uid=found.uid)
    return Step(
        (
            changed("rounds", found.uid, "papers", in_order(action.papers)),
            changed("rounds", found.uid, "voted", tuple(sorted(action.voted))),
            changed("rounds", found.uid, "closed_at", event.at),
        )
    )


def cancel_round(state: State, event: Event, action: CancelRound) -> Step:
    """The round has no result."""
    found = _open(state, action.round)
    return Step((changed("rounds", found.uid, "cancelled", said(action.reason, found.uid)),))


def in_order(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """The papers by what they say, so that their order tells nothing of who gave them, or when."""
    return tuple(sorted((_tidy(paper) for paper in papers), key=encode))


def _tidy(paper: Paper) -> Paper:
    """The same paper, written in the one way that there is."""
    given = {uid: paper.points[uid] for uid in sorted(paper.points) if paper.points[uid]}
    pairs = tuple(sorted(paper.pairs, key=encode))
    return Paper(voter=paper.voter, points=given, pairs=pairs, ranking=paper.ranking)


def allowed(asked: Round, paper: Paper) -> bool:
    """Whether `paper` is a vote in the round, and in no other way than the one it asks for.

    That is all points shared out, at least one comparison, or an order of at least one thing.
    """
    said: dict[Method, object] = {
        "points": paper.points, "pairs": paper.pairs, "ranking": paper.ranking
    }  # fmt: skip
    if [method for method, votes in said.items() if votes] != [asked.method]:
        return False
    known = {item.uid for item in asked.items}
    if asked.method == "points":
        given = paper.points
        within = all(0 <= each <= (asked.most or 0) for each in given.values())
        return within and given.keys() <= known and sum(given.values()) == asked.points
    if asked.method == "ranking":
        return known.issuperset(paper.ranking) and len(set(paper.ranking)) == len(paper.ranking)
    compared = [frozenset((pair.better, pair.worse)) for pair in paper.pairs]
    fits = all(len(pair) == 2 and pair <= known for pair in compared)
    return fits and len(set(compared)) == len(compared)


def _by_voters(asked: Round, action: CloseRound) -> bool:
    """Whether each paper is of one who may vote, each voter's once, and nameless in a secret round."""
    voted = set(action.voted)
    if len(voted) != len(action.voted) or len(voted) != len(action.papers):
        return False
    signed = {paper.voter for paper in action.papers}
    return voted <= set(asked.voters) and signed == ({None} if asked.is_secret else voted)


def _open(state: State, uid: str) -> Round:
    found = state.rounds.get(uid)
    if found is None:
        raise Refusal("unknown", uid=uid)
    if not found.is_open:
        raise Refusal("round_over", uid=uid)
    return found
