"""How fast letters are read, directly and apart, how much memory that takes, and whether it grows."""

import itertools
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

import pypdfium2

from bench import letters_made
from bench.figures import Figure
from bench.load import children
from veikart.adapters.reading_apart import Apart, Limits
from veikart.adapters.reading_process import Task
from veikart.engines.readers import choose
from veikart.engines.readers.letter import read_letter

SHARED = Path(os.environ.get("VEIKART_SHARED", Path(__file__).parents[2] / "shared"))
LETTERS = SHARED / "data" / "innspill-helsereform" / "filer"
ONLY_REAL = "VEIKART_BENCH_REAL_LETTERS"
"""Set to have all 10,000 letters be real ones, which takes some eight minutes."""

LEAST_A_SECOND = 20.0
MOST_MEGABYTES = 500.0
MOST_GROWTH = 20.0
IN_ALL, ROUNDS = 10_000, 5
GROUP = "consultations"

_MEGABYTE = 1_000_000

Letter = tuple[str, bytes]
Measured = TypeVar("Measured")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Seconds for one letter: of CPU and by the clock in our readers, whichever way it is read;
    and of CPU in PDFium alone, which only opens it and takes the text (None for no PDF).
    """

    known: float
    chosen: float
    apart: float
    known_clock: float
    chosen_clock: float
    apart_clock: float
    pdfium: float | None


def figures() -> Iterator[Figure]:
    """Letters a second, peak memory, and growth over 10,000 letters."""
    real = LETTERS.is_dir()
    note = "the real letters" if real else f"made here, since none are in {LETTERS}"
    yield from _speeds(in_a_process_of_its_own(_read_each), note)
    yield Figure(
        group=GROUP,
        what="memory at its peak, all letters",
        value=in_a_process_of_its_own(_peak),
        unit="MB",
        target=MOST_MEGABYTES,
        note=note,
    )
    held, told = in_a_process_of_its_own(_read_many)
    yield Figure(
        group=GROUP,
        what=f"growth of memory from letter {IN_ALL // ROUNDS:,} to {IN_ALL:,}",
        value=held[-1] - held[0],
        unit="MB",
        target=MOST_GROWTH,
        note=f"{told}; after each round " + ", ".join(f"{one:.0f}" for one in held),
    )


def letters() -> list[Letter]:
    """The real letters, or made ones where they are not."""
    if LETTERS.is_dir():
        return [(file.name, file.read_bytes()) for file in sorted(LETTERS.iterdir())]
    return letters_made.letters()


def _speeds(spent: list[Spent], note: str) -> Iterator[Figure]:
    """Letters with text a second and core, in the middle, and how many times PDFium's own time."""
    for what, named in (
        ("whatever they are, as they are taken in", "chosen"),
        ("apart, in a process of its own", "apart"),
        ("known to be letters", "known"),
    ):
        seconds = [getattr(one, named) for one in spent]
        clock = [getattr(one, f"{named}_clock") for one in spent]
        ratios = [own / one.pdfium for own, one in zip(seconds, spent, strict=True) if one.pdfium]
        yield Figure(
            group=GROUP,
            what=f"letters read a second and core, {what}",
            value=1 / median(seconds),
            unit="/s CPU",
            target=LEAST_A_SECOND,
            at_least=True,
            note=f"{1 / median(clock):.1f}/s by the clock; {median(ratios):.2f} times PDFium alone; "
            f"median of {len(seconds)}, slowest {max(seconds):.1f} s; {note}",
        )
    yield Figure(
        group=GROUP,
        what="reading apart beside reading here",
        value=median(one.apart / one.chosen for one in spent),
        unit="times",
        note="CPU of both processes",
    )


def in_a_process_of_its_own(work: Callable[[], Measured]) -> Measured:
    """What `work` measures where nothing else has taken memory before."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work)


def _read_each() -> list[Spent]:
    """What each letter with text takes, by turns: each way of reading meets the same machine."""
    apart = Apart(Limits())
    apart.ask(Task(what="read_all", name="a.txt", content=b"Hei", is_reply=True))
    found = []
    for letter in letters():
        reading = read_letter(*letter)  # the first reading of a letter warms what is asked of words
        if reading.items[0].values["scanned"]:
            continue
        known, known_clock = spent(partial(read_letter, *letter))
        chosen, chosen_clock = spent(lambda one=letter: list(choose.read_all(*one, within=1)))
        own, apart_clock = spent(partial(_ask, apart, letter), children(os.getpid()))
        is_pdf = b"%PDF-" in letter[1][:1024]
        pdfium = spent(partial(_pdfium_alone, letter[1]))[0] if is_pdf else None
        found.append(
            Spent(
                known=known,
                chosen=chosen,
                apart=own,
                known_clock=known_clock,
                chosen_clock=chosen_clock,
                apart_clock=apart_clock,
                pdfium=pdfium,
            )
        )
    apart.stop()
    return found


def _ask(apart: Apart, letter: Letter) -> object:
    name, content = letter
    return apart.ask(Task(what="read_all", name=name, content=content, is_reply=True))


def _pdfium_alone(content: bytes) -> None:
    """Open a PDF and take the text of each page: what no reader can do without."""
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def spent(work: Callable[[], object], processes: "list[int] | None" = None) -> tuple[float, float]:
    """Seconds of CPU, here and in `processes`, and by the clock."""
    began, clock = time.process_time() + _theirs(processes), time.perf_counter()
    work()
    return (
        time.process_time() + _theirs(processes) - began,
        time.perf_counter() - clock,
    )


def _theirs(processes: "list[int] | None") -> float:
    """Seconds of CPU that processes have taken, to the nanosecond."""
    told = (Path(f"/proc/{pid}/schedstat").read_text() for pid in processes or ())
    return sum(int(one.split()[0]) for one in told) / 1e9


def _peak() -> float:
    """The most memory in MB that reading every letter once takes."""
    for letter in letters():
        list(choose.read_all(*letter, within=1))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _MEGABYTE


def _read_many() -> tuple[list[float], str]:
    """The memory in MB after each round, and what was read.

    Each round reads every letter once, and fills up with small ones: what is kept by mistake is
    kept of each file and each page that was opened, and 10,000 are read in two minutes.
    """
    every = letters()
    small = every if os.environ.get(ONLY_REAL) else letters_made.small_letters()
    held = []
    for _round in range(ROUNDS):
        rest = itertools.islice(itertools.cycle(small), IN_ALL // ROUNDS - len(every))
        for letter in (*every, *rest):
            list(choose.read_all(*letter, within=1))
        held.append(_resident())
    filled = "" if small is every else f", then {len(small)} small ones by turns"
    return held, f"{ROUNDS} rounds: all {len(every)}{filled}"


def _resident() -> float:
    """How much memory this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE
