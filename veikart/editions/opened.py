"""Plans read from the shelf, kept in memory while their files stay as they are."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from veikart.editions import shelf
from veikart.plan import codec
from veikart.plan.model import Plan

BUDGET = 8_000_000
"""Bytes of JSON whose plans are kept; a plan in memory takes some five times its JSON."""
AT_LEAST = 2
"""So many plans are kept whatever their size: a comparison needs two."""

Signature = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found in one file: the plan in it, if it is one, and the hash of its bytes."""

    plan: Plan | None
    found_sha256: str | None
    size: int


_lock = threading.Lock()
_kept: OrderedDict[tuple[str, Signature], Opened] = OrderedDict()


def open_file(name: str) -> Opened:
    """The plan in the file `name`. A file that changed on the disk is read and hashed again."""
    path = shelf.path_of(name)
    signature = _signature(path)
    if signature is None:
        return Opened(plan=None, found_sha256=None, size=0)
    key = (str(path), signature)
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    opened = _read(path)
    with _lock:
        _kept[key] = opened
        _make_room()
    return opened


def file_problem(name: str, expected_sha256: str) -> str | None:
    """What is wrong with the file `name`, as a sentence for people; None if nothing is."""
    return problem_with(name, expected=expected_sha256, found=open_file(name).found_sha256)


def problem_with(name: str, *, expected: str, found: str | None) -> str | None:
    """The sentence for a file whose hash is `found` (None: no file); None if it is as expected."""
    if found == expected:
        return None
    if found is None:
        return _(
            "The file %(name)s is missing: expected sha256 %(expected)s, found no file. "
            "Fetch it from a backup; its content cannot be made again."
        ) % {"name": name, "expected": expected}
    return _(
        "The file %(name)s is not what was frozen: expected sha256 %(expected)s, "
        "found %(found)s. Do not rely on this page; fetch the file from a backup."
    ) % {"name": name, "expected": expected, "found": found}


def forget() -> None:
    """Let go of every plan that is kept in memory."""
    with _lock:
        _kept.clear()


def _signature(path: Path) -> Signature | None:
    """What tells one state of a file from another without reading it."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def _read(path: Path) -> Opened:
    content = path.read_bytes()
    try:
        plan = codec.decode(content)
    except ValueError:
        plan = None
    return Opened(plan=plan, found_sha256=codec.fingerprint(content), size=len(content))


def _make_room() -> None:
    while len(_kept) > AT_LEAST and sum(opened.size for opened in _kept.values()) > BUDGET:
        _kept.popitem(last=False)
