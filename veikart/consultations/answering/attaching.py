"""Attachments of a draft: what is taken, and what is wrong with one. None is opened in this process."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.consultations.answering.asking import Asked, text_fields
from veikart.consultations.answering.models import DraftFile, ReplyDraft
from veikart.documents import reading
from veikart.engines.proposal import Unreadable

MOST_FILES = 20
"""So many files may be attached to a draft, with those that a newer one of the same name replaces."""
MOST_TOGETHER = 100_000_000
"""So many bytes may they have together."""
_OFFICE, _OLD_OFFICE = (b"PK\x03\x04",), (b"\xd0\xcf\x11\xe0",)
KINDS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".docx": (*_OFFICE, *_OLD_OFFICE),
    ".doc": _OLD_OFFICE,
    ".odt": _OFFICE,
    ".rtf": (b"{\\rtf",),
    ".txt": (),
    ".xlsx": (*_OFFICE, *_OLD_OFFICE),
    ".csv": (),
    ".pptx": (*_OFFICE, *_OLD_OFFICE),
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}
"""The kinds of files that are taken, by the end of their name, and how each begins, if that tells."""
READ = (".pdf", ".docx", ".txt")
"""Those that are opened, in a process of their own, to see whether they can be read."""
_HEAD = 1024


@dataclass(frozen=True)
class Trouble:
    """Why a file could not be read: a code of the readers, and what they say."""

    code: str
    problem: str


def attach(draft: ReplyDraft, upload: "UploadedFile[bytes]") -> DraftFile:
    """Attach a file, as it is, even if it cannot be opened; then it tells what the trouble is.

    The same bytes under the same name are attached once. Raises ValidationError for a kind of file
    that is not taken, one that is too large or empty, and more than may be attached.
    """
    name = name_of(upload)
    _refuse_kind(name)
    _refuse_size(name, upload.size or 0)
    content = upload.read()
    sha256 = hashlib.sha256(content).hexdigest()
    there = draft.files.filter(name=name, sha256=sha256).first()
    if there:
        return there
    _refuse_more(draft, name, len(content))
    trouble = trouble_of(name, content)
    return _keep(draft, name, content, sha256, trouble)


@transaction.atomic
def attach_text(draft: ReplyDraft, questions: Sequence[Asked], field: str) -> None:
    """Make a text file of what was typed in `field`, and let the field say where it is."""
    draft = ReplyDraft.objects.select_for_update().get(pk=draft.pk, ended_at=None)
    typed = draft.content.get(field, "")
    if not typed.strip():
        return
    question, asked = text_fields(questions)[field]
    name = (
        f"svar-{question.no}-{asked.goal.replace('/', '-')}.txt"
        if asked.goal
        else f"svar-{question.no}.txt"
    )
    content = typed.encode()
    _refuse_more(draft, name, len(content))
    _keep(draft, name, content, hashlib.sha256(content).hexdigest(), None)
    draft.content = {**draft.content, field: _("See the attachment %(name)s.") % {"name": name}}
    draft.version += 1
    draft.save(update_fields=["content", "version"])


def name_of(upload: "UploadedFile[bytes]") -> str:
    """What the file is called, without folders and without signs that hide what it is."""
    said = PurePath((upload.name or "").replace("\\", "/")).name
    seen = "".join(sign for sign in said if unicodedata.category(sign)[0] != "C")
    name = unicodedata.normalize("NFC", seen).strip()
    ending = PurePath(name).suffix
    return name[: 200 - len(ending)] + ending if len(name) > 200 else name


def trouble_of(name: str, content: bytes) -> Trouble | None:
    """Why the file cannot be read; None if it can, or if it is of a kind that is not opened."""
    ending = PurePath(name).suffix.casefold()
    begins = KINDS[ending]
    if begins and not any(begin in content[:_HEAD] for begin in begins):
        problem = f"Expected {name} to be what its name says; it begins like another kind of file."
        return Trouble("not_as_named", f"{problem} Open it with care, or ask for another.")
    if ending not in READ:
        return None
    refusals = [one.refusal for one in reading.read_all(name, content, is_reply=True)]
    return next((_trouble(one) for one in refusals if one), None)


def in_use(files: list[DraftFile]) -> dict[str, DraftFile]:
    """The newest file of each name; the older ones come along."""
    return {file.name.casefold(): file for file in files}


def _trouble(refusal: Unreadable) -> Trouble:
    return Trouble(refusal.code, refusal.message)


@transaction.atomic
def _keep(
    draft: ReplyDraft, name: str, content: bytes, sha256: str, trouble: Trouble | None
) -> DraftFile:
    ReplyDraft.objects.select_for_update().get(pk=draft.pk, ended_at=None)
    there = draft.files.filter(name=name, sha256=sha256).first()
    if there:
        return there
    file = DraftFile(
        draft=draft,
        name=name,
        size=len(content),
        sha256=sha256,
        content=content,
        trouble=trouble.code if trouble else None,
        problem=trouble.problem if trouble else None,
        at=timezone.now(),
    )
    file.full_clean()
    file.save()
    return file


def _refuse_kind(name: str) -> None:
    if PurePath(name).suffix.casefold() not in KINDS:
        raise ValidationError(
            _(
                "%(name)s was not attached. Attach one of these kinds: %(kinds)s. "
                "Save it as PDF if it is something else."
            ),
            code="wrong_kind",
            params={"name": name or "–", "kinds": ", ".join(end[1:].upper() for end in KINDS)},
        )


def _refuse_size(name: str, size: int) -> None:
    most = settings.READING_LARGEST
    if not size:
        raise ValidationError(
            _("%(name)s was not attached: it is empty. Save it again, and look at it first."),
            code="empty",
            params={"name": name},
        )
    if size > most * 1_000_000:
        raise ValidationError(
            _(
                "%(name)s was not attached: it has %(found)s MB, and a file may have %(most)s. "
                "Take pictures out of it or divide it in two."
            ),
            code="too_large",
            params={"name": name, "found": -(-size // 1_000_000), "most": most},
        )


def _refuse_more(draft: ReplyDraft, name: str, size: int) -> None:
    sizes = list(draft.files.values_list("size", flat=True))
    if len(sizes) >= MOST_FILES or sum(sizes) + size > MOST_TOGETHER:
        raise ValidationError(
            _(
                "%(name)s was not attached: a reply may have %(files)s files of %(together)s MB "
                "together. Take away some that you do not need."
            ),
            code="too_many",
            params={"name": name, "files": MOST_FILES, "together": MOST_TOGETHER // 1_000_000},
        )
