"""The mail server that messages go through, from one address such as smtp://user:password@host:587."""

import re
from email.utils import parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

NAME = "VEIKART_EMAIL_SERVER"
SCHEMES = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
"""TLS after a greeting (STARTTLS), TLS from the first byte, and none; with the port of each."""
SECONDS = 30
"""So long may the server take to answer."""


def mail_server(said: str) -> dict[str, Any]:
    """Django's settings for the mail server at `said`; none is named where that is empty.

    Raises ImproperlyConfigured for what is no such address, and for a password without TLS.
    """
    if not said:
        return dict.fromkeys(_NAMES, "") | {"EMAIL_PORT": 25, "EMAIL_TIMEOUT": SECONDS}
    try:
        parts = urlsplit(said)
        port = parts.port or SCHEMES[parts.scheme]
    except (ValueError, KeyError) as problem:
        raise _not_an_address() from problem
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise _not_an_address()
    if parts.scheme == "smtp+plain" and parts.password:
        raise ImproperlyConfigured(
            f"Expected a password in {NAME} to travel with TLS; found smtp+plain. "
            "Use smtp:// or smtps://, or a server that needs no password."
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": SECONDS,
    }


_NAMES = (
    "EMAIL_HOST",
    "EMAIL_HOST_USER",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_USE_TLS",
    "EMAIL_USE_SSL",
)


def sender(said: str) -> str:
    """Whom messages are from: `said`, with one address in it, or empty. Raises ImproperlyConfigured."""
    address = parseaddr(said)[1]
    if said and not (said.isprintable() and re.fullmatch(r"[^@\s]+@[^@\s]+", address)):
        raise ImproperlyConfigured(
            f"Expected VEIKART_EMAIL_FROM as post@example.no or Name <post@example.no>; "
            f"found “{said}”. Correct it."
        )
    return said


def _not_an_address() -> ImproperlyConfigured:
    """What is wrong, without what was found: it may hold a password."""
    return ImproperlyConfigured(
        f"Expected {NAME} as smtp://user:password@host:587 (or smtps://, or smtp+plain:// for a "
        "server without TLS); found something else. Correct it, or leave it out to send nothing."
    )
