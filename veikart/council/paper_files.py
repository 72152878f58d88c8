"""Papers of cases: files put in with a label and an access chosen for them, changed and taken away; each deed recorded.

Its file is a document for editors alone; others read it through the plan, or `member_rules.can_read_paper`.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from veikart.council import services
from veikart.council.casework import let_editions_look_changed
from veikart.council.models import Access, Case, Paper
from veikart.documents import reading
from veikart.documents import services as documents
from veikart.documents.models import Document
from veikart.engines.proposal import Unreadable
from veikart.engines.readers.texts import file_name
from veikart.people import audit
from veikart.people.models import AuditEntry, User

LABEL = re.compile(r"([1-9][0-9]{0,2})([A-Z]?)")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
REMOVED = "paper.removed"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Who may see a paper, and why not everybody."""

    access: str
    public_from: dt.date | None = None
    basis: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class File:
    """A file that is put in, and what the paper is to be called: its label (None: the next) and title."""

    name: str
    content: bytes
    label: str | None = None
    title: str | None = None


def next_labels(taken: Collection[str], *, under: str | None = None) -> Iterator[str]:
    """The labels that new papers can have, one after the other: 3, 4, 5, or under 1: 1A, 1B, 1C."""
    known = set(taken)
    if under is None:
        numbers = [int(found[1]) for label in known if (found := LABEL.fullmatch(label))]
        first = max(numbers, default=0) + 1
        yield from (str(no) for no in range(first, first + 900))
        return
    yield from (label for letter in LETTERS if (label := f"{under}{letter}") not in known)


def labels_of(case: Case) -> list[str]:
    """Every label that a paper of `case` has or had, also of papers taken away. Two queries."""
    held = Paper.objects.filter(case=case.pk).order_by("no").values_list("label", flat=True)
    gone = AuditEntry.objects.filter(verb=REMOVED, uid__startswith=f"{case.pk}/vedlegg/")
    return [*held, *(uid.rpartition("/")[2].upper() for uid in gone.values_list("uid", flat=True))]


@transaction.atomic
def put_in(
    case: Case, files: Sequence[File], terms: Terms, *, under: str | None = None, by: User
) -> list[str]:
    """Put `files` to `case` as papers with the next labels; answers their uids. All of them, or none.

    Raises ValidationError for a label that is taken or none, and for an access that lacks a day or a basis.
    """
    audit.lock()
    refuse_terms(terms)
    taken = labels_of(case)
    free = next_labels([*taken, *(one.label for one in files if one.label)], under=under)
    labels = [one.label or next(free, "") for one in files]
    _refuse_labels(labels, taken)
    no = max(Paper.objects.filter(case=case.pk).values_list("no", flat=True), default=0)
    uids = []
    for file, label in zip(files, labels, strict=True):
        no += 1
        uids.append(_put(case, file, label, no, terms, by=by))
    return uids


def change_title(paper: Paper, title: str, *, by: User) -> None:
    """Call a paper something else; its label stays, since it is its address."""
    services.put("paper", paper.pk, {"title": title}, by=by)


@transaction.atomic
def change_access(paper: Paper, terms: Terms, *, by: User) -> None:
    """Let others see a paper than until now. Less takes effect in every edition that was approved, too.

    Raises ValidationError for an access that lacks a day or a basis.
    """
    audit.lock()
    refuse_terms(terms)
    services.WRITER.put("paper", paper.pk, _values(terms), by=by, verb="paper.access_changed")
    if paper.document is not None:
        _keep_apart(paper.document, terms, by=by)
    let_editions_look_changed()


@transaction.atomic
def replace_file(paper: Paper, name: str, content: bytes, *, by: User) -> None:
    """Put another file in place of a paper's own. Raises ValidationError once the case was summoned for."""
    audit.lock()
    refuse_sent(paper)
    document = _kept(name, content, by=by)
    before = {"sha256": paper.document.sha256 if paper.document else None}
    values = {"file_name": file_name(name), "pages": pages_of(document, content)}
    services.put("paper", paper.pk, values, by=by)
    Paper.objects.filter(pk=paper.pk).update(document=document)
    after = {"sha256": document.sha256}
    audit.record("paper.file_replaced", paper.pk, by=by, before=before, after=after)


@transaction.atomic
def remove(paper: Paper, *, reason: str, by: User) -> None:
    """Take a paper away from a case that nobody was summoned for. Its label is not used again; its file is kept.

    Raises ValidationError once the case was summoned for, and without a reason.
    """
    audit.lock()
    refuse_sent(paper)
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why."), code="no_reason")})
    before = {"label": paper.label, "title": paper.title, "file_name": paper.file_name}
    after = {"reason": reason.strip()}
    audit.record(REMOVED, paper.pk, by=by, before=before, after=after)
    Paper.objects.filter(pk=paper.pk).delete()


def refuse_sent(paper: Paper) -> None:
    """Raise ValidationError if the paper's case was summoned for: then others have read it."""
    if Case.objects.filter(pk=paper.case_id, is_public=True).exists():
        raise ValidationError(
            _(
                "The case was summoned for, so its papers stay as they are. "
                "Put in another paper, or withhold this."
            ),
            code="sent",
        )


def refuse_terms(terms: Terms) -> None:
    """Raise ValidationError, at its field, for an access without the day or the legal basis that it needs."""
    if terms.access == Access.FROM_DAY and terms.public_from is None:
        raise ValidationError(
            {
                "public_from": ValidationError(
                    _("Give the day from which the paper is public."), code="no_day"
                )
            }
        )
    if terms.access == Access.WITHHELD and not terms.basis:
        raise ValidationError(
            {
                "basis": ValidationError(
                    _("Give the legal basis for withholding it."), code="no_basis"
                )
            }
        )


def pages_of(document: Document, content: bytes) -> int | None:
    """How many pages a PDF has; None for another format, and for one that cannot be read."""
    if document.media_type != "application/pdf":
        return None
    try:
        return len(reading.read_pages(document.name, content)) or None
    except Unreadable:
        return None


def _put(case: Case, file: File, label: str, no: int, terms: Terms, *, by: User) -> str:
    document = _kept(file.name, file.content, by=by)
    named = file_name(file.name) or document.name
    uid = f"{case.pk}/vedlegg/{label.lower()}"
    values: dict[str, Any] = {
        "case": case.pk,
        "no": no,
        "label": label,
        "title": file.title or titled(named),
        "file_name": named,
        "pages": pages_of(document, file.content),
        **_values(terms),
    }
    services.put("paper", uid, values, by=by)
    Paper.objects.filter(pk=uid).update(document=document)
    audit.record("paper.file_kept", uid, by=by, after={"sha256": document.sha256})
    return uid


def titled(name: str) -> str:
    """What a paper is called after its file: "utkast_veikart.pdf" gives "utkast veikart"."""
    stem = name.rpartition(".")[0] or name
    return " ".join(stem.replace("_", " ").split())


def _kept(name: str, content: bytes, *, by: User) -> Document:
    """The file, for editors alone unless it was made public elsewhere.

    Who may read a paper follows from the paper and its case, and the case may be withheld or not summoned for: no
    paper is read as a document beside that.
    """
    return documents.keep_for_editors(name, content, by=by)


def _keep_apart(document: Document, terms: Terms, *, by: User) -> None:
    """Let only editors see the file of a paper that is not for everybody, wherever else it is found."""
    if terms.access != Access.PUBLIC:
        editors = Document.Visibility.EDITORS
        documents.set_visibility(document, visibility=editors, by=by)


def _values(terms: Terms) -> dict[str, Any]:
    """What the table keeps of `terms`: a day only where one counts, a basis only where it is withheld."""
    is_withheld = terms.access == Access.WITHHELD
    return {
        "access": terms.access,
        "public_from": terms.public_from if terms.access == Access.FROM_DAY else None,
        "basis": terms.basis if is_withheld else None,
        "reason": terms.reason if is_withheld else None,
    }


def _refuse_labels(labels: Sequence[str], taken: Collection[str]) -> None:
    known = {label.upper() for label in taken}
    for label in labels:
        if not LABEL.fullmatch(label):
            raise ValidationError(
                {
                    "label": ValidationError(
                        _("Expected a label such as 1 or 1A; found “%(found)s”."),
                        code="not_a_label",
                        params={"found": label},
                    )
                }
            )
        if label.upper() in known:
            raise ValidationError(
                {
                    "label": ValidationError(
                        _("A paper of the case has, or had, the label %(label)s. Give another."),
                        code="label_taken",
                        params={"label": label},
                    )
                }
            )
        known.add(label.upper())
