"""Gathering a meeting's papers: what 60 papers of 600 pages take beside putting them together plainly."""

import datetime as dt
import io
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.figures import Figure, cpu, growth
from bench.letters import in_a_process_of_its_own, spent
from bench.load import children

GROUP = "binding"
PAPERS, PAGES = 60, 10
MOST_SECONDS = 10.0
MOST_MEGABYTES = 500.0
MOST_GROWTH = 1.3
TIMES = 3
_SEED = 2022


def figures() -> Iterator[Figure]:
    """Seconds and memory, a baseline in the same run, and how the time grows with the number of papers."""
    every = papers()
    size = sum(len(content) for content in every) / 1e6
    told = in_a_process_of_its_own(partial(bound_in, every))
    yield _figure(
        "papers gathered into one PDF",
        told.clock,
        "s",
        target=MOST_SECONDS,
        note=f"{PAPERS} papers of together {told.pages} pages and {size:.0f} MB, half of them tagged, a tenth "
        f"scanned; {told.cpu:.2f} s of CPU; {told.first:.2f} s the first time, with what is loaded then",
    )
    yield _figure(
        "memory of the process that reads and gathers them",
        told.apart,
        "MB",
        target=MOST_MEGABYTES,
        note=f"at its peak, for a PDF of {told.size:.0f} MB",
    )
    for named, work in (("pikepdf", plainly_with_pikepdf), ("pypdf", plainly_with_pypdf)):
        plain = in_a_process_of_its_own(partial(_seconds_of, work, every))
        yield _figure(
            f"the same pages one after another, {named}",
            plain,
            "s CPU",
            note=f"no agenda, stamp, bookmark or tag, and nothing cleared; ours takes {told.cpu / plain:.1f} times it",
        )
    fewer = in_a_process_of_its_own(partial(bound_in, every[: PAPERS // 3]))
    yield _figure(
        "growth with the number of papers",
        growth([PAPERS // 3, PAPERS], [fewer.cpu, told.cpu]),
        "exponent",
        target=MOST_GROWTH,
        note=f"{PAPERS // 3} papers take {fewer.cpu:.2f} s of CPU; 1 is linear",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What gathering took: seconds by the clock and of CPU, both processes together; MB of memory."""

    clock: float
    cpu: float
    first: float
    size: float
    pages: int
    apart: float


def _figure(
    what: str, value: float, unit: str, *, target: float | None = None, note: str = ""
) -> Figure:
    return Figure(group=GROUP, what=what, value=value, unit=unit, target=target, note=note)


def papers() -> list[bytes]:
    """Papers of ten pages each, no two alike: tagged notes, plain print, and scans."""
    chance = random.Random(_SEED)
    return [_paper(number, chance) for number in range(PAPERS)]


def _paper(number: int, chance: random.Random) -> bytes:
    if number % 2 == 0:
        return _tagged(number)
    return _scanned(chance) if number % 5 == 0 else _plain(number)


def _tagged(number: int) -> bytes:
    import typst

    source = "\n#pagebreak()\n".join(
        f"= Notat {number}, del {page}\n#lorem(280)\n- Punkt en\n- Punkt to\n\n"
        f"#table(columns: 3, ..range(12).map(n => [#n]))\n@f{number}x{page - 1 if page > 1 else 1}"
        f"\n#figure([Figur], caption: [Del {page}], supplement: [Figur]) <f{number}x{page}>"
        for page in range(1, PAGES + 1)
    )
    head = f'#set document(title: "Notat {number}")\n#set text(lang: "nb", size: 10pt)\n'
    return typst.compile((head + source).encode(), pdf_standards=["ua-1"], timestamp=0)


def _plain(number: int) -> bytes:
    from reportlab.pdfgen import canvas

    content = io.BytesIO()
    drawn = canvas.Canvas(
        content, pagesize=(842, 595) if number % 3 else (595, 842), invariant=True
    )
    for page in range(PAGES):
        for line in range(35):
            drawn.drawString(
                50, 550 - 14 * line, f"Notat {number}, side {page + 1}, linje {line} " * 2
            )
        drawn.showPage()
    drawn.save()
    return content.getvalue()


def _scanned(chance: random.Random) -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    content = io.BytesIO()
    drawn = canvas.Canvas(content, pagesize=(595, 842), invariant=True)
    for _page in range(PAGES):
        speckled = Image.frombytes("L", (310, 438), chance.randbytes(310 * 438)).resize(
            (1240, 1754)
        )
        picture = io.BytesIO()
        speckled.save(picture, "JPEG", quality=60)
        drawn.drawImage(ImageReader(picture), 0, 0, 595, 842)
        drawn.showPage()
    drawn.save()
    return content.getvalue()


def bound_in(every: Sequence[bytes]) -> Told:
    """What gathering takes, in the middle of some times; the reading process is started before."""
    import django

    django.setup()
    from veikart.adapters.binding_parts import Case, Cover, Paper
    from veikart.documents import binding, reading

    cases = [
        Case(
            number=f"{number + 1}/26",
            title=f"Sak nummer {number + 1}",
            papers=tuple(
                Paper(label=f"Vedlegg {at + 1}", title="Notat", name=f"{at}.pdf", content=content)
                for at, content in enumerate(every[number::10])
            ),
        )
        for number in range(10)
    ]
    at = dt.datetime(2026, 2, 4, 12, 0, tzinfo=dt.UTC)
    reading.read_pages("a.txt", b"Hei")
    bind = partial(binding.bind, Cover(title="Møte 1/2026"), cases, at=at)
    first = _seconds(bind)
    processes = children(os.getpid())
    times = [spent(bind, processes) for _ in range(TIMES)]
    whole = bind()
    assert len(whole.placed) == len(every)
    reading.apart().stop()
    return Told(
        clock=median(clock for _cpu, clock in times),
        cpu=median(cpu for cpu, _clock in times),
        first=first,
        size=len(whole.content) / 1e6,
        pages=whole.pages,
        apart=_peak(resource.RUSAGE_CHILDREN),
    )


def plainly_with_pikepdf(every: Sequence[bytes]) -> bytes:
    """The pages one after another, as most would write it."""
    import pikepdf

    whole = pikepdf.new()
    for content in every:
        whole.pages.extend(pikepdf.open(io.BytesIO(content)).pages)
    written = io.BytesIO()
    whole.save(written)
    return written.getvalue()


def plainly_with_pypdf(every: Sequence[bytes]) -> bytes:
    """The same in Python alone."""
    import pypdf

    whole = pypdf.PdfWriter()
    for content in every:
        whole.append(io.BytesIO(content), import_outline=False)
    written = io.BytesIO()
    whole.write(written)
    return written.getvalue()


def _seconds_of(work: Callable[[Sequence[bytes]], object], every: Sequence[bytes]) -> float:
    work(every[:1])  # what it imports is loaded
    return cpu(partial(work, every), times=TIMES)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _peak(whose: int) -> float:
    """The most memory in MB; Linux counts kibibytes, macOS bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(whose).ru_maxrss * unit / 1e6
