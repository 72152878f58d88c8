"""The lines of a DOCX file, read as a stream: text, headings, lists, tables and footnote marks."""

import posixpath
from collections import Counter
from collections.abc import Mapping

import msgspec

from veikart.engines.proposal import Unreadable
from veikart.engines.readers.archive import Archive, local
from veikart.engines.readers.docx_controls import Boxes
from veikart.engines.readers.docx_styles import Lists, Silent, Style, is_on, styles, value
from veikart.engines.readers.paragraphs import Kind, Line, check_length
from veikart.engines.readers.texts import plain

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})


def docx_lines(name: str, archive: Archive) -> list[Line]:
    """The lines of the document: one a paragraph, more where it holds line breaks.

    `line` is the paragraph's number in the document. Footnotes follow at the end; a table of
    contents is left out.
    Raises Unreadable for a file that is broken, and `no_text` for one without any.
    """
    main = _main_part(archive)
    folder = posixpath.dirname(main)
    body = _Body(name, styles(archive, folder), Lists(archive, folder))
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


def docx_margins(name: str, archive: Archive) -> list[str]:
    """The lines of the document's headers and footers, each once."""
    folder = posixpath.dirname(_main_part(archive))
    found: dict[str, None] = {}
    for part in archive.parts():
        if posixpath.dirname(part) == folder and posixpath.basename(part).startswith(
            ("header", "footer")
        ):
            body = _Body(name, {}, Lists())
            archive.parse(part, body)
            found |= dict.fromkeys(" ".join(line.text.split()) for line in body.lines)
    return list(found)


def _main_part(archive: Archive) -> str:
    for part in archive.parts():
        if part in {"word/document.xml", "word/document2.xml"}:
            return part
    raise Unreadable(
        "broken_file",
        f"Expected a DOCX file with its text; {archive.name} has no document part. "
        "Open it in the program that made it, save it anew, and take it in again.",
    )


class _Open(msgspec.Struct):
    """A paragraph that has begun and not ended; how many of its letters are bold, and how many not."""

    texts: list[str]
    style: str = ""
    numbering: str = ""
    level: int | None = None
    bold: int = 0
    light: int = 0


class _Body:
    """Collects the lines of the document's body."""

    def __init__(self, name: str, styles: Mapping[str, Style], lists: Lists) -> None:
        self._name = name
        self._styles = styles
        self._lists = lists
        self.lines: list[Line] = []
        self.footnotes: list[str] = []
        self._open: list[_Open] = []
        self._paragraphs = 0
        self._left_out = 0
        self._in_run = self._in_text = False
        self._raised = False
        self._bold: bool | None = None
        self._counters: Counter[tuple[str, int]] = Counter()
        self._length = 0
        self._tables = _Tables()
        self._boxes = Boxes()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        self._tables.start(tag)
        self._boxes.start(tag, attributes)
        if tag in _LEFT_OUT:
            self._left_out += 1
        elif tag == "p":
            self._open.append(_Open([]))
        elif tag == "sym" and self._open and self._boxes.is_within:
            self._open[-1].texts.append(self._boxes.mark())
        elif self._open and not self._left_out:
            self._start_inside(self._open[-1], tag, attributes)

    def _start_inside(self, paragraph: _Open, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "pStyle":
                paragraph.style = value(attributes, "val")
            case "numId":
                paragraph.numbering = value(attributes, "val")
            case "ilvl" if value(attributes, "val").isdecimal():
                paragraph.level = int(value(attributes, "val"))
            case "r":
                self._in_run, self._raised, self._bold = True, False, None
            case "b" if self._in_run:
                self._bold = is_on(value(attributes, "val"))
            case "vertAlign":
                self._raised = value(attributes, "val") == "superscript"
            case "t":
                self._in_text = True
            case "footnoteReference":
                self.footnotes.append(value(attributes, "id"))
                paragraph.texts.append(raised(len(self.footnotes)))
            case "tab" | "noBreakHyphen" | "br" | "cr" if self._in_run:
                paragraph.texts.append({"tab": "\t", "noBreakHyphen": "-"}.get(tag, "\n"))

    def end(self, tag: str) -> None:
        tag = local(tag)
        mark = self._boxes.end(tag)
        if mark and self._open and not self._left_out:
            self._open[-1].texts.append(mark)
        if tag in _LEFT_OUT:
            self._left_out -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "r":
            self._in_run = False
        elif tag == "p" and self._open:
            self._close(self._open.pop())
        self._tables.end(tag)

    def text(self, text: str) -> None:
        if not self._in_text or self._left_out or not self._open:
            return
        self._length += len(text)
        check_length(self._name, self._length)
        if self._boxes.is_within:
            text = self._boxes.mark()
        if self._raised and text.isdecimal():
            text = text.translate(_RAISED)
        paragraph = self._open[-1]
        paragraph.texts.append(text)
        if self._style(paragraph).bold if self._bold is None else self._bold:
            paragraph.bold += len(text.strip())
        else:
            paragraph.light += len(text.strip())

    def add_note(self, number: int, text: str) -> None:
        """Add the text of a footnote, as it would stand at the end of the document."""
        if text.strip():
            self._paragraphs += 1
            self._add(f"{raised(number)} {text}", Line("", apart=True, full=0.0))

    def _style(self, paragraph: _Open) -> Style:
        return self._styles.get(paragraph.style) or Style(name=paragraph.style.casefold())

    def _close(self, paragraph: _Open) -> None:
        self._paragraphs += 1
        style = self._style(paragraph)
        if style.is_contents:
            return
        pieces = plain("".join(paragraph.texts)).split("\n")
        kind, level, mark = self._kind_and_mark(paragraph, style)
        bold = paragraph.bold > 0 and paragraph.light <= paragraph.bold // 20
        like = Line("", True, 0.0, kind=kind, level=level, bold=bold, cell=self._tables.cell)
        for piece in pieces:
            if piece.strip():
                self._add(mark + piece.strip(), like)
                mark = ""
                like = msgspec.structs.replace(like, apart=False)
            else:
                like = msgspec.structs.replace(like, apart=True)

    def _add(self, text: str, like: Line) -> None:
        self.lines.append(msgspec.structs.replace(like, text=text, line=self._paragraphs))

    def _kind_and_mark(self, paragraph: _Open, style: Style) -> tuple[Kind, int, str]:
        if style.heading is not None:
            self._counters.clear()
            return "heading", style.heading, ""
        numbering = paragraph.numbering or style.numbering
        level = style.level if paragraph.level is None else paragraph.level
        is_listed = numbering not in {"", "0"}
        form = self._lists.form(numbering, level) if is_listed else ""
        if style.is_bulleted or form in {"bullet", "none"}:
            return "text", level + 1, "• "
        if form or style.is_numbered:
            self._counters[numbering, level] += 1
            for deeper in [key for key in self._counters if key[0] == numbering and key[1] > level]:
                del self._counters[deeper]
            return "text", level + 1, _mark(form, self._counters[numbering, level])
        return "text", 0, ""


class _Tables:
    """Which cell of which table a document is in; a table in a cell is part of that cell."""

    def __init__(self) -> None:
        self._depth = self._number = self._row = self._column = 0

    @property
    def cell(self) -> tuple[int, int, int] | None:
        """The number of the table, and the row and the column in it; None outside of tables."""
        return (self._number, self._row, self._column) if self._depth else None

    def start(self, tag: str) -> None:
        if tag == "tbl":
            self._depth += 1
            if self._depth == 1:
                self._number += 1
                self._row = self._column = 0
        elif self._depth == 1 and tag == "tr":
            self._row += 1
            self._column = 0
        elif self._depth == 1 and tag == "tc":
            self._column += 1

    def end(self, tag: str) -> None:
        if tag == "tbl":
            self._depth -= 1


class _Notes(Silent):
    """The text of each footnote by its identifier."""

    def __init__(self, name: str) -> None:
        self.texts: dict[str, str] = {}
        self._body = _Body(name, {}, Lists())
        self._identifier = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "footnote":
            self._identifier = value(attributes, "id")
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


def _mark(form: str, number: int) -> str:
    """What stands before an item of a numbered list."""
    if form in {"lowerLetter", "upperLetter"} and number <= 26:
        first = "a" if form == "lowerLetter" else "A"
        return f"{chr(ord(first) + number - 1)}) "
    return f"{number}. "
