"""A mail server of the tests' own that hangs, lies and cuts off, as it is told."""

import contextlib
import re
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.adapters.dovecot import make_certificate

Answer = Callable[[socket.socket, str], None]
"""Answers one command, of which the tag is given; what it does not say is never said."""

USUAL = {
    "CAPABILITY": "* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n",
    "LOGIN": "{tag} OK in\r\n",
    "SELECT": "* 1 EXISTS\r\n* OK [PERMANENTFLAGS (\\*)] kept\r\n{tag} OK [READ-WRITE] open\r\n",
    "SEARCH": "* SEARCH 1\r\n{tag} OK done\r\n",
    "SIZE": "* 1 FETCH (UID 1 RFC822.SIZE 100)\r\n{tag} OK done\r\n",
    "LOGOUT": "* BYE\r\n{tag} OK out\r\n",
}
_COMMAND = re.compile(r"(?P<tag>\S+) (?:UID )?(?P<verb>\S+)(?P<rest>.*)")


@dataclass(frozen=True)
class Liar:
    """Where it answers, with TLS at once, and whose word to trust."""

    port: int
    trusted: str


def says(text: str) -> Answer:
    """An answer in so many words, with `{tag}` for the tag."""
    return lambda to, tag: to.sendall(text.replace("{tag}", tag).encode())


def cuts_off(text: str = "") -> Answer:
    """Begins to answer, and hangs up."""

    def answer(to: socket.socket, tag: str) -> None:
        says(text)(to, tag)
        raise ConnectionAbortedError

    return answer


def hangs(_to: socket.socket, _tag: str) -> None:
    """Never says anything."""


@contextlib.contextmanager
def lying(**answers: Answer) -> Iterator[Liar]:
    """A server that answers as usual, but to the commands that `answers` names."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
        make_certificate(Path(folder))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{folder}/cert.pem", f"{folder}/key.pem")
        usual = {verb: says(text) for verb, text in USUAL.items()}
        serving = threading.Thread(
            target=_serve, args=(server, context, {**usual, **answers}), daemon=True
        )
        serving.start()
        yield Liar(server.getsockname()[1], f"{folder}/cert.pem")


def _serve(server: socket.socket, context: ssl.SSLContext, answers: dict[str, Answer]) -> None:
    with (
        contextlib.suppress(OSError),
        context.wrap_socket(server.accept()[0], server_side=True) as to,
    ):
        to.sendall(b"* OK ready\r\n")
        for line in to.makefile("r", newline="\r\n"):
            found = _COMMAND.match(line)
            assert found, line
            verb = "SIZE" if "RFC822.SIZE" in found["rest"] else found["verb"]
            answers[verb](to, found["tag"])
