"""The server as a process: refuses what is unsafe, answers, publishes what is approved, and stops."""

import datetime
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.migrated import copy_into
from veikart.config import server

ROOT = Path(__file__).resolve().parents[2]
VEIKART = [sys.executable, "-m", "veikart.config.command"]
PATIENCE = 120

APPROVE = """
from veikart.config.command import app
from veikart.people.services import make_demo_accounts
make_demo_accounts()
app(["freeze", "--by", "demo-editor"], standalone_mode=False)
app(["approve", "{number}", "--by", "demo-approver", "--body", "Rådet"], standalone_mode=False)
"""
"""Two commands in one process, since each process takes seconds to start."""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def environment(home, **more):
    """A machine where nothing is set but the home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VEIKART_")}
    return kept | {"VEIKART_HOME": str(home), "NO_COLOR": "1", **more}


def ask(address):
    """The status and the headers of the answer; (0, {}) while nothing answers."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, dict(answer.headers)
    except urllib.error.HTTPError as refusal:
        return refusal.code, dict(refusal.headers)
    except OSError:
        return 0, {}


def wait_for(address, wanted):
    deadline = time.monotonic() + PATIENCE
    while not wanted(ask(address)):
        assert time.monotonic() < deadline, f"{address} did not come in {PATIENCE} seconds."
        time.sleep(0.3)


@pytest.fixture
def with_tables(tmp_path):
    """A home where the tables are made already, for what is not about an empty one."""
    home = tmp_path / "home"
    home.mkdir()
    copy_into(home)


@pytest.fixture
def start(tmp_path):
    """Start `veikart` with these words; it is stopped when the test ends."""
    started = []

    def begin(*words, **more):
        process = subprocess.Popen(
            [*VEIKART, *words],
            env=environment(tmp_path / "home", **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def test_an_empty_service_answers_and_stops_when_told(start):
    port = free_port()
    server = start("serve", "--port", str(port), "--workers", "1")

    wait_for(f"http://127.0.0.1:{port}/konto/logg-inn/", lambda answer: answer[0] == 200)
    status, headers = ask(f"http://127.0.0.1:{port}/")
    server.send_signal(signal.SIGTERM)
    said, complaints = server.communicate(timeout=30)

    assert status == 404
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert said == f"Open http://127.0.0.1:{port}/ in a browser. Stop with Ctrl+C.\n"
    assert "Fine on this machine alone, refused elsewhere:" in complaints


@pytest.mark.usefixtures("with_tables")
def test_a_taken_port_is_said_plainly(start):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        server = start("serve", "--port", str(port), VEIKART_SECRET_KEY="k" * 50)
        _said, complaints = server.communicate(timeout=60)

    assert server.returncode == 1
    assert f"Expected port {port} on 127.0.0.1 to be free;" in complaints
    assert "Traceback" not in complaints


def test_unsafe_settings_are_not_opened_to_others(start):
    server = start("serve", "--host", "0.0.0.0", "--port", str(free_port()))
    _said, complaints = server.communicate(timeout=60)

    assert server.returncode == 1
    assert "Expected a key of your own in VEIKART_SECRET_KEY" in complaints


@pytest.mark.usefixtures("with_tables")
def test_an_edition_is_published_by_itself_once_it_is_approved(start, tmp_path):
    port = free_port()
    start("serve", "--port", str(port), "--workers", "1", VEIKART_DEMO="1")
    page = f"http://127.0.0.1:{port}/om/metode/"
    wait_for(page, lambda answer: answer[0] == 404)

    number = f"{datetime.datetime.now(tz=ZoneInfo('Europe/Oslo')):%Y}-1"
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", APPROVE.format(number=number)],
        cwd=ROOT,
        env=environment(tmp_path / "home"),
        capture_output=True,
        check=True,
    )

    wait_for(page, lambda answer: "etag" in answer[1])
    assert (tmp_path / "home/site/nn/om/metode/index.html.br").is_file()


def test_what_is_approved_is_published_only_where_a_site_is_given(monkeypatch, tmp_path):
    writes = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('x'); sys.stdin.read()"
    monkeypatch.setattr(server, "PUBLISHER", [sys.executable, "-c", writes])
    started = []
    begin = subprocess.Popen
    monkeypatch.setattr(
        server.subprocess,
        "Popen",
        lambda *given, **more: started.append(begin(*given, **more)) or started[-1],
    )

    with server.publishing():
        assert started == []
    with server.publishing(str(tmp_path / "site")):
        (publisher,) = started
        publisher.wait(timeout=60)

    assert (tmp_path / "site").read_text() == "x"
    assert publisher.returncode is not None
