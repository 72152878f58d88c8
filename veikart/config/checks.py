"""What `veikart check` looks at: settings that are unsafe, and kept things that are not as they were."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

HOST = re.compile(r"^\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$|^\[[0-9a-f:.]+\]$", re.IGNORECASE)
SHORTEST_KEY = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: a code, what was expected, what was found, and what to do about it."""

    code: str
    message: str


def settings_problems(settings: Any) -> Iterator[Problem]:
    """Settings that are unsafe in service. In a demo only those that could not be meant."""
    yield from _host_problems(settings.ALLOWED_HOSTS)
    yield from _address_problems(settings.ADDRESS, demo=settings.DEMO)
    if settings.DEMO:
        return
    if settings.DEBUG:
        yield Problem(
            "debug",
            "Expected VEIKART_DEBUG not to be set, found 1: visitors would read our code. "
            "Take it away.",
        )
    if settings.SECRET_KEY == settings.INSECURE_SECRET_KEY:
        yield Problem(
            "secret_key",
            "Expected a key of your own in VEIKART_SECRET_KEY, found the one everybody knows. "
            "Set it to 50 random characters, and keep it secret.",
        )
    elif len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield Problem(
            "secret_key_short",
            f"Expected VEIKART_SECRET_KEY to have {SHORTEST_KEY} characters or more, found "
            f"{len(settings.SECRET_KEY)}. Set it to 50 random characters.",
        )


def account_problems(*, demo: bool) -> Iterator[Problem]:
    """Accounts whose passwords others have seen, outside a demo."""
    from veikart.people import queries  # noqa: PLC0415 (models need Django to be started)

    if demo:
        return
    names = queries.demo_accounts()
    if names:
        yield Problem(
            "demo_accounts",
            f"Expected no account of a try-out, found {', '.join(names)}. "
            "Make them inactive in the administration, or begin with an empty VEIKART_HOME.",
        )


def kept_problems() -> Iterator[Problem]:
    """Editions, figures, documents, the record, the logs of hearings, messages and minutes that are not as they were kept."""
    from veikart.consultations import queries as consultations  # noqa: PLC0415 (as above)
    from veikart.council import queries as council  # noqa: PLC0415 (as above)
    from veikart.documents import queries as documents  # noqa: PLC0415 (as above)
    from veikart.editions import queries as editions  # noqa: PLC0415 (as above)
    from veikart.indicators import verification as indicators  # noqa: PLC0415 (as above)
    from veikart.outbox import queries as outbox  # noqa: PLC0415 (as above)
    from veikart.people import audit  # noqa: PLC0415 (as above)

    for problem in (*editions.verify(), *editions.verify_figures()):
        yield Problem(problem.code, problem.message)
    kept = (
        ("document", documents.verify()),
        ("figures", indicators.verify()),
        ("record", audit.verify()),
        ("handling", consultations.verify()),
        ("outbox", outbox.verify()),
        ("minutes", council.verify()),
    )
    for code, sentences in kept:
        for sentence in sentences:
            yield Problem(code, sentence)


def _host_problems(hosts: list[str]) -> Iterator[Problem]:
    if not any(hosts):
        yield Problem(
            "no_hosts",
            "Expected VEIKART_HOSTS to name the hosts that this service answers to, found none. "
            "Give their names with commas between.",
        )
    for host in filter(None, hosts):
        if host == "*":
            yield Problem(
                "any_host",
                "Expected VEIKART_HOSTS to name hosts, found *: anybody could make links in our "
                "name. Give the names with commas between.",
            )
        elif not HOST.match(host):
            yield Problem(
                "bad_host",
                f"Expected host names in VEIKART_HOSTS, found “{host}”. "
                "Leave out spaces, https:// and ports.",
            )


def _address_problems(address: str, *, demo: bool) -> Iterator[Problem]:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        yield Problem(
            "bad_address",
            f"Expected VEIKART_ADDRESS such as https://veikart.example.no, found “{address}”. "
            "Give the scheme and the host, without a slash at the end.",
        )
    elif not demo and parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost"):
        yield Problem(
            "address_without_tls",
            f"Expected VEIKART_ADDRESS to begin with https://, found “{address}”: "
            "passwords would travel in the open. Put TLS in front, and change the address.",
        )
