"""The boxes to tick in a DOCX file, and the prompts that stand where nothing was written."""

from veikart.engines.readers.archive import Archive, local
from veikart.engines.readers.docx_styles import Silent, is_on, value

TICKED, NOT_TICKED = "☒", "☐"


class Boxes:
    """Follows a document's elements, and says which mark stands for a box: ☒ or ☐.

    A box is a content control, or a form field as Word made them before 2007. Whatever sign the
    file shows for it, its state counts.
    """

    def __init__(self) -> None:
        self._ticked: bool | None = None
        self._depth = 0
        self._is_marked = False

    @property
    def is_within(self) -> bool:
        """Whether the sign of a box is being read."""
        return self._depth > 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; `tag` is without its prefix."""
        if tag in {"checkbox", "checkBox"}:
            self._ticked = False
        elif tag in {"checked", "default"} and self._ticked is not None:
            self._ticked = is_on(value(attributes, "val"))
        elif tag == "sdtContent" and self._depth:
            self._depth += 1
        elif tag == "sdtContent" and self._ticked is not None:
            self._depth = 1
            self._is_marked = False

    def end(self, tag: str) -> str:
        """An element ends; the mark of a box that it was, if it has none yet."""
        if tag == "ffData" and self._ticked is not None:
            self._is_marked = False
            return self._mark_and_leave()
        if tag == "sdtContent" and self._depth:
            self._depth -= 1
            return "" if self._depth else self._mark_and_leave()
        return ""

    def mark(self) -> str:
        """The mark of the box, the first time it is asked for."""
        if self._is_marked:
            return ""
        self._is_marked = True
        return TICKED if self._ticked else NOT_TICKED

    def _mark_and_leave(self) -> str:
        mark = self.mark()
        self._ticked = None
        return mark


def prompts(archive: Archive, part: str = "word/document.xml") -> frozenset[str]:
    """The texts that content controls show because nobody has written anything in them."""
    if part not in archive:
        return frozenset()
    found = _Prompts()
    archive.parse(part, found)
    return frozenset(text for text in found.texts if text)


class _Prompts(Silent):
    """Collects the text of each control that shows its prompt, a paragraph at a time."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self._shows: list[bool] = []
        self._pieces: list[str] = []
        self._in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "sdt":
            self._shows.append(False)
        elif tag == "showingPlcHdr" and self._shows:
            self._shows[-1] = is_on(value(attributes, "val"))
        elif tag == "t":
            self._in_text = True

    def end(self, tag: str) -> None:
        tag = local(tag)
        if tag == "t":
            self._in_text = False
        elif tag in {"p", "sdt"}:
            self.texts.add(" ".join("".join(self._pieces).split()))
            self._pieces.clear()
        if tag == "sdt" and self._shows:
            self._shows.pop()

    def text(self, text: str) -> None:
        if self._in_text and any(self._shows):
            self._pieces.append(text)
