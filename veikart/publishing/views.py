"""What is published beside the pages, answered live: downloads of an edition, sitemap and robots.txt."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from veikart.editions import queries, shelf
from veikart.editions.queries import Shelved
from veikart.opendata import formats
from veikart.pages.decisions import PATH
from veikart.pages.hearings import REPORT
from veikart.pages.reading import Reading
from veikart.plan import codec
from veikart.publishing import (
    addresses,
    decision_data,
    exports,
    hearing_data,
    indicator_data,
    reports,
)

CONFLICT = 409

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
}


def plan_json(edition: Shelved) -> bytes:
    """The edition's own file; if something in it is hidden by now, what may be shown of it instead."""
    if edition.is_lessened:
        return codec.encode(edition.plan)
    return shelf.path_of(edition.file_name or "").read_bytes()


DOWNLOADS: dict[str, tuple[str, Callable[[Shelved], bytes]]] = {
    "plan.json": (
        "application/json",
        plan_json,
    ),
    "veikart.csv": (MEDIA_TYPES["csv"], lambda edition: exports.roadmap_csv(edition.plan)),
    "veikart.xlsx": (
        MEDIA_TYPES["xlsx"],
        lambda edition: exports.roadmap_xlsx(edition.plan),
    ),
}
"""What can be downloaded of an edition: its media type, and what makes it."""


def download(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The edition as a file; refused, with what is wrong, if its own file is not as frozen."""
    edition = _edition(request, number)
    if name not in DOWNLOADS:
        raise Http404
    if edition.file_problem:
        return _conflict(edition.file_problem)
    media_type, make = DOWNLOADS[name]
    stem, ending = name.split(".")
    return _file(make(edition), media_type, f"{stem}-{number}.{ending}", edition)


def indicator(request: HttpRequest, name: str, number: str | None = None) -> HttpResponse:
    """The figures of an indicator in a format, as of the edition in force or of the one called `number`."""
    edition = _edition(request, number)
    code, ending = _code_and_ending(name)
    if edition.file_problem:
        return _conflict(edition.file_problem)
    made = indicator_data.published(edition.plan, code, get_language() or settings.LANGUAGE_CODE)
    if made is None:
        raise Http404
    content = formats.write(made, ending)
    media_type = formats.FORMATS[ending].media_type
    return _file(content, media_type, f"indikator-{code}-{edition.number}.{ending}", edition)


def indicators(request: HttpRequest, number: str | None = None) -> HttpResponse:
    """The list of an edition's indicators, with where to fetch their figures."""
    edition = _edition(request, number)
    if edition.file_problem:
        return _conflict(edition.file_problem)
    language = get_language() or settings.LANGUAGE_CODE
    start = indicator_data.address(language, number)
    content = indicator_data.catalogue(edition.plan, language, start=start)
    return _file(content, "application/json", indicator_data.CATALOGUE, edition)


def hearing(request: HttpRequest, uid: str, ending: str, number: str | None = None) -> HttpResponse:
    """The disposition log of a hearing, as of the edition in force or of the one called `number`."""
    return _of_edition(request, hearing_data.written, uid, ending, number)


def report(request: HttpRequest, uid: str, ending: str, number: str | None = None) -> HttpResponse:
    """The summary report of a hearing, as of the edition in force or of the one called `number`."""
    return _of_edition(request, reports.written, uid, ending, number)


def priorities(
    request: HttpRequest, uid: str, ending: str, number: str | None = None
) -> HttpResponse:
    """How members prioritised in a hearing, as of the edition in force or of the one called `number`."""
    return _of_edition(request, hearing_data.priorities, uid, ending, number)


def votes(request: HttpRequest, uid: str, number: str | None = None) -> HttpResponse:
    """Who voted what in the open rounds of a hearing, as of the edition in force or of the one called `number`."""
    return _of_edition(request, hearing_data.votes, uid, "csv", number)


def decisions(request: HttpRequest, ending: str, number: str | None = None) -> HttpResponse:
    """The register of decisions, as of the edition in force or of the one called `number`."""
    return _of_edition(request, decision_data.written, PATH, ending, number)


def _of_edition(
    request: HttpRequest,
    write: Callable[[Reading, str, str], bytes],
    uid: str,
    ending: str,
    number: str | None,
) -> HttpResponse:
    edition = _edition(request, number)
    if edition.file_problem:
        return _conflict(edition.file_problem)
    reading = Reading(
        shelved=edition,
        editions=tuple(queries.editions()),
        language=get_language() or settings.LANGUAGE_CODE,
    )
    try:
        content = write(reading, uid, ending)
    except LookupError as absent:
        raise Http404 from absent
    ends: dict[object, str] = {
        reports.written: f"-{REPORT}",
        hearing_data.priorities: f"-{hearing_data.PRIORITIES}",
        hearing_data.votes: f"-{hearing_data.VOTES}",
    }
    stem = f"{uid}{ends.get(write, '')}"
    name = f"{stem.replace('/', '-')}-{edition.number}.{ending}"
    return _file(content, MEDIA_TYPES[ending], name, edition)


def _code_and_ending(name: str) -> tuple[str, str]:
    """`1.4` and `sdmx.csv` of `1.4.sdmx.csv`; the longest ending that fits. Raises Http404."""
    for ending in sorted(formats.FORMATS, key=len, reverse=True):
        if name.endswith(f".{ending}"):
            return name.removesuffix(f".{ending}"), ending
    raise Http404


def _edition(request: HttpRequest, number: str | None) -> Shelved:
    """The edition called `number`, or the one in force. Raises Http404."""
    editions = queries.editions()
    if number is None and editions:
        return editions[0]
    found = next((kept for kept in editions if kept.number == number), None)
    found = found or (queries.waiting_for(request.user, number) if number else None)
    if found is None:
        raise Http404
    return found


def _conflict(problem: str) -> HttpResponse:
    return HttpResponse(problem, status=CONFLICT, content_type="text/plain")


def _file(content: bytes, media_type: str, name: str, edition: Shelved) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    if edition.approved_on is None:
        answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page of the edition that holds now."""
    editions = tuple(queries.editions())
    if not editions:
        raise Http404
    content = addresses.sitemap(Reading(shelved=editions[0], editions=editions))
    return HttpResponse(content, content_type="application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read."""
    return HttpResponse(addresses.robots(), content_type="text/plain; charset=utf-8")
