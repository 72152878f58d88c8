"""Bodies and the seats in them: made, changed, named anew, ended and taken over; each deed recorded."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from veikart.council import kinds, rules, services
from veikart.council.models import Body, Seat
from veikart.people import audit
from veikart.people.models import User
from veikart.plan import council as plan

TAKEN = ("ny",)
"""Parts of an address that no body can have, since pages of the desk lie there."""


@dataclass(frozen=True)
class Holder:
    """What is known of the one who has a seat and is never published: account and e-mail address."""

    user: User | None = None
    email: str | None = None


@transaction.atomic
def found(slug: str, values: Mapping[str, Any], *, by: User) -> str:
    """Make a body at `organ/<slug>`; answers its uid. Raises ValidationError for an address that is taken."""
    audit.lock()
    uid = f"organ/{slug}"
    if slug in TAKEN or Body.objects.filter(pk=uid).exists():
        raise ValidationError(
            {
                "slug": ValidationError(
                    _("Expected an address that is free; %(uid)s is taken. Give another."),
                    code="taken",
                    params={"uid": uid},
                )
            }
        )
    services.put("body", uid, values, by=by)
    return uid


@transaction.atomic
def change(
    body: Body, values: Mapping[str, Any], *, renamed_on: dt.date | None = None, by: User
) -> None:
    """Change what is said of a body. With `renamed_on` its name until then is kept among the earlier ones.

    Without it, another name corrects a slip. Raises ValidationError for a day before the name it had began.
    """
    audit.lock()
    held: plan.Body = kinds.BODY.load([body.pk])[body.pk]
    given = dict(values)
    if renamed_on is not None and values.get("name", held.name) != held.name:
        given["earlier_names"] = (*held.earlier_names, _earlier(held, renamed_on))
    services.put("body", body.pk, given, by=by)


def _earlier(held: plan.Body, until: dt.date) -> plan.BodyName:
    since = held.earlier_names[-1].until_day if held.earlier_names else None
    if since is not None and until <= since:
        raise ValidationError(
            {
                "renamed_on": ValidationError(
                    _("It has been called “%(name)s” since %(day)s. Give a later day."),
                    code="renamed_before",
                    params={"name": held.name, "day": since.strftime("%d.%m.%Y")},
                )
            }
        )
    no = max((one.no for one in held.earlier_names), default=0) + 1
    return plan.BodyName(no=no, name=held.name, from_day=since, until_day=until)


@transaction.atomic
def seat(body: str, no: int | None, values: Mapping[str, Any], holder: Holder, *, by: User) -> str:
    """Change the seat `no` of a body, or make the next one; answers its uid.

    Raises ValidationError for one that ends before it begins, or stands in for itself or another body's.
    """
    audit.lock()
    uid = f"{body}/plass/{no or _next_seat(body)}"
    _refuse_substitute(body, uid, values.get("substitutes_for"))
    services.put("seat", uid, {**values, "body": body}, by=by)
    _keep_holder(uid, holder, by=by)
    return uid


@transaction.atomic
def end_seat(held: Seat, *, on: dt.date, by: User) -> None:
    """Say that a seat is no longer theirs from the day `on`. Raises ValidationError for one before it began."""
    services.WRITER.put("seat", held.pk, {"until_day": on}, by=by, verb="seat.ended")


@transaction.atomic
def take_over(
    held: Seat, values: Mapping[str, Any], holder: Holder, *, on: dt.date, by: User
) -> str:
    """End a seat on the day `on`, and begin another for who has it from then; answers the uid of that."""
    end_seat(held, on=on, by=by)
    new = {
        "organisation": held.organisation_id,
        "organisation_name": held.organisation_name,
        "role": held.role,
        "substitutes_for": held.substitutes_for,
        **values,
        "from_day": on,
    }
    return seat(held.body_id, None, new, holder, by=by)


def seats_on(body: str, day: dt.date) -> list[Seat]:
    """The seats of a body that are held on `day`: leaders, members, observers, substitutes, others. One query."""
    rows = Seat.objects.filter(rules.holding(day), body=body).select_related("organisation", "user")
    return sorted(rows, key=place)


def place(seat: Seat) -> tuple[int, str, int]:
    """Where a seat stands in a list: by role, organisation and number."""
    return _ORDER.get(seat.role, len(_ORDER)), seat.organisation_name.casefold(), number(seat)


def number(seat: Seat) -> int:
    """The number of a seat in its body."""
    return int(seat.pk.rpartition("/")[2])


_ORDER = {"leader": 0, "member": 1, "observer": 2, "substitute": 3, "secretary": 4}


def _next_seat(body: str) -> int:
    numbers = (int(uid.rpartition("/")[2]) for uid in _seats(body))
    return max(numbers, default=0) + 1


def _seats(body: str) -> list[str]:
    return list(Seat.objects.filter(body=body).values_list("pk", flat=True))


def _refuse_substitute(body: str, uid: str, other: str | None) -> None:
    if other is None or (other != uid and other in _seats(body)):
        return
    raise ValidationError(
        {
            "substitutes_for": ValidationError(
                _("A substitute stands in for another seat of the same body. Choose that."),
                code="no_such_seat",
            )
        }
    )


def _keep_holder(uid: str, holder: Holder, *, by: User) -> None:
    """Keep account and address. The record says that they changed, never what they are: it is kept for ever."""
    row = Seat.objects.get(pk=uid)
    if (row.user_id, row.email) == (holder.user and holder.user.pk, holder.email or None):
        return
    row.user, row.email = holder.user, holder.email or None
    row.full_clean(validate_constraints=False)
    row.save(update_fields=["user", "email"])
    kept = {"has_account": holder.user is not None, "has_address": bool(holder.email)}
    audit.record("seat.holder_kept", uid, by=by, after=kept)
