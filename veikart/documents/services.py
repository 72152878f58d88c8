"""What can be done with documents: keep them, and decide who may see them."""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from veikart.core import kept_files
from veikart.documents.models import Document, DocumentName
from veikart.engines.readers.texts import file_name
from veikart.people import audit
from veikart.people.models import User


def keep(name: str, content: bytes, *, by: User | None) -> Document:
    """Keep `content` byte for byte under its SHA-256; the same bytes again are the same document.

    Each name it came under is kept. The file is written whole and safely before the row is, so
    that a row never lacks its file. Raises OSError if the folder cannot be written to.
    """
    sha256 = kept_files.keep(Path(settings.DOCUMENTS_FOLDER), content)
    return _keep_row(sha256, file_name(name) or sha256, size=len(content), by=by)


@transaction.atomic
def keep_for_editors(name: str, content: bytes, *, by: User | None) -> Document:
    """As `keep`, for a file of figures: nobody but editors sees it, unless it was made public.

    A file that others who read the draft could see until now is for editors from now on.
    """
    document = keep(name, content, by=by)
    if document.visibility == Document.Visibility.INTERNAL:
        return set_visibility(document, visibility=Document.Visibility.EDITORS, by=by)
    return document


@transaction.atomic
def set_visibility(document: Document, *, visibility: str, by: User | None) -> Document:
    """Let everybody see `document` (public), those who may read the draft (internal), or editors.

    Raises ValidationError for another word.
    """
    audit.lock()
    document = Document.objects.select_for_update().get(pk=document.pk)
    before, document.visibility = document.visibility, visibility
    if before == visibility:
        return document
    document.full_clean()
    document.save(update_fields=["visibility"])
    audit.record(
        "document.visibility_set",
        f"dokument/{document.sha256}",
        by=by,
        before={"visibility": before},
        after={"visibility": visibility},
    )
    return document


@transaction.atomic
def _keep_row(sha256: str, name: str, *, size: int, by: User | None) -> Document:
    audit.lock()
    now = timezone.now()
    document = Document.objects.filter(sha256=sha256).first()
    if document is None:
        document = Document(
            sha256=sha256,
            name=name,
            size=size,
            media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            taken_in_at=now,
            taken_in_by=by,
        )
        document.full_clean()
        document.save()
        after = {"name": name, "size": size}
        audit.record("document.kept", f"dokument/{sha256}", by=by, after=after)
    DocumentName.objects.get_or_create(
        document=document, name=name, defaults={"first_seen_at": now}
    )
    return document
