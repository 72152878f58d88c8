"""What tests of preparing meetings share: a body, cases and seats, and what a page says as plain text."""

import html
import re

from veikart.council import agendas, casework, services
from veikart.council.models import Meeting

BODY = "organ/nuit"
MEETING = "mote/nuit/1-2026"


def put(*items):
    """Put values into the tables, as the system does."""
    services.put_many(items, by=None)


def case(title, *, by, number=None, **values):
    """The uid of a new case of the body."""
    return casework.create(BODY, number, {"title": title, **values}, year=2026, by=by)


def agenda(meeting=MEETING):
    """The lines of a meeting's agenda, as they are called."""
    now = agendas.agenda_of(Meeting.objects.get(pk=meeting))
    return [now.title(item) for item in now.lines]


def stamp(meeting=MEETING):
    """What the agenda is known by."""
    return agendas.agenda_of(Meeting.objects.get(pk=meeting)).stamp


def text(response):
    """What a page says, without its marks."""
    plain = re.sub(r"<[^>]*>", " ", html.unescape(response.content.decode()))
    return " ".join(plain.split())
