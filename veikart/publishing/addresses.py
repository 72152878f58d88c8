"""Every address that a published edition answers to, and the sitemap that lists them."""

from collections.abc import Iterator
from itertools import pairwise
from xml.sax.saxutils import escape

from django.conf import settings

from veikart.pages import bodies, decisions, follow_ups, hearing_about, replies
from veikart.pages.hearings import REPORT, has_report
from veikart.pages.points import withdrawn
from veikart.pages.reading import WITH_PAGES, Reading

ABOUT_ALL = (
    "", "mal", "veikart", "indikator", "aktor", "brukergruppe", "kommune", "horing", "organ", "utgaver", "om/metode",
    "om/tilgjengelighet", "om/datakilder",
)  # fmt: skip
"""Pages that every edition has."""

NOT_FOR_ROBOTS = ("/admin/", "/arbeid/", "/konto/", "/utkast/")


def paths(reading: Reading) -> Iterator[str]:
    """The path of every page of `reading`: without language and outer slashes, each once."""
    yield from ABOUT_ALL
    for uid in reading.plan.index.by_uid:
        if uid.partition("/")[0] in WITH_PAGES and _has_own_page(uid):
            yield uid
    gone = withdrawn(reading)
    index = reading.plan.index
    for uid in (*index.hearings, *index.replies):
        if uid not in gone:
            yield uid
    for uid, hearing in index.hearings.items():
        if has_report(hearing):
            yield f"{uid}/{REPORT}"
        yield from hearing_about.paths(reading, uid)
    for uid in index.themes:
        yield from replies.theme_paths(reading, uid)
    yield from _of_councils(reading)
    yield from decisions.paths(reading)
    yield from follow_ups.paths(reading)
    yield "evaluering"
    yield from (found.uid for found in reading.plan.evaluation.evaluations)
    numbers = [str(edition.number) for edition in reversed(reading.editions)]
    for number in numbers:
        yield f"utgaver/{number}"
    for before, after in pairwise(numbers):
        yield f"endringer/{before}..{after}"


def places(reading: Reading) -> Iterator[str]:
    """The uid of everything that is a place on a page of hearings or councils, and has an address of its own.

    Points that were cut or merged are among them: their address leads to what they became.
    """
    said, gone = reading.plan.consultations, withdrawn(reading)
    shown = [p for p in said.points if p.reply not in gone]
    for hearing in said.hearings:
        yield from (f"{hearing.uid}/sporsmal/{question.no}" for question in hearing.questions)
    yield from (area.uid for area in said.change_areas)
    yield from (goal.uid for goal in said.draft_goals)
    for held in said.priority_rounds:
        yield held.uid
        yield from (one.item for one in held.priorities if held.of == "options")
    yield from dict.fromkeys(uid for point in shown for uid in (point.uid, *point.origins))
    index = reading.plan.index
    yield from (*index.seats, *index.papers, *index.decisions, *index.follow_ups)


def _of_councils(reading: Reading) -> Iterator[str]:
    """The path of each body, of each of its years, and of each meeting, case and work plan."""
    index = reading.plan.index
    for uid in index.bodies:
        yield uid
        yield from bodies.year_paths(reading, uid)
    yield from (*index.meetings, *index.cases, *index.work_plans)


def page_file(language: str, path: str) -> str:
    """The file that holds the page `path` in `language`, within the published folder."""
    return "/".join(part for part in (_prefix(language), path, "index.html") if part)


def sitemap(reading: Reading) -> bytes:
    """Every page in every language with its other languages, as search engines read it."""
    day = reading.shelved.approved_on or reading.shelved.as_of
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for path in paths(reading):
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{named}" href="{_url(language, path)}"/>'
            for named, language in _alternates()
        )
        for language, _name in settings.LANGUAGES:
            url = _url(language, path)
            lines.append(f"<url><loc>{url}</loc><lastmod>{day}</lastmod>{others}</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode()


def robots() -> bytes:
    """What robots may read: all but the desk."""
    closed = "".join(f"Disallow: {address}\n" for address in NOT_FOR_ROBOTS)
    return f"User-agent: *\n{closed}\nSitemap: {settings.ADDRESS}/sitemap.xml\n".encode()


def _has_own_page(uid: str) -> bool:
    """Whether `uid` is a page and not a place on one, as `mal/1/oppna/3` is."""
    return uid.count("/") == 1


def _alternates() -> list[tuple[str, str]]:
    languages = [(code, code) for code, _name in settings.LANGUAGES]
    return [*languages, ("x-default", settings.LANGUAGE_CODE)]


def _prefix(language: str) -> str:
    return "" if language == settings.LANGUAGE_CODE else language


def _url(language: str, path: str) -> str:
    parts = "/".join(part for part in (_prefix(language), path) if part)
    return escape(f"{settings.ADDRESS}/{parts}/" if parts else f"{settings.ADDRESS}/")
