"""A published edition: every page in three languages, the sitemap, the downloads and the look."""

import datetime as dt
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from tests.publishing.plans import small_plan
from veikart.design import assets
from veikart.editions import shelf
from veikart.editions.queries import Shelved
from veikart.pages.reading import Reading
from veikart.plan import codec
from veikart.publishing import addresses, manifest
from veikart.publishing.exports import roadmap_csv
from veikart.publishing.site import publish_edition, site_files
from veikart.publishing.writing import Written

LANGUAGES = ("", "nn/", "en/")
OWN_PAGES = [
    "mal/2/", "delmal/2D/", "gruppering/2d-innforing/", "leveranse/101/", "leveranse/102/",
    "leveranse/103/", "aktor/nhn/", "brukergruppe/fastleger/", "brukergruppe/sykehjem/",
]  # fmt: skip
ABOUT_ALL = [
    "", "mal/", "veikart/", "indikator/", "aktor/", "brukergruppe/", "kommune/", "horing/", "organ/", "utgaver/",
    "om/metode/",
    "om/tilgjengelighet/", "om/datakilder/", "utgaver/2026-1/", "vedtak/", "oppfolging/", "evaluering/",
]  # fmt: skip


def shelved(number="2026-1", plan=None, previous=None):
    """An approved edition whose file lies on the shelf."""
    content = codec.encode(plan or small_plan(number=number))
    name = shelf.edition_name(number)
    shelf.keep(name, content)
    return Shelved(
        number=number,
        title="Veikart",
        state="approved",
        as_of=dt.date(2026, 8, 1),
        sha256=codec.fingerprint(content),
        previous=previous,
        approved_by="Ola",
        approved_body="Rådet",
        approved_on=dt.date(2026, 9, 4),
        file_name=name,
    )


@pytest.fixture
def site(tmp_path):
    """The folder of a published small edition."""
    edition = shelved()
    publish_edition(edition, (edition,), tmp_path / "site", processes=1)
    return tmp_path / "site"


def pages_in(folder):
    found = (str(path.parent.relative_to(folder)) for path in folder.rglob("index.html"))
    return {path.removeprefix(".") for path in found if not path.endswith("404")}


def test_every_page_of_the_plan_is_there_in_every_language(site):
    expected = {
        f"{language}{path}".rstrip("/") for language in LANGUAGES for path in OWN_PAGES + ABOUT_ALL
    }

    assert pages_in(site) == expected


def test_a_page_speaks_its_language(site):
    for language, code in (("", "nb"), ("nn/", "nn"), ("en/", "en")):
        page = (site / f"{language}veikart/index.html").read_text()
        assert f'<html lang="{code}"' in page


def test_an_address_that_is_not_there_has_a_page_in_every_language(site):
    assert "<h1" in (site / "404.html").read_text()
    assert all((site / f"{language}404/index.html").is_file() for language in LANGUAGES)


def test_two_editions_give_a_comparison(tmp_path):
    first = shelved()
    second = shelved("2026-2", previous="2026-1")

    paths = {file.path for file in site_files(second, (second, first))}

    assert "endringer/2026-1..2026-2/index.html" in paths
    assert {"utgaver/2026-1/index.html", "utgaver/2026-2/index.html"} <= paths


def test_every_link_within_the_site_leads_to_a_file(site):
    """What is always answered live, such as sign-in, is not among the files."""
    missing = set()
    for page in site.rglob("*.html"):
        for target in re.findall(r'(?:href|src)="([^"#]+)', page.read_text()):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc or parts.query:
                continue
            path = parts.path.lstrip("/")
            if re.match(r"((nn|en)/)?(konto|arbeid|admin|utkast)/", path):
                continue
            file = site / path / "index.html" if path.endswith("/") or not path else site / path
            if not file.is_file():
                missing.add((str(page.relative_to(site)), target))

    assert missing == set()


def test_no_page_asks_another_host(site):
    for page in site.rglob("*.html"):
        asked = re.findall(
            r'<(?:script|img|link|iframe)[^>]+(?:src|href)="(https?:[^"]+)"', page.read_text()
        )
        own = [address for address in asked if not address.startswith("http://127.0.0.1:8000")]
        assert own == []


def test_the_sitemap_lists_every_page_with_its_other_languages(site):
    space = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    tree = ElementTree.parse(site / "sitemap.xml")

    listed = {url.findtext("s:loc", namespaces=space) for url in tree.iterfind("s:url", space)}
    assert {address.removeprefix("http://127.0.0.1:8000/").rstrip("/") for address in listed} == (
        pages_in(site)
    )
    first = tree.find("s:url", space)
    assert [
        (link.get("hreflang"), link.get("href")) for link in first.iterfind("x:link", space)
    ] == [
        ("nb", "http://127.0.0.1:8000/"),
        ("nn", "http://127.0.0.1:8000/nn/"),
        ("en", "http://127.0.0.1:8000/en/"),
        ("x-default", "http://127.0.0.1:8000/"),
    ]
    assert first.findtext("s:lastmod", namespaces=space) == "2026-09-04"


def test_robots_are_kept_from_the_desk(site):
    robots = (site / "robots.txt").read_text()

    assert robots.startswith("User-agent: *\nDisallow: /admin/\n")
    assert robots.endswith("Sitemap: http://127.0.0.1:8000/sitemap.xml\n")


def test_the_downloads_are_the_editions_own_bytes(site, settings):
    for language in LANGUAGES:
        folder = site / f"{language}utgaver/2026-1"
        kept = settings.EDITIONS_FOLDER / "2026-1.json"
        assert (folder / "plan.json").read_bytes() == kept.read_bytes()
        assert (folder / "veikart.csv").read_bytes() == roadmap_csv(small_plan())
        assert (folder / "veikart.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.skipif(not (assets.BUILT / "manifest.json").exists(), reason="run script/setup first")
def test_only_files_with_a_hash_in_their_name_are_taken_from_the_look(site):
    names = sorted(path.name for path in (site / "static/built").iterdir())

    assert any(re.fullmatch(r"veikart\.[0-9a-f]{10}\.css\.br", name) for name in names)
    assert not {"axe.min.js", "manifest.json", "stamp"} & set(names)


def test_publishing_again_changes_nothing(tmp_path):
    edition = shelved()
    first = publish_edition(edition, (edition,), tmp_path, processes=1)

    second = publish_edition(edition, (edition,), tmp_path, processes=1)

    assert second == Written(written=0, unchanged=first.written, removed=0)
    assert manifest.read(tmp_path).edition == "2026-1"


def test_a_page_that_is_gone_from_the_edition_goes_from_the_folder(tmp_path):
    edition = shelved()
    publish_edition(edition, (edition,), tmp_path, processes=1)
    smaller = shelved("2026-2", small_plan(small_plan().roadmap.deliverables[0], number="2026-2"))

    wrote = publish_edition(smaller, (smaller,), tmp_path, processes=1)

    assert wrote.removed > 0
    assert "leveranse/101" in pages_in(tmp_path)
    assert "leveranse/103" not in pages_in(tmp_path)


def test_places_on_a_page_are_no_pages_of_their_own():
    edition = shelved()
    reading = Reading(shelved=edition, editions=(edition,))

    assert not [path for path in addresses.paths(reading) if path.count("/") > 1]
