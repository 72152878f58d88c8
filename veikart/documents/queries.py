"""What others may read of documents: their bytes, and whether they are still whole."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from veikart.core import kept_files
from veikart.documents.models import Document


def path(document: Document) -> Path:
    """Where the bytes of `document` lie."""
    return Path(settings.DOCUMENTS_FOLDER) / document.sha256


def content(document: Document) -> bytes:
    """The bytes of `document`.

    Raises FileNotFoundError if its file is gone, ValueError if it was changed.
    """
    found = path(document).read_bytes()
    sha256 = hashlib.sha256(found).hexdigest()
    if sha256 != document.sha256:
        raise ValueError(
            f"Expected {document.name} to have the SHA-256 {document.sha256}, found {sha256}. "
            "The file was changed; restore it from a backup."
        )
    return found


def verify() -> list[str]:
    """What is wrong with the kept files, one sentence each; nothing if all are whole."""
    problems = []
    for document in Document.objects.order_by("pk").iterator():
        place = path(document)
        if not place.is_file():
            problems.append(
                _("The file of %(name)s is missing: %(path)s. Restore it from a backup.")
                % {"name": document.name, "path": place}
            )
        elif kept_files.sha256_of(place) != document.sha256:
            problems.append(
                _("The file of %(name)s was changed: %(path)s. Restore it from a backup.")
                % {"name": document.name, "path": place}
            )
    return problems
