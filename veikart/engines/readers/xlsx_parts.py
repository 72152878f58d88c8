"""The parts of an XLSX file around its sheets: relations, outline, shared texts and styles."""

import posixpath

from openpyxl.styles.numbers import (
    BUILTIN_FORMATS,
    is_date_format,
)

from veikart.engines.proposal import Unreadable
from veikart.engines.readers.archive import Archive, local

MOST_CHARACTERS = 50_000_000


class Outline:
    """The sheets of a workbook with their relations, and whether its days count from 1904."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet":
            plain = {local(key): value for key, value in attributes.items() if key != "id"}
            self.sheets.append((plain.get("name", ""), plain.get("id", "")))
        elif local(tag) == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}

    def end(self, tag: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class Relations:
    """The parts that a part points at, by the relation's id and by its kind."""

    def __init__(self, base: str) -> None:
        self._base = base
        self.by_id: dict[str, str] = {}
        self._by_kind: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        part = posixpath.normpath(posixpath.join("/", posixpath.dirname(self._base), target))[1:]
        self.by_id[attributes.get("Id", "")] = part
        self._by_kind.setdefault(attributes.get("Type", "").rpartition("/")[2], part)

    def end(self, tag: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass

    def of_kind(self, kind: str) -> str:
        """The first part of a kind such as "styles"; "" where there is none."""
        return self._by_kind.get(kind, "")


def relations_of(part: str) -> str:
    """The name of the part that holds the relations of `part`."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def targets(archive: Archive, relations_part: str, base: str) -> Relations:
    """What the part `base` points at, as `relations_part` says."""
    relations = Relations(base)
    archive.parse(relations_part, relations)
    return relations


class Strings:
    """The shared texts of a workbook, without the reading aids of Japanese ones."""

    def __init__(self, name: str) -> None:
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._name = name
        self._length = 0
        self._inside = False
        self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "si":
            self._pieces = []
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "t":
            self._inside = not self._phonetic

    def end(self, tag: str) -> None:
        tag = local(tag)
        if tag == "si":
            self.strings.append("".join(self._pieces))
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "t":
            self._inside = False

    def text(self, text: str) -> None:
        if not self._inside:
            return
        self._length += len(text)
        if self._length > MOST_CHARACTERS:
            raise Unreadable(
                "too_long",
                f"Expected at most {MOST_CHARACTERS:,} characters of text in all cells; "
                f"{self._name} has more. Keep only the register's sheet, and take it in again.",
            )
        self._pieces.append(text)


def shared_strings(archive: Archive, relations: Relations) -> list[str]:
    """The texts that cells point at by number; none where the workbook has no such part."""
    part = relations.of_kind("sharedStrings")
    if not part:
        return []
    reader = Strings(archive.name)
    archive.parse(part, reader)
    return reader.strings


class Styles:
    """The number formats of a workbook, and which one each cell style uses."""

    def __init__(self) -> None:
        self.formats: dict[int, str] = dict(BUILTIN_FORMATS)
        self.used: list[int] = []
        self._in_cell_styles = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        number = attributes.get("numFmtId", "")
        if tag == "cellXfs":
            self._in_cell_styles = True
        elif tag == "numFmt" and number.isdecimal():
            self.formats[int(number)] = attributes.get("formatCode", "")
        elif tag == "xf" and self._in_cell_styles:
            self.used.append(int(number) if number.isdecimal() else 0)

    def end(self, tag: str) -> None:
        if local(tag) == "cellXfs":
            self._in_cell_styles = False

    def text(self, text: str) -> None:
        pass


def date_styles(archive: Archive, relations: Relations) -> frozenset[str]:
    """The numbers of the cell styles that show a number as a date."""
    part = relations.of_kind("styles")
    if not part:
        return frozenset()
    styles = Styles()
    archive.parse(part, styles)
    return frozenset(
        str(index)
        for index, number in enumerate(styles.used)
        if is_date_format(styles.formats.get(number))
    )
