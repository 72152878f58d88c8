"""Opening a draft by its private link; and what every answer to who holds one tells the browser."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from veikart.consultations.answering import drafts, throttling
from veikart.consultations.answering.asking import Asked, asked
from veikart.consultations.answering.models import ReplyDraft
from veikart.consultations.answering.period import Period, period
from veikart.consultations.models import Hearing

View = Callable[..., HttpResponse]
PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "strict-origin",  # the token is in the address, and goes nowhere from there
    "X-Robots-Tag": "noindex, nofollow",
}


@dataclass
class Held:
    """A draft that somebody opened with its link, on this day."""

    draft: ReplyDraft
    token: str
    on: dt.date

    @property
    def hearing(self) -> Hearing:
        """What it replies to."""
        return self.draft.hearing

    @property
    def code(self) -> str:
        """The hearing's part of an address."""
        return self.hearing.uid.partition("/")[2]

    @property
    def period(self) -> Period:
        """How the hearing stands today."""
        return period(self.hearing, self.on)

    @cached_property
    def questions(self) -> Sequence[Asked]:
        """What the hearing asks, in the reader's language."""
        return asked(self.hearing)


def public_hearing(code: str) -> Hearing:
    """The hearing that the public may reply to. Raises Http404."""
    hearing = drafts.hearing_of(code)
    if hearing is None:
        raise Http404(code)
    return hearing


def for_holder(view: View) -> View:
    """`view` for who has the link of a draft; all others get the same page, whatever they tried."""

    @wraps(view)
    def opened(request: HttpRequest, code: str, token: str, **options: Any) -> HttpResponse:
        hearing, on = public_hearing(code), timezone.localdate()
        draft = drafts.find(hearing, token, on=on)
        if draft is not None:
            return private(view(request, Held(draft, token, on), **options))
        if throttling.is_too_much(request, "wrong_link"):
            return too_often(request)
        return gone(request, hearing, on)

    return opened


def gone(request: HttpRequest, hearing: Hearing, on: dt.date) -> HttpResponse:
    """There is nothing at this link; why is not told, since that would tell whether there was."""
    is_open = period(hearing, on) is Period.OPEN
    context = {"hearing": hearing, "code": hearing.uid.partition("/")[2], "is_open": is_open}
    return private(render(request, "consultations/answering/gone.html", context, status=404))


def too_often(request: HttpRequest) -> HttpResponse:
    """Somebody did something too many times."""
    return private(render(request, "consultations/answering/too_often.html", status=429))


def private(answer: HttpResponse) -> HttpResponse:
    """`answer` as it is kept by nobody and named to nobody."""
    for name, value in PRIVATE.items():
        answer[name] = value
    return answer
