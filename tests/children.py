"""Processes that tests start to have them killed: a script, in a home of its own on SQLite."""

import os
import subprocess
import sys
from pathlib import Path

from tests.migrated import copy_into

REPOSITORY = Path(__file__).resolve().parents[1]


def run(script: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What the script said and how it ended; all that it keeps lies in `home`, where a database with its
    tables waits for it.
    """
    copy_into(home)
    environment = {
        **os.environ,
        "VEIKART_HOME": str(home),
        "VEIKART_DATABASE": f"sqlite:///{home / 'veikart.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "veikart.config.settings",
        "PYTHONPATH": str(REPOSITORY),
    }
    return subprocess.run(
        [sys.executable, str(script), *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
