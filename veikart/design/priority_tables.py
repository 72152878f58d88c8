"""Rounds of prioritising as data: the results and the votes as CSV, and all of it as JSON."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from veikart.core.spreadsheets import neutral
from veikart.design.priority_words import METHODS
from veikart.plan.consultations import Ballot, PriorityRound


def results(rounds: Iterable[PriorityRound]) -> bytes:
    """The results of `rounds`, a row for each thing in each: CSV, UTF-8 with BOM, with commas.

    A missing value is empty; shares are from 0 to 1 with a point.
    """
    rows = (row for said in rounds for row in _results(said))
    return _written(result_columns(), rows)


def result_columns() -> tuple[str, ...]:
    """The heads of a table of results, in the active language."""
    return (
        _("Round"), _("Title"), _("Opened on"), _("Closed on"), _("Method"), _("Secret"), _("Could vote"),
        _("Voted"), _("Points for each"), _("At most to one"), _("Id"), _("Text"),
        pgettext("rank", "Number"), _("Best number without one member"),
        _("Worst number without one member"), _("Share"), _("Points or comparisons won"),
        _("Members who gave points or ranked it, or comparisons"), _("Members who put it first"),
        pgettext("of a council", "Case"),
    )  # fmt: skip


def votes(ballots: Iterable[tuple[str, Ballot]]) -> bytes:
    """The votes as CSV, UTF-8 with BOM: a row for each thing given points or a place, or for each comparison.

    `ballots` are pairs of a round's uid and a vote in it. From these rows anybody can count again.
    """
    rows = ((uid, neutral(ballot.voter), *row) for uid, ballot in ballots for row in _votes(ballot))
    return _written(vote_columns(), rows)


def vote_columns() -> tuple[str, ...]:
    """The heads of a table of votes, in the active language."""
    return (
        _("Round"), _("Vote"), _("Id"), _("Points"), _("Place in the order"), _("Preferred to"), _("Equal"),
    )  # fmt: skip


def as_json(rounds: Iterable[PriorityRound]) -> bytes:
    """All that the Plan holds of `rounds`, as JSON with the Plan's own names; votes where they are open."""
    found = msgspec.json.encode({"priority_rounds": list(rounds)}, order="sorted")
    return msgspec.json.format(found, indent=2) + b"\n"


def _results(said: PriorityRound) -> Iterator[Sequence[object]]:
    for one in said.priorities:
        yield (
            said.uid, neutral(said.title), said.opened_on, said.closed_on, METHODS[said.method],
            _("yes") if said.is_secret else _("no"), said.voters, said.voted, said.points, said.most,
            one.item, neutral(one.text), one.rank, one.best, one.worst, one.share, f"{one.got:g}",
            one.given, one.firsts, said.case,
        )  # fmt: skip


def _votes(ballot: Ballot) -> Iterator[Sequence[object]]:
    for given in ballot.points:
        yield given.item, given.points, None, None, None
    for place, uid in enumerate(ballot.ranking, 1):
        yield uid, None, place, None, None
    for pair in ballot.pairs:
        yield pair.better, None, None, pair.worse, _("yes") if pair.equal else _("no")


def _written(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow("" if value is None else str(value) for value in row)
    return out.getvalue().encode("utf-8-sig")
