"""Middleware: live answers carry the same headers as published files, and are kept by nobody if private."""

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
        if "cookie" in response.headers.get("Vary", "").lower():
            # It depends on who asked: no cache keeps it, and going back after signing out shows nothing.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer
