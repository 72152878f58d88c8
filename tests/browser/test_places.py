"""How a reader finds a place and reads an indicator: without JavaScript, and by keyboard alone."""


def test_a_place_is_found_without_javascript(plain):
    plain.goto("/kommune/")
    plain.locator("main input[name=q]").fill("stavanger")
    plain.locator("main button[type=submit]").click()
    plain.locator("main section.callout a").first.click()

    assert plain.url.endswith("/kommune/1103/")
    assert plain.locator("h1").inner_text() == "Stavanger"


def test_the_municipalities_of_an_indicator_unfold_by_keyboard(page):
    page.goto("/indikator/e9/")
    county = page.locator(".folded details").first
    assert not county.locator("table").is_visible()

    county.locator("summary").focus()
    page.keyboard.press("Enter")

    assert county.locator("table").is_visible()
    assert county.locator("tbody th a").count() > 5


def test_an_indicator_says_the_same_without_javascript(plain, page):
    page.goto("/indikator/e1/")
    plain.goto("/indikator/e1/")

    assert plain.locator("main").inner_text() == page.locator("main").inner_text()


def test_what_is_folded_is_printed(page):
    page.goto("/indikator/e9/")

    page.emulate_media(media="print")

    assert page.locator(".folded table").first.is_visible()
