"""The disposition log of a hearing: each point with its outcome, its reason and its change, as CSV and XLSX."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from veikart.core.spreadsheets import neutral
from veikart.design.point_words import OUTCOMES, POINT_KINDS
from veikart.opendata.workbooks import Sheet, workbook
from veikart.plan.consultations import LedTo, Point
from veikart.plan.model import Plan

ENDINGS = ("csv", "xlsx")
WIDTHS = (30, 26, 30, 30, 18, 70, 50, 30, 20, 50, 60, 16, 14)


def write(plan: Plan, points: Iterable[Point], *, ending: str, language: str) -> bytes:
    """The log of `points` in the format `ending`, with its heads and words in `language`.

    CSV is UTF-8 with BOM and commas. A text that a spreadsheet would run as a formula gets an
    apostrophe in front in CSV, and is a cell of text in XLSX.
    """
    with translation.override(language):
        table = [columns(), *rows(plan, points)]
        if ending == "xlsx":
            title = _("Disposition log")
            return workbook(Sheet(title=title, rows=table, widths=WIDTHS, frozen="A2"))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([neutral(c) for c in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def columns() -> tuple[str, ...]:
    """The heads, in the active language."""
    return (
        _("Id"), _("Reply"), _("Respondent"), _("Anchor"), _("Kind"), _("Text"), _("Proposed wording"),
        _("Theme"), _("Outcome"), _("Reason"), _("Change (from → to)"), _("Decided in case"), _("Decided on"),
    )  # fmt: skip


def rows(plan: Plan, points: Iterable[Point]) -> Iterator[tuple[str, ...]]:
    """One tuple of texts for each of `points`, in the order of the columns; what is missing is empty."""
    index = plan.index
    for point in points:
        reply, outcome = index.replies.get(point.reply), point.outcome
        yield (
            point.uid,
            point.reply,
            reply.respondent if reply else "",
            "; ".join(point.anchors),
            str(POINT_KINDS[point.kind]),
            point.text,
            point.proposed_wording or "",
            "; ".join(index.themes[uid].title for uid in point.themes if uid in index.themes),
            str(OUTCOMES[outcome.value]) if outcome else "",
            outcome.reason if outcome else "",
            "\n".join(_change(led) for led in outcome.led_to) if outcome else "",
            (outcome.case or "") if outcome else "",
            outcome.decided_on.isoformat() if outcome else "",
        )


def _change(led: LedTo) -> str:
    """What changed, and the sentence from and to; a side that was not there is told so."""
    nothing = pgettext("a side of a change", "nothing")
    return f"{led.uid}: {led.before or nothing} → {led.after or nothing}"
