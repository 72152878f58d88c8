"""What others may read of evaluations: their part of the Plan."""

from veikart.evaluation import kinds
from veikart.plan.evaluation import Evaluations


def freeze() -> Evaluations:
    """All evaluations, principles and checks. They hold nothing that is not for the public."""
    return Evaluations(
        evaluations=kinds.EVALUATION.all(),
        principles=kinds.PRINCIPLE.all(),
        checks=kinds.PRINCIPLE_CHECK.all(),
    )
