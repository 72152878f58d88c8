"""The whole site of an edition as files: every page in every language, downloads and static files."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path, PurePath

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation

from veikart.design import assets
from veikart.editions.queries import Shelved
from veikart.pages.reading import Reading
from veikart.pages.render import render
from veikart.publishing import (
    addresses,
    council_data,
    decision_data,
    hearing_data,
    indicator_data,
    paper_files,
    reports,
)
from veikart.publishing.manifest import Manifest
from veikart.publishing.views import DOWNLOADS
from veikart.publishing.writing import BEST, File, Progress, Written, write_files

WITH_HASH = re.compile(r"\.[0-9a-f]{8,}\.")

NOT_FOUND = "404"
"""What a web server shows for an address that is not there; its other languages lie beside it."""


class NotMade(Exception):
    """A page that the edition must have could not be made."""


def publish_edition(  # noqa: PLR0913 (what is published, of what, where and how)
    edition: Shelved,
    editions: tuple[Shelved, ...],
    folder: Path,
    *,
    shelf: int | None = None,
    progress: Progress | None = None,
    processes: int | None = None,
    force: bool = False,
) -> Written:
    """Write the site of `edition`, one of the approved `editions`, to `folder`; see `write_files`.

    `shelf` is the state of the folder of editions, taken before the editions were looked up.
    Raises NotMade if one of its pages cannot be made, and OSError if the folder cannot be written.
    """
    files = list(site_files(edition, editions))
    # The pages that take longest come first, so that no process is left alone with one at the end.
    files.sort(key=lambda file: "veikart/index" not in file.path)
    said = Manifest(edition=edition.number, sha256=edition.sha256, shelf=shelf)
    return write_files(
        files, folder, said=said, progress=progress, processes=processes, force=force
    )


def site_files(edition: Shelved, editions: tuple[Shelved, ...]) -> Iterator[File]:
    """Every file of the site of `edition`, not made yet."""
    readings = {
        language: Reading(shelved=edition, editions=editions, language=language)
        for language, _name in settings.LANGUAGES
    }
    first = readings[settings.LANGUAGE_CODE]
    for language, reading in readings.items():
        for path in addresses.paths(first):
            yield File(addresses.page_file(language, path), partial(_page, reading, path))
        for uid in addresses.places(first):
            yield File(addresses.page_file(language, uid), partial(_leading_on, reading, uid))
        yield File(addresses.page_file(language, NOT_FOUND), partial(_missing_page, reading))
    yield File("404.html", partial(_missing_page, first))
    yield File("sitemap.xml", partial(addresses.sitemap, first))
    yield File("robots.txt", addresses.robots)
    for kept in editions:
        yield from _downloads(kept)
        yield from _figures(kept, "", f"utgaver/{kept.number}")
        older = Reading(shelved=kept, editions=editions, language=settings.LANGUAGE_CODE)
        yield from _logs(older, f"utgaver/{kept.number}")
    for language, reading in readings.items():
        prefix = "" if language == settings.LANGUAGE_CODE else language
        yield from _figures(edition, prefix, "data")
        yield from _logs(reading, str(PurePath(prefix) / "data"))
        for name, make in council_data.feeds(reading):
            yield File(str(PurePath(prefix) / name), make)
    for name, document in council_data.oparl(edition.plan):
        yield File(f"data/{name}", partial(council_data.as_json, document))
    for file in paper_files.files(edition.plan):
        yield replace(file, make=partial(_kept, file.make))
    yield from _static_files()


def _page(reading: Reading, path: str) -> bytes:
    page = render(reading, path)
    if page.status != 200:
        raise NotMade(f"Expected a page at {reading.address(path)}, found none in the edition.")
    return page.html.encode()


def _leading_on(reading: Reading, uid: str) -> bytes:
    """A page that leads to the place on another where `uid` is, as a plain file server cannot."""
    page = render(reading, uid)
    if not page.moved_to:
        raise NotMade(f"Expected a place on a page for {uid}, found none in the edition.")
    context = {"address": page.moved_to, "language": reading.language}
    with translation.override(reading.language):
        return get_template("pages/leading_on.html").render(context).encode()


def _kept(make: Callable[[], bytes]) -> bytes:
    """A kept file as it is; the publication stops at one that is gone, since a page leads to it."""
    try:
        return make()
    except FileNotFoundError as gone:
        raise NotMade(str(gone)) from gone


def _missing_page(reading: Reading) -> bytes:
    return render(reading, NOT_FOUND).html.encode()


def _downloads(edition: Shelved) -> Iterator[File]:
    """The files of an edition beside its page in each language, as the page links to them."""
    for language, _name in settings.LANGUAGES:
        beside = PurePath(addresses.page_file(language, f"utgaver/{edition.number}")).parent
        for name, (_type, make) in DOWNLOADS.items():
            yield File(str(beside / name), partial(make, edition))


def _figures(edition: Shelved, prefix: str, folder: str) -> Iterator[File]:
    """The figures of the edition's indicators, in the language of `prefix`, and the list of them."""
    language = prefix or settings.LANGUAGE_CODE
    plan = edition.plan
    if not plan.indicators.definitions:
        return
    beside = PurePath(prefix) / folder
    number = None if folder == "data" else edition.number
    listed = beside if number is None else beside / "data"
    start = indicator_data.address(language, number)
    catalogue = partial(indicator_data.catalogue, plan, language, start=start)
    yield File(str(listed / indicator_data.CATALOGUE), catalogue)
    for name, make in indicator_data.files(plan, language):
        yield File(str(beside / name), make)


def _logs(reading: Reading, folder: str) -> Iterator[File]:
    """The disposition logs of the edition's hearings, the report of each, and the register of decisions."""
    logs = (hearing_data.files(reading), reports.files(reading), decision_data.files(reading))
    for name, make in chain.from_iterable(logs):
        yield File(f"{folder}/{name}", make)


def _static_files() -> Iterator[File]:
    """What the look is built of, under the names with a hash that pages ask for."""
    for built in sorted(assets.BUILT.iterdir()):
        if WITH_HASH.search(built.name):
            # Read now: the look may be built anew while the pages that ask for it are made.
            content = built.read_bytes()
            yield File(f"static/built/{built.name}", partial(bytes, content), quality=BEST)
