"""A mailbox on a server, read by IMAP: its messages one by one, each marked only when that is asked for."""

import contextlib
import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

SECONDS = 60
"""So long may a server say nothing."""
SECONDS_AN_ANSWER = 900
"""So long may it take over one answer, however busily it talks."""
LARGEST = 200_000_000
_STARTTLS_PORT = 143
_PIECE = 1_000_000
TAKEN = "VeikartTakenIn"
"""The keyword on messages that were taken in; where a server keeps none, they are flagged as answered."""

_NO_KEYWORDS = "\\Answered"
_SIZE = re.compile(rb"RFC822\.SIZE (?P<bytes>\d+)")


class MailboxTrouble(Exception):
    """The mailbox cannot be read; the message says what was expected, found, and what to do."""


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Where a mailbox is. `is_secure`: TLS from the first byte (imaps); else STARTTLS is asked for."""

    user: str
    host: str
    port: int
    folder: str
    is_secure: bool


def address_of(said: str) -> Address:
    """The mailbox at imap://user@host:port/FOLDER or imaps://…; TLS and INBOX unless it says otherwise.

    Port 143 means that TLS begins after a greeting (STARTTLS). Raises MailboxTrouble.
    """
    try:
        parts = urlsplit(said)
        port = parts.port or 993
    except ValueError as problem:
        raise _not_an_address(said) from problem
    if parts.scheme not in {"imap", "imaps"} or not parts.username or not parts.hostname:
        raise _not_an_address(said)
    if parts.password is not None:
        raise MailboxTrouble(
            "Expected no password in the address of a mailbox, where others may see it. "
            "Put it in VEIKART_MAILBOX_PASSWORD, and leave it out of the address."
        )
    return Address(
        user=unquote(parts.username),
        host=parts.hostname,
        port=port,
        folder=unquote(parts.path.strip("/")) or "INBOX",
        is_secure=parts.scheme == "imaps" or port != _STARTTLS_PORT,
    )


def _not_an_address(said: str) -> MailboxTrouble:
    return MailboxTrouble(
        f"Expected a mailbox as imap://user@host/INBOX; found “{said}”. Correct the address."
    )


class Mailbox:
    """An open mailbox. Use it in a `with`; it logs out at the end."""

    def __init__(
        self,
        address: Address,
        password: str,
        *,
        trusted: str | None = None,
        largest: int = LARGEST,
    ) -> None:
        """Connect and log in; `trusted` is a file of certificates beside those of the system.

        No message of more than `largest` bytes is read, whatever the server says of it.
        Raises MailboxTrouble: no answer, no TLS, an unknown certificate, a wrong password, no such folder.
        """
        self.address = address
        try:
            self._imap = _connected(address, trusted)
            self._imap.largest = largest
        except (OSError, imaplib.IMAP4.error) as problem:
            raise MailboxTrouble(
                f"Expected a mail server with TLS at {address.host}:{address.port}; found {problem}. "
                "Check the address, and the server's certificate."
            ) from problem
        try:
            self._imap.login(_quoted(address.user), password)
        except (OSError, imaplib.IMAP4.abort) as problem:
            self._leave()
            raise self._broken(str(problem)) from problem
        except imaplib.IMAP4.error as problem:
            self._leave()
            raise MailboxTrouble(
                f"Expected {address.host} to let {address.user} in; it did not. "
                "Check the user name, and VEIKART_MAILBOX_PASSWORD."
            ) from problem
        self._open(address.folder)

    def _open(self, folder: str) -> None:
        try:
            with self._telling():
                done, _said = self._imap.select(_quoted(folder))
        except MailboxTrouble:
            self._leave()
            raise
        if done != "OK":
            self._leave()
            raise MailboxTrouble(
                f"Expected a folder {folder} in the mailbox of {self.address.user}; found none. "
                "Check the end of the address."
            )
        told = self._imap.response("PERMANENTFLAGS")[1]
        kept = b" ".join(part for part in told if isinstance(part, bytes))
        can_keep = b"\\*" in kept or TAKEN.encode().lower() in kept.lower()
        self._mark = TAKEN if can_keep else _NO_KEYWORDS

    def new(self) -> list[str]:
        """The numbers (UIDs) of the messages that are not marked yet, the oldest first."""
        criterion = f"UNKEYWORD {TAKEN}" if self._mark == TAKEN else "UNANSWERED"
        found = self._asked("SEARCH", None, f"({criterion} UNDELETED)")
        return b" ".join(part for part in found if isinstance(part, bytes)).decode().split()

    def size(self, uid: str) -> int:
        """How many bytes a message has."""
        said = self._asked("FETCH", uid, "(RFC822.SIZE)")
        match = _SIZE.search(b" ".join(part for part in said if isinstance(part, bytes)))
        return int(match["bytes"]) if match else 0

    def content(self, uid: str) -> bytes | None:
        """The message as it came, without marking it read; None if it is gone."""
        for part in self._asked("FETCH", uid, "(BODY.PEEK[])"):
            if isinstance(part, tuple):
                return bytes(part[1])
        return None

    def mark(self, uid: str) -> None:
        """Mark a message as taken in."""
        self._asked("STORE", uid, "+FLAGS.SILENT", f"({self._mark})")

    def move(self, uid: str, folder: str) -> None:
        """Move a marked message to another folder, which is made if need be.

        A server that cannot move has a copy made, and the message marked as deleted.
        """
        with self._telling():
            self._imap.create(_quoted(folder))
        with self._telling():
            can = self._imap.capability()[1]  # once logged in, a server can do more
        if b"MOVE" in b" ".join(part for part in can if isinstance(part, bytes)).split():
            self._asked("MOVE", uid, _quoted(folder))
            return
        self._asked("COPY", uid, _quoted(folder))
        self._asked("STORE", uid, "+FLAGS.SILENT", "(\\Deleted)")

    def _asked(self, command: str, *words: str | None) -> list[bytes | tuple[bytes, bytes]]:
        with self._telling():
            done, said = self._imap.uid(command, *words)  # type: ignore[arg-type]
        if done != "OK":
            raise self._broken(str(said))
        return [part for part in said if part is not None]

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """Ask the server for one thing, and say so where it does not answer as it should."""
        self._imap.begun = time.monotonic()
        try:
            yield
        except (OSError, imaplib.IMAP4.error) as problem:
            raise self._broken(str(problem)) from problem

    def _broken(self, problem: str) -> MailboxTrouble:
        return MailboxTrouble(
            f"Expected {self.address.host} to answer; found {problem[:200]}. "
            "What was taken in is kept. Run it again: it goes on where it stopped."
        )

    def _leave(self) -> None:
        self._imap.begun = time.monotonic()
        try:
            self._imap.logout()
        except (OSError, imaplib.IMAP4.error):
            with contextlib.suppress(OSError):
                self._imap.shutdown()

    def __enter__(self) -> "Mailbox":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()


def messages(mailbox: Mailbox, *, largest: int) -> Iterator[tuple[str, bytes | None, int]]:
    """Each new message: its number, what it holds (None above `largest` bytes), and its size."""
    for uid in mailbox.new():
        size = mailbox.size(uid)
        if size > largest:
            yield uid, None, size
            continue
        content = mailbox.content(uid)
        if content is not None:
            yield uid, content, size


class _Wary(imaplib.IMAP4):
    """Believes no server that sends more than a message may have, or never comes to an end."""

    largest = LARGEST

    def __init__(self, *args: Any, **more: Any) -> None:
        self.begun = time.monotonic()
        super().__init__(*args, **more)

    def read(self, size: int) -> bytes:
        """As in imaplib, a piece at a time. Raises abort for what is too large, or takes too long."""
        if size > self.largest:
            raise self.abort(f"{size:,} bytes where at most {self.largest:,} were to come")
        parts = []
        while size and (part := super().read(min(size, _PIECE))):
            self._refuse_endless()
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def readline(self) -> bytes:
        """As in imaplib. Raises abort for what takes too long."""
        self._refuse_endless()
        return super().readline()

    def _refuse_endless(self) -> None:
        if time.monotonic() - self.begun > SECONDS_AN_ANSWER:
            raise self.abort(f"an answer that did not end in {SECONDS_AN_ANSWER} seconds")


class _WarySecure(_Wary, imaplib.IMAP4_SSL):
    """The same, with TLS from the first byte."""


def _connected(address: Address, trusted: str | None) -> _Wary:
    context = ssl.create_default_context()
    if trusted:
        context.load_verify_locations(trusted)
    if address.is_secure:
        return _WarySecure(address.host, address.port, ssl_context=context, timeout=SECONDS)
    imap = _Wary(address.host, address.port, timeout=SECONDS)
    try:
        imap.starttls(context)
    except (OSError, imaplib.IMAP4.error):
        with contextlib.suppress(OSError):
            imap.shutdown()
        raise
    return imap


def _quoted(folder: str) -> str:
    """A folder's name as IMAP writes it. Raises MailboxTrouble for what it cannot write plainly."""
    if not folder.isascii() or not folder.isprintable():
        raise MailboxTrouble(
            f"Expected a name in the letters a to z; found “{folder}”. Rename the folder."
        )
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
