"""What is published of councils beside the pages: calendars, the feed of decisions, and OParl."""

from collections.abc import Callable, Iterator
from functools import partial

import msgspec
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from veikart.opendata import calendar as calendars
from veikart.opendata import decision_feed
from veikart.opendata import oparl as interface
from veikart.opendata.oparl_words import Document
from veikart.pages.reading import Reading
from veikart.plan.council import Body
from veikart.plan.model import Plan

CALENDAR = "moter.ics"
FEED = "vedtak/atom.xml"


def feeds(reading: Reading) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name of every calendar and of the feed of `reading`, and what makes it; nothing is made yet."""
    for body in reading.plan.council.bodies:
        yield f"{body.uid}/{CALENDAR}", partial(calendar, reading, body.uid)
    if reading.plan.council.bodies:
        yield FEED, partial(decisions, reading)


def calendar(reading: Reading, uid: str) -> bytes:
    """The meetings of the body `uid` as iCalendar, in the reading's language. Raises LookupError."""
    body = reading.plan.index.bodies.get(uid)
    if body is None:
        raise LookupError(f"Expected a body of the edition, found “{uid}”.")
    with translation.override(reading.language):
        words = calendars.Words(
            meeting=_("%(body)s, meeting %(number)s"),
            extra=_("%(body)s, extra meeting %(number)s"),
            cancelled=_("Cancelled: %(title)s"),
            withheld=_("Withheld from the public"),
        )
    name = name_of(body, reading.language)
    return calendars.calendar(reading.plan, body, name=name, site=_site(reading), words=words)


def decisions(reading: Reading) -> bytes:
    """The newest decisions as an Atom feed, in the reading's language."""
    site = _site(reading)
    with translation.override(reading.language):
        words = decision_feed.Words(
            title=_("Decisions – %(title)s") % {"title": reading.plan.head.title},
            about=_("What the councils have decided, the newest first."),
            entry=_("%(number)s %(title)s (%(body)s)"),
        )
    return decision_feed.feed(
        reading.plan,
        site=site,
        address=f"{site}/{FEED}",
        language=reading.language,
        words=words,
    )


def oparl(plan: Plan) -> Iterator[tuple[str, Document]]:
    """Every document of the OParl interface, by its path under `data/`; none if there is no body."""
    if plan.council.bodies:
        yield from interface.documents(plan, site=settings.ADDRESS)


def oparl_document(plan: Plan, name: str) -> bytes:
    """The document at the path `name` under `data/`. Raises LookupError."""
    made = plan.index.kept("oparl", lambda: dict(oparl(plan)))
    if name not in made:
        raise LookupError(f"Expected the path of a document of the interface, found “{name}”.")
    return as_json(made[name])


def as_json(document: Document) -> bytes:
    """`document` as JSON that people can read, too."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2)


def name_of(body: Body, language: str) -> str:
    """What `body` is called in `language`."""
    return getattr(body.translations, language, None) or body.name


def _site(reading: Reading) -> str:
    language = "" if reading.language == settings.LANGUAGE_CODE else f"/{reading.language}"
    return f"{settings.ADDRESS}{language}"
