"""Two versions of a text side by side: the words that went are struck out, those that came underlined."""

import difflib

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

DEL, INS = "<del>{}</del>", "<ins>{}</ins>"


def marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both sentences, with the words that went struck out and those that came underlined."""
    old, new = before.split(), after.split()
    matched = difflib.SequenceMatcher(None, old, new, autojunk=False)
    gone, come = [], []
    for tag, first, last, start, end in matched.get_opcodes():
        gone.append(_piece(tag, DEL, old[first:last]))
        come.append(_piece(tag, INS, new[start:end]))
    return _joined(gone), _joined(come)


def _piece(tag: str, element: str, found: list[str]) -> SafeString:
    if tag == "equal" or not found:
        return escape(" ".join(found))
    return format_html(element, " ".join(found))


def _joined(pieces: list[SafeString]) -> SafeString:
    return format_html_join(" ", "{}", ((piece,) for piece in pieces if piece))
