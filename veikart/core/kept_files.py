"""Files that are kept under the hash of their bytes: written whole, read-only, never changed."""

import hashlib
import os
import tempfile
from pathlib import Path

READ_ONLY = 0o444


def keep(folder: Path, content: bytes, *, ending: str = "") -> str:
    """Keep `content` as `<its SHA-256><ending>` in `folder`; answers the SHA-256, in hex.

    All of it is on disk when this returns, or nothing is. The same bytes again change nothing,
    and a file whose bytes were spoilt is made whole. Raises OSError if the folder cannot be
    written to.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = folder / f"{sha256}{ending}"
    if not (path.exists() and path.read_bytes() == content):
        write_whole(path, content)
    return sha256


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`, read-only: others find all of it, or what was there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own for each writer: another may be writing the same bytes.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".unfinished-")
    os.close(handle)
    unfinished = Path(name)
    try:
        write_unfinished(unfinished, content)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_unfinished(path: Path, content: bytes) -> None:
    """Write `content` to `path`, read-only and safe on disk; the caller gives it its name then."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), READ_ONLY)
        os.fsync(file.fileno())


def touch_folder(path: Path) -> None:
    """Let the folder `path` look changed, so that what was made of its files is made anew."""
    if path.is_dir():
        os.utime(path)


def sync_folder(path: Path) -> None:
    """Let the names of the files in the folder `path` be safe on disk, too."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """The SHA-256 of the file `path`, in hex. Raises FileNotFoundError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
