"""What councils are told of the plan and its editions, which lie above them: handed in when Veikart starts."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class KnownEdition:
    """An edition that a decision can approve: its number, its title, and whether it is approved already."""

    number: str
    title: str
    is_approved: bool


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How editions answer: which there are, the name of a uid in the plan, where a decision is published.

    `name_of` gives None for a uid that neither the plan nor its stones know. `published_in` gives the number of
    the last approved edition if that shows the decision with this uid, else None.
    """

    editions: Callable[[], list[KnownEdition]]
    name_of: Callable[[str], str | None]
    published_in: Callable[[str], str | None]


_handed_in: list[Telling] = []


def hand_in(telling: Telling) -> None:
    """Let councils ask editions from now on."""
    _handed_in[:] = [telling]


def known() -> list[KnownEdition]:
    """The editions that wait or are approved, the newest first."""
    return _telling().editions()


def name_of(uid: str) -> str | None:
    """What the plan calls `uid`; None if it knows no such thing."""
    return _telling().name_of(uid)


def published_in(decision: str) -> str | None:
    """The number of the edition in force if it shows the decision `decision`, else None."""
    return _telling().published_in(decision)


def _telling() -> Telling:
    if not _handed_in:
        raise LookupError(
            "Expected editions to have handed in what councils ask of them; found nothing. "
            "Is veikart.editions among INSTALLED_APPS?"
        )
    return _handed_in[0]
