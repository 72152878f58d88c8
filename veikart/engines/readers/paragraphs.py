"""Lines become paragraphs again: wrapped lines are joined, and words parted at a line's end."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from veikart.engines.proposal import Unreadable

Kind = Literal["text", "bullet", "heading", "table"]

RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
FOOTNOTE_START = re.compile(rf"([{RAISED_DIGITS}]{{1,3}})\s*(?=\S)")

_BULLET = re.compile(r"(?:[-–—•‣▪◦●○■□*·∙➢✓✔➔→►▶❖\ue000-\uf8ff]|o(?=\s))\s+(?=\S)")
NUMBERED = re.compile(r"(?:\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\(?[a-z]\))\s+(?=\S)")
GOAL_HEADING = re.compile(
    r"(?:Strategisk mål|Mål|MÅL|Strategic goal|Goal)\s+(?P<number>\d{1,2})\s*(?::\s*|[.–—-]\s+)(?=\D)(?P<title>\S.*)"
)
FIGURE = re.compile(r"(?:figur|tabell)\s+\d", re.IGNORECASE)
_PAGE = re.compile(r"\d{1,4}$")
_LEADERS = re.compile(r"\.{3}|…|\t")
_LEADING = " \t\u00a0\u2009\u202f.…"
_CONTENTS = re.compile(r"innhold(?:sfortegnelse|sliste)?", re.IGNORECASE)
_PAGED = re.compile(r"\S\s+\d{1,3}$")
_TERMINAL = re.compile(rf"[.:;!?»”\"][{RAISED_DIGITS}]*$")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,2}|_{2})(?=\S)([^*\n]+?)(?<=\S)\1(?![A-Za-zæøåÆØÅ0-9*])")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\s?\([^()\s]*\)")
_ESCAPED = re.compile(r"\\ ?([\\`*_{}\[\]()#+\-.!])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_GIVE, _FAR = 0.04, 0.7  # of the text's width: how exact it is measured, and most of a line
MOST_CHARACTERS = 1_000_000
LONGEST_PARAGRAPH = 20_000


def check_length(name: str, characters: int) -> None:
    """Raises Unreadable (`too_long`) beyond the most characters that are read of a document."""
    if characters > MOST_CHARACTERS:
        raise Unreadable(
            "too_long",
            f"Expected a document of at most {MOST_CHARACTERS:,} characters; {name} has more. "
            "Take in the part of it that holds the strategy.",
        )


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph on one line, and where it begins: its page in a PDF, else its line.

    A bullet's text comes without its mark. `heading` says that the file itself marks it as one.
    """

    text: str
    kind: Kind = "text"
    page: int | None = None
    line: int | None = None


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line as it stands in the file.

    `start` is where it begins in the text of its page. `apart` says that the file sets it off from
    the line before; `full` how much of the text's
    width it fills and `first_word` how much of it its first word needs, 0–1; `indent` where it
    begins and `right` where it ends, `baseline` how high on the page it stands, in any unit; `size`
    that of its letters. `level` is a heading's (0 for a title), or from 1 that of a list; `cell` the
    number of a table, a row and a column.
    """

    text: str
    apart: bool
    full: float
    first_word: float = 1.0
    page: int | None = None
    line: int | None = None
    indent: float = 0.0
    size: float = 0.0
    kind: Kind = "text"
    start: int = 0
    bold: bool = False
    level: int = 0
    cell: tuple[int, int, int] | None = None
    right: float = 0.0
    baseline: float = 0.0


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a joined text: from `at` on it is `length` characters of a line, of which the
    first `skipped` ones are left out.
    """

    at: int
    length: int
    line: Line
    skipped: int = 0


class Gathered(msgspec.Struct, frozen=True):
    """Lines that belong together, joined, and which stretch of the text came from which line."""

    text: str
    kind: Kind
    pieces: tuple[Piece, ...]


class _Growing:
    """A paragraph whose lines are still being added."""

    def __init__(self, line: Line) -> None:
        bullet = _BULLET.match(line.text) if line.kind != "heading" else None
        self.kind: Kind = "bullet" if bullet else line.kind
        self.texts = [line.text[bullet.end() :] if bullet else line.text]
        self.first = self.last = line
        self.lines = [line]
        self.hanging: float | None = None

    @property
    def is_footnote(self) -> bool:
        return FOOTNOTE_START.match(self.texts[0]) is not None

    def add(self, line: Line) -> None:
        if self.hanging is None:
            self.hanging = line.indent
        self.texts.append(line.text)
        self.lines.append(line)
        self.last = line


def join_lines(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """The paragraphs that `lines` make up, without the lines of a table of contents."""
    return paragraphs_of(gathered(lines))


def paragraphs_of(joined: Iterable[Gathered]) -> tuple[Paragraph, ...]:
    """What was gathered as paragraphs, none of them far too long, and without Markdown."""
    return tuple(
        Paragraph(text=text, kind=one.kind, page=first.page, line=first.line)
        for one in joined
        for first in (one.pieces[0].line,)
        for text in _parted(unmarked(one.text))
    )


def gathered(lines: Sequence[Line]) -> tuple[Gathered, ...]:
    """The lines that belong together, joined, without those of a table of contents."""
    words = words_in(line.text for line in lines)
    grown: list[_Growing] = []
    for line in _without_contents(lines):
        before = _joined_to(line, grown)
        if before is None:
            grown.append(_Growing(line))
        else:
            before.add(line)
    return tuple(_gathered(known, words) for known in grown)


def _gathered(known: _Growing, words: Counter[str]) -> Gathered:
    stretches = _stretches(known.texts, words)
    pieces = []
    at = 0
    for index, line in enumerate(known.lines):
        skipped = len(line.text) - len(known.texts[index])
        pieces.append(Piece(at, len(stretches[2 * index]), line, skipped))
        at += sum(map(len, stretches[2 * index : 2 * index + 2]))
    return Gathered(text="".join(stretches), kind=known.kind, pieces=tuple(pieces))


def _without_contents(lines: Iterable[Line]) -> Iterable[Line]:
    """Leaves out lines that lead to a page: dotted ones, and numbered ones below "Innhold".

    What stands before them and what stands after them do not belong together.
    """
    in_contents = left_out = False
    for line in lines:
        in_contents = _CONTENTS.fullmatch(line.text) is not None or (
            in_contents and _PAGED.search(line.text) is not None
        )
        if in_contents or not line.text or _leads_to_a_page(line.text):
            left_out = True
            continue
        yield msgspec.structs.replace(line, apart=True) if left_out else line
        left_out = False


def _leads_to_a_page(text: str) -> bool:
    """Whether a line ends in dots, or a tab, and a number. Found from its end: a line of nothing but
    dots would be looked through as many times as it has dots.
    """
    page = _PAGE.search(text)
    if page is None:
        return False
    before = text[: page.start()]
    return _LEADERS.search(before, len(before.rstrip(_LEADING))) is not None


def unmarked(text: str) -> str:
    """`text` without the asterisks, brackets and backslashes of Markdown."""
    text = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text))
    return " ".join(_ESCAPED.sub(r"\1", text).split())


def ends_a_sentence(text: str) -> bool:
    """Whether `text` ends with a full stop or the like, footnote marks aside."""
    return _TERMINAL.search(text.rstrip()) is not None


def _parted(text: str) -> Iterable[str]:
    """A text that is far too long for a paragraph, in pieces that are not."""
    for start in range(0, len(text), LONGEST_PARAGRAPH):
        yield text[start : start + LONGEST_PARAGRAPH]


def _joined_to(line: Line, grown: Sequence[_Growing]) -> _Growing | None:
    """The paragraph that `line` goes on with, if it does."""
    if not grown or _starts_anew(line, grown[-1]):
        return None
    last = grown[-1]
    if last.last.page != line.page and not line.apart:
        return _across_pages(line, grown)
    if line.apart or (last.kind == "heading") != (line.kind == "heading"):
        return None
    return last if _goes_on(last, line) else None


def _starts_anew(line: Line, last: _Growing) -> bool:
    """Whether a line opens as only new paragraphs do. In the middle of a sentence, a number, a dash
    or "Figur 2" may begin a line as well.
    """
    if GOAL_HEADING.match(line.text) or FOOTNOTE_START.match(line.text):
        return True
    if not any(pattern.match(line.text) for pattern in (_BULLET, NUMBERED, FIGURE)):
        return False
    within = last.kind == "text" and last.last.page == line.page and not line.apart
    return not (within and _is_wrapped(last.last, line) and not ends_a_sentence(last.last.text))


def _is_wrapped(last: Line, line: Line) -> bool:
    """Whether `line` begins where the line before it had no room left for its first word, or
    broke off in the middle of a sentence.
    """
    if last.full + line.first_word > 1 - _GIVE:
        return last.full > 0
    return last.full > _FAR and not ends_a_sentence(last.text)


def _goes_on(paragraph: _Growing, line: Line) -> bool:
    last = paragraph.last
    if last.size and line.size and abs(last.size - line.size) > 0.08 * last.size:
        return False
    if last.bold != line.bold and _parts_at_bold(last, line):
        return False
    if paragraph.kind != "bullet":
        if _is_indented(paragraph, line):
            return False
    elif paragraph.hanging is not None:
        if abs(paragraph.hanging - line.indent) > 2:
            return False
    elif line.indent < paragraph.first.indent - 2:
        return line.text[:1].islower()
    return line.text[:1].islower() or last.text.endswith("-") or _is_wrapped(last, line)


def _parts_at_bold(last: Line, line: Line) -> bool:
    """Whether a paragraph ends where its letters become bold, or are so no more: within one, a
    line begins with a small letter, or where the one before it had no room.
    """
    return not line.text[:1].islower() and last.full + line.first_word <= 1 - _GIVE


def _is_indented(paragraph: _Growing, line: Line) -> bool:
    """Whether a line is set in from the one before it, as the first of a paragraph is; the rest
    of a paragraph is that only below a number or a mark.
    """
    if paragraph.hanging is None and (NUMBERED.match(paragraph.texts[0]) or paragraph.is_footnote):
        return False
    return line.indent > paragraph.last.indent + max(line.size / 2, 2)


def _across_pages(line: Line, grown: Sequence[_Growing]) -> _Growing | None:
    """A sentence goes on overleaf, past the footnotes at the bottom of its page."""
    body = next((known for known in reversed(grown) if not known.is_footnote), None)
    if (
        body is None
        or "heading" in {body.kind, line.kind}
        or body.last.page is None
        or line.page is None
    ):
        return None
    if line.page - body.last.page > 1:
        return None
    if line.text[:1].islower() or body.last.text.endswith("-"):
        return body
    goes_on = body.kind == "text" or line.indent > body.first.indent + 2
    return body if goes_on and _is_wrapped(body.last, line) else None


def joined(texts: Sequence[str], words: Counter[str]) -> str:
    """The texts of lines as one, words that were parted at a line's end made whole; `words` are
    those of the whole document (`words_in`).
    """
    return " ".join("".join(_stretches(texts, words)).split()) if texts else ""


def words_in(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands unbroken, in lower case."""
    words: Counter[str] = Counter()
    for text in texts:
        words.update(word.casefold() for word in _WORD.findall(text))
    return words


def _stretches(texts: Sequence[str], words: Counter[str]) -> list[str]:
    """What is kept of each of `texts`, and what stands between them, by turns."""
    kept = [texts[0]]
    for before, after in pairwise(texts):
        between = "" if _keeps_together(before, after) else " "
        if _loses_its_hyphen(before, after, words):
            kept[-1] = kept[-1][:-1]
        kept += [between, after]
    return kept


def _keeps_together(before: str, after: str) -> bool:
    """Whether the hyphen at the end of a line belongs to one word: "e-" and "helse"."""
    if not before.endswith("-") or before.endswith(" -"):
        return False
    return re.match(r"(?:og|eller|samt|til)\b|,", after) is None


def _loses_its_hyphen(before: str, after: str, words: Counter[str]) -> bool:
    """Whether the hyphen at the end of a line only parted a word: it does if the document has
    the word without it, or does not have it with it.
    """
    if not _keeps_together(before, after):
        return False
    turned = _WORD.match(
        before[-2::-1]
    )  # from its end, since a search would try each letter before
    tail = _WORD.match(after)
    if turned is None or tail is None or not after[:1].islower() or len(turned[0]) == 1:
        return False
    head = turned[0][::-1]
    if head.isupper():  # an abbreviation keeps the hyphen that joins it to a word: EPJ-system
        return False
    whole, hyphened = head + tail[0], f"{head}-{tail[0]}"
    return words[hyphened.casefold()] <= words[whole.casefold()]
