"""Papers as PDF: a template of the package that owns it, set in the look that all papers share."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from veikart.adapters.typesetting import MAIN, typeset

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"
LOOK = "look.typ"
REGIONS = {"nb": "NO", "nn": "NO", "en": "GB"}


def pdf(
    template: Path,
    data: Mapping[str, Any],
    *,
    title: str,
    at: dt.datetime,
    issuer: str | None = None,
    foot: str = "",
) -> bytes:
    """The paper `template` of `data` as tagged PDF (PDF/UA-1), in the active language.

    The template gets `data` and beside it `paper`: the title, the language, who issues it
    (`issuer`, at the top), and the words at the foot of each page. The same arguments give the
    same bytes. Raises as `typeset` does.
    """
    language = get_language() or "nb"
    paper = {
        "title": title,
        "running": title,
        "language": language,
        "region": REGIONS.get(language, "NO"),
        "issuer": issuer,
        "foot": foot,
        "page_of": _("Page {page} of {pages}"),
    }
    sources = {MAIN: template.read_text("utf-8"), LOOK: (HERE / LOOK).read_text("utf-8")}
    return typeset(sources, {**data, "paper": paper}, fonts=FONTS, at=at)
