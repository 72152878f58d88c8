"""What a bound PDF of a meeting's papers says by itself, in the active language, and how it looks."""

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from veikart.adapters.binding_parts import REFUSED, Look, Words
from veikart.adapters.typesetting import MAIN
from veikart.design.papers.setting import FONTS, HERE, LOOK, REGIONS

WHY: dict[str, str | Promise] = {
    "empty": _("The file is empty."),
    "is_word": _("It is a Word file, not a PDF."),
    "is_spreadsheet": _("It is a spreadsheet, not a PDF."),
    "is_slides": _("It is a file of slides, not a PDF."),
    "is_office": _("It is an older Office file, not a PDF."),
    "is_picture": _("It is a picture, not a PDF."),
    "is_web_page": _("It is a web page, not a PDF."),
    "is_text": _("It is plain text, not a PDF."),
    "not_pdf": _("It is not a PDF."),
    "password": _("The PDF opens with a password only."),
    "broken": _("The PDF is broken."),
    "no_pages": _("The PDF has no pages."),
    "too_many_pages": _("It has more than 1,000 pages."),
    "too_large": _("The file is too large."),
    "too_large_together": _("There was no more room in this file."),
    "portfolio": _("It is a collection of files packed in a PDF."),
    "needs_adobe": _("It is a form that only Adobe’s programs show."),
    "too_large_inside": _("It unpacks to more than can be shown."),
    "took_too_long": _("It took too long to read."),
    "too_much_memory": _("It takes too much memory to read."),
    "reader_stopped": _("Something in it cannot be read."),
    "scripts": _("It has scripts, which are not in this file."),
    "actions": _("It has buttons or links that start or send something. They do nothing here."),
    "files": _("Other files are attached to it. They are not in this file."),
    "media": _("It has sound, film or a model, which is not in this file."),
    "fields": _("It has fields to fill in. They are shown here as they were filled in."),
    "signatures": _(
        "It is signed digitally. The signature can be checked in the paper itself only."
    ),
    "comments": _("It has comments. Those that open when clicked are not in this file."),
}
"""The sentence of each code of `binding_parts.REFUSED` and `LEFT_OUT`."""

_SAVE_AS_PDF = _("Save it as PDF in the program that made it, and put it in again.")
_SAVE_ANEW = _("Open it in the program that made it, save it anew as PDF, and put it in again.")
_PRINT_ANEW = _("Open it, print it to a new PDF, and put that in.")
_IN_PARTS = _("Save it with smaller pictures, or put it in in parts.")
REMEDY: dict[str, str | Promise] = {
    **dict.fromkeys((code for code in REFUSED if code.startswith("is_")), _SAVE_AS_PDF),
    **dict.fromkeys(("not_pdf", "empty"), _SAVE_AS_PDF),
    **dict.fromkeys(("broken", "no_pages"), _SAVE_ANEW),
    **dict.fromkeys(("too_many_pages", "too_large", "too_large_together"), _IN_PARTS),
    **dict.fromkeys(
        ("needs_adobe", "too_large_inside", "took_too_long", "too_much_memory", "reader_stopped"),
        _PRINT_ANEW,
    ),
    "password": _("Save it without a password, and put it in again."),
    "portfolio": _("Take the files out of it, and put in each of them as PDF."),
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
        agenda=gettext("Agenda"),
        number=gettext("Case"),
        title=gettext("Title"),
        times=gettext("Time"),
        kind=gettext("Type"),
        page=gettext("Page"),
        not_here=gettext("Not in this file, see below"),
        lacking=gettext("Not in this file"),
        lacking_lead=gettext("This could not be gathered here, and is found by itself."),
        open_at=gettext("Open the paper"),
        case=lambda number: gettext("Case %(number)s") % {"number": number},
        page_of=lambda page, pages: (
            gettext("page %(page)d of %(pages)d") % {"page": page, "pages": pages}
        ),
        pages=lambda number: (
            ngettext("%(number)d page", "%(number)d pages", number) % {"number": number}
        ),
        why=lambda code: str(WHY[code]),
    )
