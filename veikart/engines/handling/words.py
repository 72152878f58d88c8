"""The words for what a hearing asks, what a point is, and what became of it; the Plan uses them, too."""

from typing import Literal, get_args

SourceKind = Literal["hearing", "workshop"]
"""Where points come from: a hearing with replies, or workshops with contributions."""

Stage = Literal["planned", "open", "handling", "answered"]
"""How far a hearing has come; `answered` once its outcomes may be published."""

QuestionKind = Literal["choice", "per_goal", "text"]
Channel = Literal["web", "email", "hand"]
Language = Literal["nb", "nn", "en"]
AnchorSource = Literal["reader", "person"]

RespondentKind = Literal[
    "ministry", "agency", "regional_health_authority", "health_trust", "municipality", "county",
    "gp", "vendor", "interest_organisation", "patient_organisation", "trade_union", "research",
    "collaboration", "international", "private_person", "other",
]  # fmt: skip

PointKind = Literal["support", "concern", "proposal", "wording", "question", "information"]
OutcomeValue = Literal["followed", "partly", "not_followed", "outside", "noted"]

WithholdBasis = Literal["personal", "health", "confidential", "business", "defamatory", "other"]
"""Why words are withheld: private matters, someone's health, a duty of secrecy by law, business
secrets, words that hurt a named person, or another basis that the reason names."""

Weighing = Literal["goals", "areas", "options"]
"""What members put in order: draft goals, change areas, or options that the round itself names."""

Method = Literal["points", "pairs", "ranking"]
"""How they do it: by points shared out, by choosing between two at a time, or each in an order of their own."""

POINT_KINDS: tuple[PointKind, ...] = get_args(PointKind)
OUTCOME_VALUES: tuple[OutcomeValue, ...] = get_args(OutcomeValue)
RESPONDENT_KINDS: tuple[RespondentKind, ...] = get_args(RespondentKind)
