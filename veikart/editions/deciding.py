"""The council's decisions that approve an edition: which there are, and the one that an approval names."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from veikart.council import queries as council
from veikart.council.queries import Approving
from veikart.editions.shelf import ApprovingDecision


def offered(number: str) -> list[Approving]:
    """The public decisions that approve the edition `number`, the newest first. One query."""
    return council.approving(number)


def named(number: str, uid: str, *, body: str, on: dt.date) -> ApprovingDecision | None:
    """The decision `uid` as an approval of the edition `number` keeps it; None where none is named.

    Raises ValidationError if it does not approve that edition, or was made by another body or on another day.
    """
    if not uid:
        return None
    found = next((each for each in offered(number) if each.uid == uid), None)
    if found is None:
        raise ValidationError(
            _(
                "No decision %(uid)s that the public may read approves edition %(number)s. Enter what "
                "it approves at the decision, or approve the edition without naming one."
            ),
            code="not_approving",
            params={"uid": uid, "number": number},
        )
    if (body, on) != (found.body, found.on or on):
        raise ValidationError(
            _(
                "The decision in case %(case)s was made by %(body)s, %(day)s. Give that body and that "
                "day, or name no decision."
            ),
            code="decided_otherwise",
            params={"case": found.case, "body": found.body, "day": found.on},
        )
    return ApprovingDecision(
        uid=found.uid, case=found.case, body=found.body, text=found.text, on=found.on
    )
