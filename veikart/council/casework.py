"""Cases: new ones with the next number of their body, changed, withheld and released; each deed recorded.

A number is never used again: a case is never deleted, and keeps its number wherever it goes.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from veikart.core.kept_files import touch_folder
from veikart.council import services
from veikart.council.models import Case, Paper
from veikart.documents import services as documents
from veikart.documents.models import Document
from veikart.people import audit
from veikart.people.models import User
from veikart.plan import council as plan

NUMBER = re.compile(r"([1-9]\d{0,3})/(\d{2})")


def next_number(body: str, *, year: int) -> str:
    """The number after the highest that a case of the body has had in `year`: "4/26". One query."""
    ending = f"/{year % 100:02d}"
    numbers = Case.objects.filter(body=body, number__endswith=ending).values_list(
        "number", flat=True
    )
    serials = [int(found[1]) for number in numbers if (found := NUMBER.fullmatch(number))]
    return f"{max(serials, default=0) + 1}{ending}"


def uid_of(body: str, number: str) -> str:
    """The uid of a body's case: `sak/nuit/4-26`. Raises ValidationError for what is no number."""
    if not NUMBER.fullmatch(number):
        raise ValidationError(
            {
                "number": ValidationError(
                    _("Expected a serial number and a year, such as 4/26; found “%(found)s”."),
                    code="not_a_number",
                    params={"found": number},
                )
            }
        )
    return f"sak/{body.partition('/')[2]}/{number.replace('/', '-')}"


@transaction.atomic
def create(body: str, number: str | None, values: Mapping[str, Any], *, year: int, by: User) -> str:
    """Make a case of `body` with `number`, or the next of `year`; the public sees it once it is summoned for.

    Answers its uid. Raises ValidationError for a number that is taken, with the next that is free.
    """
    audit.lock()
    given = number or next_number(body, year=year)
    uid = uid_of(body, given)
    if (
        Case.objects.filter(body=body, number=given).exists()
        or Case.objects.filter(pk=uid).exists()
    ):
        raise ValidationError(
            {
                "number": ValidationError(
                    _("Another case of the body has the number %(number)s. The next is %(next)s."),
                    code="number_taken",
                    params={"number": given, "next": next_number(body, year=year)},
                )
            }
        )
    kept = {**values, "body": body, "number": given, "is_public": False}
    services.WRITER.put("case", uid, kept, by=by)
    return uid


def change(case: Case, values: Mapping[str, Any], *, by: User, verb: str = "") -> None:
    """Change what a case says, or what it is about. Raises ValidationError for what does not fit."""
    services.WRITER.put("case", case.pk, values, by=by, verb=verb)


@transaction.atomic
def withhold(case: Case, *, basis: str, reason: str, by: User) -> None:
    """Withhold a case with its papers, decisions and follow-ups: from the plan, and from all that was approved.

    Raises ValidationError without a legal basis.
    """
    if not basis.strip():
        raise ValidationError(
            {
                "basis": ValidationError(
                    _("Give the legal basis for withholding it."), code="no_basis"
                )
            }
        )
    values = {"basis": basis.strip(), "reason": reason.strip() or None}
    services.WRITER.put("case", case.pk, values, by=by, verb="case.withheld")
    for document in Document.objects.filter(
        pk__in=Paper.objects.filter(case=case).values("document")
    ):
        documents.set_visibility(document, visibility=Document.Visibility.EDITORS, by=by)
    let_editions_look_changed()


@transaction.atomic
def release(case: Case, *, by: User) -> None:
    """Withhold a case no more. What was approved shows it again."""
    values = {"basis": None, "reason": None}
    services.WRITER.put("case", case.pk, values, by=by, verb="case.released")
    let_editions_look_changed()


def let_editions_look_changed() -> None:
    """Have the pages of approved editions made anew, once what is done now is done: less or more is shown."""
    transaction.on_commit(lambda: touch_folder(Path(settings.EDITIONS_FOLDER)))


def questions(texts: Iterable[str]) -> tuple[plan.CaseQuestion, ...]:
    """The questions of a case, numbered from 1."""
    return tuple(plan.CaseQuestion(no=no, text=text) for no, text in enumerate(texts, start=1))


def place(case: Case) -> tuple[int, int]:
    """Where a case stands among those of its body: by year and serial number."""
    found = NUMBER.fullmatch(case.number)
    return (int(found[2]), int(found[1])) if found else (0, 0)
