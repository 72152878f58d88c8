"""The pages of evaluations: what was asked, rated and found, how ratings changed, and the principles' answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.design.evaluation_words import CHECKS, PROGRESS, SCALE
from veikart.pages.missing import NotInPlan
from veikart.pages.reading import Reading
from veikart.plan.evaluation import AreaAssessment, Evaluation, PrincipleCheck, Rating
from veikart.plan.model import Plan


@dataclass(frozen=True)
class Rated:
    """A rating in words; `step` is its place on the scale of four, `earlier` what it was in older editions."""

    rating: Rating
    step: int
    meaning: str
    earlier: tuple[str, ...]


def all_evaluations(reading: Reading) -> dict[str, Any]:
    """Every evaluation, the newest first, and the principles with all their answers."""
    held = reading.plan.evaluation
    newest_first = sorted(held.evaluations, key=lambda each: each.uid, reverse=True)
    checks: dict[str, list[PrincipleCheck]] = {}
    for check in sorted(held.checks, key=_age, reverse=True):
        checks.setdefault(check.principle, []).append(check)
    return {
        "lead": _("How does the strategy do, who says so, and what do they rest it on?"),
        "evaluations": [(each, _short(each)) for each in newest_first],
        "principles": [
            (principle, [(check, CHECKS[check.value]) for check in checks.get(principle.uid, ())])
            for principle in sorted(held.principles, key=lambda each: each.number)
        ],
    }


def evaluation(reading: Reading, uid: str) -> dict[str, Any]:
    """One evaluation: areas, each question with its ratings, ratings that belong to none, findings."""
    found = _in(reading.plan, uid)
    if found is None:
        raise NotInPlan(uid)
    older = [other for plan in _older(reading) if (other := _in(plan, uid)) is not None]
    rated = [_rated(rating, older) for rating in found.ratings]
    case = reading.plan.index.cases.get(found.case or "")
    return {
        "evaluation": found,
        "lead": _short(found),
        "areas": [(area, _progress(area), _earlier_progress(area, older)) for area in found.areas],
        "questions": [
            (question, [each for each in rated if each.rating.question == question.no])
            for question in found.questions
        ],
        "unpaired": [each for each in rated if each.rating.question is None],
        "case": case,
        "scale": list(SCALE.values()),
    }


def _in(plan: Plan, uid: str) -> Evaluation | None:
    return next((each for each in plan.evaluation.evaluations if each.uid == uid), None)


def _older(reading: Reading) -> list[Plan]:
    """The editions before the one that is read, the newest first."""
    as_of, number = reading.shelved.as_of, reading.shelved.number
    return [kept.plan for kept in reading.editions if kept.as_of <= as_of and kept.number != number]


def _rated(rating: Rating, older: Iterable[Evaluation]) -> Rated:
    before = (_rating(other, rating.no) for other in older)
    said = (str(SCALE[each.value]) for each in before if each and each.value != rating.value)
    steps = list(SCALE)
    return Rated(
        rating=rating,
        step=steps.index(rating.value) + 1,
        meaning=str(SCALE[rating.value]),
        earlier=tuple(dict.fromkeys(said)),
    )


def _rating(found: Evaluation, no: int) -> Rating | None:
    return next((each for each in found.ratings if each.no == no), None)


def _progress(area: AreaAssessment) -> str:
    return str(PROGRESS[area.value]) if area.value else (area.status_said or "")


def _earlier_progress(area: AreaAssessment, older: Iterable[Evaluation]) -> list[str]:
    before = (each for other in older for each in other.areas if each.no == area.no)
    said = (str(PROGRESS[each.value]) for each in before if each.value not in (None, area.value))
    return list(dict.fromkeys(said))


def _short(found: Evaluation) -> str:
    """What was evaluated, by whom and when, as one sentence."""
    counted = [
        _counted(ngettext("%(count)s area", "%(count)s areas", len(found.areas)), found.areas),
        _counted(
            ngettext("%(count)s question", "%(count)s questions", len(found.questions)),
            found.questions,
        ),
        _counted(
            ngettext("%(count)s rating", "%(count)s ratings", len(found.ratings)), found.ratings
        ),
    ]
    said = {"what": ", ".join(counted), "by": found.by or _("nobody named")}
    if found.as_of is None:
        return _("%(what)s, by %(by)s.") % said
    return _("%(what)s, by %(by)s as of %(day)s.") % {**said, "day": words.day(found.as_of)}


def _counted(form: str, listed: tuple[Any, ...]) -> str:
    return form % {"count": words.number(len(listed))}


def _age(check: PrincipleCheck) -> tuple[Any, int]:
    return check.checked_on, int(check.uid.rpartition("/")[2])
