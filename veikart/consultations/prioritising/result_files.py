"""The votes of a counted round as a table, from which anybody can count them again."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from veikart.core.spreadsheets import neutral
from veikart.engines.handling.actions import Paper
from veikart.engines.handling.state import Round


def votes(asked: Round) -> bytes:
    """Each vote as CSV, UTF-8 with BOM: a row for each thing given points, or for each comparison.

    In a secret round a vote has a number in place of a name; the numbers follow what the votes say,
    and tell nothing of who voted.
    """
    heads = (
        (_("Vote"), _("Id"), _("Points"))
        if asked.method == "points"
        else (_("Vote"), _("Preferred"), _("To"), _("Equal"))
    )
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    for no, paper in enumerate(asked.papers, 1):
        writer.writerows(_rows(paper, neutral(paper.voter or str(no))))
    return out.getvalue().encode("utf-8-sig")


def _rows(paper: Paper, voter: str) -> Iterator[tuple[str, ...]]:
    for uid, points in paper.points.items():
        yield voter, uid, str(points)
    for pair in paper.pairs:
        yield voter, pair.better, pair.worse, _("yes") if pair.equal else _("no")
