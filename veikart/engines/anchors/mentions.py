"""What a text names outright: "mål 3", "måleindikator 1.4", "delmål 2D", "første kulepunkt"."""

import re
from collections.abc import Iterable, Iterator

import msgspec

MOST_IN_RANGE = 20

_ALSO = r"(?:,\s*(?:og|samt|and)\b|,|/|&|\bog\b|\bsamt\b|\band\b)"
_TO = r"(?:[-–—]|\btil\b|\bto\b)"
_NUMBER = r"\d{1,2}(?!\d|[.,]\d|\s*(?:%|prosent\b|per\s?cent\b))"
_CODE = r"\d{1,2}(?:[A-Za-zÆØÅæøå]|\s[A-ZÆØÅ])(?!\w)"
_POINTED = r"\d{1,2}\.\d{1,2}(?!\d|\.\d)"
_GOAL = r"(?:mål(?:et|ene|a)?|goals?)"
_INDICATOR = r"(?:(?:måle?|målings)-?)?indikator(?:en|ane|ene|er|ar|a)?|indicators?"
_SDG = r"(?:b[eæ]re?kraftsmål(?:et|ene|a)?|SDGs?|sustainable\s+development\s+goals?|(?:FN|UN)s?[-\s]mål)"

_NAMES = (
    # what it is called, one number or code, how its uid begins; the first that fits counts
    (_SDG, _NUMBER, "fn-mal"),
    (rf"(?:overordn(?:a|et|ede|ende)|overarching)\s+{_GOAL}", _NUMBER, "overordnet-mal"),
    (r"(?:delmål(?:et|ene|a)?|sub-?\s?goals?)", _CODE, "delmal"),
    (_INDICATOR, _POINTED, "indikator"),
    (_GOAL, _NUMBER, "mal"),
)
_PATTERNS = tuple(
    (
        re.compile(
            rf"(?<![\w-])(?i:{name})(?:\s+(?i:nr\.?|nummer|no\.|number))?\s*"
            rf"(?P<list>{one}(?:\s*(?:{_ALSO}|{_TO})\s*{one}){{0,15}})"
        ),
        prefix,
    )
    for name, one, prefix in _NAMES
)
_ONE = r"\d{1,2}(?:\.\d{1,2})?(?:[A-Za-zÆØÅæøå](?!\w)|\s[A-ZÆØÅ](?!\w))?"
_PART = re.compile(rf"(?P<first>{_ONE})(?:\s*{_TO}\s*(?P<last>{_ONE}))?")
_QUOTED_SDG = re.compile(r"[«“\"](\d{1,2})[.:]?\s+[A-ZÆØÅ][^»”\"]{3,80}[»”\"]")
_SAYS_SDG = re.compile(_SDG, re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_VISION = re.compile(r"\b(?:visjonen|the\s+vision)\b", re.IGNORECASE)

_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "første fyrste first", "andre annet second", "tredje third", "fjerde fourth",
            "femte fifth", "sjette sixth", "sjuende syvende sjuande seventh",
            "åttende åttande eighth", "niende niande ninth", "tiende tiande tenth",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
LAST = -1
_ORDINALS |= {"siste": LAST, "last": LAST}
_STATEMENT = re.compile(
    rf"\b(?:(?P<ordinal>{'|'.join(_ORDINALS)})\s+(?:kule|strek|prikk)?(?:punkt(?:et)?|bullet(?:\s+point)?)\b"
    rf"|(?:(?:kule|strek|prikk)punkt(?:et)?|bullet(?:\s+point)?)\s+(?:nr\.?\s*|nummer\s+)?(?P<number>{_NUMBER}))",
    re.IGNORECASE,
)


class Mention(msgspec.Struct, frozen=True):
    """A uid that is named, in which words, and where in the text those begin."""

    uid: str
    words: str
    start: int


class StatementMention(msgspec.Struct, frozen=True):
    """A bullet that is named by its place in its goal's list: from 1, or LAST."""

    number: int
    words: str
    start: int


def mentions(text: str) -> list[Mention]:
    """Goals, delmål, indicators, UN goals and the vision that `text` names, in the order of the text.

    "1.1–1.4" names all four. Uids are made of the numbers; whether the plan has them is not asked.
    """
    found: list[Mention] = []
    taken: list[range] = []
    for pattern, prefix in _PATTERNS if _DIGIT.search(text) else ():
        for match in pattern.finditer(text):
            if any(match.start("list") in span for span in taken):
                continue
            taken.append(range(match.start(), match.end()))
            words = " ".join(match[0].split())
            found += [
                Mention(f"{prefix}/{member}", words, match.start())
                for member in _members(match["list"])
            ]
    found += _quoted_sdgs(text)
    found += [Mention("visjon", match[0], match.start()) for match in _VISION.finditer(text)]
    return sorted(_first_of_each(found), key=lambda mention: mention.start)


def statement_mentions(text: str) -> list[StatementMention]:
    """The bullets that `text` names: "første kulepunkt", "kulepunkt 3", "last bullet"."""
    lower = text.lower()
    if "punkt" not in lower and "bullet" not in lower:
        return []
    return [
        StatementMention(
            int(match["number"]) if match["number"] else _ORDINALS[match["ordinal"].casefold()],
            " ".join(match[0].split()),
            match.start(),
        )
        for match in _STATEMENT.finditer(text)
    ]


def _members(listed: str) -> Iterator[str]:
    """The numbers or codes of "1.1 – 1.4 og 3.1" one by one, ranges filled."""
    for part in _PART.finditer(listed):
        first = _bare(part["first"])
        yield from _range(first, _bare(part["last"])) if part["last"] else (first,)


def _bare(code: str) -> str:
    """A code as uids have it: "2 d" becomes "2D"."""
    return code.replace(" ", "").rstrip(".").upper()


def _range(first: str, last: str) -> list[str]:
    """All from `first` to `last`, which differ in their last number or letter; else only the two."""
    before, low = _before_last(first)
    other, high = _before_last(last)
    if before != other or not 0 < high - low <= MOST_IN_RANGE:
        return [first, last]
    is_letter = first[-1].isalpha()
    return [f"{before}{chr(n) if is_letter else n}" for n in range(low, high + 1)]


def _before_last(code: str) -> tuple[str, int]:
    """What comes before the last number or letter of a code, and that as a number."""
    if code[-1].isalpha():
        return code[:-1], ord(code[-1])
    head, dot, tail = code.rpartition(".")
    return head + dot, int(tail)


def _quoted_sdgs(text: str) -> Iterator[Mention]:
    """UN goals by number and title in quotation marks, in a text that speaks of such goals."""
    if _DIGIT.search(text) and _SAYS_SDG.search(text):
        for match in _QUOTED_SDG.finditer(text):
            yield Mention(f"fn-mal/{match[1]}", match[0].strip('«»“”"'), match.start())


def _first_of_each(found: Iterable[Mention]) -> Iterable[Mention]:
    by_uid: dict[str, Mention] = {}
    for mention in found:
        known = by_uid.get(mention.uid)
        if known is None or mention.start < known.start:
            by_uid[mention.uid] = mention
    return by_uid.values()
