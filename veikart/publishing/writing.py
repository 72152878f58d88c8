"""Files written to a folder: only what changed, whole or not at all, with compressed twins."""

import gzip
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import brotli

from veikart.publishing import manifest
from veikart.publishing.files import replace

BROTLI_QUALITY = 8
GZIP_LEVEL = 6
"""Chosen by measurement, see docs/measured.md: brotli 8 takes half a millisecond a page, 9 takes over
seven and saves nothing, 10 seven and 11 twenty to save 7 and 9 % of the bytes. gzip gains nothing
above 6."""
BEST = 11
"""The best brotli there is, for files that are written once and fetched by everybody."""

TEXTS = (".html", ".css", ".js", ".json", ".csv", ".xml", ".txt", ".svg", ".webmanifest")
TWINS = (".br", ".gz")
SMALLEST = 512
"""Bytes below which a compressed twin saves nothing worth a file."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class File:
    """A file to be published: its path in the folder, what makes its content, and how hard to press it.

    `sha256` is that of its content where it is known beforehand; what has not changed is then not even read.
    """

    path: str
    make: Callable[[], bytes]
    quality: int = BROTLI_QUALITY
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a publication did, in numbers of files; compressed twins are not counted."""

    written: int
    unchanged: int
    removed: int


def write_files(
    files: Sequence[File],
    folder: Path,
    *,
    said: manifest.Manifest,
    progress: Progress | None = None,
    processes: int | None = None,
    force: bool = False,
) -> Written:
    """Make every file and write those that changed; delete those that a publication left and none makes.

    A file that has not changed is not touched, so its time stays. `said` is the new manifest
    without its files; it is written last. `processes` is how many make files at a time, the
    machine's cores if not given; `force` writes all files anew.
    Raises OSError where the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = {} if force else manifest.read(folder).files
    known = manifest.read(folder).files
    hashes: dict[str, str] = {}
    written = 0
    with _made(files, folder, before, processes or os.cpu_count() or 1) as made:
        for path, sha256, is_new in made:
            hashes[path] = sha256
            written += is_new
            if progress:
                progress(len(hashes), len(files))
    gone = sorted(set(known) - set(hashes))
    said.files = hashes
    manifest.write(folder, said)
    for path in gone:
        _remove(folder, path)
    return Written(written=written, unchanged=len(hashes) - written, removed=len(gone))


def write_file(file: File, folder: Path, before: dict[str, str]) -> tuple[str, str, bool]:
    """Make one file and write it if its content is not that of `before`.

    Returns its path, the SHA-256 of its content, and whether it was written.
    """
    known, target = before.get(file.path), folder / file.path
    if file.sha256 and known == file.sha256 and target.exists():
        return file.path, file.sha256, False
    content = file.make()
    sha256 = hashlib.sha256(content).hexdigest()
    if known == sha256 and target.exists():
        return file.path, sha256, False
    target.parent.mkdir(parents=True, exist_ok=True)
    compressible = target.suffix in TEXTS and len(content) >= SMALLEST
    for twin in TWINS:
        beside = target.with_name(target.name + twin)
        if compressible:
            replace(beside, compressed(content, twin, file.quality))
        else:
            beside.unlink(missing_ok=True)
    replace(target, content)
    return file.path, sha256, True


def compressed(content: bytes, twin: str, quality: int = BROTLI_QUALITY) -> bytes:
    """`content` as brotli of `quality`, or as gzip; the same content gives the same bytes."""
    if twin == ".br":
        return bytes(brotli.compress(content, quality=quality))
    return gzip.compress(content, GZIP_LEVEL, mtime=0)


Made = Iterator[tuple[str, str, bool]]


class _Work:
    """What the processes work on. They are forked, so that plans need not be copied to them."""

    files: Sequence[File] = ()
    folder = Path()
    before: dict[str, str] = {}


def _write_number(number: int) -> tuple[str, str, bool]:
    return write_file(_Work.files[number], _Work.folder, _Work.before)


@contextmanager
def _made(
    files: Sequence[File], folder: Path, before: dict[str, str], processes: int
) -> Iterator[Made]:
    """Each file as it is made and written, by several processes where the system can fork."""
    if processes == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield (write_file(file, folder, before) for file in files)
        return
    _Work.files, _Work.folder, _Work.before = files, folder, before
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield pool.imap_unordered(_write_number, range(len(files)), chunksize=8)
    _Work.files, _Work.before = (), {}


def _remove(folder: Path, path: str) -> None:
    target = folder / path
    for name in _with_twins(target):
        name.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == folder or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()


def _with_twins(target: Path) -> Iterable[Path]:
    return [target, *(target.with_name(target.name + twin) for twin in TWINS)]
