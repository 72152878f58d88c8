"""The register of decisions as CSV, XLSX and JSON: each decision with its case, its effects and what became of it."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import msgspec
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from veikart.core.spreadsheets import neutral
from veikart.council.models import CaseType, Decision, Effect
from veikart.design.decision_words import STANDINGS
from veikart.opendata.workbooks import Cell, Sheet, workbook
from veikart.plan import council as plan_council
from veikart.plan import decided
from veikart.plan.model import Plan
from veikart.plan.register import register

SCHEMA = "veikart-decisions/1"
ENDINGS = ("csv", "xlsx", "json")
WIDTHS = (40, 26, 12, 40, 18, 14, 24, 40, 70, 60, 20, 10, 10, 10, 40, 50, 30, 16, 10, 10, 14, 40)


def write(plan: Plan, *, ending: str, language: str) -> bytes:
    """The register of `plan` in the format `ending`; heads and words in `language`, except in JSON.

    CSV is UTF-8 with BOM and commas. A text that a spreadsheet would run as a formula gets an
    apostrophe in front in CSV, and is a cell of text in XLSX. Raises LookupError for another ending.
    """
    if ending not in ENDINGS:
        raise LookupError(f"Expected {', '.join(ENDINGS)}; found “{ending}”.")
    if ending == "json":
        return msgspec.json.encode(as_json(plan)) + b"\n"
    with translation.override(language):
        table = [columns(), *rows(plan)]
        if ending == "xlsx":
            title = pgettext("of a meeting", "Decisions")
            return workbook(Sheet(title=title, rows=table, widths=WIDTHS, frozen="A2"))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_in_csv(c) for c in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def columns() -> tuple[str, ...]:
    """The heads, in the active language."""
    return (
        _("Id"), _("Body"), _("Case number"), _("Case"), _("Type of case"), _("Decided on"), _("Meeting"), _("Title"),
        _("Decision"), _("Proposed decision"), _("Result"), _("Votes for"), _("Votes against"), _("Blank votes"),
        _("Dissent"), _("Effects"), _("The case is about"), _("Follow-up"), _("Open follow-ups"),
        _("Overdue follow-ups"), _("Next deadline"), _("Source"),
    )  # fmt: skip


def rows(plan: Plan) -> Iterator[tuple[Cell, ...]]:
    """One tuple for each decision, the newest first, in the order of the columns; what is missing is empty."""
    index, on = plan.index, plan.head.as_of
    for one in register(plan).decisions:
        case, body = index.cases.get(one.case), index.bodies.get(one.body)
        day = decided.day_of(index, one)
        follow_ups = decided.following(index, one)
        waiting = [each for each in follow_ups if each.state == "open"]
        dues = sorted(each.due for each in waiting if each.due)
        yield (
            one.uid,
            body.name if body else one.body,
            case.number if case else None,
            case.title if case else None,
            str(CaseType(case.type).label) if case and case.type else None,
            day.isoformat() if day else None,
            one.meeting,
            one.title,
            one.text,
            one.proposal or (case.proposal if case else None),
            str(Decision.Result(one.result).label) if one.result else None,
            one.votes_for,
            one.votes_against,
            one.votes_blank,
            "\n".join(_with(dissent.who, dissent.text) for dissent in one.dissents),
            "\n".join(_effect(effect) for effect in one.effects),
            "; ".join(case.about) if case else None,
            str(STANDINGS[decided.standing(follow_ups, on=on)]),
            len(waiting),
            sum(decided.is_overdue(each, on=on) for each in waiting),
            dues[0].isoformat() if dues else None,
            one.source,
        )


def as_json(plan: Plan) -> dict[str, Any]:
    """The register as values, with the names of the plan's own fields, in no language."""
    index, on = plan.index, plan.head.as_of
    listed = []
    for one in register(plan).decisions:
        case, follow_ups = index.cases.get(one.case), decided.following(index, one)
        listed.append(
            {
                "decision": one,
                "decided_on": decided.day_of(index, one),
                "case": case and {"number": case.number, "title": case.title, "type": case.type},
                "about": case.about if case else (),
                "standing": decided.standing(follow_ups, on=on),
                "follow_ups": follow_ups,
            }
        )
    return {
        "schema": SCHEMA,
        "edition": plan.head.number,
        "as_of": on,
        "bodies": {uid: body.name for uid, body in index.bodies.items()},
        "decisions": listed,
    }


def _effect(effect: plan_council.Effect) -> str:
    said = str(Effect.Kind(effect.kind).label)
    what = effect.uid or (f"utgave/{effect.edition}" if effect.edition else None)
    return _with(f"{said}: {what}" if what else said, effect.note)


def _with(said: str, more: str | None) -> str:
    return f"{said} – {more}" if more else said


def _in_csv(cell: Cell) -> str:
    return "" if cell is None else neutral(str(cell))
