"""The server as a process of its own: it holds nothing but what answering needs, so workers stay small."""

import subprocess
import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

WSGI = "veikart.config.wsgi:application"
PUBLISHER = [sys.executable, "-m", "veikart.config.command", "publish", "--follow"]
THREADS = 2
"""Threads of a worker: one renders while the other waits for the disk or the database."""


def main() -> None:
    """Answer until stopped; beside it a process publishes each edition once it is approved."""
    host, port, workers, site = sys.argv[1:]
    publisher = subprocess.Popen([*PUBLISHER, str(Path(site))], stdin=subprocess.DEVNULL)  # noqa: S603 (our own command)
    try:
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
    finally:
        publisher.terminate()
        publisher.wait()


if __name__ == "__main__":
    main()
