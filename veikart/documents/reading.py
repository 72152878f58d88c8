"""Reading what was taken in: in a process of its own, within the limits of the settings."""

import atexit
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from django.conf import settings

from veikart.adapters.reading_apart import Apart, Cannot, Limits
from veikart.adapters.reading_process import Found, Said, Sheet, Task
from veikart.engines.proposal import Proposal, Unreadable
from veikart.engines.readers.choose import Reading
from veikart.engines.readers.mail import Held, Message
from veikart.engines.readers.reply_form_questions import Form

_MB = 1_000_000


def limits() -> Limits:
    """What reading a file may take, by the settings."""
    return Limits(
        seconds=settings.READING_SECONDS,
        memory=settings.READING_MEMORY * _MB,
        largest=settings.READING_LARGEST * _MB,
        largest_mailbox=settings.READING_MAILBOX * _MB,
        files=settings.READING_FILES,
    )


def read(name: str, content: bytes) -> Proposal:
    """What one document proposes. Raises Unreadable as `choose.read`, and if a limit was passed."""
    return _one(Task(what="read", name=name, content=content))


def read_all(
    name: str,
    content: bytes,
    *,
    recognises: bool = False,
    is_reply: bool = False,
    cannot: Cannot | None = None,
) -> Iterator[Reading]:
    """What is in a file, document by document; see `choose.read_all`. Never raises Unreadable.

    With `recognises`, scanned pages are recognised, and `cannot` is told why if they are not.
    With `is_reply`, whatever says something is read as a letter at least.
    """
    task = Task(
        what="read_all", name=name, content=content, recognises=recognises, is_reply=is_reply
    )
    try:
        found = apart().ask(_sized(task), cannot=cannot).said
    except Unreadable as refusal:
        yield Reading(name, refusal=refusal)
        return
    yield from (Reading(one.name, one.proposal, _refusal(one)) for one in found)


def read_form(name: str, content: bytes, form: Form) -> Proposal:
    """What a reply says to the questions of `form`. Raises Unreadable if it has none of them."""
    return _one(Task(what="read_form", name=name, content=content, form=form))


def read_mail(name: str, content: bytes) -> Sequence[Message]:
    """The messages in a mailbox, or the one that the file is. Raises Unreadable."""
    found = apart().ask(_sized(Task(what="read_mail", name=name, content=content)))
    _refuse(found.said)
    return found.messages


def read_mail_text(name: str, message: Message, *, unread: Iterable[Held] = ()) -> Proposal:
    """What a message says by itself, as a reply. Raises Unreadable."""
    return _one(Task(what="read_mail_text", name=name, message=message, unread=tuple(unread)))


def read_pages(name: str, content: bytes) -> Sequence[Sheet]:
    """The pages of a document as text. Raises Unreadable."""
    return _looked_at(Task(what="read_pages", name=name, content=content)).sheets


def draw_page(name: str, content: bytes, page: int, *, dots_per_inch: int) -> bytes:
    """Page `page` (from 1) of a PDF as a PNG in grey. Raises Unreadable; `no_page` for one it has not."""
    task = Task(
        what="draw_page", name=name, content=content, page=page, dots_per_inch=dots_per_inch
    )
    return _looked_at(task).picture


def _looked_at(task: Task) -> Found:
    found = apart().ask(_sized(task, most=limits().largest))
    _refuse(found.said)
    return found


def _one(task: Task) -> Proposal:
    said = apart().ask(_sized(task)).said
    _refuse(said)
    proposal = said[0].proposal
    if proposal is None:
        raise ValueError(f"Expected what {task.name} says; found nothing.")
    return proposal


def _sized(task: Task, *, most: int | None = None) -> Task:
    """The task, unless its file has more bytes than `most`; else than any may have."""
    limit = limits()
    task.largest = limit.largest
    most = most or limit.largest_mailbox
    if len(task.content) > most:
        raise Unreadable(
            "too_large",
            f"Expected at most {most // _MB} MB; {task.name} has {len(task.content) // _MB} MB. "
            "Take it in in parts.",
        )
    return task


def _refuse(said: Sequence[Said]) -> None:
    for one in said:
        refusal = _refusal(one)
        if refusal is not None:
            raise refusal


def _refusal(one: Said) -> Unreadable | None:
    return Unreadable(one.code, one.message or "") if one.code else None


def apart() -> Apart:
    """The process that reads what strangers sent, for these settings; started when it is first asked."""
    return _process(limits())


@lru_cache(maxsize=2)
def _process(within: Limits) -> Apart:
    """The process for these limits: one as a rule, since settings do not change while one runs."""
    apart = Apart(within)
    atexit.register(apart.stop)
    return apart
