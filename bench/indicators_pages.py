"""The page of an indicator among sixty, and what it reads from its figures."""

from collections.abc import Iterator

from bench import indicators_samples as samples
from bench.figures import Figure, cpu
from veikart.plan.reading_figures import FiguresRead

MOST_LOOK_UP_MS = 1.0
MOST_PAGE_MS = 20.0
TIMES = 200


def figures() -> Iterator[Figure]:
    """Milliseconds of CPU; the indicators and their figures are those that the build left."""
    from veikart.editions import queries
    from veikart.indicators import shelf
    from veikart.pages.reading import Reading
    from veikart.pages.render import render

    shelved = queries.working()
    reading = Reading(shelved=shelved)
    indicator = shelved.plan.index.by_uid[samples.uid(7)]
    result = shelved.plan.index.result_of(indicator)
    assert result is not None
    figures = shelf.figures(result.figures)
    assert figures is not None
    read = FiguresRead(figures)
    first = cpu(lambda: _page_data(FiguresRead(figures)))
    again = cpu(lambda: [_page_data(read) for _ in range(TIMES)]) / TIMES
    yield _figure("page data of an indicator", again, MOST_LOOK_UP_MS, f"{first * 1000:.2g} ms the first time")  # fmt: skip
    pages = {"the page of an indicator": samples.uid(7), "all indicators": "indikator"}
    for what, path in pages.items():
        cold = cpu(lambda path=path: render(reading, path), times=1)
        page = render(reading, path)
        assert page.status == 200, path
        warm = cpu(lambda path=path: [render(reading, path) for _ in range(5)]) / 5
        note = f"{cold * 1000:.0f} ms the first time; {len(page.html) / 1000:.0f} kB of HTML"
        yield _figure(what, warm, MOST_PAGE_MS if path.startswith("indikator/") else None, note)


def _page_data(read: FiguresRead) -> None:
    """The nation's and the counties' series, all groups, and the ranking of municipalities."""
    period = read.latest("municipality")
    assert period is not None
    read.points("nation", "NO")
    for county in read.values("county", period):
        read.points("county", county.area)
        read.place_of("county", period, county.value or 0)
    for column in ("sex", "age"):
        for code in read.groups(column):
            read.at("nation", "NO", period, ((column, code),))
    sorted(one.value or 0 for one in read.values("municipality", period))


def _figure(what: str, value: float, target: float | None, note: str) -> Figure:
    return Figure(
        group="calculation", what=what, value=value * 1000, unit="ms CPU", target=target, note=note
    )
