"""What a reader does: without JavaScript, by keyboard alone, in another language, on paper."""

import pytest

ADDRESSES = [
    "/",
    "/veikart/",
    "/veikart/?grupper=brukergruppe&region=nord",
    "/mal/2/",
    "/utgaver/2026-1/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_says_the_same_without_javascript(plain, page, address):
    page.goto(address)
    plain.goto(address)

    # Without scripts there is no evaluate(), so both are read through the accessibility of text.
    assert plain.locator("main").inner_text() == page.locator("main").inner_text()


def test_the_filters_work_without_javascript(plain):
    plain.goto("/veikart/")
    plain.locator("select[name=delmal]").select_option("2D")
    plain.locator(
        "form[role=search] button[type=submit], form.filters button[type=submit]"
    ).first.click()

    assert "delmal=2D" in plain.url
    assert "31" in plain.locator("main").inner_text()[:600]


def test_every_filter_is_reached_and_used_by_keyboard(page):
    page.goto("/veikart/")
    wanted = set(
        page.eval_on_selector_all(
            "form.filters [name]:not([type=hidden])", "fields => fields.map(field => field.name)"
        )
    )

    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
              const field = document.activeElement, box = field.getBoundingClientRect();
              return {name: field.name || "", form: !!field.closest("form.filters"),
                      outline: getComputedStyle(field).outlineStyle,
                      seen: box.bottom > 0 && box.top < innerHeight};
            }"""
        )
        if focused["form"] and focused["name"]:
            assert focused["outline"] != "none", f"{focused['name']} shows no focus"
            assert focused["seen"], f"{focused['name']} is out of sight"
            reached.add(focused["name"])

    assert {"grupper", "delmal", "eier", "brukergruppe", "fase", "region", "aar", "q"} <= wanted
    assert wanted - reached == set()


def test_a_filter_is_set_with_the_keyboard_alone(page):
    page.goto("/veikart/")

    page.focus("input[name=q]")
    page.keyboard.type("legemiddelliste")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=legemiddelliste**")

    assert page.locator("main table tbody th a").count() > 5


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page):
    page.goto("/veikart/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("location.hash") == "#" + page.locator("main").get_attribute("id")


def test_a_page_leads_to_itself_in_the_other_languages(page):
    page.goto("/mal/1/")

    page.locator("a[hreflang=en]").first.click()

    assert page.url.endswith("/en/mal/1/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_printed_roadmap_keeps_its_bars_and_its_date(page):
    page.goto("/veikart/?delmal=2D")

    page.emulate_media(media="print")

    assert page.locator("main table svg").first.is_visible()
    assert not page.locator("form.filters").is_visible()


def test_the_choices_fold_on_a_phone_and_unfold_by_keyboard(page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/veikart/")
    choices = page.locator("form.filters")
    assert not choices.is_visible()

    page.locator(".choose > summary").focus()
    page.keyboard.press("Enter")
    page.locator("select[name=delmal]").select_option("2D")
    page.wait_for_url("**delmal=2D**")

    assert choices.is_visible()
    assert "31" in page.locator("#antall").inner_text()
    assert page.locator("select[name=delmal]").input_value() == "2D"


def test_the_choices_stand_open_on_a_wide_screen(page):
    page.goto("/veikart/")

    assert page.locator("form.filters").is_visible()
    assert not page.locator(".choose > summary").is_visible()
