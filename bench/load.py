"""A bounded load from one process: so many requests over a few kept connections, to this machine only."""

import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 4
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What the server did: requests a second, and its own CPU for each, in microseconds."""

    per_second: float
    cpu_microseconds: float
    bytes_each: int


def load(port: int, path: str, *, requests: int, servers: list[int], encoding: str = "") -> Load:
    """Ask 127.0.0.1:`port` for `path`, `requests` times; `servers` are the pids that answer."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: keep-alive"]
    if encoding:
        lines.append(f"Accept-Encoding: {encoding}")
    asked = ("\r\n".join(lines) + "\r\n\r\n").encode()
    connections = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(CONNECTIONS)]
    try:
        for connection in connections:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            size = _ask(connection, asked)
        before, started = _cpu(servers), time.perf_counter()
        for _ in range(requests // CONNECTIONS):
            for connection in connections:
                connection.sendall(asked)
            for connection in connections:
                _answer(connection)
        seconds = time.perf_counter() - started
        spent = _cpu(servers) - before
    finally:
        for connection in connections:
            connection.close()
    return Load(
        per_second=requests / seconds,
        cpu_microseconds=spent / requests * 1e6,
        bytes_each=size,
    )


def memory(pid: int) -> float:
    """The resident memory of the process `pid`, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1000
    raise LookupError(f"Expected the memory of process {pid}, found none.")


def children(pid: int) -> list[int]:
    """The processes that `pid` has started."""
    tasks = Path(f"/proc/{pid}/task")
    return [int(child) for task in tasks.iterdir() for child in _started_by(task)]


def _started_by(thread: Path) -> list[str]:
    try:
        return (thread / "children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
        return []


def command_of(pid: int) -> str:
    """How the process `pid` was started."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def _ask(connection: socket.socket, asked: bytes) -> int:
    connection.sendall(asked)
    return _answer(connection)


def _answer(connection: socket.socket) -> int:
    """Read one answer whole; the size of its body. Raises ValueError if it is not a page."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise ValueError(f"Expected a page, found {head.splitlines()[0].decode()}.")
    fields = dict(line.lower().split(b": ", 1) for line in head.splitlines()[1:])
    size = int(fields[b"content-length"])
    while len(body) < size:
        body += _more(connection)
    return size


def _more(connection: socket.socket) -> bytes:
    more = connection.recv(1 << 18)
    if not more:
        raise ConnectionError("The server closed the connection.")
    return more


def _cpu(pids: list[int]) -> float:
    """Seconds of CPU that the processes have taken so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS
