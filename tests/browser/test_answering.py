"""A stranger answers the trial hearing: by keyboard alone, without JavaScript, on every screen."""

import re

import pytest

from tests.browser.conftest import AXE, opened

START = "/en/svar/99-1/"
LATE_ENOUGH = 15_000
SHAPES = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]


def to(page, selector):
    """Go on with the tab key until the thing has the focus, as who has no mouse does."""
    for _ in range(120):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The tab key never came to {selector}.")


def press(page, selector):
    """Come to a button or link by the tab key, and press Enter."""
    to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def begun(page):
    page.goto(START)
    page.locator("main form button").click()
    page.wait_for_url("**/svar/99-1/*/")
    return page.url


def violations(page):
    page.evaluate(AXE.read_text())
    found = []
    for width, scheme in SHAPES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.evaluate("Promise.allSettled(document.getAnimations().map(a => a.finished))")
        report = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [f"{width} {scheme}: {one['id']}" for one in report["violations"]]
        if page.evaluate("document.scrollingElement.scrollWidth") > width:
            found.append(f"{width} {scheme}: wider than the screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_a_reply_is_written_looked_over_and_sent_by_keyboard_alone(page):
    page.goto(START)
    press(page, "main form button")
    page.wait_for_url("**/svar/99-1/*/")
    to(page, "#who-organisation")
    page.keyboard.press("Space")
    to(page, "#name")
    page.keyboard.type("Kløveråsen kommune")
    to(page, "#kind")
    page.keyboard.type("Muni")
    to(page, "#q1-choice-0")
    page.keyboard.press("ArrowUp")
    to(page, "#q1-text")
    page.keyboard.type("Vi foreslår at veikartet viser hva det koster.")
    press(page, "button[value=review]")

    page.wait_for_url("**/se-over/")
    to(page, "#terms")
    page.keyboard.press("Space")
    press(page, "main form button[type=submit]")

    page.wait_for_url("**/kvittering/")
    said = page.inner_text("main")
    assert "Your reply is received" in said
    assert "Kløveråsen kommune (Municipality)" in said
    assert "Nei" in said
    assert re.search(r"[0-9a-f]{64}", said.replace("\n", ""))


def test_what_lacks_has_the_focus_and_leads_to_its_field(page):
    begun(page)
    page.locator("button[value=review]").click()
    page.wait_for_url("**/se-over/")

    assert page.evaluate("document.activeElement.id") == "feil"
    press(page, "a[href='#name']")
    assert page.url.endswith("#name")
    page.keyboard.type("Kari")
    assert page.input_value("#name") == "Kari"


def test_the_receipt_is_a_pdf(page):
    address = begun(page)
    page.check("#who-person")
    page.fill("#name", "Kari Kløver")
    page.fill("#q3-text", "Dette er et helt eget svar, og bare mitt.")
    page.locator("button[value=review]").click()
    page.check("#terms")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/kvittering/")

    answer = page.request.get(address + "kvittering.pdf")

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def test_what_is_written_is_saved_by_itself_and_again_by_a_button(page):
    address = begun(page)
    page.fill("#q3-text", "Dette skrev jeg før nettet falt ut.")
    page.wait_for_selector("form [role=status]:has-text('Last saved')", timeout=LATE_ENOUGH)

    page.goto("about:blank")
    page.goto(address)
    assert page.input_value("#q3-text") == "Dette skrev jeg før nettet falt ut."
    page.fill("#q3-text", "Og dette etterpå.")
    page.wait_for_selector("#versjon[value='2']", state="attached", timeout=LATE_ENOUGH)
    page.fill("#q1-text", "Enda litt til.")
    page.locator("button[value=save]:not(.sr)").click()
    page.wait_for_selector(".ds-alert:has-text('Saved.')")
    assert page.input_value("#q3-text") == "Og dette etterpå."
    assert page.input_value("#q1-text") == "Enda litt til."


def test_the_whole_way_works_without_javascript(plain):
    page = plain
    address = begun(page)
    page.check("#who-organisation")
    page.fill("#name", "Uten skript kommune")
    page.select_option("#kind", "municipality")
    page.fill("#q2-mal-3", "Vi er bekymret for at kommunene ikke får sine egne helsedata.")
    brev = {"name": "brev.txt", "mimeType": "text/plain", "buffer": b"Et brev til dere."}
    page.set_input_files("#files", brev)
    page.locator("button[value=attach]").click()
    page.wait_for_url("**/#vedlegg")
    assert page.locator("button[value^=remove]").inner_text() == "Take away brev.txt"
    page.locator("button[value=review]").click()
    assert "Vi er bekymret" in page.inner_text("main")
    page.check("#terms")
    page.locator("main form button[type=submit]").click()

    assert page.url == address + "kvittering/"
    assert "Your reply is received" in page.inner_text("main")


def test_every_step_has_no_axe_violation_and_fits_every_screen(browser, demo):
    with opened(browser, demo) as page:
        page.goto(START)
        assert violations(page) == []
        address = begun(page)
        page.locator("button[value=review]").click()
        assert violations(page) == []
        page.goto(address)
        page.check("#who-person")
        page.fill("#name", "Ola Nordlending")
        page.fill("#q1-text", "Et svar for å se på alle sidene.")
        wrong = {
            "name": "et-langt-navn-" * 8 + ".pdf",
            "mimeType": "application/pdf",
            "buffer": b"MZ",
        }
        page.set_input_files("#files", wrong)
        page.locator("button[value=attach]").click()
        page.wait_for_selector("button[value^=remove]")
        assert violations(page) == []
        page.goto(address + "se-over/")
        assert violations(page) == []
        page.check("#terms")
        page.locator("main form button[type=submit]").click()
        page.wait_for_url("**/kvittering/")
        assert violations(page) == []
        for path in (address + "slett/", START + "x" * 43 + "/"):
            page.goto(path)
            assert violations(page) == []
