"""Texts as they are kept: one kind of space, one form of each letter, nothing invisible."""

import re
import unicodedata

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff]"
)
_EXCEL_RETURN = "_x000D_"
_LINE_ENDS = re.compile(r"\r\n|\r|\u2028|\u2029|\x85")
_FORMULA = re.compile(r"[=@]|[+-](?!\s+[^\W\d_])")


def plain(text: str) -> str:
    """`text` without characters nobody sees, its letters composed (NFC), each line end a line feed."""
    if text.isascii() and text.isprintable() and "_x" not in text:
        return text
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text.replace(_EXCEL_RETURN, "")))
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str | None:
    """`text` on one line with single spaces; None where nothing is left."""
    return " ".join(plain(text).split()) or None


def lines(text: str) -> str | None:
    """`text` with its line breaks, single spaces in each line, and no two blank lines together;
    None where nothing is left.
    """
    kept = [" ".join(line.split()) for line in plain(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n") or None


def looks_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet program might calculate `text`: =, @, + or - stands first.

    A dash, a space and a letter is a list, and no formula.
    """
    return _FORMULA.match(text.lstrip()) is not None
