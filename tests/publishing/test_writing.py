"""A publication writes what changed, leaves the rest alone, and takes away what is gone."""

import gzip
import os

import brotli
import pytest

from veikart.publishing import manifest, writing
from veikart.publishing.writing import File, Written, write_files

LONG = b"<p>" + b"text " * 400


def page(path, content):
    return File(path, lambda: content)


def publish(folder, *files, **options):
    return write_files(files, folder, said=manifest.Manifest(edition="2026-1"), **options)


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("processes", [1, 2])
def test_every_text_has_its_compressed_twins(tmp_path, processes):
    wrote = publish(
        tmp_path, page("a/index.html", LONG), page("b.bin", LONG), page("c.txt", b"short"),
        processes=processes,
    )  # fmt: skip

    assert wrote == Written(written=3, unchanged=0, removed=0)
    assert names(tmp_path) == [
        manifest.NAME, "a/index.html", "a/index.html.br", "a/index.html.gz", "b.bin", "c.txt",
    ]  # fmt: skip
    assert brotli.decompress((tmp_path / "a/index.html.br").read_bytes()) == LONG
    assert gzip.decompress((tmp_path / "a/index.html.gz").read_bytes()) == LONG


def test_only_what_changed_is_written_again(tmp_path):
    publish(tmp_path, page("a.html", LONG), page("b.html", LONG))
    for path in tmp_path.iterdir():
        os.utime(path, (1_000_000, 1_000_000))

    wrote = publish(tmp_path, page("a.html", LONG), page("b.html", LONG + b"!"))

    assert wrote == Written(written=1, unchanged=1, removed=0)
    untouched = {path.name for path in tmp_path.iterdir() if path.stat().st_mtime == 1_000_000}
    assert untouched == {"a.html", "a.html.br", "a.html.gz"}
    assert brotli.decompress((tmp_path / "b.html.br").read_bytes()) == LONG + b"!"


def test_what_is_no_longer_published_goes_with_its_twins_and_empty_folders(tmp_path):
    publish(tmp_path, page("a/b/index.html", LONG), page("a/c.html", LONG))
    (tmp_path / "own.html").write_text("put there by somebody else")

    wrote = publish(tmp_path, page("a/c.html", LONG))

    assert wrote == Written(written=0, unchanged=1, removed=1)
    assert names(tmp_path) == [
        manifest.NAME, "a/c.html", "a/c.html.br", "a/c.html.gz", "own.html",
    ]  # fmt: skip
    assert not (tmp_path / "a/b").exists()


def test_a_page_that_shrinks_loses_its_twins(tmp_path):
    publish(tmp_path, page("a.html", LONG))

    publish(tmp_path, page("a.html", b"short"))

    assert names(tmp_path) == [manifest.NAME, "a.html"]


def test_a_missing_file_is_written_though_the_manifest_knows_it(tmp_path):
    publish(tmp_path, page("a.html", LONG))
    (tmp_path / "a.html").unlink()

    assert publish(tmp_path, page("a.html", LONG)).written == 1
    assert (tmp_path / "a.html").read_bytes() == LONG


def test_force_writes_everything_anew(tmp_path):
    publish(tmp_path, page("a.html", LONG))
    (tmp_path / "a.html").write_bytes(b"edited by hand")

    assert publish(tmp_path, page("a.html", LONG)).written == 0
    assert publish(tmp_path, page("a.html", LONG), force=True).written == 1
    assert (tmp_path / "a.html").read_bytes() == LONG


def test_a_page_that_cannot_be_made_stops_the_publication_before_its_manifest(tmp_path):
    def broken():
        raise ValueError("no such page")

    with pytest.raises(ValueError, match="no such page"):
        publish(tmp_path, page("a.html", LONG), File("b.html", broken))

    assert not (tmp_path / manifest.NAME).exists()


def test_progress_is_told_of_every_file(tmp_path):
    told = []

    publish(
        tmp_path, *(page(f"{n}.html", LONG) for n in range(20)), progress=lambda *n: told.append(n)
    )

    assert told == [(n, 20) for n in range(1, 21)]


def test_the_manifest_tells_the_edition_and_every_file(tmp_path):
    publish(tmp_path, page("a.html", b"a"))

    made = manifest.read(tmp_path)
    assert made.edition == "2026-1"
    assert made.files == {
        "a.html": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    }


def test_compressing_twice_gives_the_same_bytes():
    assert [writing.compressed(LONG, twin) for twin in writing.TWINS] == [
        writing.compressed(LONG, twin) for twin in writing.TWINS
    ]
