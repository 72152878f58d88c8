"""What others may read of evaluations: their part of the Plan, one of them, and how principles were answered."""

from dataclasses import dataclass

from veikart.design.evaluation_words import CHECKS
from veikart.evaluation import kinds, models
from veikart.plan.evaluation import Evaluation, Evaluations, Principle, PrincipleCheck


def freeze() -> Evaluations:
    """All evaluations, principles and checks. They hold nothing that is not for the public."""
    return Evaluations(
        evaluations=kinds.EVALUATION.all(),
        principles=kinds.PRINCIPLE.all(),
        checks=kinds.PRINCIPLE_CHECK.all(),
    )


def evaluation(uid: str) -> Evaluation | None:
    """The evaluation `uid`, or None."""
    found: Evaluation | None = kinds.EVALUATION.load([uid]).get(uid)
    return found


def new_uid(year: int) -> str:
    """The address of a new evaluation of `year`; of a second one in that year, with a number."""
    taken = set(models.Evaluation.objects.values_list("uid", flat=True))
    uid, number = f"evaluering/{year}", 2
    while uid in taken:
        uid, number = f"evaluering/{year}-{number}", number + 1
    return uid


@dataclass(frozen=True)
class Answered:
    """A principle and its newest check; None where it was never held against anything."""

    principle: Principle
    check: PrincipleCheck | None

    @property
    def said(self) -> str:
        """The newest answer in words; nothing without one."""
        return str(CHECKS[self.check.value]) if self.check else ""


def answered(held: Evaluations) -> list[Answered]:
    """The principles in their order, each with its newest check."""
    newest: dict[str, PrincipleCheck] = {}
    for check in sorted(held.checks, key=lambda each: (each.checked_on, number_of(each))):
        newest[check.principle] = check
    in_order = sorted(held.principles, key=lambda each: each.number)
    return [Answered(each, newest.get(each.uid)) for each in in_order]


def number_of(check: PrincipleCheck) -> int:
    """The number of a check, the last part of its uid."""
    return int(check.uid.rpartition("/")[2])
