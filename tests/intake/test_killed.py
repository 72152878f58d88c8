"""A process that is killed in the middle of an accept leaves nothing of it, and it can be repeated."""

import re
import signal
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from tests import children

run = partial(children.run, Path(__file__).with_name("accepting_child.py"))
TABLES = ("roadmap_deliverable", "roadmap_phaseperiod", "roadmap_grouping", "strategy_delmal")


def counted(home):
    connection = sqlite3.connect(home / "veikart.sqlite3")
    connection.create_function("REGEXP", 2, lambda pattern, text: bool(re.search(pattern, text)))
    try:
        held = {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES}
        states = dict(
            connection.execute("SELECT state, count(*) FROM intake_proposalrow GROUP BY state")
        )
        (whole,) = connection.execute("PRAGMA integrity_check").fetchone()
    finally:
        connection.close()
    assert whole == "ok"
    return held, states


NOTHING = dict.fromkeys(TABLES, 0)
EVERYTHING = {
    "roadmap_deliverable": 20,
    "roadmap_phaseperiod": 20,
    "roadmap_grouping": 2,
    "strategy_delmal": 1,
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    home = tmp_path_factory.mktemp("prepared")
    made = run(home, "prepare")
    assert made.returncode == 0, made.stderr
    return home


@pytest.fixture
def home(prepared, tmp_path):
    source = sqlite3.connect(prepared / "veikart.sqlite3")
    target = sqlite3.connect(tmp_path / "veikart.sqlite3")
    source.backup(target)
    source.close()
    target.close()
    return tmp_path


@pytest.mark.parametrize("part", ["0.2", "0.5", "0.9", "1"])
def test_an_accept_killed_on_the_way_leaves_nothing_and_can_be_repeated(home, part):
    assert counted(home) == (NOTHING, {"pending": 43})

    killed = run(home, "accept-and-die", part)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert "killing" in killed.stdout
    assert counted(home) == (NOTHING, {"pending": 43})

    again = run(home, "accept")

    assert again.returncode == 0, again.stderr
    assert counted(home) == (EVERYTHING, {"accepted": 43})
