"""Databases in which every migration has been run, kept until one changes: an SQLite among the tests' caches, a
PostgreSQL on the server that the tests are given.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDER = REPOSITORY / ".pytest_cache" / "migrated"


def migrated() -> Path:
    """The file, made by `veikart migrate` if it is not there: by one process, while others wait for it."""
    file = FOLDER / f"{_fingerprint()}.sqlite3"
    with _alone():
        if not file.exists():
            for older in FOLDER.glob("*.sqlite3"):
                older.unlink()
            _make(file)
    return file


def template(address: str) -> str:
    """The name of the PostgreSQL to begin new ones as a copy of, beside the one at `address`."""
    ours = f"veikart_migrated_{hashlib.sha256(bytes(REPOSITORY)).hexdigest()[:8]}_"
    name = ours + _fingerprint()
    with _alone(), psycopg.connect(address, autocommit=True) as server:
        found = server.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [ours]
        )
        there = {row[0] for row in found}
        if name not in there:
            for older in there:
                server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(older)))
            _make_template(server, address, name)
    return name


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


def empty_what_is_filled(connection: Any) -> None:
    """Let a PostgreSQL be emptied after a test by deleting the rows of the few tables that have any: to
    truncate them all, or all that lead to them, takes seconds.
    """

    def delete_all(_style: Any, tables: list[str], **_options: Any) -> list[str]:
        one = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
        asked = [one.format(sql.Literal(table), sql.Identifier(table)) for table in tables]
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(" UNION ALL ").join(asked))
            filled = [connection.ops.quote_name(row[0]) for row in cursor.fetchall()]
        # Some tables have triggers that refuse what changes them; all are back when this is committed.
        return [
            *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in filled),
            *(f"DELETE FROM {table}" for table in filled),
            "SET CONSTRAINTS ALL IMMEDIATE",
            *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in filled),
        ]

    connection.ops.sql_flush = delete_all


@contextmanager
def _alone() -> Iterator[None]:
    """One process makes what others wait for."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint() -> str:
    """What they depend on: the migrations of our apps, our fields, and the versions of what is others'."""
    found = hashlib.sha256((REPOSITORY / "uv.lock").read_bytes())
    ours = REPOSITORY / "veikart"
    for path in [ours / "core" / "fields.py", *sorted(ours.glob("*/migrations/*.py"))]:
        found.update(str(path.relative_to(REPOSITORY)).encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _make(file: Path) -> None:
    with tempfile.TemporaryDirectory(dir=FOLDER) as home:
        made = Path(home, "veikart.sqlite3")
        _migrate(home, f"sqlite:///{made}")
        # What is still in the log beside the database is written into it, so that one file holds all.
        connection = sqlite3.connect(made)
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.close()
        made.replace(file)


def _make_template(server: psycopg.Connection, address: str, name: str) -> None:
    """Under another name until it is whole, so that nobody begins with half of it."""
    unfinished = f"{name}_unfinished"
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
    with tempfile.TemporaryDirectory(dir=FOLDER) as home:
        _migrate(home, urlsplit(address)._replace(path=f"/{unfinished}").geturl())
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    server.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))


def _migrate(home: str, address: str) -> None:
    environment = os.environ | {
        "VEIKART_HOME": home,
        "VEIKART_DATABASE": address,
        "DJANGO_SETTINGS_MODULE": "veikart.config.settings",
        "PYTHONPATH": str(REPOSITORY),
    }
    command = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity=0"]
    subprocess.run(command, env=environment, check=True)
