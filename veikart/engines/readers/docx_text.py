"""The paragraphs of a DOCX file, read as a stream: text, headings, lists and footnote marks."""

import posixpath
from collections import Counter
from collections.abc import Mapping

import msgspec

from veikart.engines.proposal import Unreadable
from veikart.engines.readers.archive import Archive, local
from veikart.engines.readers.paragraphs import Kind, Line, check_length
from veikart.engines.readers.texts import plain

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})
_HEADINGS = ("heading", "overskrift", "title", "tittel")
_BULLETS = ("list bullet", "punktliste", "punktmerket liste")
_NUMBERS = ("list number", "nummerert liste")


def docx_lines(name: str, archive: Archive) -> list[Line]:
    """The lines of the document: one a paragraph, more where it holds line breaks.

    `line` is the paragraph's number in the document. Footnotes follow at the end.
    Raises Unreadable for a file that is broken, and `no_text` for one without any.
    """
    main = _main_part(archive)
    folder = posixpath.dirname(main)
    body = _Body(name, _styles(archive, folder), _bullet_lists(archive, folder))
    archive.parse(main, body)
    footnotes = posixpath.join(folder, "footnotes.xml")
    if body.footnotes and footnotes in archive:
        notes = _Notes(name)
        archive.parse(footnotes, notes)
        for number, identifier in enumerate(body.footnotes, start=1):
            body.add_note(number, notes.texts.get(identifier, ""))
    if not body.lines:
        raise Unreadable(
            "no_text",
            f"Expected a document with text; {name} holds none. Take in the document that the "
            "text is in; pictures of text cannot be read.",
        )
    return body.lines


def _main_part(archive: Archive) -> str:
    for part in archive.parts():
        if part in {"word/document.xml", "word/document2.xml"}:
            return part
    raise Unreadable(
        "broken_file",
        f"Expected a DOCX file with its text; {archive.name} has no document part. "
        "Open it in the program that made it, save it anew, and take it in again.",
    )


class _Silent:
    def start(self, tag: str, attributes: dict[str, str]) -> None:
        pass

    def end(self, tag: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class _Styles(_Silent):
    """The name of each style by its identifier, in lower case."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "style":
            self._style = _value(attributes, "styleId")
        elif local(tag) == "name" and self._style:
            self.names[self._style] = _value(attributes, "val").casefold()
            self._style = ""


def _styles(archive: Archive, folder: str) -> Mapping[str, str]:
    part = posixpath.join(folder, "styles.xml")
    styles = _Styles()
    if part in archive:
        archive.parse(part, styles)
    return styles.names


class _Numbering(_Silent):
    """Which lists have bullets: the form of the first level of each list."""

    def __init__(self) -> None:
        self.forms: dict[str, str] = {}
        self.abstract_of: dict[str, str] = {}
        self._abstract = self._number = ""
        self._level = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "abstractNum":
            self._abstract = _value(attributes, "abstractNumId")
        elif tag == "lvl":
            self._level = _value(attributes, "ilvl")
        elif tag == "numFmt" and self._level == "0":
            self.forms.setdefault(self._abstract, _value(attributes, "val"))
        elif tag == "num":
            self._number = _value(attributes, "numId")
        elif tag == "abstractNumId":
            self.abstract_of[self._number] = _value(attributes, "val")


def _bullet_lists(archive: Archive, folder: str) -> Mapping[str, bool]:
    """For each list, whether it has bullets; if not, it has numbers."""
    part = posixpath.join(folder, "numbering.xml")
    numbering = _Numbering()
    if part in archive:
        archive.parse(part, numbering)
    return {
        number: numbering.forms.get(abstract, "bullet") in {"bullet", "none"}
        for number, abstract in numbering.abstract_of.items()
    }


class _Open(msgspec.Struct):
    """A paragraph that has begun and not ended."""

    texts: list[str]
    style: str = ""
    numbering: str = ""


class _Body:
    """Collects the lines of the document's body."""

    def __init__(
        self, name: str, styles: Mapping[str, str], bullet_lists: Mapping[str, bool]
    ) -> None:
        self._name = name
        self._styles = styles
        self._bullet_lists = bullet_lists
        self.lines: list[Line] = []
        self.footnotes: list[str] = []
        self._open: list[_Open] = []
        self._paragraphs = 0
        self._left_out = 0
        self._in_text = False
        self._raised = False
        self._counters: Counter[str] = Counter()
        self._length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag in _LEFT_OUT:
            self._left_out += 1
        elif tag == "p":
            self._open.append(_Open([]))
        elif self._open and not self._left_out:
            self._start_inside(self._open[-1], tag, attributes)

    def _start_inside(self, paragraph: _Open, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "pStyle":
                paragraph.style = _value(attributes, "val")
            case "numId":
                paragraph.numbering = _value(attributes, "val")
            case "r":
                self._raised = False
            case "vertAlign":
                self._raised = _value(attributes, "val") == "superscript"
            case "t":
                self._in_text = True
            case "tab":
                paragraph.texts.append("\t")
            case "noBreakHyphen":
                paragraph.texts.append("-")
            case "br" | "cr":
                paragraph.texts.append("\n")
            case "footnoteReference":
                self.footnotes.append(_value(attributes, "id"))
                paragraph.texts.append(raised(len(self.footnotes)))

    def end(self, tag: str) -> None:
        tag = local(tag)
        if tag in _LEFT_OUT:
            self._left_out -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "p" and self._open:
            self._close(self._open.pop())

    def text(self, text: str) -> None:
        if not self._in_text or self._left_out or not self._open:
            return
        self._length += len(text)
        check_length(self._name, self._length)
        if self._raised and text.isdecimal():
            text = text.translate(_RAISED)
        self._open[-1].texts.append(text)

    def add_note(self, number: int, text: str) -> None:
        """Add the text of a footnote, as it would stand at the end of the document."""
        if text.strip():
            self._paragraphs += 1
            self._add(f"{raised(number)} {text}", "text", apart=True)

    def _close(self, paragraph: _Open) -> None:
        self._paragraphs += 1
        pieces = plain("".join(paragraph.texts)).split("\n")
        kind, mark = self._kind_and_mark(paragraph)
        apart = True
        for piece in pieces:
            if piece.strip():
                self._add(mark + piece.strip(), kind, apart=apart)
                mark, apart = "", False
            else:
                apart = True

    def _add(self, text: str, kind: Kind, *, apart: bool) -> None:
        self.lines.append(Line(text=text, apart=apart, full=0.0, line=self._paragraphs, kind=kind))

    def _kind_and_mark(self, paragraph: _Open) -> tuple[Kind, str]:
        style = self._styles.get(paragraph.style, paragraph.style.casefold())
        if style.startswith(_HEADINGS):
            self._counters.clear()
            return "heading", ""
        numbered = paragraph.numbering not in {"", "0"}
        if style.startswith(_BULLETS) or (
            numbered and self._bullet_lists.get(paragraph.numbering, True)
        ):
            return "text", "• "
        if numbered or style.startswith(_NUMBERS):
            self._counters[paragraph.numbering] += 1
            return "text", f"{self._counters[paragraph.numbering]}. "
        return "text", ""


class _Notes(_Silent):
    """The text of each footnote by its identifier."""

    def __init__(self, name: str) -> None:
        self.texts: dict[str, str] = {}
        self._body = _Body(name, {}, {})
        self._identifier = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "footnote":
            self._identifier = _value(attributes, "id")
        self._body.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._body.end(tag)
        if local(tag) == "footnote":
            self.texts[self._identifier] = " ".join(line.text for line in self._body.lines)
            self._body.lines.clear()

    def text(self, text: str) -> None:
        self._body.text(text)


def raised(number: int) -> str:
    """A footnote mark: 12 becomes ¹²."""
    return str(number).translate(_RAISED)


def _value(attributes: Mapping[str, str], key: str) -> str:
    """An attribute's value, whatever its prefix."""
    for name, value in attributes.items():
        if local(name) == key:
            return value
    return ""
