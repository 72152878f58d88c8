"""Texts as they are kept: one kind of space, one form of each letter, nothing invisible."""

import re
import unicodedata

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff"
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
"""Besides what shows as nothing: what turns the direction of writing, by which a name can be made to
look like another, and tags that only machines read."""

_LONGEST_NAME = 255
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


def file_name(name: str) -> str | None:
    """The last part of a file's name as it is shown and kept: on one line, nothing in it invisible.

    A name that is no Unicode, as old archives have them, is read as Windows wrote it. None where
    nothing is left. Of a name of more than 255 characters its end stays, which tells the kind.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        name = name.encode("utf-8", "surrogateescape").decode("windows-1252", "replace")
    bare = one_line(re.split(r"[\\/]", name)[-1])
    return (bare or "").strip(". ")[-_LONGEST_NAME:] or None


def looks_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet program might calculate `text`: =, @, + or - stands first.

    A dash, a space and a letter is a list, and no formula.
    """
    return _FORMULA.match(text.lstrip()) is not None
