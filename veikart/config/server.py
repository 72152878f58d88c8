"""The server as a process of its own: it holds nothing but what answering needs, so workers stay small."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

WSGI = "veikart.config.wsgi:application"
PUBLISHER = [sys.executable, "-m", "veikart.config.command", "publish", "--follow"]
THREADS = 2
"""Threads of a worker: one renders while the other waits for the disk or the database."""


def main() -> None:
    """Answer until stopped. Where a site is given, a process beside it publishes what is approved."""
    host, port, workers, *site = sys.argv[1:]
    with publishing(*site):
        Granian(
            WSGI,
            address=host,
            port=int(port),
            interface=Interfaces.WSGI,
            workers=int(workers),
            blocking_threads=THREADS,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
        ).serve()


@contextmanager
def publishing(site: str = "") -> Iterator[None]:
    """Publish to the folder `site` meanwhile, or nothing if there is none."""
    if not site:
        yield
        return
    publisher = subprocess.Popen([*PUBLISHER, str(Path(site))], stdin=subprocess.DEVNULL)  # noqa: S603 (our own command)
    try:
        yield
    finally:
        publisher.terminate()
        publisher.wait()


if __name__ == "__main__":
    main()
