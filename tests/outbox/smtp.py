"""A mail server of the tests' own on a free port of this machine, which does what a test tells it."""

import contextlib
import email
import email.policy
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller


@dataclass
class Post:
    """What a server has taken, and how it is to answer: to an address, and to what is written."""

    to: dict[str, str] = field(default_factory=dict)
    to_data: str | None = None
    hangs_up: bool = False
    taken: list[tuple[list[str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def messages(self) -> list[email.message.EmailMessage]:
        """The messages that were taken, taken apart by Python's own reader."""
        contents = [content.replace(b"\r\n", b"\n") for _to, content in self.taken]
        return [email.message_from_bytes(each, policy=email.policy.default) for each in contents]

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address in self.to:
            return self.to[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        if self.to_data:
            return self.to_data
        self.taken.append((list(envelope.rcpt_tos), envelope.content))
        if self.hangs_up:
            server.transport.close()
        return "250 OK"


@contextlib.contextmanager
def post_office() -> Iterator[Post]:
    """The server, for as long as it is used."""
    post = Post(port=free_port())
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def use(settings, port: int) -> None:
    """Let Django send to the server on `port`, without TLS."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_FROM = "Høringsposten <horing@example.no>"
