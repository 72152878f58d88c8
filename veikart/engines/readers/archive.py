"""The parts of an Office file (a zip of XML), opened so that no bomb goes off."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol
from xml.parsers import expat

from veikart.engines.proposal import Unreadable

MOST_PARTS = 5_000
MOST_UNPACKED = 150_000_000
MOST_TIMES_LARGER = 200
SMALL_ENOUGH = 10_000_000
CHUNK = 65_536

_DIRECTORY_ENTRY = b"PK\x01\x02"


class XmlHandlers(Protocol):
    """What `parse` calls while it reads: the handlers of an expat parser.

    Tags and attributes come as written, prefix and all; `local` takes the prefix away.
    """

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some characters inside an element; one text may come in several calls."""


@lru_cache(maxsize=512)
def local(tag: str) -> str:
    """A tag without its prefix: "w:p" becomes "p"."""
    return tag.rpartition(":")[2]


class Enough(Exception):
    """Raised by handlers that need no more of the part."""


class Archive:
    """An Office file whose parts are read in chunks, each chunk counted against the limits.

    Raises Unreadable (`broken_file`, `zip_bomb`, `encrypted`) when made and when read from.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self._left = MOST_UNPACKED
        if content.count(_DIRECTORY_ENTRY) > MOST_PARTS:
            raise self._bomb(f"more than {MOST_PARTS:,} parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:
            raise self._broken(problem) from problem
        self._check_directory(len(content))

    def _check_directory(self, packed: int) -> None:
        parts = self._zip.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MOST_UNPACKED:
            raise self._bomb(f"{unpacked:,} bytes when unpacked")
        if unpacked > SMALL_ENOUGH and unpacked > MOST_TIMES_LARGER * packed:
            raise self._bomb(f"{unpacked // packed:,} times its size when unpacked")
        if any(part.flag_bits & 0x1 for part in parts):
            raise Unreadable(
                "encrypted",
                f"Expected a file that opens without a password; {self.name} is encrypted. "
                "Save it without a password and take it in again.",
            )

    def __contains__(self, part: str) -> bool:
        return part in self._zip.NameToInfo

    def parts(self) -> list[str]:
        """The names of all parts, in the order of the file."""
        return self._zip.namelist()

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of `part`, a chunk at a time. Raises Unreadable if it is missing or broken."""
        if part not in self:
            raise self._broken(f"it has no part {part}")
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise self._bomb(f"more than {MOST_UNPACKED:,} bytes when unpacked")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as problem:
            raise self._broken(problem) from problem

    def parse(self, part: str, handlers: XmlHandlers) -> None:
        """Read all the XML of `part`, as `parse_in_steps` does."""
        for _step in self.parse_in_steps(part, handlers):
            pass

    def parse_in_steps(self, part: str, handlers: XmlHandlers) -> Iterator[None]:
        """Read the XML of `part`, calling `handlers`, with a pause after each chunk of it.

        Raises Unreadable for XML that is broken,
        and `entities` for XML that declares any: no Office program writes those, and they are how
        a file makes its reader open others.
        """
        parser = _refusing_parser(self.name)
        parser.StartElementHandler = handlers.start
        parser.EndElementHandler = handlers.end
        parser.CharacterDataHandler = handlers.text
        try:
            for chunk in self.chunks(part):
                parser.Parse(chunk, False)
                yield
            parser.Parse(b"", True)
            yield
        except Enough:
            yield
        except (expat.ExpatError, ValueError, LookupError) as problem:
            raise self._broken(f"{part}: {problem}") from problem

    def _broken(self, problem: object) -> Unreadable:
        return Unreadable(
            "broken_file",
            f"Expected a whole XLSX or DOCX file; {self.name} cannot be opened ({problem}). "
            "Open it in the program that made it, save it anew, and take it in again.",
        )

    def _bomb(self, found: str) -> Unreadable:
        return Unreadable(
            "zip_bomb",
            f"Expected an XLSX or DOCX file of at most {MOST_UNPACKED // 1_000_000} MB unpacked, "
            f"in at most {MOST_PARTS:,} parts; {self.name} has {found}. "
            "Save only the sheet or the text that is needed as a new file, and take that in.",
        )


def _refusing_parser(name: str) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=None)
    parser.buffer_text = True

    def refuse(*_declaration: object) -> None:
        raise Unreadable(
            "entities",
            f"Expected XML without declarations of its own; {name} declares a document type, "
            "which can make its reader open other files or fill the memory. "
            "Open it in the program that made it, save it anew, and take it in again.",
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser
