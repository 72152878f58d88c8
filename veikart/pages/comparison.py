"""The page that compares two editions, or an edition with the working draft."""

from typing import Any

from django.utils.translation import gettext as _

from veikart.editions.queries import Shelved
from veikart.pages import changes, decided_since
from veikart.pages.missing import NotInPlan
from veikart.pages.reading import Reading
from veikart.plan.compare import Comparison, Tally
from veikart.plan.index import name_of
from veikart.plan.model import Plan

DRAFT = "utkast"


def page(reading: Reading, before: str, after: str) -> dict[str, Any]:
    """The comparison of two editions: counts, then by goal, then by owner. Raises NotInPlan."""
    first, second = _shelved(reading, before, after)
    compared = changes.compared(first.plan, second.plan)
    of_second = Reading(
        shelved=second,
        editions=reading.editions,
        language=reading.language,
        prefix=_prefix(reading, second),
    )
    lines = {c.id: changes.line(of_second, c, first.plan) for c in compared.changes}
    return {
        "before": first,
        "after": second,
        "is_empty": compared.is_empty,
        "lead": lead(compared, first, second),
        "unexplained": len(compared.unexplained),
        "by_goal": [_section(tally, lines, second.plan, first.plan) for tally in compared.by_goal],
        "by_owner": [
            _section(tally, lines, second.plan, first.plan) for tally in compared.by_owner
        ],
        "decided": decided_since.of(of_second, compared.decided),
        "numbers": [kept.number for kept in reading.editions],
    }


def lead(compared: Comparison, first: Shelved, second: Shelved) -> str:
    """The counts as one sentence."""
    names = {"before": first.number, "after": second.number or _("the working draft")}
    if compared.is_empty and not compared.decided.is_empty:
        return _("Nothing changed in the plan from %(before)s to %(after)s.") % names
    if compared.is_empty:
        return _("Nothing changed from %(before)s to %(after)s.") % names
    said = changes.counted(compared.counts, compared.changes)
    return _("From %(before)s to %(after)s: %(counts)s.") % {**names, "counts": said}


def _shelved(reading: Reading, before: str, after: str) -> tuple[Shelved, Shelved]:
    kept = {edition.number: edition for edition in reading.editions}
    if reading.is_draft or reading.is_waiting:
        kept[reading.number or DRAFT] = reading.shelved
    if before not in kept or after not in kept:
        raise NotInPlan(f"endringer/{before}..{after}")
    return kept[before], kept[after]


def _prefix(reading: Reading, second: Shelved) -> str:
    """Links lead into the later of the two."""
    if second.state == "draft":
        return f"{DRAFT}/"
    holds = reading.editions[0].number if reading.editions else None
    return "" if second.number == holds else f"utgave/{second.number}/"


def _section(
    tally: Tally, lines: dict[str, changes.Line], after: Plan, before: Plan
) -> dict[str, Any]:
    thing = after.index.by_uid.get(tally.uid or "") or before.index.by_uid.get(tally.uid or "")
    own = [lines[id_] for id_ in tally.changes]
    return {
        "thing": thing,
        "name": name_of(thing) if thing else None,
        "anchor": (tally.uid or "uten").replace("/", "-"),
        "counts": changes.counted(tally.counts, ()),
        "things": changes.gathered(line for line in own if line.kind not in changes.FOLDED),
        "folded": changes.gathered(line for line in own if line.kind in changes.FOLDED),
        "folded_count": sum(line.kind in changes.FOLDED for line in own),
    }
