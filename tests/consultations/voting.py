"""Rounds of prioritising for tests: three draft goals, four voters, and ways to vote."""

import datetime as dt
import html
import re

from django.urls import reverse

from tests.engines.handling.logs import HEARING
from veikart.consultations import queries
from veikart.consultations.prioritising import casting, rounds
from veikart.consultations.prioritising.rounds import Asking

CODE = "22-414"
ROUND = f"{HEARING}/prioritering/1"
GOALS = tuple(f"{HEARING}/malutkast/{no}" for no in (1, 2, 3))
NAMES = ("Kari Nordmann, KS", "Ola Hansen, FFO", "Anne Berg, Bergen", "Per Vik, Alta")
LATER = dt.datetime(2022, 11, 1, tzinfo=dt.UTC)


def opened(editor, method="points", **more):
    """A round of the three goals, and the link of each voter, by first name."""
    values = {
        "title": "Møte 1/2022",
        "of": "goals",
        "items": GOALS,
        "method": method,
        "voters": NAMES,
        "closes_at": LATER,
        "points": 10 if method == "points" else None,
        "most": 6 if method == "points" else None,
        **more,
    }
    made = rounds.open_round(HEARING, Asking(**values), by=editor)
    return {one.name.split()[0]: one.token for one in made.invited}


def voter(token):
    return casting.find(token).voter


def give(token, *points):
    casting.cast_points(voter(token), dict(zip(GOALS, points, strict=True)))


def choose_all(token, order):
    """Prefer what comes first in `order`, in each pair."""
    for place, (first, second) in enumerate(voter(token).asked):
        first_is_better = order.index(first) < order.index(second)
        casting.cast_choice(voter(token), place, "first" if first_is_better else "second")


def everybody_votes(links):
    for name, points in (("Kari", (6, 4, 0)), ("Ola", (6, 0, 4)), ("Anne", (5, 5, 0))):
        give(links[name], *points)


def closed(editor):
    return rounds.close(HEARING, ROUND, by=editor).rounds[ROUND]


def frozen():
    (found,) = queries.freeze(on=dt.date(2022, 10, 20)).priority_rounds
    return found


def text(response):
    plain = re.sub(r"<[^>]*>", " ", html.unescape(response.content.decode()))
    return " ".join(plain.split())


def address(token):
    return reverse("prioritising:vote", args=[token])


def rank(token, *order):
    """Put the goals of these numbers (from 1) in this order."""
    casting.cast_ranking(voter(token), [GOALS[no - 1] for no in order])


def all_vote(method, links):
    """Kari, Ola and Anne vote, each in another way, by whichever method."""
    orders = {"Kari": (1, 2, 3), "Ola": (1, 3), "Anne": (2, 1)}
    if method == "points":
        everybody_votes(links)
        return
    for name, order in orders.items():
        if method == "ranking":
            rank(links[name], *order)
            continue
        first = [GOALS[no - 1] for no in order]
        choose_all(links[name], [*first, *(uid for uid in GOALS if uid not in first)])
