"""Whom a strategy is for, and the strategies, plans and sources it leans on."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

from veikart.engines.proposal import FoundAt, Item
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.norwegian import (
    listed,
    marks,
    same_word,
    sentences,
    without_marks,
)
from veikart.engines.readers.paragraphs import Paragraph
from veikart.engines.readers.strategy_outline import Footnote, Outline, found_at, is_heading
from veikart.engines.slugs import slug

Ring = Literal["carries_out", "collaborates", "benefits"]

# --- Target groups ----------------------------------------------------------------------------

_GROUPS = r"målgrupper?\b"
_LONGEST_NAME = 120
_LONGEST_SENTENCE = 1_500
_RINGS: tuple[tuple[Ring, re.Pattern[str]], ...] = (
    (
        "carries_out",
        re.compile(
            r"(?:^|, )(?P<who>[^.]+?) har (?:i )?(?:et )?(?:fell?es\w*|hoved)?\s?(?:ansvar\w*) for å "
            r"(?:gjennomføre|realisere|iverksette)",
            re.IGNORECASE,
        ),
    ),
    (
        "collaborates",
        re.compile(
            r"(?:samspill\w*|samarbeid\w*|samhandling\w*) med (?P<who>[^.]+?) "
            r"(?:er )?(?:avgjørende|viktig|nødvendig|sentral|en forutsetning)",
            re.IGNORECASE,
        ),
    ),
    ("benefits", re.compile(r"(?:gi |gir |har )?nytte for (?P<who>[^,.]+)", re.IGNORECASE)),
    (
        "benefits",
        re.compile(
            r"(?:ta innover seg|imøtekomme|møte|ivareta|dekke) (?P<who>[^.]+?) behov\b",
            re.IGNORECASE,
        ),
    ),
)
_LEADING = re.compile(r"^(?:samtidig|videre|også|dette|at|både|strategien)\s+", re.IGNORECASE)


def target_groups(outline: Outline, cautions: Cautions) -> list[Item]:
    """The groups in the section "Målgrupper", in the ring that their sentence puts them in."""
    items: dict[str, Item] = {}
    names: list[tuple[Ring, str]] = []
    for ring, name, paragraph in _groups(_until_heading(outline, _GROUPS)):
        if any(_same_group(known, name) for of, known in names if of == ring):
            continue
        names.append((ring, name))
        title = name[0].upper() + name[1:]
        key = f"malgruppe/{slug(name)}"
        values = {"name": title, "ring": ring}
        items.setdefault(
            key, Item(kind="target_group", key=key, values=values, found_at=found_at(paragraph))
        )
    if not items:
        cautions.add(
            "target_groups_missing",
            "Expected a section “Målgrupper” that says who carries the strategy out, who "
            "collaborates and who benefits; found none.",
            "Enter the target groups by hand.",
        )
    return list(items.values())


def _groups(section: Sequence[Paragraph]) -> Iterator[tuple[Ring, str, Paragraph]]:
    for paragraph in section:
        for sentence in _short_sentences(paragraph):
            for ring, pattern in _RINGS:
                for match in pattern.finditer(sentence):
                    for part in listed(_LEADING.sub("", match["who"])):
                        name = _without_genitive(part) if ring == "benefits" else part
                        if slug(name) and len(name) <= _LONGEST_NAME:
                            yield ring, name, paragraph


def _short_sentences(paragraph: Paragraph) -> Iterator[str]:
    """Its sentences, but for those too long to be one."""
    for sentence in sentences(without_marks(paragraph.text)):
        if len(sentence) <= _LONGEST_SENTENCE:
            yield sentence


def _without_genitive(name: str) -> str:
    """A name without its ending: "helsepersonells" becomes "helsepersonell"."""
    return name[:-1] if name.endswith("s") and len(name) > 4 else name


def _same_group(one: str, other: str) -> bool:
    if len(one.split()) != len(other.split()):
        return False
    return all(same_word(a, b) for a, b in zip(one.split(), other.split(), strict=True))


def _until_heading(outline: Outline, pattern: str) -> Sequence[Paragraph]:
    """The paragraphs of the first section with a matching heading and a text."""
    for below in outline.below(pattern):
        body: list[Paragraph] = []
        for paragraph in below:
            if is_heading(paragraph):
                break
            body.append(paragraph)
        if body:
            return body
    return ()


# --- Related strategies -----------------------------------------------------------------------

_SOURCES = r"(?:sammenheng(?:en)? med|forhold(?:et)? til) andre\b"
_DOCUMENT = re.compile(
    r"(?P<publisher>[^\W\d_][^.:()]{2,80}?)\s*\((?P<year>(?:19|20)\d\d)\)\s*:\s*(?P<rest>.+)",
    re.DOTALL,
)
_DESCRIBED_IN = re.compile(
    r"\bi (?P<title>(?:[^\W\d_a-zæøå]\w*)\b[^.]*\b\w*(?:plan|strategi)\b[^.]*)"
)
_PERIOD = re.compile(r"((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)")
_SESSION = re.compile(r"(?:Meld|Prop|Innst)\.\s*(?:St\.|S|L)?")
_TO_COME = re.compile(
    r"(?:^|, )(?P<what>[^,.]+?) som (?:blir gjeldende fra|trer i kraft|gjelder fra|kommer i|ventes i|"
    r"legges fram i|legges frem i) (?P<year>20\d\d)"
)
_DOCUMENT_NOUN = re.compile(r"\w*(?:plan|strategi|melding)(?:en)?", re.IGNORECASE)


class _Related(msgspec.Struct, frozen=True):
    title: str
    publisher: str | None
    year: int | None
    period: str | None
    footnote: int | None
    note: str | None
    found_at: FoundAt


def related_strategies(outline: Outline, cautions: Cautions) -> list[Item]:
    """The documents that footnotes name, and those to come that the text names.

    A footnote that names no document belongs to the goal that refers to it; one that no goal
    refers to is kept in a caution.
    """
    items: dict[str, Item] = {}
    for note in outline.footnotes:
        related = _from_footnote(note)
        if related:
            _keep(related, items)
        else:
            _caution_without_place(note, outline, cautions)
    for related in _to_come(_section_with_parts(outline)):
        _keep(related, items)
    return list(items.values())


def _keep(related: _Related, items: dict[str, Item]) -> None:
    key = f"strategi/{slug(related.title)}"
    values: dict[str, Any] = {
        "title": related.title,
        "publisher": related.publisher,
        "year": related.year,
        "period": related.period,
        "footnote": related.footnote,
        "note": related.note,
    }
    item = Item(kind="related_strategy", key=key, values=values, found_at=related.found_at)
    items.setdefault(key, item)


def _from_footnote(note: Footnote) -> _Related | None:
    document = _DOCUMENT.search(note.text)
    if document is None:
        described = _DESCRIBED_IN.search(note.text)
        if described is None:
            return None
        return _related(described["title"], note)
    told = sentences(document["rest"])
    title, remark = told[0], " ".join(told[1:])
    lead = note.text[: document.start()].strip()
    publisher = _publisher(document["publisher"])
    return _related(
        title,
        note,
        publisher=publisher,
        year=int(document["year"]),
        remark=" ".join(filter(None, (lead, remark))),
    )


def _publisher(text: str) -> str:
    """The name before the year, without the sentence that may lead up to it."""
    return text.rpartition(": ")[2].strip()


def _related(
    title: str,
    note: Footnote,
    *,
    publisher: str | None = None,
    year: int | None = None,
    remark: str = "",
) -> _Related:
    title = title.strip(" .")
    period = None if _SESSION.match(title) else _PERIOD.search(title)
    return _Related(
        title=title,
        publisher=publisher,
        year=year,
        period=f"{period[1]}–{period[2]}" if period else None,
        footnote=note.number,
        note=remark or None,
        found_at=found_at(note.paragraph),
    )


def _caution_without_place(note: Footnote, outline: Outline, cautions: Cautions) -> None:
    in_goals = any(
        note.number in marks(paragraph.text)
        for part in outline.goal_parts
        for paragraph in part.body
    )
    if not in_goals:
        cautions.add(
            "footnote_without_place",
            f"Footnote {note.number} names no document, and no goal refers to it: “{note.text}”.",
            "Nothing to do, unless it explains something that is in the plan; then add it there.",
            page=note.paragraph.page,
            line=note.paragraph.line,
        )


def _section_with_parts(outline: Outline) -> Sequence[Paragraph]:
    return _until_heading(outline, _SOURCES)


def _to_come(section: Sequence[Paragraph]) -> Iterator[_Related]:
    """Documents the section names with the year they come or take effect."""
    for paragraph in section:
        for sentence in _short_sentences(paragraph):
            for match in _TO_COME.finditer(sentence):
                for part in listed(match["what"]):
                    title = re.sub(r"^(?:og|ny|en ny)\s+", "", part.strip()).strip()
                    title = re.sub(r"^(?:ny|en ny)\s+", "", title)
                    if title and _DOCUMENT_NOUN.fullmatch(title.split()[-1]):
                        yield _Related(
                            title=title[0].upper() + title[1:],
                            publisher=None,
                            year=int(match["year"]),
                            period=None,
                            footnote=None,
                            note=sentence,
                            found_at=found_at(paragraph),
                        )
