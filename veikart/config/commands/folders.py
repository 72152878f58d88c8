"""The files that are named to be taken in, and those in folders; what is none is passed over, and told."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from veikart.config.commands.speaking import Trouble

_SPECIAL = "Expected a file; found a device, a pipe or the like. Take it out of the folder."
_LINK = (
    "Expected a file; found a link to one, which may lead out of the folder. "
    "Put the file itself there, or name it on the command line."
)


class Found(msgspec.Struct, frozen=True):
    """A file, or what stands where one was expected: `problem` says why it is passed over."""

    path: Path
    problem: str | None = None


def found_in(named: Sequence[Path]) -> Iterator[Found]:
    """The files that are named, and all in folders that are, but for hidden ones.

    What is named may be a link; what lies in a folder may not. Raises Trouble where there is none.
    """
    for path in named:
        if not path.is_dir():
            if not path.is_file():
                raise Trouble(f"Expected a file at {path}, found none. Check the name.")
            yield Found(path)
            continue
        inside = sorted(_inside(path), key=lambda each: each.path)
        if not inside:
            raise Trouble(f"Expected documents in {path}, found none. Check the name.")
        yield from inside


def files_in(named: Sequence[Path]) -> Iterator[Path]:
    """The files among what `found_in` finds."""
    return (each.path for each in found_in(named) if each.problem is None)


def _inside(folder: Path) -> Iterator[Found]:
    closed: list[Found] = []

    def cannot_open(problem: OSError) -> None:
        path = Path(problem.filename or folder)
        closed.append(Found(path, f"The folder cannot be read: {problem.strerror}. Allow it."))

    for place, folders, files in os.walk(folder, onerror=cannot_open):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        for name in (*files, *links):
            if not name.startswith("."):
                yield _looked_at(Path(place, name))
    yield from closed


def _looked_at(path: Path) -> Found:
    kind = path.lstat().st_mode
    if stat.S_ISLNK(kind):
        return Found(path, _LINK)
    return Found(path, None if stat.S_ISREG(kind) else _SPECIAL)


def content_of(path: Path, *, most: int) -> bytes:
    """The bytes of a file. Raises OSError, also with what to do for one of more than `most` bytes."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # what became a pipe meanwhile holds nobody
    with open(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, _SPECIAL, str(path))
        if status.st_size > most:
            told = f"Expected at most {most // 1_000_000} MB; it has {status.st_size // 1_000_000}"
            raise OSError(0, f"{told} MB. It is left where it is: take it in in parts.", str(path))
        return file.read(most)
