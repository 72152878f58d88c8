"""The words of a PDF page: their text, where they stand, and how large and heavy they are set."""

import ctypes
import itertools
import re
from collections.abc import Iterable
from typing import Any

import msgspec
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_HYPHENS = str.maketrans(dict.fromkeys("\x02\ufffe\u00ad\u2010", "-"))
_WORD = re.compile(r"(\d+|[^\s\d\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe])(\s*)")
_UNKNOWN = "\x00"  # what has no letter of its own, or half a one
_HALF = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile("[\x00\x02]")
_LAST_UNIT = 0xFFFF
_HEAVY = 600
_MOST_DRAWINGS = 5_000
_DEPTH = 3
_LARGEST_DOT = 7  # points


def _quick(function: Any, gives: type) -> Any:
    """A function of PDFium that takes its arguments as they come. Where their types are declared,
    ctypes converts each of them, which takes twice as long as the answer.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(gives)(address)


_origin = _quick(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
_font_size = _quick(pdfium.FPDFText_GetFontSize, ctypes.c_double)


class Word(msgspec.Struct, gc=False):
    """A stretch of letters or digits and the blanks after it: from which character of its page on,
    where in points it begins and stands, and the size of its letters.
    """

    text: str
    after: str
    index: int
    x: float
    baseline: float
    size: float


class Dot(msgspec.Struct, gc=False):
    """A small drawing, as browsers draw the marks of lists."""

    left: float
    right: float
    middle: float


class PageText:
    """The text of one page, asked of PDFium a word at a time: a character at a time takes long."""

    def __init__(self, textpage: "pypdfium2.PdfTextPage") -> None:
        self._raw = textpage.raw
        self._own = ctypes.cast(textpage.raw, ctypes.c_void_p)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at = ctypes.byref(self._x), ctypes.byref(self._y)
        self._matrix = pdfium.FS_MATRIX()
        self._flags = ctypes.c_int()
        self._name = ctypes.create_string_buffer(128)

    def words(self) -> Iterable[Word]:
        """The words in the file's order."""
        scale = 1.0
        begins = True
        for match in _WORD.finditer(_text(self._raw)):
            text, after = match.groups()
            index = match.start()
            is_number = text.isdecimal()
            if begins or is_number:
                scale = self._scale(index)
            begins = is_number or "\n" in after
            if is_number and len(text) > 1 and self._varies(index, match.end(1) - 1):
                yield from self._digits(text, after, index)
                continue
            if not text.isascii() or _SPECIAL.search(text):
                text = text.replace(_UNKNOWN, "").translate(_HYPHENS)
            if text:
                yield self._word(text, after, index, scale)

    def _digits(self, text: str, after: str, index: int) -> Iterable[Word]:
        """A number whose digits differ in size: the last ones are the mark of a footnote."""
        for offset, digit in enumerate(text):
            own = after if offset == len(text) - 1 else ""
            yield self._word(digit, own, index + offset, self._scale(index + offset))

    def _word(self, text: str, after: str, index: int, scale: float) -> Word:
        _origin(self._own, index, *self._at)
        size = _font_size(self._own, index) * scale
        return Word(text, after, index, self._x.value, self._y.value, size)

    def origin(self, index: int) -> tuple[float, float]:
        """Where a character stands: its left edge and its baseline."""
        _origin(self._own, index, *self._at)
        return self._x.value, self._y.value

    def is_bold(self, index: int) -> bool:
        """Whether a character is set in a bold font."""
        if pdfium.FPDFText_GetFontWeight(self._raw, index) >= _HEAVY:
            return True
        self._name.value = b""
        pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, 128, self._flags)
        return b"bold" in self._name.value.lower() or b"black" in self._name.value.lower()

    def _varies(self, first: int, last: int) -> bool:
        one = _font_size(self._own, first) * self._scale(first)
        return bool(one != _font_size(self._own, last) * self._scale(last))

    def _scale(self, index: int) -> float:
        """How much the page enlarges the font of a character."""
        if not pdfium.FPDFText_GetMatrix(self._raw, index, self._matrix):
            return 1.0
        return float((self._matrix.c**2 + self._matrix.d**2) ** 0.5) or 1.0


def _text(raw: object) -> str:
    """The text of a page, one code unit for each character PDFium counts."""
    count = max(pdfium.FPDFText_CountChars(raw), 0)
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(raw, 0, count, units)
    text = bytes(units)[: 2 * count].decode("utf-16-le", errors="surrogatepass")
    if written != count + 1 or len(text) != count:
        codes = (pdfium.FPDFText_GetUnicode(raw, index) for index in range(count))
        text = "".join(_UNKNOWN if code > _LAST_UNIT else chr(code) for code in codes)
    return _HALF.sub(_UNKNOWN, text)


def dots(page: "pypdfium2.PdfPage") -> list[Dot]:
    """The small round or square drawings of a page: browsers draw bullets, and write none."""
    left, bottom, right, top = (ctypes.c_float() for _edge in range(4))
    found = []
    for drawing in itertools.islice(_drawings(page), _MOST_DRAWINGS):
        if not pdfium.FPDFPageObj_GetBounds(drawing, left, bottom, right, top):
            continue
        width, height = right.value - left.value, top.value - bottom.value
        if 1 < width < _LARGEST_DOT and 0.7 < width / max(height, 0.1) < 1.4:
            found.append(Dot(left.value, right.value, (bottom.value + top.value) / 2))
    return found


def _drawings(page: "pypdfium2.PdfPage") -> Iterable[object]:
    """The drawings of a page and of the forms within it, asked of PDFium itself."""
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        yield from _paths(pdfium.FPDFPage_GetObject(page.raw, index), _DEPTH)


def _paths(one: object, depth: int) -> Iterable[object]:
    """What is drawn in an object of a page: itself, or what it is made of."""
    kind = pdfium.FPDFPageObj_GetType(one)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield one
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth > 1:
        for index in range(pdfium.FPDFFormObj_CountObjects(one)):
            yield from _paths(pdfium.FPDFFormObj_GetObject(one, index), depth - 1)
