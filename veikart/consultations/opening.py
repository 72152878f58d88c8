"""Opening a hearing or a reply on the desk, for those who may handle it; and going on afterwards."""

from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse

from veikart.consultations import queries, rules
from veikart.consultations.models import HandlingEvent, Hearing, Reply
from veikart.consultations.receiving import SEGMENTS
from veikart.consultations.words import DEEDS, about
from veikart.engines.handling import actions
from veikart.engines.handling.state import State
from veikart.people import desk
from veikart.people.desk import View
from veikart.people.models import User


@dataclass(frozen=True)
class Opened:
    """A hearing with its state, and who has opened it."""

    hearing: Hearing
    state: State
    user: User

    @property
    def code(self) -> str:
        """The hearing's part of an address on the desk."""
        return self.hearing.uid.partition("/")[2]

    def reply_uid(self, no: int) -> str:
        """The uid of the reply number `no`."""
        return f"{self.hearing.uid}/{SEGMENTS[self.hearing.kind]}/{no}"


@dataclass(frozen=True)
class LastDeed:
    """What the person did last that can be undone."""

    event: int
    deed: str
    about: str


def for_handlers(view: View) -> View:
    """`view` for those who may handle points; all others are refused.

    A page that htmx was sent on to tells its address, so that it stands in the browser's field.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        answer = view(request, *args, **options)
        here = request.get_full_path()
        is_asked_by_htmx = request.method == "GET" and "HX-Request" in request.headers
        if is_asked_by_htmx and not request.headers.get("HX-Current-URL", "").endswith(here):
            answer["HX-Push-Url"] = here
        return answer

    return desk.for_those_who(rules.can_handle)(checked)


def opened(request: HttpRequest, code: str) -> Opened:
    """The hearing of the address `code`. Two queries. Raises Http404 if there is none."""
    hearing = queries.hearing_of(code)
    if hearing is None:
        raise Http404(code)
    return Opened(hearing, queries.state(hearing.uid), cast(User, request.user))


def reply_in(at: Opened, no: int) -> Reply:
    """The version that holds of the reply number `no`, with its files. Raises Http404."""
    found = queries.versions(at.reply_uid(no))
    if not found:
        raise Http404(str(no))
    return found[0]


def last_deed(at: Opened) -> LastDeed | None:
    """What the person did last in this hearing that still holds; one query."""
    for event in queries.done_by(at.user, at.hearing.uid):
        if event.no in at.state.trails:
            return LastDeed(event.no, str(DEEDS[event.verb]), short(at, _subject(event)))
    return None


def short(at: Opened, uid: str) -> str:
    """`uid` without what is the same for all of the hearing."""
    return uid.removeprefix(f"{at.hearing.uid}/")


def refused(request: HttpRequest, refusal: ValidationError) -> None:
    """Say why something was refused."""
    messages.error(request, " ".join(refusal.messages))


def _subject(event: HandlingEvent) -> str:
    return ", ".join(about(actions.decode(event.action))[:3])
