"""The headings of a case's papers, and where such papers begin."""

import re
from collections.abc import Collection, Sequence

from veikart.engines.readers.paragraphs import NUMBERED, Line

SECTION = re.compile(
    r"(?:\d{1,2}(?:\.\d)?\.?\s+)?(?:forslag til (?:vedtak|anbefaling|konklusjon)|framlegg til (?:vedtak|tilråding)"
    r"|hensikt(?:en)?(?:\s+med\s+(?:saken|saka))?|formål(?:et)?(?:\s+med\s+(?:saken|saka))?|føremål(?:et)?(?:\s+med\s+saka)?"
    r"|bakgrunn(?:en)?(?:\s+for\s+(?:saken|saka))?|drøfting\b.{0,80}|drøftelse\b.{0,60}|vurdering(?:er|ar)?\b.{0,60}"
    r"|v(?:ei|eg)en (?:videre|vidare)\b.{0,60}|videre (?:arbeid|prosess|framdrift|fremdrift)|vidare (?:arbeid|prosess)"
    r"|saks(?:framstilling|fremstilling|utredning|utgreiing)|innledning|innleiing|oppsummering|samandrag|sammendrag"
    r"|anbefaling|tilråding|konsekvenser|konsekvensar|innstilling"
    r"|purpose|background|discussion|assessment|way forward|next steps|recommendation|proposed decision|summary)"
    r"\s*[:;.]?",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"(?:toppnotat|saksfram?legg|saksfremlegg|saksframlegg|sakspapir|saksnotat|cover note|case paper)\b.{0,160}",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?P<label>til|dato|saksnummer|saksnr\.?|sak(?:\s?nr\.?)?|type|sakstype|fra|frå|saksbehandler|sakshandsamar"
    r"|to|date|case(?:\s+no\.?)?|from|case officer)\s*(?::\s*|$|\s+(?=[A-ZÆØÅ\d]))",
    re.IGNORECASE,
)
_KNOWN_LABELS = re.compile(r"(?:til|dato|saksnummer|saksnr\.?|type|sakstype|fra|frå|saksbehandler|sakshandsamar"
    r"|to|date|case|from|case officer)\s*(?::|$)", re.IGNORECASE)  # fmt: skip
HISTORY = re.compile(
    r"(?:tidligere|tidlegare|earlier|previous)\s+(?:vedtak|saker|behandling|handsaming|decisions).{0,60}|vedtak på \w+|historikk\b.{0,40}|decisions on .{0,40}",
    re.IGNORECASE,
)
OPENS = re.compile(
    r"(?:vedlegg|attachment|appendix)\s+(?:\d{1,2}\s?[a-z]?|[A-Z])\s*(?::|[-–—]\s|$)"
    r"|(?:forslag|framlegg) til (?:vedtak|anbefaling|tilråding|konklusjon|beslutning)\w*\s*(?::|$)"
    r"|(?:(?:enstemmig |samrøystes )?vedtak|innstilling|konklusjon|avgjerd|(?:proposed )?decision)\s*:"
    r"|(?:oppfølging|aksjon\w*|tiltak|follow-up|actions?)\s*:",
    re.IGNORECASE,
)
"""What a label within a case begins with: no title goes on so."""
_FULL = 0.7  # of the width of the text: a shorter line of a title is its last one
_ITEM = re.compile(r"(?:\d{1,2}[.)]|[a-z]\)|[-–•*·])\s")
_NO_LETTERS = re.compile(r"[\W_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_FAR, _LONGEST = 14, 90
_TITLE_LINES = 4
_FEWEST_LETTERS = 12


def is_section(line: Line) -> bool:
    """Whether a line by itself is a heading that papers have: "Bakgrunn", "Veien videre mot mai"."""
    return SECTION.fullmatch(line.text.strip()) is not None


def is_heading(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a heading: a known one, marked as one, or short and alone between blank lines."""
    line = lines[at]
    text = line.text.strip()
    if _ADDRESS.match(text) or LABEL.fullmatch(text) or len(text) > _LONGEST:
        return False
    if is_section(line) or HISTORY.fullmatch(text):
        return True
    if line.kind == "heading":
        return True
    if at + 1 < len(lines) and _ITEM.match(lines[at + 1].text):
        return False  # it leads to a list
    ends_apart = at + 1 == len(lines) or lines[at + 1].apart or lines[at + 1].page != line.page
    looks_so = text[:1].isupper() and text[-1:] not in ".:;,!?)»" and not NUMBERED.match(text)
    is_marked = line.bold and not lines[at + 1].bold if at + 1 < len(lines) else line.bold
    stands_alone = bool(line.full) and not line.size and len(text.split()) > 1
    return line.apart and ends_apart and looks_so and (is_marked or stands_alone)


def begins_a_note(
    lines: Sequence[Line], at: int, titles: Collection[str | None], *, by_labels: bool = True
) -> bool:
    """Whether the papers of a case begin at a line: they say so ("Toppnotat"), or with one of
    `titles` (as `bare_title` gives them), or unless told otherwise with labels such as "Til:", and headings of papers are near.
    """
    line = lines[at]
    says = line.apart and CALLED.fullmatch(line.text.strip()) is not None
    labels = by_labels and are_labels(lines, at)
    if not (says or labels or _is_one_of(lines, at, titles)):
        return False
    near = lines[at + 1 : at + _FAR]
    return any(is_section(one) and not one.text.rstrip().endswith(":") for one in near)


def are_labels(lines: Sequence[Line], at: int) -> bool:
    """Whether the labels of a note begin at a line: one of them, and another one near."""
    if _KNOWN_LABELS.match(lines[at].text) is None:
        return False
    return sum(LABEL.match(line.text) is not None for line in lines[at : at + 3]) > 1


def _is_one_of(lines: Sequence[Line], at: int, titles: Collection[str | None]) -> bool:
    bare = ""
    for line in lines[at : at + _TITLE_LINES]:
        bare += letters(line.text)
        if bare in titles:
            return True
    return False


def title_end(lines: Sequence[Line], *, is_list: bool) -> int:
    """How many lines the title of a case takes: it ends at a label, and at a gap that no small letter
    goes on behind. In a list without columns, it also ends where a line had room left.
    """
    for at, line in enumerate(lines):
        goes_on = line.text[:1].islower() or not line.apart
        if is_list and not line.text[:1].islower():
            goes_on = goes_on and at > 0 and lines[at - 1].full > _FULL
        if at and (OPENS.match(line.text) or not goes_on):
            return at
    return len(lines)


def bare_title(title: str) -> str | None:
    """A title as it is looked for in the text: its letters; None for one too short to be told."""
    bare = letters(title)
    return bare if len(bare) >= _FEWEST_LETTERS else None


def letters(text: str) -> str:
    """The letters and digits of a text in lower case."""
    return _NO_LETTERS.sub("", text.casefold())
