"""The desk's pictures of what came in: a page of an original, or a picture that says why there is none."""

import textwrap

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from veikart.consultations import originals
from veikart.consultations.opening import for_handlers, opened, reply_in
from veikart.engines.proposal import Unreadable

_LETTERS_A_LINE = 50


@for_handlers
@require_safe
def send_picture(request: HttpRequest, code: str, no: int, sha256: str, page: int) -> HttpResponse:
    """A page of an original as a picture; where it cannot be drawn, a picture of the reason."""
    reply = reply_in(opened(request, code), no)
    files = (file.document for file in reply.files.all())
    document = next((each for each in files if each.sha256 == sha256), None)
    if document is None:
        raise Http404(sha256)
    try:
        content = originals.picture(document, page)
    except Unreadable as refusal:
        if refusal.code == "no_page":
            raise Http404(str(refusal)) from refusal
        return _said(originals.sentence(refusal.code, document))
    headers = {"Cache-Control": "private, max-age=3600"}
    return HttpResponse(content, content_type="image/png", headers=headers)


def _said(sentence: str) -> HttpResponse:
    """A picture of a sentence: where a page of text stands for a picture, browsers show nothing."""
    lines = textwrap.wrap(sentence, _LETTERS_A_LINE)
    content = render_to_string("consultations/not_drawn.svg", {"lines": lines})
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(content, content_type="image/svg+xml", status=422, headers=headers)
