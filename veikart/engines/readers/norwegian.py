"""Norwegian sentences: where they end, which goals they name, which things they list."""

import re
from collections.abc import Iterable, Sequence

from veikart.engines.readers.paragraphs import RAISED_DIGITS

_ABBREVIATIONS = frozenset(
    [
        "meld",
        "st",
        "jf",
        "jfr",
        "f.eks",
        "bl.a",
        "ca",
        "nr",
        "kap",
        "pkt",
        "dvs",
        "evt",
        "ev",
        "inkl",
        "ekskl",
        "mv",
        "m.m",
        "m.fl",
        "o.l",
        "prop",
        "innst",
        "dr",
        "prof",
        "art",
        "tlf",
        "vs",
        "s",
        "kl",
        "mfl",
        "mill",
        "mrd",
        "bla",
        "feks",
    ]
)
_END = re.compile(rf"[.!?]+[»”\")]?[{RAISED_DIGITS}]*(?=\s+[«“\"(]?[^\W\d_a-zæøå])")
_MARK = re.compile(rf"[{RAISED_DIGITS}]+")

_NUMBERS = r"\d{1,2}(?:\s*(?:,|og|samt|til|[-–—])\s*(?:mål\s+)?\d{1,2}){0,15}"
_GOALS = re.compile(rf"\b[Mm]ål(?:ene|et)?\s+({_NUMBERS})(?!\d)")
_RANGE = re.compile(r"(\d{1,2})\s*(?:til|[-–—])\s*(?:mål\s+)?(\d{1,2})")
_ALL = re.compile(
    r"\balle\s+(?:de\s+)?(?:\w+\s+)?strategiske\s+mål|\balle\s+(?:de\s+)?(?!overordnede)"
    r"(?:\w+\s+)?målene\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\bde\s+(?:øvrige|andre)\s+(?:\w+\s+)?(?:strategiske\s+)?målene\b", re.IGNORECASE
)

_ADJECTIVE = re.compile(r"\w+(?:lige|ske|ale|ige|ive|nale|lege)", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """`text` sentence by sentence; abbreviations such as "Meld. St." end none."""
    found = []
    begin = 0
    for end in _END.finditer(text):
        before = text[begin : end.start()].rsplit(maxsplit=1)[-1:] or [""]
        if before[0].strip("(«").casefold() in _ABBREVIATIONS:
            continue
        found.append(text[begin : end.end()].strip())
        begin = end.end()
    rest = text[begin:].strip()
    return [*found, rest] if rest else found


def without_marks(text: str) -> str:
    """`text` without its footnote marks."""
    return _MARK.sub("", text)


def marks(text: str) -> list[int]:
    """The numbers of the footnotes that `text` refers to, in order."""
    return [mark_number(mark) for mark in _MARK.findall(text)]


def mark_number(mark: str) -> int:
    """The number of a footnote mark: "¹²" gives 12."""
    return int("".join(str(RAISED_DIGITS.index(digit)) for digit in mark))


def goals_named(text: str, *, among: Iterable[int], besides: int | None = None) -> list[int]:
    """The goals that `text` names, in rising order: "mål 1–3 og mål 5", "alle målene".

    `among` are the goals there are; "de øvrige målene" are those besides the goal `besides`.
    """
    there_are = sorted(among)
    found: set[int] = set()
    for match in _GOALS.finditer(text):
        numbers = match[1]
        for first, last in _RANGE.findall(numbers):
            found.update(range(int(first), min(int(last), 99) + 1))
        found.update(int(number) for number in re.findall(r"\d+", numbers))
    if _ALL.search(text):
        found.update(there_are)
    if besides is not None and _OTHERS.search(text):
        found.update(goal for goal in there_are if goal != besides)
    return sorted(found)


def listed(text: str) -> list[str]:
    """The parts of "A, B- og C, D og E": compounds and paired adjectives stay together."""
    parts: list[str] = []
    for piece in re.split(r",\s*(?:og\s+)?", text.strip()):
        parts += _parted_at_and(piece.split(" og "))
    return [part for part in (part.strip() for part in parts) if part]


def _parted_at_and(pieces: Sequence[str]) -> list[str]:
    parts: list[str] = []
    for piece in pieces:
        if parts and _wants_more(parts[-1]):
            parts[-1] += f" og {piece}"
        else:
            parts.append(piece)
    return parts


def _wants_more(part: str) -> bool:
    """Whether a noun is still to come: "helse-", "andre statlige"."""
    last = part.split()[-1] if part.split() else ""
    return last.endswith("-") or _ADJECTIVE.fullmatch(last) is not None


def same_word(one: str, other: str) -> bool:
    """Whether two words are one but for an ending: "fremme" and "fremmer"."""
    one, other = sorted((one.casefold(), other.casefold()), key=len)
    return other == one or (len(one) >= 4 and other.startswith(one) and len(other) - len(one) <= 2)
