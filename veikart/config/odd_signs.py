"""Middleware: an address that has a sign no database keeps as text is refused before anything is asked."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]
NUL = "\x00"
ENCODED = "%00"


def refuse_nul(get_response: Answer) -> Answer:
    """Answer 400 to an address or a question with a NUL: PostgreSQL would fail on it, and no link of ours has one."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path_info or ENCODED in request.META.get("QUERY_STRING", ""):
            raise BadRequest("Expected an address without NUL; found one. Follow a link instead.")
        return get_response(request)

    return answer
