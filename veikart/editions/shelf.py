"""The folder of edition files: each is written once, whole, and read-only; nothing is overwritten."""

import datetime as dt
import errno
import os
from pathlib import Path

import msgspec
from django.conf import settings

from veikart.core import kept_files
from veikart.plan import codec

DISCARDED = "discarded"
NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV, errno.ENOSYS}


class ApprovingDecision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The decision that approved an edition, as it was when the edition was approved: word for word."""

    uid: str
    case: str
    body: str
    text: str
    on: dt.date | None


class Approval(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Who approved which bytes: kept beside the edition's file, which says nothing of approval.

    `decision` is left out where none was named, so that a file of the time before is the same to the byte.
    """

    number: str
    sha256: str
    approved_by: str
    body: str
    on: dt.date
    note: str | None
    decision: ApprovingDecision | None = None

    def encode(self) -> bytes:
        """Canonical JSON: keys sorted, no spaces, one line feed at the end."""
        return msgspec.json.encode(self, order="sorted") + b"\n"


def folder() -> Path:
    """Where the files of editions lie."""
    return Path(settings.EDITIONS_FOLDER)


def edition_name(number: str) -> str:
    """The file name of an edition."""
    return f"{number}.json"


def approval_name(number: str) -> str:
    """The file name of an edition's approval."""
    return f"{number}.approval.json"


def path_of(name: str) -> Path:
    """The file called `name` on the shelf."""
    return folder() / name


def keep(name: str, content: bytes) -> Path:
    """Write `content` to the shelf as `name`: whole or not at all, safe on disk, read-only.

    The same content again changes nothing. Raises FileExistsError if other content lies there.
    """
    target = path_of(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        if target.read_bytes() == content:
            return target
        raise FileExistsError(f"Expected no file {target}, found one with other content.")
    unfinished = target.with_name(f".{name}.unfinished")
    unfinished.unlink(missing_ok=True)
    kept_files.write_unfinished(unfinished, content)
    _publish(unfinished, target)
    kept_files.sync_folder(target.parent)
    return target


def set_aside(name: str) -> Path | None:
    """Move the file `name` under `discarded/`, named by its hash too; None if there is no such file."""
    source = path_of(name)
    if not source.exists():
        return None
    stem, ending = name.split(".", 1)
    target = folder() / DISCARDED / f"{stem}.{codec.fingerprint(source.read_bytes())[:12]}.{ending}"
    target.parent.mkdir(exist_ok=True)
    source.rename(target)
    kept_files.sync_folder(target.parent)
    kept_files.sync_folder(source.parent)
    return target


def names() -> list[str]:
    """The names of all files on the shelf itself, sorted; `discarded/` is not among them."""
    if not folder().is_dir():
        return []
    return sorted(path.name for path in folder().iterdir() if path.is_file())


def _publish(unfinished: Path, target: Path) -> None:
    """Give the finished file its name, without ever replacing one that is there."""
    try:
        os.link(unfinished, target)
    except OSError as problem:
        if problem.errno not in NO_HARD_LINKS or target.exists():
            raise
        unfinished.rename(target)
        return
    unfinished.unlink()
