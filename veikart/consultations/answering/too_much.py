"""What is said to who sends more in a form than can be taken; all other bad requests get Django's page."""

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.defaults import bad_request

TOO_LARGE = 413


def refused(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The page for a request that could not be read."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_much(request)
    return bad_request(request, exception)


def too_much(request: HttpRequest) -> HttpResponse:
    """Say that nothing of it was taken, and what to do with the text."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000
    template = "consultations/answering/too_much.html"
    return render(request, template, {"most": most}, status=TOO_LARGE)
