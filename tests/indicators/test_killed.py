"""Taking in and computing that are killed leave nothing half-done, and go on where they were."""

import signal
from functools import partial
from pathlib import Path

from tests import children

run = partial(children.run, Path(__file__).with_name("computing_child.py"))


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
