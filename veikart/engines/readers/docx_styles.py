"""The styles and lists of a DOCX file: which paragraphs are headings, bold, bulleted or numbered."""

import posixpath
from collections.abc import Mapping

import msgspec

from veikart.engines.readers.archive import Archive, local

_HEADINGS = ("heading", "overskrift")
_TITLES = ("title", "tittel")
_CONTENTS = ("toc ", "inh ", "innholdsfortegnelse", "table of ")
_BULLETS = ("list bullet", "punktliste", "punktmerket liste")
_NUMBERS = ("list number", "nummerert liste")


class Style(msgspec.Struct):
    """What a paragraph gets from its style: its name in lower case, and what that tells.

    `heading` is 0 for a title, 1–9 for a heading, else None. `numbering` and `level` name a list.
    """

    name: str = ""
    based_on: str = ""
    bold: bool = False
    numbering: str = ""
    level: int = 0
    outline: int | None = None

    @property
    def heading(self) -> int | None:
        """The level of a heading; None for what is none."""
        if self.name.startswith(_TITLES):
            return 0
        if self.name.startswith(_HEADINGS):
            digits = self.name.rsplit(maxsplit=1)[-1]
            return int(digits) if digits.isdecimal() and len(digits) == 1 else 1
        return None if self.outline is None else self.outline + 1

    @property
    def is_contents(self) -> bool:
        """Whether it is a line of a table of contents."""
        return self.name.startswith(_CONTENTS)

    @property
    def is_bulleted(self) -> bool:
        """Whether the style is one of those that make a list with marks."""
        return self.name.startswith(_BULLETS)

    @property
    def is_numbered(self) -> bool:
        """Whether the style is one of those that make a numbered list."""
        return self.name.startswith(_NUMBERS)


class Silent:
    """Handlers that do nothing."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some characters."""


class _Styles(Silent):
    def __init__(self) -> None:
        self.styles: dict[str, Style] = {}
        self._style = Style()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        given = value(attributes, "val")
        match local(tag):
            case "style":
                self._style = Style()
                self.styles[value(attributes, "styleId")] = self._style
            case "name":
                self._style.name = given.casefold()
            case "basedOn":
                self._style.based_on = given
            case "b":
                self._style.bold = is_on(given)
            case "numId":
                self._style.numbering = given
            case "ilvl" if given.isdecimal():
                self._style.level = int(given)
            case "outlineLvl" if given.isdecimal() and int(given) < 9:
                self._style.outline = int(given)


def styles(archive: Archive, folder: str) -> Mapping[str, Style]:
    """The styles of a document by their identifiers."""
    part = posixpath.join(folder, "styles.xml")
    handlers = _Styles()
    if part in archive:
        archive.parse(part, handlers)
    found = handlers.styles
    for style in found.values():
        above = found.get(style.based_on)
        if above is not None and above is not style:
            style.bold = style.bold or above.bold
            style.numbering = style.numbering or above.numbering
            style.outline = above.outline if style.outline is None else style.outline
    return found


class _Numbering(Silent):
    """The form of each level of each list."""

    def __init__(self) -> None:
        self.forms: dict[tuple[str, int], str] = {}
        self.abstract_of: dict[str, str] = {}
        self._abstract = self._number = ""
        self._level = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        given = value(attributes, "val")
        if tag == "abstractNum":
            self._abstract = value(attributes, "abstractNumId")
        elif tag == "lvl":
            level = value(attributes, "ilvl")
            self._level = int(level) if level.isdecimal() else 0
        elif tag == "numFmt":
            self.forms.setdefault((self._abstract, self._level), given)
        elif tag == "num":
            self._number = value(attributes, "numId")
        elif tag == "abstractNumId":
            self.abstract_of[self._number] = given


class Lists:
    """The lists of a document."""

    def __init__(self, archive: Archive | None = None, folder: str = "") -> None:
        self._numbering = _Numbering()
        part = posixpath.join(folder, "numbering.xml")
        if archive is not None and part in archive:
            archive.parse(part, self._numbering)

    def form(self, numbering: str, level: int) -> str:
        """How items of a list are marked: "bullet", "none", "decimal", "lowerLetter" and so on."""
        abstract = self._numbering.abstract_of.get(numbering)
        if abstract is None:
            return "bullet"
        forms = self._numbering.forms
        return forms.get((abstract, level)) or forms.get((abstract, 0), "bullet")


def value(attributes: Mapping[str, str], key: str) -> str:
    """An attribute's value, whatever its prefix."""
    for name, given in attributes.items():
        if local(name) == key:
            return given
    return ""


def is_on(given: str) -> bool:
    """Whether a switch such as bold is on: it is unless it says otherwise."""
    return given not in {"0", "false", "off", "none"}
