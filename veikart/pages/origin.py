"""Why a thing is in the plan, what it leads to, and how it went through the editions."""

from typing import Any

from veikart.pages.reading import Reading


def of(reading: Reading, uid: str) -> dict[str, Any] | None:
    """The chain upwards and downwards from `uid`."""
    return None


def history_of(reading: Reading, uid: str) -> list[dict[str, Any]]:
    """What became of `uid` in each edition, the newest first."""
    return []
