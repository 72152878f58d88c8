"""What a publication wrote: each file with the hash of its content, and which edition it shows."""

from pathlib import Path

import msgspec

from veikart.publishing.files import replace

NAME = ".veikart-published.json"
"""Lies in the published folder itself; web servers must not hand out names that begin with a dot."""


class Manifest(msgspec.Struct, kw_only=True):
    """The SHA-256 of each file's content by its path in the folder, and the edition they show.

    `shelf` is the state that the folder of editions was in; see `state_of`.
    """

    edition: str | None = None
    sha256: str | None = None
    shelf: int | None = None
    files: dict[str, str] = {}


def read(folder: Path) -> Manifest:
    """The manifest in `folder`; an empty one where there is none, or none that can be read."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.DecodeError):
        return Manifest()


def write(folder: Path, made: Manifest) -> None:
    """Keep `made` in `folder`: whole or not at all."""
    replace(folder / NAME, msgspec.json.encode(made, order="sorted"))


def signature(folder: Path) -> tuple[int, int] | None:
    """What tells one publication in `folder` from another; None where there is none."""
    try:
        stat = (folder / NAME).stat()
    except FileNotFoundError:
        return None
    return (stat.st_mtime_ns, stat.st_ino)


def state_of(shelf: Path) -> int | None:
    """What changes whenever a file comes to the folder of editions or goes; None without a folder.

    A publication made of another state may be out of date: an edition may have been approved.
    """
    try:
        return shelf.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def confirm(folder: Path, shelf: int | None) -> None:
    """Say that the publication in `folder` holds for this state of the editions too."""
    made = read(folder)
    if made.shelf != shelf:
        made.shelf = shelf
        write(folder, made)
