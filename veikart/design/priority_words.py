"""What rounds of prioritising are called, and what one says of a draft goal, on pages and in downloads."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from veikart.core.spreadsheets import neutral
from veikart.design import words
from veikart.engines.handling.words import Method, Weighing
from veikart.plan.consultations import Priority, PriorityRound

METHODS: dict[Method, Promise] = {
    "points": pgettext_lazy("method of prioritising", "Points shared out"),
    "pairs": pgettext_lazy("method of prioritising", "Pair by pair"),
    "ranking": pgettext_lazy("method of prioritising", "Ranked by each"),
}
WEIGHINGS: dict[Weighing, Promise] = {
    "goals": pgettext_lazy("what is weighed", "Draft goals"),
    "areas": pgettext_lazy("what is weighed", "Change areas"),
    "options": pgettext_lazy("what is weighed", "Options"),
}


def sentence(said: PriorityRound, one: Priority) -> str:
    """Where members put one thing in a round: its rank, by what method, when, and how many voted."""
    facts = {
        "rank": one.rank,
        "of": len(said.priorities),
        "day": words.day(said.closed_on),
        "turnout": turnout(said.voters, said.voted),
    }
    if one.rank is None:
        return _("Not compared on %(day)s. %(turnout)s") % facts
    if said.method == "points":
        told = _("Number %(rank)d of %(of)d by points on %(day)s. %(turnout)s") % facts
    else:
        told = _("Number %(rank)d of %(of)d pair by pair on %(day)s. %(turnout)s") % facts
    return f"{told} {span(one)}".strip()


def turnout(voters: int, voted: int) -> str:
    """How many of those who could vote did."""
    said = ngettext(
        "%(voted)s of %(voters)s member voted.", "%(voted)s of %(voters)s members voted.", voters
    )
    return said % {"voted": words.number(voted), "voters": words.number(voters)}


def span(one: Priority) -> str:
    """How far the rank moves without any one of the members; nothing where it does not, or nobody knows."""
    if one.best == one.worst:
        return ""
    facts = {"best": one.best, "worst": one.worst}
    return _("Without any one member: number %(best)d to %(worst)d.") % facts


def span_short(one: Priority) -> str:
    """The same in a cell of a table."""
    if one.best is None or one.worst is None:
        return "–"
    return str(one.best) if one.best == one.worst else f"{one.best}–{one.worst}"


def cells(one: Priority) -> dict[str, str]:
    """Points, share and comparisons won, as a table shows them."""
    won = (
        words.number(int(one.got)) if one.got == int(one.got) else formats.number_format(one.got, 1)
    )
    share = "–" if one.share is None else _("%(n)d %%") % {"n": round(one.share * 100)}
    return {
        "points": words.number(int(one.got)),
        "share": share,
        "won": _("%(won)s of %(all)s") % {"won": won, "all": words.number(one.given)},
    }


def explained(said: PriorityRound) -> str:
    """How a round was held, in a sentence or two."""
    if said.method == "points":
        told = ngettext(
            "Each member shared out %(points)d point, at most %(most)d to one.",
            "Each member shared out %(points)d points, at most %(most)d to one.",
            said.points or 0,
        ) % {"points": said.points or 0, "most": said.most or 0}
    else:
        told = _("Members chose between two at a time. The order follows from all their choices.")
    secret = _("Who voted is known, what each one voted is not.") if said.is_secret else ""
    return " ".join(part for part in (told, turnout(said.voters, said.voted), secret) if part)


def as_csv(rounds: Iterable[PriorityRound]) -> bytes:
    """The results of `rounds`, a row for each thing in each: CSV, UTF-8 with BOM, with commas.

    A missing value is empty; shares are from 0 to 1 with a point.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns())
    for said in rounds:
        writer.writerows(_rows(said))
    return out.getvalue().encode("utf-8-sig")


def columns() -> tuple[str, ...]:
    """The heads of a table of results, in the active language."""
    return (
        _("Round"), _("Title"), _("Opened on"), _("Closed on"), _("Method"), _("Secret"), _("Could vote"),
        _("Voted"), _("Points for each"), _("At most to one"), _("Id"), _("Text"),
        pgettext("rank", "Number"), _("Best number without one member"),
        _("Worst number without one member"), _("Share"), _("Points or comparisons won"),
        _("Members who gave points, or comparisons"),
    )  # fmt: skip


def _rows(said: PriorityRound) -> Iterator[tuple[str, ...]]:
    for one in said.priorities:
        values = (
            said.uid, neutral(said.title), said.opened_on, said.closed_on, METHODS[said.method],
            _("yes") if said.is_secret else _("no"), said.voters, said.voted, said.points, said.most,
            one.item, neutral(one.text), one.rank, one.best, one.worst, one.share, f"{one.got:g}", one.given,
        )  # fmt: skip
        yield tuple("" if value is None else str(value) for value in values)
