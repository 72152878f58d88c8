"""Reads files that strangers sent in a process of its own, so that a hostile file costs one file."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from veikart.adapters import recognition
from veikart.adapters.reading_process import Drawn, Found, Said, Task, receive, send
from veikart.engines.proposal import Unreadable
from veikart.engines.readers.pdf_line import PdfLine

Cannot = Callable[[recognition.Unrecognised], None]

_PACKAGE = Path(__file__).resolve().parents[2]
_START = 120  # seconds in which a process is ready to read
_PATIENCE = 10  # seconds in which a process that was told to end does
REFUSED = {
    "took_too_long": "Expected {name} to be read within {seconds} seconds; it was not. Look at it in the program it was "
    "made with, print it to a new PDF, and take that in; or take it in in parts.",
    "too_much_memory": "Expected {name} to be read in {memory} MB of memory; it needs more. Look at it in the program it "
    "was made with, take away pictures and attached files, and take it in again or in parts.",
    "reader_stopped": "Expected to read {name}; something in it stopped the reader ({reason}). Open it with care, print "
    "it to a new PDF, and take that in; or receive it by hand.",
}
"""Why reading a file ended its process, by code: what was expected, and what to do."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What reading a file may take: seconds, bytes of memory, bytes of a document and of a mailbox.

    A process is replaced after `files` files.
    """

    seconds: int = 60
    memory: int = 1_000_000_000
    largest: int = 25_000_000
    largest_mailbox: int = 200_000_000
    files: int = 500


class Apart:
    """A reading process: started when first needed, used by one thread at a time, replaced after
    many files and after any that harmed it.
    """

    PROGRAM = ("-m", "veikart.adapters.reading_process")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._served = 0
        self._lock = threading.Lock()

    def ask(self, task: Task, *, cannot: Cannot | None = None) -> Found:
        """What the task's file holds, document by document, with what the readers refuse.

        Where the task `recognises`, scanned pages are recognised; `cannot` is told why if not.
        Raises Unreadable if reading the file ended the process: `took_too_long`, `too_much_memory`
        or `reader_stopped`.
        """
        task = msgspec.structs.replace(task, seconds=self.limits.seconds)
        with self._lock:
            process = self._running()
            watch = _Watch(process, self.limits.seconds)
            try:
                found = self._converse(process, task, watch, cannot)
            finally:
                watch.end()
                self._served += 1
                if not watch.is_done or self._served >= self.limits.files:
                    self._stop()
        if found is None:
            raise self._refusal(task.name, *_why(watch, process.returncode))
        return self._in_words(found)

    def stop(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def _converse(
        self,
        process: "subprocess.Popen[bytes]",
        task: Task,
        watch: "_Watch",
        cannot: Cannot | None,
    ) -> Found | None:
        """The answer to `task`, once the lines of each page it asks for are given; None if there
        is none.
        """
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            send(process.stdin, task)
            pages = 0
            while content := receive(process.stdout, largest=self.limits.memory):
                answer = msgspec.msgpack.decode(content, type=Found | Drawn)
                if isinstance(answer, Found):
                    watch.is_done = not answer.is_last
                    return answer
                pages += 1
                with watch.paused():
                    lines = _lines(answer, pages, cannot)
                send(process.stdin, lines)
        except OverflowError:
            watch.is_too_large = True
        except (BrokenPipeError, msgspec.DecodeError):
            return None
        return None

    def _running(self) -> "subprocess.Popen[bytes]":
        """The process, started anew if it has ended or belongs to the one this was forked from."""
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self._stop()
            self._owner, self._served = os.getpid(), 0
            self._process = subprocess.Popen(  # noqa: S603 a fixed command; files come by its pipe
                [sys.executable, *self.PROGRAM, str(self.limits.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"PYTHONPATH": str(_PACKAGE), "LC_ALL": "C.UTF-8"},  # no secret goes along
                start_new_session=True,
            )
            self._await_start(self._process)
        return self._process

    def _await_start(self, process: "subprocess.Popen[bytes]") -> None:
        """Wait until the process is ready, which is no file's time."""
        assert process.stdout is not None
        watch = _Watch(process, _START)
        receive(process.stdout, largest=self.limits.memory)
        watch.end()

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close(pipe)
        process.wait(_PATIENCE)

    def _in_words(self, found: Found) -> Found:
        """The answer, with whole sentences where the process could say little of what befell it."""
        said = tuple(self._said(one) if one.code in REFUSED else one for one in found.said)
        return msgspec.structs.replace(found, said=said)

    def _said(self, one: Said) -> Said:
        refusal = self._refusal(one.name, str(one.code), one.message or "")
        return msgspec.structs.replace(one, message=refusal.message)

    def _refusal(self, name: str, code: str, reason: str) -> Unreadable:
        values = {"seconds": self.limits.seconds, "memory": self.limits.memory // 1_000_000}
        return Unreadable(code, REFUSED[code].format(name=name, reason=reason, **values))


class _Watch:
    """Kills a process when its time is up, but for the time in which it waits for us."""

    def __init__(self, process: "subprocess.Popen[bytes]", seconds: float) -> None:
        self._process = process
        self._seconds = seconds
        self.is_late = self.is_too_large = self.is_done = False
        self._begin()

    def _begin(self) -> None:
        self._timer = threading.Timer(self._seconds, self._kill)
        self._timer.daemon = True
        self._timer.start()

    def _kill(self) -> None:
        self.is_late = True
        self._process.kill()

    def end(self) -> None:
        self._timer.cancel()

    @contextmanager
    def paused(self) -> Iterator[None]:
        self.end()
        try:
            yield
        finally:
            self._begin()


def _why(watch: _Watch, code: int | None) -> tuple[str, str]:
    """The code of why a process ended without an answer, and the reason in short."""
    if watch.is_late or code == -signal.SIGXCPU:
        return "took_too_long", ""
    if watch.is_too_large:
        return "too_much_memory", ""
    return "reader_stopped", f"signal {-code}" if code is not None and code < 0 else "it ended"


def _lines(asked: Drawn, pages: int, cannot: Cannot | None) -> Sequence[PdfLine] | None:
    """The lines on a page; None, and the reason told, if they cannot be recognised."""
    try:
        if pages > recognition.MOST_PAGES:
            raise recognition.Unrecognised(
                "too_many_pages",
                f"Expected at most {recognition.MOST_PAGES} scanned pages; {asked.name} has more. "
                "Take it in in parts.",
            )
        return recognition.recognise_page(asked.name, asked.page, asked.picture, asked.scale)
    except recognition.Unrecognised as problem:
        if cannot is not None:
            cannot(problem)
        return None


def _close(pipe: object) -> None:
    try:
        pipe.close()  # type: ignore[attr-defined]
    except BrokenPipeError:
        return  # what was still to be sent is for nobody
