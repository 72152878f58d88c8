"""Opening a round of prioritising, giving it more time, counting the votes, and giving it up."""

import datetime as dt
import random
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.consultations import log, rules
from veikart.consultations.answering.tokens import hash_of, new_token
from veikart.consultations.prioritising.models import Voter
from veikart.consultations.services import act
from veikart.engines.handling import actions as do
from veikart.engines.handling.state import Round, State
from veikart.engines.handling.stepping import next_uid
from veikart.engines.handling.steps_rounds import in_order, option_uid
from veikart.engines.handling.words import Method, Weighing
from veikart.engines.priorities.asking import pairs_for
from veikart.people import audit
from veikart.people.models import User


class Asking(NamedTuple):
    """What is asked of whom, by which method, and until when; `case` is the uid of a council case.

    `items` are uids of draft goals or change areas; of options, they are what each one says.
    """

    title: str
    of: Weighing
    items: Sequence[str]
    method: Method
    voters: Sequence[str]
    closes_at: dt.datetime
    is_secret: bool = True
    points: int | None = None
    most: int | None = None
    case: str | None = None


class Invited(NamedTuple):
    """A voter and the token of the private link, which is kept nowhere and shown once."""

    name: str
    token: str


class Opened(NamedTuple):
    """The uid of the round that was opened, and whom to send which link."""

    round: str
    invited: list[Invited]


@transaction.atomic
def open_round(hearing: str, asking: Asking, *, by: User) -> Opened:
    """Ask named voters to put draft goals, change areas or options in order; each gets a private link.

    What each one votes in an open round is published with the name when it is counted.
    Raises ValidationError if what is asked does not add up, PermissionDenied for who may not.
    """
    audit.lock()
    state = log.state_of(hearing)
    uid = next_uid(state, hearing, "prioritering")
    names = tuple(" ".join(name.split()) for name in asking.voters)
    action = _action(state, uid, asking, names)
    act(hearing, action, by=by)
    invited = [Invited(name, new_token()) for name in names]
    Voter.objects.bulk_create(
        Voter(
            hearing_id=hearing,
            round=uid,
            no=no,
            name=each.name,
            token_hash=hash_of(each.token),
            asked=_asked(action),
        )
        for no, each in enumerate(invited, 1)
    )
    return Opened(uid, invited)


def _action(state: State, uid: str, asking: Asking, names: tuple[str, ...]) -> do.OpenRound:
    by_points = asking.method == "points"
    return do.OpenRound(
        round=uid,
        title=asking.title,
        of=asking.of,
        method=asking.method,
        items=_items(state, uid, asking),
        voters=names,
        closes_at=asking.closes_at,
        is_secret=asking.is_secret,
        points=asking.points if by_points else None,
        most=asking.most if by_points else None,
        is_public=not asking.is_secret,
        case=asking.case,
    )


def _items(state: State, uid: str, asking: Asking) -> tuple[do.Item, ...]:
    """What is weighed in the round `uid`, with the words it has now."""
    if asking.of == "options":
        return tuple(
            do.Item(uid=option_uid(uid, no), text=text) for no, text in enumerate(asking.items, 1)
        )
    return tuple(do.Item(uid=item, text=_text(state, item)) for item in asking.items)


def _text(state: State, uid: str) -> str:
    """What the thing `uid` says now; its uid if there is none, which the log refuses."""
    if uid in state.goals:
        return state.goals[uid].text
    return state.areas[uid].title if uid in state.areas else uid


def _asked(action: do.OpenRound) -> list[tuple[str, str]]:
    """The pairs to ask one voter about, by a chance that nobody can follow afterwards."""
    if action.method != "pairs":
        return []
    items = [item.uid for item in action.items]
    return pairs_for(items, dice=random.Random(secrets.randbits(128)))  # noqa: S311 (seeded so)


@transaction.atomic
def renew_link(hearing: str, uid: str, no: int, *, by: User) -> Invited:
    """A new link for the voter number `no`, for one who lost it; the old one stops working.

    What was voted by the old link is taken away, so that nobody reads or changes it by the new one.
    Raises ValidationError if the round is over.
    """
    rules.refuse_strangers(by)
    audit.lock()
    refuse_over(hearing, uid)
    voter = Voter.objects.select_for_update().get(hearing=hearing, round=uid, no=no)
    token = new_token()
    voter.token_hash, voter.ballot = hash_of(token), None
    voter.save(update_fields=["token_hash", "ballot"])
    audit.record("handling.link_renewed", uid, by=by, after={"voter": no})
    return Invited(voter.name, token)


def extend(hearing: str, uid: str, *, closes_at: dt.datetime, by: User) -> State:
    """Let members vote until `closes_at`."""
    return act(hearing, do.ExtendRound(round=uid, closes_at=closes_at), by=by)


@transaction.atomic
def close(hearing: str, uid: str, *, by: User) -> State:
    """Count the votes and keep them in the log; what was voted is emptied from the voters' table.

    In a secret round the votes are kept without names, sorted by what they say. Raises
    ValidationError with fewer than three votes in a secret round, or none in an open one.
    """
    rules.refuse_strangers(by)
    audit.lock()
    asked = refuse_over(hearing, uid)
    voters = [
        each
        for each in Voter.objects.select_for_update().filter(hearing=hearing, round=uid)
        if has_voted(each)
    ]
    papers = tuple(_paper(each, asked) for each in voters)
    counted = do.CloseRound(round=uid, papers=in_order(papers), voted=_names(voters))
    state = act(hearing, counted, by=by)
    _empty(hearing, uid)
    return state


@transaction.atomic
def cancel(hearing: str, uid: str, *, reason: str, by: User) -> State:
    """Give a round up without a result; its votes are not kept."""
    audit.lock()
    state = act(hearing, do.CancelRound(round=uid, reason=reason), by=by)
    _empty(hearing, uid)
    return state


def has_voted(voter: Voter) -> bool:
    """Whether `voter` has voted in a round that is not counted yet."""
    if isinstance(voter.ballot, list):
        return any(voter.ballot)
    return voter.ballot is not None


def refuse_over(hearing: str, uid: str) -> Round:
    """The round `uid`, if it is neither counted nor given up. Raises ValidationError."""
    found = log.state_of(hearing).rounds.get(uid)
    if found is None or not found.is_open:
        raise ValidationError(
            _("This round is counted or given up, so nothing more can be voted in it."),
            code="round_over",
        )
    return found


def is_late(asked: Round, at: dt.datetime | None = None) -> bool:
    """Whether the time for votes is out."""
    return (at or timezone.now()) >= asked.closes_at


def _names(voters: Sequence[Voter]) -> tuple[str, ...]:
    return tuple(sorted(each.name for each in voters))


def _paper(voter: Voter, asked: Round) -> do.Paper:
    name = None if asked.is_secret else voter.name
    if asked.method == "points":
        return do.Paper(voter=name, points=voter.ballot or {})
    if asked.method == "ranking":
        return do.Paper(voter=name, ranking=tuple(voter.ballot or ()))
    chosen = zip(voter.asked, voter.ballot or [], strict=True)
    pairs = (_comparison(pair, choice) for pair, choice in chosen if choice)
    return do.Paper(voter=name, pairs=tuple(pairs))


def _comparison(pair: Sequence[str], choice: str) -> do.Comparison:
    better, worse = reversed(pair) if choice == "second" else pair
    return do.Comparison(better=better, worse=worse, equal=choice == "equal")


def _empty(hearing: str, uid: str) -> None:
    Voter.objects.filter(hearing=hearing, round=uid).update(ballot=None, asked=[])
