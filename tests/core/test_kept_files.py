"""Files are kept whole, read-only and under their hash."""

import hashlib
import os

import pytest

from veikart.core import kept_files


def test_a_file_lies_under_the_hash_of_its_bytes(tmp_path):
    sha256 = kept_files.keep(tmp_path / "new", b"abc", ending=".json")

    path = tmp_path / "new" / f"{sha256}.json"
    assert sha256 == hashlib.sha256(b"abc").hexdigest()
    assert path.read_bytes() == b"abc"
    assert path.stat().st_mode & 0o777 == kept_files.READ_ONLY


def test_the_same_bytes_again_change_nothing(tmp_path):
    sha256 = kept_files.keep(tmp_path, b"abc")
    before = (tmp_path / sha256).stat()

    kept_files.keep(tmp_path, b"abc")

    after = (tmp_path / sha256).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_whose_bytes_were_spoilt_is_made_whole(tmp_path):
    sha256 = kept_files.keep(tmp_path, b"abc")
    path = tmp_path / sha256
    path.chmod(0o644)
    path.write_bytes(b"ab")

    kept_files.keep(tmp_path, b"abc")

    assert path.read_bytes() == b"abc"


def test_a_write_that_fails_leaves_nothing(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space left"):
        kept_files.keep(tmp_path, b"abc")

    assert list(tmp_path.iterdir()) == []


def test_the_hash_of_a_file_is_that_of_its_bytes(tmp_path):
    sha256 = kept_files.keep(tmp_path, b"abc")

    assert kept_files.sha256_of(tmp_path / sha256) == sha256
