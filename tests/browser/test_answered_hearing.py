"""A hearing that is answered, made up: its pages with outcomes, in every shape and language, without a server."""

import re

import pytest

from tests.browser.test_accessibility import _violations_in_every_shape, _width
from tests.pages import hearing_samples as hearings
from veikart.design import assets
from veikart.pages.render import render

ADDRESS = "http://answered.invalid"
PATHS = (
    hearings.HEARING,
    f"{hearings.HEARING}/svar/1",
    f"{hearings.HEARING}/svar/2",
    f"{hearings.HEARING}/tema/1",
    f"{hearings.HEARING}/om/mal/1/oppna/1",
    f"{hearings.HEARING}/svar/4",
    "mal/1",
    "om/metode",
)
"""A hearing, replies with words withheld and in English, a theme, a paragraph, one that is withdrawn, a goal."""


@pytest.fixture(scope="module")
def page(browser):
    """A page that is given the pages of the made-up hearing and the built look, and nothing else."""
    readings = {language: hearings.answered(language) for language in ("nb", "nn", "en")}

    def answer(route):
        path = route.request.url.removeprefix(ADDRESS).strip("/")
        if path.startswith("static/built/"):
            route.fulfill(path=assets.BUILT / path.removeprefix("static/built/"))
            return
        language, _, rest = (
            path.partition("/") if re.match(r"(nn|en)(/|$)", path) else ("nb", "", path)
        )
        made = render(readings[language], rest)
        route.fulfill(status=made.status, body=made.html, content_type="text/html; charset=utf-8")

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route("**/*", answer)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["", "nn/", "en/"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_with_outcomes_fits_320_pixels_and_has_no_axe_violation(page, path, language):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{ADDRESS}/{language}{path}/")

    assert page.locator("h1").count() == 1
    assert _width(page) <= 320
    shapes = [(320, "dark"), (1280, "light")]
    assert _violations_in_every_shape(page, shapes) == []
