"""What a bound PDF of a meeting's papers says by itself, in the active language, and how it looks."""

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from veikart.adapters.binding_parts import REFUSED, Look, Words
from veikart.adapters.typesetting import MAIN
from veikart.design.papers.setting import FONTS, HERE, LOOK, REGIONS

WHY: dict[str, str | Promise] = {
    "empty": _later("The file is empty."),
    "is_word": _later("It is a Word file, not a PDF."),
    "is_spreadsheet": _later("It is a spreadsheet, not a PDF."),
    "is_slides": _later("It is a file of slides, not a PDF."),
    "is_office": _later("It is an older Office file, not a PDF."),
    "is_picture": _later("It is a picture, not a PDF."),
    "is_web_page": _later("It is a web page, not a PDF."),
    "is_text": _later("It is plain text, not a PDF."),
    "not_pdf": _later("It is not a PDF."),
    "password": _later("The PDF opens with a password only."),
    "broken": _later("The PDF is broken."),
    "no_pages": _later("The PDF has no pages."),
    "too_many_pages": _later("It has more than 1,000 pages."),
    "too_large": _later("The file is too large."),
    "too_large_together": _later("There was no more room in this file."),
    "portfolio": _later("It is a collection of files packed in a PDF."),
    "needs_adobe": _later("It is a form that only Adobe’s programs show."),
    "too_large_inside": _later("It unpacks to more than can be shown."),
    "took_too_long": _later("It took too long to read."),
    "too_much_memory": _later("It takes too much memory to read."),
    "reader_stopped": _later("Something in it cannot be read."),
    "scripts": _later("It has scripts, which are not in this file."),
    "actions": _later(
        "It has buttons or links that start or send something. They do nothing here."
    ),
    "files": _later("Other files are attached to it. They are not in this file."),
    "media": _later("It has sound, film or a model, which is not in this file."),
    "fields": _later("It has fields to fill in. They are shown here as they were filled in."),
    "signatures": _later(
        "It is signed digitally. The signature can be checked in the paper itself only."
    ),
    "comments": _later("It has comments. Those that open when clicked are not in this file."),
}
"""The sentence of each code of `binding_parts.REFUSED` and `LEFT_OUT`."""

_SAVE_AS_PDF = _later("Save it as PDF in the program that made it, and put it in again.")
_SAVE_ANEW = _later(
    "Open it in the program that made it, save it anew as PDF, and put it in again."
)
_PRINT_ANEW = _later("Open it, print it to a new PDF, and put that in.")
_IN_PARTS = _later("Save it with smaller pictures, or put it in in parts.")
REMEDY: dict[str, str | Promise] = {
    **dict.fromkeys((code for code in REFUSED if code.startswith("is_")), _SAVE_AS_PDF),
    **dict.fromkeys(("not_pdf", "empty"), _SAVE_AS_PDF),
    **dict.fromkeys(("broken", "no_pages"), _SAVE_ANEW),
    **dict.fromkeys(("too_many_pages", "too_large", "too_large_together"), _IN_PARTS),
    **dict.fromkeys(
        ("needs_adobe", "too_large_inside", "took_too_long", "too_much_memory", "reader_stopped"),
        _PRINT_ANEW,
    ),
    "password": _later("Save it without a password, and put it in again."),
    "portfolio": _later("Take the files out of it, and put in each of them as PDF."),
}
"""What to do with a paper that was refused, by its code: for those who gather papers."""


def look() -> Look:
    """The look of a bound PDF."""
    shared = (HERE / LOOK).read_text("utf-8")
    front, stamps = ((HERE / name).read_text("utf-8") for name in ("bound.typ", "stamps.typ"))
    return Look(front={MAIN: front, LOOK: shared}, stamps={MAIN: stamps, LOOK: shared}, fonts=FONTS)


def words() -> Words:
    """All that a bound PDF says by itself, in the active language."""
    language = get_language() or "nb"
    return Words(
        language=language,
        region=REGIONS.get(language, "NO"),
        agenda=_("Agenda"),
        number=_("Case"),
        title=_("Title"),
        times=_("Time"),
        kind=_("Type"),
        page=_("Page"),
        not_here=_("Not in this file, see below"),
        lacking=_("Not in this file"),
        lacking_lead=_("This could not be gathered here, and is found by itself."),
        open_at=_("Open the paper"),
        case=lambda number: _("Case %(number)s") % {"number": number},
        page_of=lambda page, pages: (
            _("page %(page)d of %(pages)d") % {"page": page, "pages": pages}
        ),
        pages=lambda number: (
            ngettext("%(number)d page", "%(number)d pages", number) % {"number": number}
        ),
        why=lambda code: str(WHY[code]),
    )
