"""What the browser gets is small, whole, and from our own host."""

import json
import re

import brotli
import pytest

from veikart.design import assets

BUDGET = 48 * 1024
"""Bytes with brotli for style sheet and letters: the front page of 60 KiB needs the rest."""

pytestmark = pytest.mark.skipif(
    not (assets.BUILT / "manifest.json").exists(), reason="no assets: run script/build-assets"
)


@pytest.fixture
def manifest():
    return json.loads((assets.BUILT / "manifest.json").read_text())


@pytest.fixture
def sheet(manifest):
    return (assets.BUILT / manifest["veikart.css"]).read_text()


def test_an_asset_has_the_address_with_its_hash(manifest):
    assert assets.address("veikart.css") == f"/static/built/{manifest['veikart.css']}"
    assert re.fullmatch(r"veikart\.[0-9a-f]{10}\.css", manifest["veikart.css"])


def test_an_asset_that_is_not_built_keeps_its_name():
    assert assets.address("not-built.css") == "/static/built/not-built.css"


def test_every_file_that_is_named_is_there(manifest, sheet):
    fonts = re.findall(r"url\(\"?([\w.-]+\.woff2)", sheet)

    missing = [name for name in [*manifest.values(), *fonts] if not (assets.BUILT / name).exists()]

    assert missing == []
    assert len(fonts) == 4


def test_the_style_sheet_asks_no_other_host(sheet):
    addresses = re.findall(r"https?:[^\"')]*", sheet)

    assert {address for address in addresses if "www.w3.org" not in address} == set()


def test_style_sheet_and_letters_keep_their_budget(manifest):
    names = ("veikart.css", "inter-400.woff2", "inter-600.woff2")

    sizes = {
        name: len(brotli.compress((assets.BUILT / manifest[name]).read_bytes(), quality=11))
        for name in names
    }

    assert sum(sizes.values()) <= BUDGET, sizes


def test_the_look_has_light_and_dark_and_stillness_and_paper(sheet):
    for query in (
        "prefers-color-scheme:dark",
        "forced-colors:active",
        "prefers-reduced-motion",
        "@media print",
    ):
        assert query in sheet.replace(" ", "").replace("@mediaprint", "@media print"), query
