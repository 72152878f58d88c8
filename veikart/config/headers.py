"""Middleware: live answers carry the same headers as published files."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from veikart.publishing.headers import HEADERS

Answer = Callable[[HttpRequest], HttpResponseBase]


def security_headers(get_response: Answer) -> Answer:
    """Add what every answer tells the browser, unless a view said otherwise."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer
