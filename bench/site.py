"""How fast an edition is published, how small its pages are, and what harder pressing would give."""

import os
import random
import re
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import brotli

from bench.figures import Figure, cpu
from veikart.publishing.writing import BEST, BROTLI_QUALITY, write_files

PAGES_PER_SECOND = 100.0
TIMELINE_KIB = 45.0
FRONT_KIB = 60.0
KIB = 1024
SAMPLE = 60
CORES = 2


def figures() -> Iterator[Figure]:
    """Publish to a new folder, then again, then measure what was written."""
    with tempfile.TemporaryDirectory(prefix="veikart-bench-site-") as name:
        folder = Path(name)
        yield from _publishing(folder)
        yield from _sizes(folder)
        yield from _pressing(folder)


def _publishing(folder: Path) -> Iterator[Figure]:
    from veikart.editions import queries
    from veikart.publishing.manifest import Manifest
    from veikart.publishing.site import site_files

    edition = queries.current()
    assert edition is not None
    files = list(site_files(edition, tuple(queries.editions())))
    pages = sum(file.path.endswith(".html") for file in files)
    for what, processes in (("everything", os.cpu_count()), ("what changed: nothing", None)):
        started, spent = time.perf_counter(), _cpu_of_all()
        wrote = write_files(files, folder, said=Manifest(), processes=processes)
        seconds, spent = time.perf_counter() - started, _cpu_of_all() - spent
        yield Figure(
            group="site",
            what=f"publish {what}",
            value=pages / seconds,
            unit="pages/s",
            target=PAGES_PER_SECOND,
            at_least=True,
            note=f"{pages} pages, {wrote.written} files written in {seconds:.1f} s",
        )
        yield Figure(
            group="site",
            what=f"publish {what}, by CPU on {CORES} cores",
            value=pages / spent * CORES,
            unit="pages/s",
            target=PAGES_PER_SECOND,
            at_least=True,
            note=f"{spent / pages * 1000:.1f} ms CPU a page, whatever else the machine does",
        )


def _cpu_of_all() -> float:
    """Seconds of CPU of this process and those it started that have ended."""
    return sum(
        sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def _sizes(folder: Path) -> Iterator[Figure]:
    timeline = _sent(folder, "veikart/index.html")
    yield Figure(
        group="site", what="roadmap of 263 rows, brotli", value=timeline, unit="KiB",
        target=TIMELINE_KIB,
    )  # fmt: skip
    assets = list(_asked_for(folder, "index.html"))
    yield Figure(
        group="site",
        what="front page with all it asks for, brotli",
        value=_sent(folder, "index.html") + sum(_sent(folder, asset) for asset in assets),
        unit="KiB",
        target=FRONT_KIB,
        note=", ".join(
            f"{Path(asset).name.split('.')[0]} {_sent(folder, asset):.1f}" for asset in assets
        ),
    )


def _pressing(folder: Path) -> Iterator[Figure]:
    """What each brotli quality takes and gives on the same pages."""
    pages = sorted(folder.rglob("index.html"))
    sample = [page.read_bytes() for page in random.Random(1).sample(pages, SAMPLE)]
    for quality in (5, BROTLI_QUALITY, 9, 10, BEST):
        size = sum(len(brotli.compress(page, quality=quality)) for page in sample)
        seconds = cpu(lambda q=quality: [brotli.compress(p, quality=q) for p in sample], times=1)
        chosen = ", chosen" if quality == BROTLI_QUALITY else ""
        yield Figure(
            group="site",
            what=f"brotli {quality} of a page",
            value=seconds / SAMPLE * 1000,
            unit="ms CPU",
            note=f"{size / SAMPLE / KIB:.2f} KiB a page{chosen}",
        )


def _sent(folder: Path, name: str) -> float:
    """How many KiB a browser that takes brotli is sent for this file."""
    pressed = folder / f"{name}.br"
    return (pressed if pressed.exists() else folder / name).stat().st_size / KIB


def _asked_for(folder: Path, name: str) -> Iterator[str]:
    """The files that a browser fetches to show the page: its links, and the fonts of the style sheet."""
    page = (folder / name).read_text(encoding="utf-8")
    found = [name.lstrip("/") for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', page)]
    sheets = [name for name in found if name.endswith(".css")]
    yield from dict.fromkeys(found + [font for sheet in sheets for font in _fonts(folder, sheet)])


def _fonts(folder: Path, name: str) -> Iterator[str]:
    """The fonts that the letters of a Norwegian page ask for: not those cut out for Sami."""
    style = (folder / name).read_text(encoding="utf-8")
    for font in dict.fromkeys(re.findall(r'url\("?([^")]+\.woff2)"?\)', style)):
        if "sami" not in font:
            yield str(Path(name).parent / font) if not font.startswith("/") else font.lstrip("/")
