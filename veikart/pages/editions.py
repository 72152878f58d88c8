"""The pages about editions: all of them, and one with its contents, approval and fingerprint."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.editions.queries import Shelved
from veikart.pages import approvals, changes, decided_since, slips
from veikart.pages.missing import NotInPlan
from veikart.pages.reading import Reading
from veikart.plan.model import Plan


def all_editions(reading: Reading) -> dict[str, Any]:
    """The page of all approved editions, the newest first, and how each differs from the last."""
    count = len(reading.editions)
    return {
        "lead": ngettext("%(count)d approved edition.", "%(count)d approved editions.", count)
        % {"count": count},
        "editions": [
            {
                "shelved": kept,
                "deliverables": len(kept.plan.roadmap.deliverables),
                "approved_by": approvals.of(reading, kept),
            }
            for kept in reading.editions
        ],
        "pairs": [
            (newer, older)
            for newer, older in zip(reading.editions, reading.editions[1:], strict=False)
        ],
    }


def edition(reading: Reading, number: str) -> dict[str, Any]:
    """The page of one edition. Raises NotInPlan where there is none of that number."""
    this = next((kept for kept in reading.editions if kept.number == number), None)
    if this is None and reading.number == number:
        this = reading.shelved
    if this is None:
        raise NotInPlan(f"utgaver/{number}")
    one = Reading(shelved=this, editions=reading.editions, language=reading.language)
    return {
        "edition": this,
        "lead": lead(this),
        "contents": contents(this.plan),
        "approved_by": approvals.of(one, this),
        "previous": one.previous,
        "summary": changes.since_previous(one),
        "decided": _decided(one),
        "is_current": bool(reading.editions) and reading.editions[0].number == number,
        "file_problem": this.file_problem,
        "slips": slips.tables(one),
    }


def _decided(one: Reading) -> str:
    """What was decided and done since the edition before, in numbers; empty where nothing was."""
    if one.previous is None:
        return ""
    return decided_since.lead(changes.compared(one.previous.plan, one.plan).decided)


def lead(this: Shelved) -> str:
    """What was approved, by whom and when."""
    if this.approved_on is None:
        return _("Edition %(number)s is frozen and waits for approval.") % {"number": this.number}
    return _("Edition %(number)s, approved by %(body)s on %(day)s.") % {
        "number": this.number,
        "body": this.approved_body or this.approved_by,
        "day": words.day(this.approved_on),
    }


def contents(plan: Plan) -> list[tuple[str, int]]:
    """What a plan holds, in numbers."""
    strategy, roadmap, actors = plan.strategy, plan.roadmap, plan.actors
    return [
        (_("Strategic goals"), len(strategy.goals)),
        (_("Things to achieve"), len(strategy.statements)),
        (_("Delmål"), len(strategy.delmal)),
        (_("Groupings"), len(roadmap.groupings)),
        (_("Deliverables"), len(roadmap.deliverables)),
        (_("Dependencies"), len(roadmap.dependencies)),
        (_("Organisations"), len(actors.organisations)),
        (_("User groups"), len(actors.user_groups)),
    ]
