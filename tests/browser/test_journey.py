"""A whole journey: a new register comes in, a person accepts, explains, freezes; another approves."""

import re
import time
from pathlib import Path

import pytest

from tests.browser.desk import approve, freeze

REGISTER = (
    Path(__file__).resolve().parents[2] / "veikart/intake/datasets/ehelse/register-2026-08.csv"
)


def test_a_moved_date_goes_from_a_file_to_the_front_page(page, signed_in, tmp_path):
    newer = tmp_path / "register-2026-11.csv"
    newer.write_text(
        _half_a_year_later(REGISTER.read_text(encoding="utf-8-sig")), encoding="utf-8-sig"
    )

    signed_in(page, "editor")
    _accept_what_changed(page, newer)
    _explain_and_freeze(page)
    page.context.clear_cookies()
    page.goto("/")
    assert "2026-1" in page.locator("main").inner_text()
    approve(signed_in(page, "approver"))
    page.context.clear_cookies()
    _wait_for_publication(page, "Utgave 2026-2")

    page.goto("/endringer/2026-1..2026-2/")
    told = page.locator("main").inner_text()
    assert "1 utsatt" in told
    assert "Leverandøren trenger et halvt år til." in told
    page.goto("/utgave/2026-1/leveranse/56876000019903030/")
    assert "juli 2025" in page.locator("main").inner_text()


def _accept_what_changed(page, file):
    page.goto("/arbeid/inntak/")
    page.set_input_files("main input[type=file]", file)
    page.locator("main form:has(input[type=file]) button[type=submit]").click()
    page.wait_for_url(re.compile(r"/arbeid/inntak/\d+/"))
    page.locator("select[name=endring]").select_option("changed")
    page.locator("main form[method=get] button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator("main tbody tr").count() == 1
    page.locator("main tbody input[type=checkbox]").check()
    page.locator("button[value=accept]").click()
    page.wait_for_load_state()


def _explain_and_freeze(page):
    page.goto("/arbeid/utgaver/")
    row = page.locator("tr", has_text="Pasientens prøvesvar")
    assert row.count() == 1
    row.locator("select").select_option("supplier")
    row.locator("input[type=text]").fill("Leverandøren trenger et halvt år til.")
    page.locator("form", has=row).locator("button[type=submit]").click()
    page.wait_for_load_state()
    assert freeze(page) == "2026-2"


def test_what_is_unpublished_is_not_shown_to_a_stranger(page):
    for address in ("/utkast/", "/arbeid/", "/arbeid/inntak/", "/endringer/2026-1..utkast/"):
        answer = page.goto(address)
        shown = page.locator("main").inner_text()
        assert answer.status == 404 or "/konto/logg-inn/" in page.url, f"{address}: {shown[:200]}"


def _wait_for_publication(page, words):
    """An approved edition is published by itself; until that is done readers have the one before."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        page.goto("/")
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(1000)
    pytest.fail(f"The front page did not come to say “{words}”.")


def _half_a_year_later(register):
    """The register with the start of one deliverable, Pasientens prøvesvar, moved to January 2026."""
    lines = register.splitlines(keepends=True)
    moved = [
        line.replace("01.07.2025", "01.01.2026") if "56876000019903030" in line else line
        for line in lines
    ]
    assert moved != lines
    return "".join(moved)
