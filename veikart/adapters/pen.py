"""A pen: the process that draws, started when it is needed, from the side of the one who asks."""

import os
import subprocess
import sys
import threading
from types import TracebackType

import msgspec

from veikart.adapters.pen_process import Answer

PATIENCE = 60
"""Seconds after which a drawing is given up."""


class DrawingFailed(Exception):
    """A chart could not be drawn; its table still tells what it would have shown."""


class Pen:
    """A drawing process: started when first needed, used by one thread at a time, put down at the end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def draw(self, document: bytes) -> str:
        """The SVG of a canonical specification. Raises DrawingFailed."""
        with self._lock:
            # A pen that was put down for idleness is taken up again, once.
            line = self._ask(document) or self._ask(document)
        if not line:
            raise DrawingFailed(
                f"Expected a drawing within {PATIENCE} seconds, the drawing process ended. "
                "Look at the memory that is free, and load the page again."
            )
        answer = msgspec.json.decode(line, type=Answer)
        if answer.svg is None:
            raise DrawingFailed(f"A chart could not be drawn: {answer.problem}")
        return answer.svg

    def put_down(self) -> None:
        """End the process."""
        if self._process is not None and self._owner == os.getpid():
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process.wait(PATIENCE)
        self._process = None

    def __enter__(self) -> "Pen":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.put_down()

    def _ask(self, document: bytes) -> bytes:
        process = self._running()
        watch = threading.Timer(PATIENCE, process.kill)
        watch.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(document + b"\n")
            process.stdin.flush()
            return process.stdout.readline()
        except BrokenPipeError:
            return b""
        finally:
            watch.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, started anew if it has ended or belongs to the one this was forked from."""
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self.put_down()
            self._owner = os.getpid()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "veikart.adapters.pen_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        return self._process
