"""Picks the reader for a file by what is in it, and refuses what no reader knows."""

from veikart.engines.proposal import Proposal, Unreadable
from veikart.engines.readers.archive import Archive
from veikart.engines.readers.register import read_register
from veikart.engines.readers.register_table import is_a_register
from veikart.engines.readers.strategy_text import read_strategy_text
from veikart.engines.readers.table_rows import decode

LARGEST = 25_000_000
"""The most bytes a file may have, unless the caller says otherwise."""

_KNOWN = "the roadmap register as CSV or XLSX, or a strategy document as TXT, DOCX or PDF with text"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(name: str, content: bytes, *, largest: int = LARGEST) -> Proposal:
    """What is proposed by the file `name` that holds `content`.

    Nothing is read from `name` but, for text that is neither, whether it ends in .csv or .tsv.
    Raises Unreadable with what was expected, what was found and what to do: `too_large` above
    `largest` bytes, `empty`, `unknown_kind`, `encrypted`, and what the readers refuse.
    """
    if len(content) > largest:
        raise Unreadable(
            "too_large",
            f"Expected a file of at most {_megabytes(largest)}; {name} has "
            f"{_megabytes(len(content))}. Take away pictures or sheets that are not needed, or "
            "take it in in parts.",
        )
    if not content.strip():
        raise Unreadable(
            "empty",
            f"Expected {_KNOWN}; {name} is empty. Export or save it again, and look at it before "
            "it is taken in.",
        )
    if content.startswith(b"PK"):
        return _read_office(name, content)
    if b"%PDF-" in content[:1024]:
        return read_strategy_text(name, content)
    if content.startswith(_OLD_OFFICE):
        raise Unreadable(
            "encrypted",
            f"Expected {_KNOWN}; {name} is an Office file with a password, or of the kind used "
            "before 2007. Save it without a password as XLSX or DOCX, and take that in.",
        )
    return _read_text(name, content)


def _read_office(name: str, content: bytes) -> Proposal:
    parts = Archive(name, content).parts()
    if any(part.startswith("xl/") for part in parts):
        return read_register(name, content)
    if any(part.startswith("word/") for part in parts):
        return read_strategy_text(name, content)
    first = ", ".join(f"“{part[:60]}”" for part in parts[:3]) or "nothing"
    raise Unreadable(
        "unknown_kind",
        f"Expected {_KNOWN}; {name} is an archive that holds {first}. Unpack it, and take in each "
        "document by itself.",
    )


def _read_text(name: str, content: bytes) -> Proposal:
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        begins = " ".join(f"{byte:02X}" for byte in content[:8])
        raise Unreadable(
            "unknown_kind",
            f"Expected {_KNOWN}; {name} is none of them, whatever its name says: its first bytes "
            f"are {begins}. Look if it is the right file.",
        )
    is_table = name.casefold().endswith((".csv", ".tsv"))
    if is_table or is_a_register(decode(name, content).text):
        return read_register(name, content)
    return read_strategy_text(name, content)


def _megabytes(size: int) -> str:
    """A size as people say it: 25_000_000 gives "25 MB"."""
    if size < 1_000_000:
        return f"{size:,} bytes"
    return f"{size / 1_000_000:.1f} MB".replace(".0 MB", " MB")
