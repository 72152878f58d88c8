"""What a published page costs the server, beside any file of that size, in the same run; and memory."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Figure
from bench.load import children, command_of, load, memory

REQUESTS = 20_000
WORKER_MB = 120.0
SAME_COST = 1.1
"""A published page may cost this much more than any file of its size, for what measuring gives."""

NGINX_PORT, VEIKART_PORT = 8951, 8952
PAGE, RANDOM = "/mal/1/", "/tilfeldig/"
GROUPINGS = ("mal", "delmal", "gruppering", "eier", "brukergruppe", "fase", "ingen")
ASKED_LIVE = [
    "/?x=1",
    *(
        f"/{page}/?x=1"
        for page in ("mal/1", "delmal/2D", "aktor", "brukergruppe", "nn/mal/2", "en")
    ),
    *(
        f"/{language}veikart/?grupper={groups}&zoom={zoom}"
        for language in ("", "nn/", "en/")
        for groups in GROUPINGS
        for zoom in ("halvar", "kvartal")
    ),
]
"""What is never in a file: every grouping of the roadmap, at two scales, in three languages."""

NGINX = """
worker_processes 1;
daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {work}/body; proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi; uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
    keepalive_requests 1000000;
    sendfile on;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        location / {{ try_files $uri $uri/index.html =404; }}
    }}
}}
"""


def figures() -> Iterator[Figure]:
    """A published page and a random file from nginx, then the page from our own server."""
    with tempfile.TemporaryDirectory(prefix="veikart-bench-serving-") as name:
        work = Path(name)
        work.chmod(0o755)
        root = work / "site"
        _publish(root)
        size = (root / PAGE.strip("/") / "index.html").stat().st_size
        (root / RANDOM.strip("/")).mkdir()
        (root / RANDOM.strip("/") / "index.html").write_bytes(os.urandom(size))
        yield from _with_nginx(work, root)
        yield from _with_veikart()


def _publish(root: Path) -> None:
    from veikart.editions import queries
    from veikart.publishing.site import publish_edition

    editions = tuple(queries.editions())
    publish_edition(editions[0], editions, root)


def _with_nginx(work: Path, root: Path) -> Iterator[Figure]:
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        yield Figure(
            group="serving",
            what="nginx: a published page",
            value=None,
            unit="µs CPU",
            note="nginx not found: apt-get install nginx-light",
        )
        return
    configuration = work / "nginx.conf"
    configuration.write_text(NGINX.format(work=work, port=NGINX_PORT, root=root))
    with _running([nginx, "-c", str(configuration)], NGINX_PORT, RANDOM) as server:
        workers = children(server.pid)
        # Each is measured three times, in turn, and the best of the three counts.
        rounds = [
            [load(NGINX_PORT, path, requests=REQUESTS, servers=workers) for path in pair]
            for pair in 3 * [(RANDOM, PAGE)]
        ]
    plain, page = (
        min(loads, key=lambda each: each.cpu_microseconds) for loads in zip(*rounds, strict=True)
    )
    yield _cost("nginx: a random file of that size", plain.cpu_microseconds, plain.per_second)
    yield _cost("nginx: a published page", page.cpu_microseconds, page.per_second)
    yield Figure(
        group="serving",
        what="nginx: the page against the file",
        value=page.cpu_microseconds / plain.cpu_microseconds,
        unit="times",
        target=SAME_COST,
        note=f"{page.bytes_each:,} bytes each",
    )


def _with_veikart() -> Iterator[Figure]:
    command = [sys.executable, "-m", "veikart.config.command", "serve"]
    with _running(
        [*command, "--port", str(VEIKART_PORT), "--workers", "1"], VEIKART_PORT, "/"
    ) as server:
        _wait_until_published()
        worker = next(pid for pid in children(server.pid) if "publish" not in command_of(pid))
        for address in ASKED_LIVE:
            _ask(address)
        held = memory(worker)
        page = load(VEIKART_PORT, PAGE, requests=REQUESTS // 4, servers=[worker])
        live = load(VEIKART_PORT, f"{PAGE}?live=1", requests=400, servers=[worker])
    yield _cost("veikart serve: a published page", page.cpu_microseconds, page.per_second)
    yield _cost("veikart serve: the same page live", live.cpu_microseconds, live.per_second)
    yield Figure(
        group="serving",
        what=f"memory of a worker after {len(ASKED_LIVE)} live pages",
        value=held,
        unit="MB",
        target=WORKER_MB,
    )


def _cost(what: str, microseconds: float, per_second: float) -> Figure:
    return Figure(
        group="serving",
        what=what,
        value=microseconds,
        unit="µs CPU",
        note=f"{per_second:,.0f} requests/s from one client",
    )


@contextmanager
def _running(command: list[str], port: int, path: str) -> Iterator[subprocess.Popen[bytes]]:
    """The server, from its first answer until the end of the block."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            if server.poll() is not None:
                raise ChildProcessError(f"Expected {command[0]} to run, it stopped.")
            try:
                _ask(path, port=port)
                break
            except OSError:
                time.sleep(0.2)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_until_published() -> None:
    """Wait for the publisher beside the server, and for the server to notice."""
    for _ in range(300):
        with urllib.request.urlopen(f"http://127.0.0.1:{VEIKART_PORT}{PAGE}") as answer:
            if answer.headers.get("etag"):
                return
        time.sleep(0.4)
    raise TimeoutError("Expected the edition to be published within two minutes.")


def _ask(path: str, *, port: int = VEIKART_PORT) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        answer.read()
