"""A council weighs thirty options: opened at the desk, ranked by keyboard without JavaScript, counted and read."""

import datetime as dt
import urllib.parse

import pytest

from tests.browser.test_answering import to, violations

ROUNDS = "/en/arbeid/horinger/22-414/prioritering/"
CASE = "sak/nasjonalt-e-helserad/2-22"
MEMBERS = ("Kari Nordmann, KS", "Ola Hansen, FFO", "Anne Berg, Bergen")
AREAS = [
    f"Endringsområde {no}, med et navn som går over flere linjer på telefon" for no in range(1, 31)
]


@pytest.fixture(scope="module")
def round_opened(browser, demo, signed_in):
    """The address of a round’s page at the desk, and each voter’s link; opened by way of a case."""
    context = browser.new_context(base_url=demo.address)
    page = signed_in(context.new_page(), "editor")
    query = urllib.parse.urlencode({"av": "valg", "case": CASE, "voters": "\n".join(MEMBERS)})
    page.goto(f"{ROUNDS}?{query}")
    assert page.input_value("[name=case]") == CASE
    page.fill("[name=title]", "Rådets møte 1/2022")
    page.fill("[name=options]", "\n".join(AREAS))
    page.select_option("[name=method]", "ranking")
    page.fill("[name=last_day]", (dt.date.today() + dt.timedelta(days=20)).isoformat())  # noqa: DTZ011 (as the office types it)
    page.click("#gjor-apne")
    page.wait_for_selector("#lenker")
    links = dict(line.split("\t") for line in page.input_value("#lenker").splitlines())
    page.get_by_role("link", name="I have copied them").click()
    page.wait_for_load_state()
    yield page.url, links
    context.close()


def test_thirty_things_are_ranked_by_keyboard_without_javascript(round_opened, plain):
    _desk, links = round_opened
    plain.set_viewport_size({"width": 320, "height": 640})
    plain.goto(links[MEMBERS[0]])

    for place, number in ((4, "1"), (29, "2"), (0, "3")):
        plain.focus(f"#stem-n{place}")
        plain.keyboard.type(number)
    with plain.expect_navigation():
        plain.keyboard.press("Enter")
    plain.focus("#stem-n0")
    plain.keyboard.press("Control+A")
    plain.keyboard.type("1")
    with plain.expect_navigation():
        plain.keyboard.press("Enter")

    assert "Your vote is kept." in plain.inner_text("main")
    assert plain.locator("main ol.rows label").all_inner_texts() == [
        AREAS[0],
        AREAS[4],
        AREAS[29],
    ]


def test_the_tab_key_goes_from_number_to_number_and_then_to_the_button(round_opened, page):
    _desk, links = round_opened
    page.goto(links[MEMBERS[1]])
    to(page, "#stem-n0")

    stops = [page.evaluate("document.activeElement.id || document.activeElement.type")]
    for _ in AREAS:
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.id || document.activeElement.type"))

    assert stops == [*(f"stem-n{place}" for place in range(30)), "submit"]


def test_the_page_has_no_violation_before_with_errors_and_after(round_opened, page):
    _desk, links = round_opened
    page.goto(links[MEMBERS[1]])
    found = violations(page)
    page.fill("#stem-n0", "1")
    page.fill("#stem-n1", "1")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    found += violations(page)
    page.fill("#stem-n1", "2")
    page.keyboard.press("Enter")
    page.wait_for_selector("main ol.rows")
    found += violations(page)

    assert found == []


def test_the_secretariat_counts_and_the_draft_shows_the_result_of_the_case(
    round_opened, page, signed_in
):
    desk, links = round_opened
    for name, number in zip(MEMBERS, ("1", "1", "2"), strict=True):
        page.goto(links[name])
        page.fill("#stem-n4", number)
        page.fill("#stem-n0", "3" if number == "1" else "1")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    signed_in(page, "editor")
    page.goto(desk)
    page.click("#gjor-tell-opp")
    page.wait_for_selector("#resultat")
    at_desk = violations(page)

    page.goto("/en/utkast/horing/22-414/prioritering/1/valg/5/")
    row = page.locator("#prioritering-1-valg-5")

    assert page.url.endswith("/horing/22-414/#prioritering-1-valg-5")
    assert row.locator("td").first.inner_text() == "1"
    assert "Weighed in case 2/22." in page.inner_text("#prioritering-1")
    assert not any(name in page.inner_text("#prioritering-1") for name in MEMBERS)
    assert at_desk + violations(page) == []
