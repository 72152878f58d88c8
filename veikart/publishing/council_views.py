"""What is published of councils beside the pages, answered live from the edition in force."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from veikart.editions import queries
from veikart.pages.reading import Reading
from veikart.publishing import council_data


def calendar(request: HttpRequest, uid: str) -> HttpResponse:
    """The meetings of a body, for a calendar to subscribe to."""
    reading = _reading()
    content = _found(lambda: council_data.calendar(reading, uid))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def decisions(request: HttpRequest) -> HttpResponse:
    """The newest decisions as an Atom feed."""
    reading = _reading()
    if not reading.plan.council.bodies:
        raise Http404
    content = council_data.decisions(reading)
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def oparl(request: HttpRequest, name: str) -> HttpResponse:
    """A document of the OParl interface, which other programs may fetch from anywhere."""
    plan = _reading().plan
    content = _found(lambda: council_data.oparl_document(plan, name))
    answer = HttpResponse(content, content_type="application/json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _reading() -> Reading:
    """The edition in force in the reader's language. Raises Http404 if none is approved."""
    editions = tuple(queries.editions())
    if not editions:
        raise Http404
    language = get_language() or settings.LANGUAGE_CODE
    return Reading(shelved=editions[0], editions=editions, language=language)


def _found(make: Callable[[], bytes]) -> bytes:
    try:
        return make()
    except LookupError as absent:
        raise Http404 from absent
