"""How fast letters are read, how much memory that takes, and whether it grows with their number."""

import itertools
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import TypeVar

from bench import themes
from bench.figures import Figure
from veikart.engines.readers.letter import read_letter

SHARED = Path(os.environ.get("VEIKART_SHARED", Path(__file__).parents[2] / "shared"))
LETTERS = SHARED / "data" / "innspill-helsereform" / "filer"

LEAST_A_SECOND = 20.0
MOST_MEGABYTES = 500.0
ROUNDS, IN_A_ROUND, QUICK = 5, 2_000, 8
MOST_GROWTH = 20.0

_MEGABYTE = 1_000_000

Measured = TypeVar("Measured")


def figures() -> Iterator[Figure]:
    """Reading letters, then finding who speaks of a theme."""
    yield from letters()
    yield from themes.figures()


def letters() -> Iterator[Figure]:
    """Letters a second, peak memory, and growth over 10,000 letters."""
    if not LETTERS.is_dir():
        yield Figure(
            group="consultations",
            what="letters read",
            value=None,
            unit="",
            note=f"The letters are not in {LETTERS}.",
        )
        return
    seconds, peak = _in_a_process_of_its_own(_read_all)
    yield Figure(
        group="consultations",
        what=f"letters with text a second and core, median of {len(seconds)}",
        value=1 / median(seconds),
        unit="/s",
        target=LEAST_A_SECOND,
        at_least=True,
        note=f"slowest {max(seconds):.1f} s; points and anchors included",
    )
    yield Figure(
        group="consultations",
        what="memory at its peak, all letters",
        value=peak,
        unit="MB",
        target=MOST_MEGABYTES,
    )
    held, own = _in_a_process_of_its_own(_read_many)
    yield Figure(
        group="consultations",
        what=f"growth of memory from letter {IN_A_ROUND:,} to {ROUNDS * IN_A_ROUND:,}",
        value=held[-1] - held[0],
        unit="MB",
        target=MOST_GROWTH,
        note=f"{ROUNDS} rounds: all {own}, then the {QUICK} quickest by turns; after each round "
        + ", ".join(f"{one:.0f}" for one in held),
    )


def _in_a_process_of_its_own(work: Callable[[], Measured]) -> Measured:
    """What `work` measures where nothing else has taken memory before."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work)


def _read_all() -> tuple[list[float], float]:
    """Seconds of CPU for each letter with text, and the peak of memory in MB."""
    seconds = []
    for file in sorted(LETTERS.iterdir()):
        content = file.read_bytes()
        began = time.process_time()
        proposal = read_letter(file.name, content)
        spent = time.process_time() - began
        if not proposal.items[0].values["scanned"]:
            seconds.append(spent)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return seconds, peak / _MEGABYTE


def _read_many() -> tuple[list[float], int]:
    """The memory in MB after each round, and how many letters there are.

    A round reads every letter once, and then those that take the least time, so that thousands
    are read in a few minutes.
    """
    letters = [(file.name, file.read_bytes()) for file in sorted(LETTERS.iterdir())]
    quick = sorted((letter for letter in letters if _has_text(letter)), key=_spent)[:QUICK]
    held = []
    for _round in range(ROUNDS):
        rest = itertools.islice(itertools.cycle(quick), IN_A_ROUND - len(letters))
        for name, content in (*letters, *rest):
            read_letter(name, content)
        held.append(_resident())
    return held, len(letters)


def _has_text(letter: tuple[str, bytes]) -> bool:
    return not read_letter(*letter).items[0].values["scanned"]


def _spent(letter: tuple[str, bytes]) -> float:
    """Seconds of CPU that reading a letter takes."""
    began = time.process_time()
    read_letter(*letter)
    return time.process_time() - began


def _resident() -> float:
    """How much memory this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE
