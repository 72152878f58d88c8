"""What can be done with evaluations: put in and change them, and hold principles against a draft."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from veikart.core.kinds import Kind
from veikart.evaluation import kinds, queries
from veikart.people.models import User
from veikart.people.writing import Change, Item, Writer


def refuse(kind: Kind, values: Collection[Any]) -> None:
    """Raise ValidationError for a rating of a question that the evaluation does not ask."""
    if kind is not kinds.EVALUATION:
        return
    for value in values:
        asked = {question.no for question in value.questions}
        for rating in value.ratings:
            if rating.question is not None and rating.question not in asked:
                raise ValidationError(
                    _(
                        "Rating %(no)s of %(uid)s is of question %(question)s, which is not asked there. "
                        "Choose one of its questions, or none."
                    ),
                    code="unknown_question",
                    params={"no": rating.no, "uid": value.uid, "question": rating.question},
                )


WRITER = Writer(kinds.KINDS, kinds.PART_KINDS, check=refuse)


def put(kind: str, uid: str, values: Mapping[str, Any], *, by: User | None) -> Change:
    """Create or change one object; see `put_many`."""
    return WRITER.put(kind, uid, values, by=by)


def put_many(items: Iterable[Item], *, by: User | None) -> list[Change]:
    """Create or change evaluations, principles and checks: all of them, or nothing.

    Raises ValueError for an unknown kind or field; ValidationError for values that do not fit.
    """
    return WRITER.put_many(items, by=by)


def check(
    answers: Mapping[str, Mapping[str, Any]], *, by: User, on: dt.date, edition: str | None = None
) -> list[Change]:
    """Hold principles against the draft, or against `edition`: a new check of each, earlier ones stay.

    `answers` has `value` and `comment` by the uid of the principle; what was not assessed makes no check.
    """
    last: dict[str, int] = {}
    for found in queries.freeze().checks:
        last[found.principle] = max(last.get(found.principle, 0), queries.number_of(found))
    items: list[Item] = []
    for uid, answer in answers.items():
        if answer["value"] == "not_assessed" and not answer.get("comment"):
            continue
        values = {
            "principle": uid,
            "value": answer["value"],
            "comment": answer.get("comment") or None,
            "checked_on": on,
            "edition": edition,
            "by": str(by),
        }
        items.append(("principle_check", f"{uid}/sjekk/{last.get(uid, 0) + 1}", values))
    return put_many(items, by=by)
