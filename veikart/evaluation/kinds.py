"""The kinds of objects that evaluations keep, and the tables they lie in."""

from veikart.core.kinds import Kind, PartKind, Rows
from veikart.evaluation import models
from veikart.plan import evaluation as plan

EVALUATION = Kind(
    "evaluation",
    plan.Evaluation,
    models.Evaluation,
    uid=r"evaluering/[0-9]{4}(?:-[a-z0-9-]+)?",
    uid_example="evaluering/2021",
    translated={"translations": "title"},
    rows={
        "areas": Rows(plan.AreaAssessment, models.AreaAssessment, "evaluation"),
        "questions": Rows(plan.EvaluationQuestion, models.EvaluationQuestion, "evaluation"),
        "ratings": Rows(plan.Rating, models.Rating, "evaluation"),
        "findings": Rows(plan.Finding, models.Finding, "evaluation"),
    },
)
PRINCIPLE = Kind(
    "principle",
    plan.Principle,
    models.Principle,
    uid=r"evalueringsprinsipp/[0-9]+",
    uid_example="evalueringsprinsipp/3",
    translated={"translations": "title"},
)
PRINCIPLE_CHECK = Kind(
    "principle_check",
    plan.PrincipleCheck,
    models.PrincipleCheck,
    uid=r"evalueringsprinsipp/[0-9]+/sjekk/[0-9]+",
    uid_example="evalueringsprinsipp/3/sjekk/1",
)

KINDS = (EVALUATION, PRINCIPLE, PRINCIPLE_CHECK)
"""In the order in which they can be put: what is referred to comes first."""

PART_KINDS = (
    PartKind("area_assessment", EVALUATION, "areas", "omrade"),
    PartKind("evaluation_question", EVALUATION, "questions", "sporsmal"),
    PartKind("rating", EVALUATION, "ratings", "vurdering"),
    PartKind("finding", EVALUATION, "findings", "funn"),
)
