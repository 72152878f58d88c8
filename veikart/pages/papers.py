"""The papers of a case: what each is, and where its file is fetched."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.pages.reading import Reading
from veikart.plan.council import Case, Paper
from veikart.plan.paper_names import ANY, ending, file_path

KILO, MEGA = 1_000, 1_000_000


def of_case(reading: Reading, case: Case) -> list[dict[str, Any]]:
    """The papers of `case` in their order: what they are called, how long they are, and where they lie."""
    return [_told(reading, paper) for paper in reading.plan.index.papers_of.get(case.uid, [])]


def address(reading: Reading, paper: Paper) -> str | None:
    """Where the file of `paper` is fetched; None where it has none. Files are the same in every language."""
    if paper.sha256 is None:
        return None
    if reading.is_draft:
        return f"/utkast/data/{file_path(paper)}"
    if reading.is_older or reading.is_waiting:
        return f"/utgaver/{reading.number}/{file_path(paper)}"
    return f"/data/{file_path(paper)}"


def _told(reading: Reading, paper: Paper) -> dict[str, Any]:
    label = _("Paper %(label)s") % {"label": paper.label}
    return {
        "paper": paper,
        "id": f"vedlegg-{paper.uid.rpartition('/')[2]}",
        "label": label,
        "address": address(reading, paper),
        "said": _said(paper),
    }


def _said(paper: Paper) -> str:
    """Its kind, its pages and its size, as far as they are known: PDF, 12 sider, 1,2 MB."""
    parts = [ending(paper).upper() if paper.sha256 and ending(paper) != ANY else ""]
    if paper.pages:
        pages = ngettext("%(n)s page", "%(n)s pages", paper.pages)
        parts.append(pages % {"n": words.number(paper.pages)})
    if paper.bytes is not None:
        parts.append(_size(paper.bytes))
    return ", ".join(part for part in parts if part)


def _size(size: int) -> str:
    if size >= MEGA:
        return f"{size / MEGA:.1f}".replace(".", words.decimal_sign()) + " MB"
    return f"{max(round(size / KILO), 1)} kB"
