"""Opens a PDF, one at a time, and closes it again whatever happens."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2  # type: ignore[import-untyped]

from veikart.engines.proposal import Unreadable

MOST_PAGES = 1_000

_ONE_AT_A_TIME = threading.Lock()  # PDFium keeps state of its own, and bears one caller at a time


@contextmanager
def opened(name: str, content: bytes) -> "Iterator[pypdfium2.PdfDocument]":
    """The PDF in `content`, for as long as it is used.

    Raises Unreadable: `broken_file`, `encrypted`, `too_many_pages`; also when something in it turns
    out to be broken while it is used.
    """
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as problem:
            raise _unopened(name, problem) from problem
        try:
            _check_pages(name, len(document))
            yield document
        except pypdfium2.PdfiumError as problem:
            raise _unopened(name, problem) from problem
        finally:
            document.close()


def _check_pages(name: str, number: int) -> None:
    if number > MOST_PAGES:
        raise Unreadable(
            "too_many_pages",
            f"Expected at most {MOST_PAGES:,} pages; {name} has {number:,}. "
            "Take in the part of it that holds the text.",
        )


def _unopened(name: str, problem: Exception) -> Unreadable:
    if "password" in str(problem).lower():
        return Unreadable(
            "encrypted",
            f"Expected a PDF that opens without a password; {name} is encrypted. "
            "Save it without a password and take it in again.",
        )
    return Unreadable(
        "broken_file",
        f"Expected a whole PDF; {name} cannot be opened ({problem}). "
        "Open it in the program that made it, save it anew, and take it in again.",
    )
