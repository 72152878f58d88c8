"""`veikart serve` and `veikart demo`: the server, and beside it what keeps the edition published."""

import os
import sys
from typing import Annotated

import typer

from veikart.config.commands.speaking import Trouble, complain, plainly, say
from veikart.config.commands.starting import collect_static, make_home, start_django

LOOPBACK = ("127.0.0.1", "localhost", "::1")

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)]
Workers = Annotated[int, typer.Option(help="Processes that answer.", min=1)]
Publish = Annotated[
    bool, typer.Option(help="Publish what is approved, rather than leave it to `veikart publish`.")
]


@plainly
def serve(
    host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 2, publish: Publish = True
) -> None:
    """Serve the last approved edition as published files, and everything else live.

    An edition that is approved meanwhile is published by itself. Example: veikart serve --port 8000
    """
    start_django()
    refuse_unsafe(host)
    make_home()
    collect_static()
    say(f"Open {address_of(host, port)}/ in a browser. Stop with Ctrl+C.")
    run_server(host, port, workers, publish=publish)


@plainly
def demo(
    host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 2, publish: Publish = True
) -> None:
    """Try Veikart out with Norway's e-health roadmap: load it, freeze and approve it, serve it.

    What is there already is kept. Example: veikart demo --port 8000
    """
    os.environ["VEIKART_DEMO"] = "1"
    os.environ.setdefault("VEIKART_ADDRESS", address_of(host, port))
    start_django()
    make_home()
    collect_static()
    from veikart.config.demo import make_demo

    accounts = make_demo(tell=say)
    say("\nAccounts to sign in with at /konto/logg-inn/")
    for account in accounts:
        say(f"  {account.role:<10} {account.username:<16} {account.password}")
    say(f"\nOpen {address_of(host, port)}/ in a browser. Stop with Ctrl+C.")
    run_server(host, port, workers, publish=publish)


def run_server(host: str, port: int, workers: int, *, publish: bool) -> None:
    """Become the server: a process that has forgotten all that was only needed to start it."""
    from django.conf import settings
    from django.db import connections

    refuse_taken(host, port)
    connections.close_all()
    sys.stdout.flush()
    given = [host, str(port), str(workers), *([str(settings.SITE_FOLDER)] if publish else [])]
    os.execv(sys.executable, [sys.executable, "-m", "veikart.config.server", *given])  # noqa: S606 (no shell is wanted)


def refuse_unsafe(host: str) -> None:
    """Raise Trouble where unsafe settings would be open to others; say so where only we see it."""
    from django.conf import settings

    from veikart.config.checks import settings_problems

    problems = [problem.message for problem in settings_problems(settings)]
    if problems and host not in LOOPBACK:
        raise Trouble("\n".join(problems))
    for problem in problems:
        complain(f"Fine on this machine alone, refused elsewhere: {problem}")


def refuse_taken(host: str, port: int) -> None:
    """Raise Trouble if something else listens on the port already."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as problem:
            raise Trouble(
                f"Expected port {port} on {host} to be free; {problem.strerror}. "
                f"Stop what listens there, or choose another: --port {port + 1}"
            ) from problem


def address_of(host: str, port: int) -> str:
    """Where a browser on this machine finds the server."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 (compared, not bound)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
