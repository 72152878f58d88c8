"""A freeze that is killed after its file is written leaves no edition, and can be repeated."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("freezing_child.py")


def run(home, verb):
    environment = {
        **os.environ,
        "VEIKART_HOME": str(home),
        "VEIKART_DATABASE": f"sqlite:///{home / 'veikart.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "veikart.config.settings",
        "PYTHONPATH": str(REPOSITORY),
    }
    return subprocess.run(
        [sys.executable, str(CHILD), verb],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def editions(home):
    connection = sqlite3.connect(home / "veikart.sqlite3")
    try:
        return connection.execute("SELECT number, state FROM editions_edition").fetchall()
    finally:
        connection.close()


def test_a_freeze_killed_between_file_and_row_leaves_no_edition_and_can_be_repeated(tmp_path):
    killed = run(tmp_path, "freeze-and-die")

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert (tmp_path / "editions" / "2026-1.json").is_file()
    assert editions(tmp_path) == []

    again = run(tmp_path, "freeze")

    assert again.returncode == 0, again.stderr
    assert again.stdout.split() == ["stray_file", "2026-1", "whole"]
    assert editions(tmp_path) == [("2026-1", "frozen")]
