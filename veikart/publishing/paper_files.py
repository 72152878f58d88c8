"""The files of papers: handed out, and copied to the published folder, when the plan has the paper, and only then.

What is withheld, or not public yet, is in no plan, so nothing can be asked for that finds it.
"""

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from veikart.editions import queries
from veikart.editions.queries import Shelved
from veikart.plan import paper_names
from veikart.plan.council import Paper
from veikart.plan.model import Plan
from veikart.publishing.writing import File

CONFLICT = 409
INLINE = "pdf"
"""The one ending that a browser may show; every other file is saved, since it might run."""
MEDIA_TYPES = {ending: media_type for media_type, ending in paper_names.ENDINGS.items()}


def files(plan: Plan) -> Iterator[File]:
    """The file of every paper of `plan`, by its path under `data/`; nothing is read yet."""
    for paper in plan.council.papers:
        if paper.sha256:
            path = f"data/{paper_names.file_path(paper)}"
            yield File(path, partial(content, paper.sha256), sha256=paper.sha256)


def content(sha256: str) -> bytes:
    """The bytes of the kept file with this SHA-256. Raises FileNotFoundError if it is gone, or was changed."""
    path = Path(settings.DOCUMENTS_FOLDER) / sha256
    facts = {"sha256": sha256, "path": path}
    try:
        found = path.read_bytes()
    except FileNotFoundError as gone:
        said = _(
            "The file with the SHA-256 %(sha256)s is missing: %(path)s. Restore it from a backup."
        )
        raise FileNotFoundError(said % facts) from gone
    if hashlib.sha256(found).hexdigest() != sha256:
        said = _(
            "The file %(path)s was changed: it no longer has its SHA-256. Restore it from a backup."
        )
        raise FileNotFoundError(said % facts)
    return found


def handed_out(
    request: HttpRequest, uid: str, ending: str, number: str | None = None
) -> HttpResponse:
    """The file of the paper `uid`, as of the edition in force or of the one called `number`."""
    editions = queries.editions()
    if number is None:
        edition = editions[0] if editions else None
    else:
        known = next((kept for kept in editions if kept.number == number), None)
        edition = known or queries.waiting_for(request.user, number)
    if edition is None:
        raise Http404
    return _answer(edition, uid, ending)


@login_required
def of_draft(request: HttpRequest, uid: str, ending: str) -> HttpResponse:
    """The file of the paper `uid` as the working draft has it, for those signed in."""
    return _answer(queries.working(), uid, ending)


def _answer(edition: Shelved, uid: str, ending: str) -> HttpResponse:
    paper = edition.plan.index.papers.get(uid)
    if paper is None or paper.sha256 is None or paper_names.ending(paper) != ending:
        raise Http404
    try:
        found = content(paper.sha256)
    except FileNotFoundError:
        # Where it lies on the server is for those who keep it, who are told by `veikart check`.
        said = _("Its file is missing or was changed. Restore it from a backup.")
        return HttpResponse(said, status=CONFLICT, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(found, content_type=MEDIA_TYPES.get(ending, "application/octet-stream"))
    answer.headers["Content-Disposition"] = disposition(paper)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    # It may be withheld at any time: whoever keeps a copy asks before it is given out again.
    is_open = edition.approved_on is not None
    answer.headers["Cache-Control"] = "no-cache" if is_open else "private, no-store"
    return answer


def disposition(paper: Paper) -> str:
    """How a browser is to take the file: a PDF may be shown, everything else is saved."""
    said = content_disposition_header(
        paper_names.ending(paper) != INLINE, paper_names.file_name(paper)
    )
    return str(said)
