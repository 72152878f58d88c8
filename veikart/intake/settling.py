"""What a person says of a row decides where it lies: a case's number, a meeting's day, a body's name, a year.

Until it is said, the row and all that refers to it have an address of their own to wait at.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from veikart.council import models as council
from veikart.council.kinds import BODY
from veikart.engines.readers.agenda_items import body_slug
from veikart.engines.readers.agenda_words import day_in
from veikart.intake.council_known import body_of, organisation_of
from veikart.intake.council_places import NO_DAY, parsed, written
from veikart.intake.difference import missing
from veikart.intake.holding import held
from veikart.intake.models import Change, ProposalRow, RowState
from veikart.intake.putting import Refusal
from veikart.people.kinds import ORGANISATION

_OF_THAT_DAY = {"seat": "seen_on", "decision": "decided_on"}
"""What else has the day of the meeting, where the document tells no day."""
_YEARS = re.compile(r"20\d\d(?:[-–]20\d\d)?")


def asked(row: ProposalRow) -> list[str]:
    """The fields that a person has to say before a row can be accepted, and the file does not."""
    said = row.values.keys() - row.given.keys()
    wanted = [
        *missing(row.kind, row.change, said),
        *(name for name in row.asked if name not in said),
    ]
    is_told_by_day = row.kind == "meeting" and "held_on" in row.asked
    return [name for name in dict.fromkeys(wanted) if not (name == "year" and is_told_by_day)]


def settle(rows: Sequence[ProposalRow], chosen: Sequence[ProposalRow]) -> list[Refusal]:
    """Give what was said its address, in `rows`, all of one proposal; refusals for what cannot be so.

    What of `chosen` still lacks something is refused, too.
    """
    refused = []
    for row in chosen:
        problem = _unsaid(row) or _settled(row, rows)
        if problem is not None:
            refused.append(problem)
    return refused


def _unsaid(row: ProposalRow) -> Refusal | None:
    lacking = [name for name in asked(row) if name not in row.values and name not in row.given]
    if not lacking:
        return None
    return Refusal(
        row,
        "value_missing",
        _("Say what “%(name)s” lacks before it is accepted; the file does not.")
        % {"name": row.name},
    )


def _settled(row: ProposalRow, rows: Sequence[ProposalRow]) -> Refusal | None:
    if not row.given:
        return None
    settler = _SETTLERS.get(row.kind)
    return settler(row, rows) if settler else None


def _settle_case(row: ProposalRow, rows: Sequence[ProposalRow]) -> Refusal | None:
    said = str(row.values.get("number", ""))
    number = parsed(said)
    if "number" not in row.given:
        return None
    if number is None:
        message = _("Expected a case number such as 2/26; found “%(said)s”.") % {"said": said}
        return Refusal(row, "wrong_number", message)
    body = str(row.values["body"])
    key = f"sak/{body.removeprefix('organ/')}/{number.key}"
    if key == row.key:
        return None
    others = [one for one in rows if one.kind == "case" and one.key == key]
    taken = council.Case.objects.filter(uid=key).first() or (others[0].name if others else None)
    if taken is not None:
        message = _("Case number %(number)s is that of “%(name)s”. Give the case another number.")
        return Refusal(row, "number_taken", message % {"number": written(number), "name": taken})
    row.values["number"] = written(number)
    row.name = f"{written(number)} {row.values.get('title', '')}"[:300].strip()
    _move(rows, row.key, key)
    return None


def _settle_meeting(row: ProposalRow, rows: Sequence[ProposalRow]) -> Refusal | None:
    if "held_on" not in row.given:
        return None
    said = str(row.values["held_on"])
    day = day_in(said)
    if day is None or day.on is None:
        message = _("Expected a day such as 04.02.2026; found “%(said)s”.") % {"said": said}
        return Refusal(row, "wrong_day", message)
    row.values |= {"held_on": day.on.isoformat()}
    row.values.setdefault("year", day.on.year)
    for one in rows:
        is_of_it = one.kind == "seat" or one.values.get("meeting") == row.key
        if is_of_it and one.change == Change.NEW and one.kind in _OF_THAT_DAY:
            one.values.setdefault(_OF_THAT_DAY[one.kind], day.on.isoformat())
    owner, _slash, when = row.key.rpartition("/")
    if when != NO_DAY and not _is_day(when):
        return None
    return _moved_to(row, rows, f"{owner}/{day.on.isoformat()}")


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _settle_body(row: ProposalRow, rows: Sequence[ProposalRow]) -> Refusal | None:
    if "name" not in row.given:
        return None
    name = row.given["name"]
    known = body_of(name, BODY.load())
    key = known or f"organ/{body_slug(name)}"
    if known:
        row.values = {}  # The plan has it, and the file says nothing more of it.
    if key == row.key:
        return None
    row.name = name[:300]
    old, new = row.key.removeprefix("organ/"), key.removeprefix("organ/")
    for folder in ("organ", "mote", "sak"):
        _move(rows, f"{folder}/{old}", f"{folder}/{new}")
    return None


def _settle_seat(row: ProposalRow, rows: Sequence[ProposalRow]) -> Refusal | None:
    """Whom somebody comes from is said once, and stands in the attendance as well."""
    name, person = row.given.get("organisation_name"), row.values.get("person")
    if not name:
        return None
    seen = row.values.get("seen_on")
    day = dt.date.fromisoformat(seen) if seen else None
    uid = organisation_of(name, tuple(ORGANISATION.load().values()), on=day)
    row.values = {**row.values, **({"organisation": uid} if uid else {})}
    row.name = ", ".join(part for part in (person, name) if part)[:300]
    for meeting in rows:
        if meeting.kind == "meeting" and meeting.state == RowState.PENDING and person:
            for line in meeting.values.get("attendance", ()):
                if line.get("person") == person and not line.get("organisation_name"):
                    line |= {"organisation_name": name, "organisation": uid}
    return None


def _settle_year(row: ProposalRow, rows: Sequence[ProposalRow]) -> Refusal | None:
    if "year" not in row.given:
        return None
    said = row.given["year"].strip().replace("–", "-")
    row.values.pop("year", None)  # It is in the address, and no field of its own.
    if not _YEARS.fullmatch(said):
        message = _("Expected a year such as 2026; found “%(said)s”.") % {"said": said}
        return Refusal(row, "wrong_year", message)
    title = row.values.get("title", "")
    row.values["title"] = f"{title.rpartition(' ')[0] or title} {said}"
    row.name = row.values["title"]
    return _moved_to(row, rows, f"{row.key.partition('/')[0]}/{said}")


def _moved_to(row: ProposalRow, rows: Sequence[ProposalRow], key: str) -> Refusal | None:
    """Move a row to `key`; a refusal where the plan has something there."""
    taken = held([(row.kind, key)]).get((row.kind, key))
    if taken is not None and key != row.key:
        message = _(
            "The plan has “%(name)s” at %(uid)s already. Reject this row, and correct that one by hand."
        )
        return Refusal(row, "address_taken", message % {"name": taken.name, "uid": key})
    _move(rows, row.key, key)
    return None


_SETTLERS: Mapping[str, Callable[[ProposalRow, Sequence[ProposalRow]], Refusal | None]] = {
    "case": _settle_case,
    "meeting": _settle_meeting,
    "body": _settle_body,
    "seat": _settle_seat,
    "evaluation": _settle_year,
    "work_plan": _settle_year,
}


def _move(rows: Sequence[ProposalRow], old: str, new: str) -> None:
    """Move what lies at `old`, and all that is said to be there, to `new`."""
    if old == new:
        return
    form = re.compile(rf"{re.escape(old)}(?=/|$)")
    for row in rows:
        row.key, row.belongs_to = form.sub(new, row.key), form.sub(new, row.belongs_to)
        row.values = _moved(row.values, form, new)


def _moved(value: Any, form: re.Pattern[str], new: str) -> Any:
    if isinstance(value, str):
        return form.sub(new, value) if form.match(value) else value
    if isinstance(value, list):
        return [_moved(one, form, new) for one in value]
    if isinstance(value, dict):
        return {name: _moved(one, form, new) for name, one in value.items()}
    return value


@transaction.atomic
def keep(rows: Sequence[ProposalRow]) -> None:
    """Keep what was said of the rows, and where they lie now."""
    ProposalRow.objects.bulk_update(rows, ["key", "name", "belongs_to", "values", "given"], 200)
