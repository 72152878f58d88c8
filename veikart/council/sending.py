"""Handing out the file of a paper to those who may have it: never run by the browser, never kept by others."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from veikart.council.models import Paper
from veikart.documents import queries as documents

PDF = "application/pdf"


def sent(paper: Paper, *, shows_pdf: bool) -> HttpResponse:
    """The file of `paper`, byte for byte; a PDF is shown in the browser if `shows_pdf`, all else is saved.

    Raises Http404 where the paper has no file, or the file is not as it was kept.
    """
    if paper.document is None:
        raise Http404(paper.uid)
    try:
        content = documents.content(paper.document)
    except (FileNotFoundError, ValueError) as problem:
        raise Http404(str(problem)) from problem
    is_shown = shows_pdf and paper.document.media_type == PDF
    name = paper.file_name or paper.document.name
    headers = {
        "Content-Disposition": content_disposition_header(not is_shown, name) or "attachment",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    kind = PDF if is_shown else "application/octet-stream"
    return HttpResponse(content, content_type=kind, headers=headers)
