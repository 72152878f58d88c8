"""The folders of data sets and figures: each file is kept under its hash, whole and read-only.

A file of figures is all that pages, downloads and the API read; a data set is read by calculation
only, since it may hold small numbers that must not be shown.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from veikart.core import kept_files
from veikart.plan import figures as plan_figures
from veikart.plan.figures import Figures
from veikart.plan.reading_figures import FiguresRead

BUDGET = 32_000_000
"""Bytes of JSON whose figures are kept in memory, where they take some five times as much."""
AT_LEAST = 2
"""So many files of figures are kept in memory whatever their size."""

Signature = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found in one file: the figures in it, if it is whole, and its size in bytes.

    The look-ups that pages made in the figures are kept with them, and go with them.
    """

    look_ups: FiguresRead | None
    size: int


_lock = threading.Lock()
_kept: OrderedDict[tuple[str, Signature], Opened] = OrderedDict()


def keep_data_set(content: bytes) -> str:
    """Keep the Parquet file `content`; answers its SHA-256. Raises OSError."""
    return kept_files.keep(Path(settings.DATASETS_FOLDER), content, ending=".parquet")


def data_set_path(sha256: str) -> Path:
    """Where the data set of that hash lies, if it is kept."""
    return Path(settings.DATASETS_FOLDER) / f"{sha256}.parquet"


def keep_figures(content: bytes) -> str:
    """Keep the file of figures `content`; answers its SHA-256. Raises OSError."""
    return kept_files.keep(Path(settings.FIGURES_FOLDER), content, ending=".json")


def figures_path(sha256: str) -> Path:
    """Where the figures of that hash lie, if they are kept."""
    return Path(settings.FIGURES_FOLDER) / f"{sha256}.json"


def figures(sha256: str) -> Figures | None:
    """The figures of that hash; None if their file is missing or was changed.

    The file is hashed when it is read, and read again only if it changed on the disk.
    """
    found = look_ups(sha256)
    return found.figures if found else None


def look_ups(sha256: str) -> FiguresRead | None:
    """The same figures with what was looked up in them before; None if there are none."""
    path = figures_path(sha256)
    signature = _signature(path)
    if signature is None:
        return None
    key = (str(path), signature)
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found.look_ups
    opened = _read(path, sha256)
    with _lock:
        _kept[key] = opened
        _make_room()
    return opened.look_ups


def figures_problem(sha256: str) -> str | None:
    """What is wrong with the figures of that hash, as a sentence for people; None if nothing is."""
    return _problem(
        figures_path(sha256),
        sha256,
        remedy=_("Compute the indicator again: veikart indicators compute --all"),
    )


def data_set_problem(sha256: str) -> str | None:
    """What is wrong with the data set of that hash, as a sentence for people; None if nothing is."""
    return _problem(
        data_set_path(sha256),
        sha256,
        remedy=_("Restore it from a backup, or take in the file it came from once more."),
    )


def forget() -> None:
    """Let go of all figures that are kept in memory."""
    with _lock:
        _kept.clear()


def _problem(path: Path, sha256: str, *, remedy: str) -> str | None:
    if not path.is_file():
        said = _("The file %(name)s is missing. %(remedy)s")
        return said % {"name": path.name, "remedy": remedy}
    found = kept_files.sha256_of(path)
    if found == sha256:
        return None
    return _(
        "The file %(name)s was changed: expected the SHA-256 in its name, found %(found)s. %(remedy)s"
    ) % {"name": path.name, "found": found, "remedy": remedy}


def _signature(path: Path) -> Signature | None:
    """What tells one state of a file from another without reading it."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def _read(path: Path, sha256: str) -> Opened:
    content = path.read_bytes()
    if plan_figures.fingerprint(content) != sha256:
        return Opened(look_ups=None, size=len(content))
    try:
        found = plan_figures.decode(content)
    except ValueError:
        return Opened(look_ups=None, size=len(content))
    return Opened(look_ups=FiguresRead(found), size=len(content))


def _make_room() -> None:
    while len(_kept) > AT_LEAST and sum(opened.size for opened in _kept.values()) > BUDGET:
        _kept.popitem(last=False)
