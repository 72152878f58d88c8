"""The built files of the look: each by its plain name, at the address with its hash in it."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings

BUILT = Path(__file__).resolve().parent / "static" / "built"


def address(name: str) -> str:
    """The address of the built file `name`; its plain name while nothing is built."""
    return f"{settings.STATIC_URL}built/{_manifest().get(name, name)}"


@cache
def _manifest() -> dict[str, str]:
    """What script/build-assets wrote; empty before it has run."""
    try:
        manifest: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    except FileNotFoundError:
        return {}
    return manifest
