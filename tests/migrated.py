"""An SQLite database in which every migration has been run, kept among the tests' caches until one changes."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDER = REPOSITORY / ".pytest_cache" / "migrated"


def migrated() -> Path:
    """The file, made by `veikart migrate` if it is not there: by one process, while others wait for it."""
    file = FOLDER / f"{_fingerprint()}.sqlite3"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            for older in FOLDER.glob("*.sqlite3"):
                older.unlink()
            _make(file)
    return file


def copy_into(home: Path) -> None:
    """Put such a database into a home that has none."""
    database = home / "veikart.sqlite3"
    if not database.exists():
        shutil.copyfile(migrated(), database)


def load_into(connection: sqlite3.Connection) -> None:
    """Fill an empty database with what is in the file."""
    source = sqlite3.connect(migrated())
    source.backup(connection)
    source.close()


def _fingerprint() -> str:
    """What the file depends on: the migrations of our apps, and the versions of those of others."""
    found = hashlib.sha256((REPOSITORY / "uv.lock").read_bytes())
    for path in sorted((REPOSITORY / "veikart").glob("*/migrations/*.py")):
        found.update(str(path.relative_to(REPOSITORY)).encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _make(file: Path) -> None:
    with tempfile.TemporaryDirectory(dir=FOLDER) as home:
        made = Path(home, "veikart.sqlite3")
        environment = os.environ | {
            "VEIKART_HOME": home,
            "VEIKART_DATABASE": f"sqlite:///{made}",
            "DJANGO_SETTINGS_MODULE": "veikart.config.settings",
            "PYTHONPATH": str(REPOSITORY),
        }
        command = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity=0"]
        subprocess.run(command, env=environment, check=True)
        # What is still in the log beside the database is written into it, so that one file holds all.
        connection = sqlite3.connect(made)
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.close()
        made.replace(file)
