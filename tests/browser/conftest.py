"""A real demo in a process of its own, and a real browser in front of it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.migrated import copy_into

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

PUBLISHED = [
    "/",
    "/mal/1/",
    "/mal/2/",
    "/delmal/2D/",
    "/gruppering/2d-innforing-av-pasientens-legemiddelliste-pll/",
    "/leveranse/56876000019903034/",
    "/aktor/",
    "/aktor/norsk-helsenett/",
    "/brukergruppe/",
    "/brukergruppe/fastleger/",
    "/helseregion/nord/",
    "/veikart/",
    "/indikator/",
    "/indikator/e1/",
    "/indikator/e9/",
    "/indikator/1.4/",
    "/kommune/",
    "/kommune/1103/",
    "/fylke/11/",
    "/sykehusomrade/stavanger/",
    "/horing/",
    "/horing/22-414/",
    "/horing/22-414/svar/1/",
    "/om/metode/",
    "/om/tilgjengelighet/",
    "/om/datakilder/",
    "/nn/",
    "/en/",
    "/en/mal/1/",
    "/en/leveranse/56876000019903034/",
]
"""Pages of the approved edition that the tests read as published files."""


class Demo(NamedTuple):
    """A running demo: its address, and each role's (username, password)."""

    address: str
    accounts: dict[str, tuple[str, str]]
    home: Path


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            # One worker runs them all, so that one demo and one browser serve them all.
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install chromium"))
            elif not AXE.exists():
                item.add_marker(pytest.mark.skip(reason="no axe-core: run script/setup"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """`veikart demo` on a free port and in a folder where there is nothing but empty tables: as a new
    user meets it, after the tables are made, which tests/config/test_serving.py proves that `veikart` does.

    What the tests look at is published; the rest, which is as many pages again as there are
    municipalities, is answered live. tests/config/test_serving.py proves that an edition is
    published by itself.
    """
    home = tmp_path_factory.mktemp("demo")
    (home / "var").mkdir()
    copy_into(home / "var")
    port = _free_port()
    log = (home / "demo.log").open("wb")
    server = subprocess.Popen(
        [Path(sys.executable).with_name("veikart"), "demo", "--port", str(port), "--no-publish"],
        env=os.environ | {"VEIKART_HOME": str(home / "var"), "COLUMNS": "200", "NO_COLOR": "1"},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server, home / "demo.log")
        run(home / "var", "published.py", *PUBLISHED)
        _wait_for_files(address)
        yield Demo(address, _accounts((home / "demo.log").read_text()), home / "var")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def made_up(demo):
    """The working plan of the demo with figures of every sort, beside those that are real."""
    run(demo.home, "made_up.py")


def run(home, script, *words):
    """Run a script of this folder in the demo's home; it must succeed."""
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name(script), *words],
        cwd=ROOT,
        env=os.environ | {"VEIKART_HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only where Chromium is)

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@contextmanager
def opened(browser, demo):
    """A new page of a desktop's size; every request to another host fails the test."""
    context = browser.new_context(base_url=demo.address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    elsewhere = []
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((demo.address, "data:"))
            else elsewhere.append(request.url)
        ),
    )
    yield page
    context.close()
    assert elsewhere == []


@pytest.fixture(scope="session")
def tab(browser, demo):
    """The one tab that all tests share: opening one costs more than most of what is done in it."""
    with opened(browser, demo) as page:
        yield page


@pytest.fixture
def page(tab):
    """A page as if just opened: nobody is signed in, on a light screen of a desktop's size."""
    tab.context.clear_cookies()
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference")
    tab.goto("about:blank")
    return tab


@pytest.fixture
def plain(browser, demo):
    """A page without JavaScript, as wide as browsers are unless the test makes it narrow."""
    context = browser.new_context(base_url=demo.address, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def signed_in(demo):
    """Sign a page in as one of the demo's roles."""

    def sign_in(page, role):
        username, password = demo.accounts[role]
        page.goto("/konto/logg-inn/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        page.locator("main button[type=submit]").click()
        page.wait_for_load_state()
        return page

    return sign_in


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_for(address, server, log):
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"The demo stopped before it answered:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(address + "/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    pytest.fail(f"The demo did not answer within three minutes:\n{log.read_text()}")


def _wait_for_files(address):
    """Until the server has noticed what was published: its files have a fingerprint of their content."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with urllib.request.urlopen(address + PUBLISHED[1], timeout=30) as answer:
            if answer.headers["ETag"]:
                return
        time.sleep(0.3)
    pytest.fail("What was published did not come within a minute.")


def _accounts(log):
    """The (username, password) of each role, as the demo prints them."""
    found = re.findall(r"\b(reader|reporter|editor|approver)\s+(\S+)\s+(\S+)", log)
    return {role: (username, password) for role, username, password in found}
