"""Text recognition: Tesseract reads the pages of scanned letters, in a process of its own."""

import csv
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from statistics import median

import msgspec

from veikart.engines.readers.pdf_drawing import drawn_page
from veikart.engines.readers.pdf_line import PdfLine, numbered

PROGRAM = "tesseract"
LANGUAGES = ("nor", "nno", "eng")
"""What is asked for, as far as it is installed. Debian's “nor” reads bokmål and nynorsk."""
MOST_PAGES = 200
SECONDS_A_PAGE = 120.0

_DEBIAN = "apt-get install tesseract-ocr tesseract-ocr-nor"
_MOST_OUTPUT = 5_000_000
_LEAST_SURE = 30.0  # per cent; what is surer of nothing than this is a stain or part of a picture
_SIZE_OF_BOX, _DESCENT = 0.86, 0.21  # a line's box holds ascenders and descenders
_SMALL, _SQUARE = (
    0.6,
    1.7,
)  # the mark of a list: how high beside its line, how wide beside its height
_USUAL = 0.35  # sizes that differ less from the usual one are the usual one


class Unrecognised(Exception):
    """The text could not be recognised. `code` is `not_installed`, `too_many_pages`, `too_slow` or
    `failed`; the message says what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class _Word(msgspec.Struct):
    text: str
    left: int
    top: int
    width: int
    height: int
    sure: float


def why_not() -> str | None:
    """Why no text can be recognised here, and what to install; None where it can."""
    if shutil.which(PROGRAM) is None:
        return f"Scanned pages are read by Tesseract, which is not installed. Install it: {_DEBIAN}"
    if "nor" not in _languages():
        return f"Tesseract has no Norwegian here. Install it: {_DEBIAN}"
    return None


def recognise(
    name: str, content: bytes, pages: Iterable[int], *, seconds_a_page: float = SECONDS_A_PAGE
) -> Mapping[int, Sequence[PdfLine]]:
    """The lines on those pages of a PDF, as Tesseract reads them off a picture of each.

    Raises Unrecognised where Tesseract is missing, fails or takes too long, and for more than 200
    pages; Unreadable for a PDF that cannot be opened.
    """
    refuse_if_missing()
    numbers = sorted(set(pages))
    if len(numbers) > MOST_PAGES:
        raise Unrecognised(
            "too_many_pages",
            f"Expected at most {MOST_PAGES} scanned pages; {name} has {len(numbers)}. "
            "Take it in in parts.",
        )
    found = {}
    for number in numbers:
        picture, scale = drawn_page(name, content, number)
        found[number] = recognise_page(name, number, picture, scale, seconds_a_page=seconds_a_page)
    return found


def recognise_page(
    name: str,
    number: int,
    picture: bytes,
    scale: float,
    *,
    seconds_a_page: float = SECONDS_A_PAGE,
) -> Sequence[PdfLine]:
    """The lines on a page that is drawn already, `scale` dots a point. Raises Unrecognised."""
    refuse_if_missing()
    return _lines(number, _read(name, number, picture, seconds_a_page), scale)


def refuse_if_missing() -> None:
    """Raise Unrecognised where no text can be recognised."""
    problem = why_not()
    if problem is not None:
        raise Unrecognised("not_installed", problem)


def _read(name: str, number: int, picture: bytes, seconds: float) -> str:
    languages = "+".join(code for code in LANGUAGES if code in _languages())
    command = [PROGRAM, "stdin", "stdout", "-l", languages, "--dpi", "300", "tsv"]
    try:
        done = subprocess.run(  # noqa: S603 a fixed command; the picture is all it is given
            command,
            input=picture,
            capture_output=True,
            timeout=seconds,
            env={"OMP_THREAD_LIMIT": "1", "PATH": _path(), "LC_ALL": "C.UTF-8"},
            check=True,
        )
    except subprocess.TimeoutExpired as problem:
        raise Unrecognised(
            "too_slow",
            f"Expected page {number} of {name} to be recognised within {seconds:g} seconds; it was "
            "not. Scan it again, upright and in black and white, or type in what it says.",
        ) from problem
    except (subprocess.CalledProcessError, OSError) as problem:
        said = getattr(problem, "stderr", None) or str(problem).encode()
        last = said.decode(errors="replace").strip().splitlines()[-1:] or ["it gave no reason"]
        raise Unrecognised(
            "failed",
            f"Tesseract could not read page {number} of {name} ({last[0][:200]}). "
            "Scan it again, or type in what it says.",
        ) from problem
    return done.stdout[:_MOST_OUTPUT].decode(errors="replace")


def _path() -> str:
    found = shutil.which(PROGRAM) or ""
    return f"{found.rpartition('/')[0]}:/usr/bin:/bin"


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    try:
        asked = subprocess.run(  # noqa: S603 a fixed command
            [PROGRAM, "--list-langs"], capture_output=True, timeout=20, check=True, text=True
        )
    except (subprocess.SubprocessError, OSError):
        return frozenset()
    return frozenset(asked.stdout.split())


def _lines(number: int, read: str, scale: float) -> list[PdfLine]:
    """The lines in a table of words as Tesseract prints it, in points."""
    by_line: dict[tuple[str, ...], list[_Word]] = {}
    bottom = 0
    for row in csv.DictReader(read.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "1":
            bottom = int(row["height"])
        if row["level"] == "5" and row["text"].strip():
            key = (row["block_num"], row["par_num"], row["line_num"])
            by_line.setdefault(key, []).append(_word(row))
    kept = [_surely(words) for words in by_line.values()]
    lines = [_line(number, words, bottom, scale) for words in kept if words]
    usual = median([line.size for line in lines]) if lines else 0.0
    return numbered(_sized(line, usual) for line in lines)


def _sized(line: PdfLine, usual: float) -> PdfLine:
    """A line in the usual size, unless its own is plainly another."""
    if abs(line.size - usual) > _USUAL * usual:
        return line
    return msgspec.structs.replace(line, size=round(usual, 1))


def _word(row: Mapping[str, str]) -> _Word:
    left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
    return _Word(row["text"], left, top, width, height, float(row["conf"]))


def _surely(words: Sequence[_Word]) -> list[_Word]:
    """The words that were surely read, and before them the mark of a list, whatever it was read as."""
    sure = [word for word in words if word.sure >= _LEAST_SURE]
    first = words[0]
    if len(words) > 1 and _is_mark(first, median([word.height for word in words[1:]])):
        mark = msgspec.structs.replace(first, text="•")
        return [mark, *(word for word in sure if word is not first)]
    return sure


def _is_mark(word: _Word, high: float) -> bool:
    """Whether a word is a small round or square thing that stands alone."""
    is_square = word.height <= _SQUARE * word.width and word.width <= _SQUARE * word.height
    return len(word.text) == 1 and is_square and word.height <= _SMALL * high


def _line(number: int, words: Sequence[_Word], bottom: int, scale: float) -> PdfLine:
    low = max(word.top + word.height for word in words)
    high = max(median([word.height for word in words if word.text != "•"] or [1]), 1)
    return PdfLine(
        page=number,
        number=0,
        text=" ".join(word.text for word in words),
        left=words[0].left / scale,
        right=(words[-1].left + words[-1].width) / scale,
        baseline=(bottom - low + _DESCENT * high) / scale,
        size=round(_SIZE_OF_BOX * high / scale, 1),
    )
