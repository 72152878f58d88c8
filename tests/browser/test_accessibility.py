"""Every kind of page, in light and dark, wide and narrow: no axe violation, no sideways scrolling."""

import pytest

from tests.browser.conftest import AXE, opened

PUBLIC = [
    "/",
    "/mal/1/",
    "/delmal/2D/",
    "/gruppering/2d-innforing-av-pasientens-legemiddelliste-pll/",
    "/leveranse/56876000019903034/",
    "/aktor/",
    "/aktor/norsk-helsenett/",
    "/brukergruppe/",
    "/brukergruppe/fastleger/",
    "/helseregion/nord/",
    "/veikart/?delmal=2D",
    "/veikart/?grupper=eier&sikkerhet=tentativ&fra=2026&til=2028&zoom=kvartal",
    "/indikator/",
    "/indikator/e1/",
    "/indikator/e9/",
    "/indikator/1.4/",
    "/kommune/",
    "/kommune/?q=os",
    "/kommune/1103/",
    "/fylke/11/",
    "/sykehusomrade/stavanger/",
    "/horing/",
    "/horing/22-414/",
    "/horing/22-414/svar/1/",
    "/organ/",
    "/organ/nasjonalt-e-helserad/",
    "/organ/nasjonalt-e-helserad/2022/",
    "/mote/nasjonalt-e-helserad/1-2022/",
    "/sak/nasjonalt-e-helserad/2-22/",
    "/sak/nasjonalt-e-helserad/40-21/",
    "/arbeidsplan/2021-2022/",
    "/vedtak/",
    "/vedtak/?om=visjon&rekkefolge=eldst&ar=1999",
    "/oppfolging/",
    "/evaluering/",
    "/evaluering/2021/",
    "/mal/",
    "/utgaver/",
    "/utgaver/2026-1/",
    "/endringer/2026-1..utkast/",
    "/om/metode/",
    "/om/tilgjengelighet/",
    "/om/datakilder/",
    "/leveranse/finnes-ikke/",
    "/konto/logg-inn/",
    "/nn/",
    "/nn/veikart/?delmal=1F",
    "/en/",
    "/en/leveranse/56876000019903034/",
]
DESK = [
    "/arbeid/",
    "/arbeid/inntak/",
    "/arbeid/horinger/",
    "/arbeid/horinger/ny/",
    "/arbeid/horinger/22-414/",
    "/arbeid/horinger/22-414/svar/1/",
    "/arbeid/horinger/22-414/svar/1/klarer/",
    "/arbeid/horinger/22-414/tema/",
    "/arbeid/horinger/22-414/logg/",
    "/arbeid/indikatorer/",
    "/arbeid/indikatorer/1.4/",
    "/arbeid/indikatorer/e9/",
    "/arbeid/utgaver/",
    "/arbeid/rad/",
    "/arbeid/rad/nufa/",
    "/arbeid/rad/nufa/nytt-mote/",
    "/arbeid/rad/nufa/plasser/ny/",
    "/arbeid/rad/nasjonalt-e-helserad/sak/2-22/",
    "/arbeid/rad/nasjonalt-e-helserad/mote/1-2022/",
    "/arbeid/rad/nasjonalt-e-helserad/mote/1-2022/behandling/",
    "/arbeid/rad/nasjonalt-e-helserad/mote/1-2022/oppmote/",
    "/arbeid/rad/nasjonalt-e-helserad/mote/1-2022/vedtak/2-22/",
    "/arbeid/rad/nasjonalt-e-helserad/mote/1-2022/referat/",
    "/arbeid/rad/nasjonalt-e-helserad/mote/1-2022/innkalling/",
    "/arbeid/mine-moter/",
    "/arbeid/oppfolging/",
    "/arbeid/prioritering/",
    "/arbeid/evaluering/",
    "/arbeid/evaluering/2021/",
    "/utkast/",
]
MADE_UP = ["/utkast/indikator/x1/", "/en/utkast/indikator/x2/"]
"""Coverage with what is not known and a forecast; breakdowns and inequality, in English."""
FIGURES = {"name": "tall.csv", "mimeType": "text/csv"}
SHAPES = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules of axe that a colour can break; the other rules ask what there is, where, and how large."""
LAYOUT = """
[...document.querySelectorAll("*")].map(one => {
    const {x, y, width, height} = one.getBoundingClientRect()
    const {display, visibility, fontSize, fontWeight, fontStyle} = getComputedStyle(one)
    return [x, y, width, height, display, visibility, fontSize, fontWeight, fontStyle].join()
}).join("\\n")
"""
DARK_ALONE = """style => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`@media (prefers-color-scheme: dark) { ${style} }`)
    document.adoptedStyleSheets = [sheet]
}"""


@pytest.fixture(scope="module")
def strangers(browser, demo):
    """One page that goes to all that is public, as a reader does."""
    with opened(browser, demo) as page:
        yield page


@pytest.fixture(scope="module")
def approvers(browser, demo, signed_in):
    """One page that goes to all of the desk, signed in once."""
    with opened(browser, demo) as page:
        yield signed_in(page, "approver")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_fits_320_pixels_and_has_no_axe_violation(strangers, address):
    _go_narrow(strangers, address)

    assert _width(strangers) <= 320
    assert _violations_in_every_shape(strangers) == []


@pytest.mark.parametrize("address", DESK)
def test_a_page_of_the_desk_has_no_axe_violation(approvers, address):
    approvers.goto(address)

    assert _violations_in_every_shape(approvers) == []


@pytest.mark.parametrize("address", MADE_UP)
@pytest.mark.usefixtures("made_up")
def test_coverage_breakdowns_and_inequality_have_no_axe_violation(approvers, address):
    page = approvers
    page.goto(address)
    folds = page.locator("main .flow > details, main .panel > details, .folded > :first-child")
    folds.evaluate_all("found => found.forEach(one => one.open = true)")

    assert page.locator("main figure").count() > 3
    assert _violations_in_every_shape(page, [(1280, "light"), (320, "dark")]) == []
    assert _width(page) <= 320


@pytest.mark.parametrize("rows", ["2024;0301;717710", "2025;1507;5\n2025;0301;mange"])
def test_a_file_of_figures_at_the_desk_has_no_axe_violation(page, signed_in, rows):
    signed_in(page, "editor").goto("/arbeid/indikatorer/e9/")
    content = f"år;kommunenr;antall\n{rows}\n".encode()
    page.set_input_files("input[type=file]", {**FIGURES, "buffer": content})
    page.locator("form[enctype] button").click()
    page.wait_for_url("**/fil/**")

    assert _violations_in_every_shape(page) == []


def test_the_whole_roadmap_fits_320_pixels_and_has_no_axe_violation(strangers):
    _go_narrow(strangers, "/veikart/")
    assert _width(strangers) <= 320

    assert _violations_in_every_shape(strangers, [(1280, "light")]) == []


@pytest.mark.parametrize(
    ("style", "rule"),
    [
        ("main p { color: #333 }", "color-contrast"),
        ("main h1 { display: none }", "page-has-heading-one"),
    ],
)
def test_what_is_wrong_in_the_dark_alone_is_found(strangers, style, rule):
    _go_narrow(strangers, "/om/metode/")
    strangers.evaluate(DARK_ALONE, style)

    found = _violations_in_every_shape(strangers)

    assert {" ".join(one.split()[:3]) for one in found} == {
        f"320 dark: {rule}:",
        f"1280 dark: {rule}:",
    }


def _go_narrow(page, address):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)


def _width(page):
    return page.evaluate("document.scrollingElement.scrollWidth")


def _violations_in_every_shape(page, shapes=SHAPES):
    # The page's own policy refuses scripts from elsewhere, so axe comes in through the debugger.
    page.evaluate(AXE.read_text())
    found, layouts = [], set()
    for width, scheme in shapes:
        page.set_viewport_size({"width": width, "height": 900})
        # Colours glide from one scheme to the other, but not for those who want no movement.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate("Promise.allSettled(document.getAnimations().map(a => a.finished))")
        layout = page.evaluate(LAYOUT)
        only = {"runOnly": COLOURS} if layout in layouts else {}
        layouts.add(layout)
        found += [f"{width} {scheme}: {violation}" for violation in _violations(page, only)]
    return found


def _violations(page, only):
    """What axe finds; where everything lies as it did in the other scheme, only colours can differ."""
    report = page.evaluate(
        "options => axe.run(document, options).then(report => report.violations)",
        {"resultTypes": ["violations"], **only},
    )
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in report
        for node in violation["nodes"][:3]
    ]
