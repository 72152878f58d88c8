"""The desk's pages for making and changing bodies, and the seats in them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from veikart.council import bodies
from veikart.council.body_forms import BodyForm, EndForm, SeatForm
from veikart.council.models import Seat
from veikart.council.opening import (
    address,
    done,
    for_secretaries,
    form_page,
    opened_body,
    opened_seat,
    page,
)
from veikart.people import rules


@for_secretaries
def new_body(request: HttpRequest) -> HttpResponse:
    """A form for a new body; sent, the body is there."""
    form = BodyForm(request.POST or None)
    by = rules.signed_in(request.user)

    def act() -> str:
        return address("body", bodies.found(form.cleaned_data["slug"], form.values(), by=by))

    return done(request, form, act) or form_page(
        request,
        form,
        heading=_("A new body"),
        says=_("Make the body"),
        back=reverse("council:bodies"),
    )


@for_secretaries
def change_body(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a body that there is; its name until a day is kept."""
    body = opened_body(slug)
    form = BodyForm(request.POST or None, of=body)
    by = rules.signed_in(request.user)

    def act() -> str:
        bodies.change(body, form.values(), renamed_on=form.cleaned_data["renamed_on"], by=by)
        return address("body", body.pk)

    return done(request, form, act) or form_page(
        request,
        form,
        heading=_("Name and mandate"),
        says=_("Keep the changes"),
        back=address("body", body.pk),
        about=body,
    )


@for_secretaries
@require_safe
def list_seats(request: HttpRequest, slug: str) -> HttpResponse:
    """Every seat of a body, now and earlier, with who has it and how they are reached."""
    body = opened_body(slug)
    today = timezone.localdate()
    rows = list(Seat.objects.filter(body=body).select_related("organisation", "user"))
    now = sorted((seat for seat in rows if _is_held(seat, today)), key=bodies.place)
    others = sorted((seat for seat in rows if not _is_held(seat, today)), key=bodies.place)
    context = {
        "body": body,
        "slug": slug,
        "now": [(seat, bodies.number(seat)) for seat in now],
        "others": [(seat, bodies.number(seat)) for seat in others],
        "without_address": sum(1 for seat in now if not seat.email),
    }
    return page(request, "seats", context)


@for_secretaries
def new_seat(request: HttpRequest, slug: str) -> HttpResponse:
    """A form for a new seat."""
    body = opened_body(slug)
    form = SeatForm(request.POST or None, body=body)
    by = rules.signed_in(request.user)

    def act() -> str:
        bodies.seat(body.pk, None, form.values(), form.holder, by=by)
        return address("seats", body.pk)

    return done(request, form, act) or form_page(
        request,
        form,
        heading=_("A new seat"),
        says=_("Make the seat"),
        back=address("seats", body.pk),
        about=body,
    )


@for_secretaries
def change_seat(request: HttpRequest, slug: str, no: int) -> HttpResponse:
    """The form of a seat that there is."""
    held = opened_seat(slug, no)
    form = SeatForm(request.POST or None, body=held.body, of=held)
    by = rules.signed_in(request.user)

    def act() -> str:
        bodies.seat(held.body_id, no, form.values(), form.holder, by=by)
        return address("seats", held.body_id)

    return done(request, form, act) or form_page(
        request,
        form,
        heading=str(held),
        says=_("Keep the changes"),
        back=address("seats", held.body_id),
        about=held.body,
    )


@for_secretaries
def end_seat(request: HttpRequest, slug: str, no: int) -> HttpResponse:
    """A form that ends a seat, and begins another for who has it from then, if anybody."""
    held = opened_seat(slug, no)
    form = EndForm(request.POST or None, of=held)
    by = rules.signed_in(request.user)

    def act() -> str:
        said = form.cleaned_data
        if said["is_taken_over"]:
            values = {"person": said["person"] or None}
            bodies.take_over(held, values, form.holder, on=said["on"], by=by)
        else:
            bodies.end_seat(held, on=said["on"], by=by)
        return address("seats", held.body_id)

    return done(request, form, act) or form_page(
        request,
        form,
        heading=_("End the seat of %(seat)s") % {"seat": held},
        says=_("End the seat"),
        back=address("seats", held.body_id),
        about=held.body,
    )


def _is_held(seat: Seat, day: Any) -> bool:
    return (seat.from_day is None or seat.from_day <= day) and (
        seat.until_day is None or seat.until_day > day
    )
