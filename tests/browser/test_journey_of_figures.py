"""Indicator 1.4's journey: a template goes out, comes back filled in, is mended, frozen and published."""

import re
import time

import openpyxl
import pytest

from tests.browser.desk import approve, freeze

YEAR = 2024
ANSWERS = ("ja", "nei", "vet ikke", None)
ANSWER = 5
"""The template's column for the answer, after period, code, area and inhabitants."""
DESK = "/arbeid/indikatorer/1.4/"


@pytest.fixture
def stranger(browser, demo):
    """Asks the demo without being signed in."""
    context = browser.new_context(base_url=demo.address)
    yield context.request
    context.close()


def test_answers_of_the_municipalities_become_published_figures(
    page, stranger, signed_in, tmp_path
):
    signed_in(page, "editor")
    answers = _template(page, tmp_path / "svar.xlsx")
    _fill_in(answers, row_20="Ja, delvis")
    told = _give(page, answers)
    assert "1 feil stopper filen. Ingenting er lagret." in told
    assert re.search(r"20\s+\S+\s+Ja, delvis", told)

    has = _fill_in(answers, row_20="ja")
    assert "357 rader kan tas inn." in _give(page, answers)
    _keep(page)
    sentence = f"{has} av 357 kommuner hadde tilbudet i {YEAR}"
    page.goto("/utkast/indikator/1.4/")
    shown = page.locator("main").inner_text()
    assert sentence in shown
    assert re.search(r"kommuner med [\d\s]+ innbyggere", shown)
    assert re.search(r"[\d,]+\s%? ?(og|til) [\d,]+\s%", shown), "the band that the unknown leave"

    number = freeze(page)
    _has_nothing_for(stranger, sentence, number)
    approve(signed_in(page, "approver"))
    _wait_for(stranger, sentence)
    figures = stranger.get("/data/indikator/1.4.csv")
    assert figures.headers["content-disposition"] == (
        f'attachment; filename="indikator-1.4-{number}.csv"'
    )
    assert f"{YEAR},nation,NO,Norge,0." in figures.text()


def _template(page, path):
    page.goto(DESK)
    page.fill("[name=aar]", str(YEAR))
    with page.expect_download() as download:
        page.locator("form[action*='/mal/'] button").click()
    download.value.save_as(path)
    return path


def _fill_in(path, *, row_20):
    """Answer for each municipality in turn, and something of its own in row 20; how many say yes."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, ANSWER).value = ANSWERS[row % len(ANSWERS)] if row != 20 else row_20
    workbook.save(path)
    return sum(sheet.cell(row, ANSWER).value == "ja" for row in range(2, sheet.max_row + 1))


def _give(page, path):
    page.goto(DESK)
    page.set_input_files("main input[type=file]", path)
    page.locator("main form:has(input[type=file]) button[type=submit]").click()
    page.wait_for_url(re.compile(r"/arbeid/indikatorer/1\.4/fil/"))
    return page.locator("main").inner_text()


def _keep(page):
    page.fill("[name=as_of]", f"{YEAR}-12-31")
    page.fill("[name=source]", "Kommunenes svar (prøvedata)")
    page.locator("button[value=keep]").click()
    page.wait_for_url(re.compile(r"/arbeid/indikatorer/1\.4/$"))
    assert "Tallene er beregnet." in page.locator("main").inner_text()


def _has_nothing_for(stranger, sentence, number):
    """Nobody but those at the desk has a figure before it is approved."""
    for address in (
        f"/utgave/{number}/indikator/1.4/",
        f"/utgaver/{number}/indikator/1.4.csv",
        f"/utgaver/{number}/data/indikatorer.json",
        f"/utgaver/{number}/plan.json",
        "/data/indikator/1.4.csv",
    ):
        assert stranger.get(address).status == 404, address
    assert "/konto/logg-inn/" in stranger.get("/utkast/indikator/1.4/").url
    assert sentence not in stranger.get("/indikator/1.4/").text()


def _wait_for(stranger, sentence):
    """An approved edition is published by itself; until then readers have the one before."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if sentence in stranger.get("/indikator/1.4/").text():
            return
        time.sleep(0.5)
    pytest.fail(f"The published page did not come to say “{sentence}”.")
