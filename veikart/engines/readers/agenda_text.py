"""The text of agendas: paragraphs out of lines, where each was found, and labels with what they say."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence

import msgspec

from veikart.engines.proposal import FoundAt
from veikart.engines.readers.agenda_headings import OPENS, is_section
from veikart.engines.readers.paragraphs import NUMBERED, Line, ends_a_sentence, joined

_MARK = re.compile(r"(?:[-–—•‣▪◦●○■□*·∙➢✓\ue000-\uf8ff]|o(?=\s))\s+(?=\S)")
_ENDS = re.compile(r"[.!?;:][»”\")]?$")
_ROOM = 0.94  # of the width of its column: what a line may leave empty before it says something


_WIDE = re.compile(r"\s{9,}")
_NARROW = 100  # letters: in so short a line, blanks cost nothing

Label = Callable[[str], re.Match[str] | None]


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph on one line, without the mark of a list (`is_listed`), and the lines it was made of.

    `no` is the number of a numbered one, which its text leaves out, and `sign` what stands behind it.
    """

    text: str
    lines: tuple[Line, ...]
    is_listed: bool = False
    no: int | None = None
    sign: str = "."

    @property
    def said(self) -> str:
        """The text with its mark or its number, as it stands."""
        if self.no is not None:
            return f"{self.no}{self.sign} {self.text}"
        return f"- {self.text}" if self.is_listed else self.text


def tidied(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with no more than eight blanks together: what looks for gaps would try each of them."""
    return [
        msgspec.structs.replace(line, text=_WIDE.sub(" " * 8, line.text))
        if len(line.text) > _NARROW and _WIDE.search(line.text)
        else line
        for line in lines
    ]


def found_at(lines: Sequence[Line]) -> FoundAt:
    """Where the first of `lines` stands; nowhere if there is none."""
    return FoundAt(page=lines[0].page, line=lines[0].line) if lines else FoundAt()


def in_one(lines: Sequence[Line], words: Counter[str]) -> str:
    """The text of lines that belong together."""
    return joined([line.text for line in lines], words)


def paragraphs(lines: Sequence[Line], words: Counter[str]) -> list[Paragraph]:
    """The paragraphs of a cell or a section."""
    width = max((line.full for line in lines), default=0.0)
    groups: list[list[Line]] = []
    for line in lines:
        begins = not groups or OPENS.match(line.text) or _begins_item(groups[-1], line)
        if not begins and _goes_on(groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, words) for group in groups]


def _begins_item(group: Sequence[Line], line: Line) -> bool:
    """Whether a line begins an item of a list. In the middle of a sentence it may as well begin with a
    number: "møtet den / 13. mai".
    """
    if _MARK.match(line.text):
        return True
    if not NUMBERED.match(line.text):
        return False
    is_next = NUMBERED.match(group[0].text) is not None
    return line.apart or is_next or _ENDS.search(group[-1].text) is not None


def _goes_on(last: Line, line: Line, width: float) -> bool:
    if OPENS.fullmatch(last.text.strip()) is not None and line.apart:
        return False
    if line.apart:
        return bool(line.text[:1].islower() and last.full and not ends_a_sentence(last.text))
    had_room = width > 0 and last.full + line.first_word < _ROOM * width
    return not (had_room and last.text.rstrip('»”")')[-1:] in {".", "!", "?"})


def _paragraph(group: Sequence[Line], words: Counter[str]) -> Paragraph:
    text = in_one(group, words)
    if mark := _MARK.match(text):
        return Paragraph(text[mark.end() :], tuple(group), is_listed=True)
    if numbered := re.match(r"(\d{1,2})([.)])\s+(?=\S)", text):
        return Paragraph(
            text[numbered.end() :], tuple(group), no=int(numbered[1]), sign=numbered[2]
        )
    return Paragraph(text, tuple(group))


def as_text(found: Iterable[Paragraph]) -> str | None:
    """Paragraphs as one text, a line each; None where there is none."""
    return "\n".join(one.said for one in found if one.text) or None


def labelled(
    lines: Sequence[Line], label: Label, *, is_short: bool = False
) -> tuple[dict[str, list[Line]], list[Line]]:
    """The values behind labels, and the lines that are none.

    `label` gives the match of a label at the beginning of a text, which names it in its group "label";
    what is behind it and the lines up to the next label are the value. Where labels stand in a column of
    their own, the values follow in the same order, a line each. With `is_short`, no value goes on
    in a line that is set apart or is a heading; without it, a label with a colon and no value is empty
    when another one follows.
    """
    found: dict[str, list[Line]] = {}
    rest: list[Line] = []
    bare: deque[str] = deque()
    current: list[Line] | None = None
    is_column = False
    for line in lines:
        match = label(line.text)
        if match is not None:
            name = match["label"].casefold()
            current = found.setdefault(name, [])
            value = _behind(line, match)
            current += value
            is_empty = not is_short and match[0].rstrip().endswith(":")
            bare = deque() if value or is_column or is_empty else bare
            bare.extend([] if value else [name])
            is_column = False
        elif is_column or len(bare) > 1:
            found[bare.popleft()].append(line)
            is_column, current = bool(bare), None
        elif current is not None and not (is_short and current and _ends_value(line)):
            current.append(line)
            bare.clear()
        else:
            current = None
            rest.append(line)
    return found, rest


def _ends_value(line: Line) -> bool:
    """Whether a line below a short value is no part of it."""
    return line.apart or is_section(line)


def _behind(line: Line, match: re.Match[str]) -> list[Line]:
    """What a line says behind its label."""
    value = line.text[match.end() :].strip()
    if not value:
        return []
    return [msgspec.structs.replace(line, text=value, start=line.start + match.end())]
