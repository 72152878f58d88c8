"""Taking in and computing that are killed leave nothing half-done, and go on where they were."""

import os
import signal
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("computing_child.py")


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


def lines(done):
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_killed_run_is_taken_up_and_gives_the_same_bytes(tmp_path):
    took = run(tmp_path, "take-in-and-die")
    assert took.returncode == -signal.SIGKILL, took.stderr

    computed = run(tmp_path, "compute-and-die")
    assert computed.returncode == -signal.SIGKILL, computed.stderr
    # The second file lay there without its row; it was taken in again as if nothing had been.
    assert computed.stdout.splitlines() == ["1", "3 3"]

    assert lines(run(tmp_path, "finish")) == [
        "1 2",
        "unchanged computed computed",
        "computed computed computed",
        "3 same",
        "whole",
    ]
