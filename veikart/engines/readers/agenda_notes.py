"""The note that a case is presented by: its labels, its sections, its addresses."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from veikart.engines.readers.agenda_headings import CALLED, HISTORY, LABEL, is_heading
from veikart.engines.readers.agenda_text import as_text, in_one, labelled, paragraphs
from veikart.engines.readers.agenda_values import Section
from veikart.engines.readers.agenda_words import CaseNumber, Day, case_number, day_in
from veikart.engines.readers.paragraphs import Line

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_PURPOSE = re.compile(r"hensikt|formål|føremål|purpose", re.IGNORECASE)
_AHEAD = re.compile(r"v(?:ei|eg)en v|vidare |videre |way forward|next steps", re.IGNORECASE)
_PROPOSED = re.compile(r"forslag til|framlegg til|innstilling|proposed decision", re.IGNORECASE)
_FEWEST_LABELS = 2
_LONGEST_TITLE = 8
"""In so many headings the end of a title is looked for."""
_NAMES = {
    "to": ("til", "to"),
    "day": ("dato", "date"),
    "number": ("saksnummer", "saksnr", "saksnr.", "sak", "sak nr", "sak nr.", "case", "case no", "case no."),
    "type": ("type", "sakstype"),
    "sender": ("fra", "frå", "from"),
    "officer": ("saksbehandler", "sakshandsamar", "case officer"),
}  # fmt: skip


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A note as it was read; `lines` are all its lines."""

    title: str | None
    labels: dict[str, str]
    number: CaseNumber | None
    day: Day | None
    sections: tuple[Section, ...]
    links: tuple[str, ...]
    lines: tuple[Line, ...]

    def section(self, called: re.Pattern[str]) -> str | None:
        """The text of the first section whose heading begins so."""
        return next(
            (one.text for one in self.sections if one.heading and called.match(one.heading)), None
        )

    @property
    def purpose(self) -> str | None:
        """What the case is for."""
        return self.section(_PURPOSE)

    @property
    def way_forward(self) -> str | None:
        """What comes next."""
        return self.section(_AHEAD)

    @property
    def proposed(self) -> str | None:
        """The proposed decision."""
        return self.section(_PROPOSED)


def read_note(lines: Sequence[Line], words: Counter[str]) -> Note | None:
    """The note in the lines; None if it has neither two labels nor two sections with known headings."""
    links = tuple(dict.fromkeys(m[0] for line in lines for m in _ADDRESS.finditer(line.text)))
    kept = [line for line in lines if not _ADDRESS.fullmatch(line.text.strip())]
    labels, kept = _labels(kept)
    heads = [at for at in range(len(kept)) if is_heading(kept, at)]
    title_end = _title_end(kept, heads)
    sections = _sections(kept, [at for at in heads if at >= title_end], title_end, words)
    if len(labels) < _FEWEST_LABELS and sum(one.heading is not None for one in sections) < 2:
        return None
    title = in_one([line for line in kept[:title_end] if not _is_name_of_note(line)], words)
    return Note(
        title=title or None,
        labels=labels,
        number=case_number(labels["number"]) if "number" in labels else None,
        day=day_in(labels["day"]) if "day" in labels else None,
        sections=sections,
        links=links,
        lines=tuple(lines),
    )


def _is_name_of_note(line: Line) -> bool:
    match = CALLED.fullmatch(line.text.strip())
    return match is not None and len(line.text.split()) == 1


def _labels(lines: Sequence[Line]) -> tuple[dict[str, str], list[Line]]:
    """The labels of a note by what they are for, and the lines that are none."""
    blocks = [at for at in range(len(lines)) if _is_label(lines, at)]
    if not blocks:
        return {}, list(lines)
    texts = {lines[at].text for at in blocks}
    found, rest = labelled(
        lines[blocks[0] :],
        lambda text: LABEL.match(text) if text in texts else None,
        is_short=True,
    )
    named = {
        key: " ".join(line.text for line in found[name])
        for key, names in _NAMES.items()
        for name in names
        if found.get(name)
    }
    return named, [*lines[: blocks[0]], *rest]


def _is_label(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a label among others: one alone may be the beginning of a sentence."""
    if LABEL.match(lines[at].text) is None or len(lines[at].text) > 120:
        return False
    near = [one for one in lines[max(at - 8, 0) : at + 9] if LABEL.match(one.text)]
    alone = [
        one
        for one in near
        if LABEL.fullmatch(one.text.strip() + " ") or ":" in one.text[:18] or len(one.text) < 60
    ]
    return len(alone) >= _FEWEST_LABELS and lines[at] in alone


def _title_end(lines: Sequence[Line], heads: Sequence[int]) -> int:
    """How many of the first lines are the title: those before the first heading that has a text."""
    large = next((at for at, one in enumerate(lines) if one.kind != "heading"), len(lines))
    for at in heads[:_LONGEST_TITLE]:
        if at < large:
            continue  # a title may be set large, over several lines
        follows = at + 1 < len(lines) and at + 1 not in heads
        if at > 0 and follows and at <= 6:
            return at
    return 1 if heads[:1] == [0] and len(heads) > 1 else 0


def _sections(
    lines: Sequence[Line], heads: Sequence[int], begin: int, words: Counter[str]
) -> tuple[Section, ...]:
    cuts = [begin, *heads, len(lines)]
    headings = set(heads)
    found = []
    for start, end in pairwise(cuts):
        if start == end:
            continue
        is_head = start in headings
        heading = lines[start].text.strip() if is_head else None
        text = as_text(paragraphs(lines[start + is_head : end], words))
        if text is None and heading and HISTORY.match(heading):
            continue  # the caption of the table of earlier decisions
        found.append(Section(heading=heading, text=text))
    return tuple(found)
