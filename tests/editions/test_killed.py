"""A freeze that is killed after its file is written leaves no edition, and can be repeated."""

import signal
import sqlite3
from functools import partial
from pathlib import Path

from tests import children

run = partial(children.run, Path(__file__).with_name("freezing_child.py"))


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
