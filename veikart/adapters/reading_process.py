"""The process that reads files which strangers sent: a task in, what was found out, within limits.

It starts no other process, opens no connection and writes no file; the kernel holds it to its
memory and its time. What goes wrong in it costs one file.
"""

import gc
import os
import resource
import select
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any, Literal

import msgspec

from veikart.adapters.binding_parts import Cleared, Gathering
from veikart.engines.proposal import Proposal, Unreadable
from veikart.engines.readers import choose
from veikart.engines.readers.document import Document
from veikart.engines.readers.mail import Held, Message, read_mail
from veikart.engines.readers.mail_reply import read_mail_text
from veikart.engines.readers.pdf_drawing import drawn_page
from veikart.engines.readers.pdf_line import PdfLine
from veikart.engines.readers.png import png
from veikart.engines.readers.reply_form import read_reply_form
from veikart.engines.readers.reply_form_questions import Form

IDLE = 300
"""Seconds after which a process that nobody uses ends."""
GARBAGE = (50_000, 20, 20)
"""After how many new objects garbage is looked for, and how much rarer among the older ones."""
FRAME = 8
"""So many bytes before each value say how long it is."""

_FORBIDDEN = (
    "subprocess.", "os.fork", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "pty.",
    "socket.", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink",
    "os.truncate", "os.chmod", "os.chown", "os.kill",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

What = Literal[
    "read", "read_all", "read_form", "read_mail", "read_mail_text", "read_pages", "draw_page", "clear_paper",
    "gather_papers",
]  # fmt: skip


class Task(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What to do with a file. `form` is the hearing's, and `message` one that `read_mail` gave.

    `is_reply`: whatever says something is read as a letter, even if it does not look like one.
    `page`, from 1, is the one to draw, with so many dots an inch. `gathering` is what becomes one PDF.
    """

    what: What
    name: str
    content: bytes = b""
    largest: int = choose.LARGEST
    seconds: int = 60
    recognises: bool = False
    is_reply: bool = False
    form: Form | None = None
    message: Message | None = None
    unread: tuple[Held, ...] = ()
    page: int = 1
    dots_per_inch: int = 110
    gathering: Gathering | None = None


class Said(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What one document said, or the code and message of why it could not be read."""

    name: str
    proposal: Proposal | None = None
    code: str | None = None
    message: str | None = None


class Sheet(msgspec.Struct, frozen=True):
    """A page of a document as text; `number` is None where the format has no pages."""

    number: int | None
    text: str


class Found(msgspec.Struct, kw_only=True, omit_defaults=True, tag=True):
    """All that was found. `is_last`: the process ends, for what happened may have harmed it.

    `sheets` are the pages of the document, and `picture` is the page that was drawn, as a PNG. `cleared` is
    a paper of which only what shows is left, and `bound` the PDF that papers were gathered into.
    """

    said: tuple[Said, ...] = ()
    messages: tuple[Message, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    picture: bytes = b""
    cleared: Cleared | None = None
    bound: bytes = b""
    is_last: bool = False


class Drawn(msgspec.Struct, kw_only=True, tag=True):
    """A scanned page as a picture, whose lines are asked for before the file is read on."""

    name: str
    page: int
    picture: bytes
    scale: float


Lines = tuple[PdfLine, ...]
Recognise = Callable[[str, bytes, Sequence[int]], Mapping[int, Sequence[PdfLine]]]


def send(pipe: IO[bytes], value: object) -> None:
    """Write a value with its length before it."""
    content = msgspec.msgpack.encode(value)
    pipe.write(len(content).to_bytes(FRAME, "big"))
    pipe.write(content)
    pipe.flush()


def receive(pipe: IO[bytes], *, largest: int | None = None) -> bytes:
    """The bytes of the next value; none at the end. Raises OverflowError for more than `largest`."""
    head = pipe.read(FRAME)
    if len(head) < FRAME:
        return b""
    length = int.from_bytes(head, "big")
    if largest is not None and length > largest:
        raise OverflowError(length)
    content = pipe.read(length)
    return content if len(content) == length else b""


def found_in(task: Task, recognise: Recognise | None) -> Found:
    """What the task's file holds. Never raises: whatever it was, the asker must be told."""
    try:
        return _found_in(task, recognise)
    except Unreadable as refusal:
        return Found(said=(_refused(task.name, refusal),))
    except MemoryError:
        too_much = Unreadable("too_much_memory", "")
        return Found(said=(_refused(task.name, too_much),), is_last=True)
    except Exception as problem:  # noqa: BLE001 (whatever it was, the asker must be told)
        kind = type(problem).__name__
        return Found(said=(_refused(task.name, Unreadable("reader_stopped", kind)),), is_last=True)


def _found_in(task: Task, recognise: Recognise | None) -> Found:
    name, content = task.name, task.content
    if task.what == "read_mail":
        return Found(messages=read_mail(name, content))
    if task.what == "read_pages":
        read = Document(name, content).pages
        return Found(sheets=tuple(Sheet(page.number, page.text) for page in read.pages))
    if task.what == "draw_page":
        return Found(picture=_picture(task))
    if task.what in ("clear_paper", "gather_papers"):
        return _of_papers(task)
    if task.what == "read_all":
        every = choose.read_all(
            name, content, largest=task.largest, recognise=recognise, within=int(task.is_reply)
        )
        return Found(said=tuple(_said(one) for one in every))
    return Found(said=(Said(name=name, proposal=_proposal(task)),))


def _of_papers(task: Task) -> Found:
    # pikepdf is imported by whoever binds papers, and by nobody who reads.
    if task.gathering is None:
        from veikart.adapters.binding_clearing import clear  # noqa: PLC0415 (as above)

        return Found(cleared=clear(task.content))
    from veikart.adapters.binding_gathering import gather  # noqa: PLC0415 (as above)

    return Found(bound=gather(task.gathering))


def _picture(task: Task) -> bytes:
    try:
        drawn, _scale = drawn_page(
            task.name, task.content, task.page, dots_per_inch=task.dots_per_inch
        )
    except LookupError as problem:
        raise Unreadable(
            "no_page",
            f"Expected a page of {task.name}; it has no page {task.page}. Ask for another.",
        ) from problem
    return png(drawn)


def _proposal(task: Task) -> Proposal:
    if task.what == "read_form":
        return read_reply_form(task.name, task.content, form=task.form)
    if task.what == "read_mail_text":
        if task.message is None:
            raise ValueError("Expected a message to read.")
        return read_mail_text(task.name, task.message, unread=task.unread)
    return choose.read(task.name, task.content, largest=task.largest)


def _said(one: choose.Reading) -> Said:
    if one.refusal is not None:
        return _refused(one.name, one.refusal)
    return Said(name=one.name, proposal=one.proposal)


def _refused(name: str, refusal: Unreadable) -> Said:
    return Said(name=name, code=refusal.code, message=refusal.message)


def hold_to(memory: int) -> None:
    """Let the kernel hold this process to `memory` bytes, and refuse all but reading and answering."""
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for what in (resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE):
        resource.setrlimit(what, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    sys.addaudithook(_refuse_deeds)


def _refuse_deeds(event: str, details: tuple[Any, ...]) -> None:
    """Refuse what a reader never does; the kernel lets root start processes, so this is asked too."""
    is_writing = event == "open" and isinstance(details[2], int) and details[2] & _WRITING
    if is_writing or event.startswith(_FORBIDDEN):
        raise PermissionError(f"A reader does no {event}.")


def _limit_time(seconds: int) -> None:
    """Let the kernel end the process after so many more seconds of calculating."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Say that all is ready, and do task by task until the input ends or nobody asks."""
    # Nearly all that is read lives until its task ends: to look for garbage as often as by default
    # costs a seventh of the time. What was imported is never looked at.
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    send(answers, Found())
    while select.select([asked], [], [], IDLE)[0]:
        content = receive(asked)
        if not content:
            return
        task = msgspec.msgpack.decode(content, type=Task)
        del content  # papers that are bound are large
        _limit_time(task.seconds)
        found = found_in(task, _by_asking(asked, answers) if task.recognises else None)
        send(answers, found)
        if found.is_last:
            return


def _by_asking(asked: IO[bytes], answers: IO[bytes]) -> Recognise:
    """Recognises pages by drawing each, and asking for its lines."""

    def recognise(
        name: str, content: bytes, pages: Sequence[int]
    ) -> Mapping[int, Sequence[PdfLine]]:
        found: dict[int, Sequence[PdfLine]] = {}
        for page in pages:
            picture, scale = drawn_page(name, content, page)
            send(answers, Drawn(name=name, page=page, picture=picture, scale=scale))
            lines = msgspec.msgpack.decode(receive(asked), type=Lines | None)
            if lines is None:  # it cannot be recognised here, nor can the next one
                return found
            found[page] = lines
        return found

    return recognise


def main() -> None:
    """Serve on what was standard input and output, which nothing else may then write to."""
    asked, answers = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nothing, number)
    hold_to(int(sys.argv[1]))
    serve(_whole(asked), answers)


def _whole(pipe: Any) -> Any:
    """A pipe that reads as much as it is asked for, and keeps nothing back from `select`."""

    class Whole:
        def fileno(self) -> int:
            return int(pipe.fileno())

        def read(self, length: int) -> bytes:
            parts = []
            while length and (part := pipe.read(min(length, 1 << 20))):
                parts.append(part)
                length -= len(part)
            return b"".join(parts)

    return Whole()


if __name__ == "__main__":
    main()
