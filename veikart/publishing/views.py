"""What is published beside the pages, answered live: downloads of an edition, sitemap and robots.txt."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from veikart.editions import queries, shelf
from veikart.editions.queries import Shelved
from veikart.pages.reading import Reading
from veikart.publishing import addresses, exports

CONFLICT = 409

DOWNLOADS: dict[str, tuple[str, Callable[[Shelved], bytes]]] = {
    "plan.json": (
        "application/json",
        lambda edition: shelf.path_of(edition.file_name or "").read_bytes(),
    ),
    "veikart.csv": ("text/csv; charset=utf-8", lambda edition: exports.roadmap_csv(edition.plan)),
    "veikart.xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda edition: exports.roadmap_xlsx(edition.plan),
    ),
}
"""What can be downloaded of an edition: its media type, and what makes it."""


def download(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The edition as a file; refused, with what is wrong, if its own file is not as frozen."""
    edition = next((kept for kept in queries.editions() if kept.number == number), None)
    edition = edition or queries.waiting_for(request.user, number)
    if edition is None or name not in DOWNLOADS:
        raise Http404
    if edition.file_problem:
        return HttpResponse(edition.file_problem, status=CONFLICT, content_type="text/plain")
    media_type, make = DOWNLOADS[name]
    stem, ending = name.split(".")
    answer = HttpResponse(make(edition), content_type=media_type)
    if edition.approved_on is None:
        answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = f'attachment; filename="{stem}-{number}.{ending}"'
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
