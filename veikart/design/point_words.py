"""What kinds of points and their outcomes are called, on pages and in downloads."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from veikart.engines.handling.words import OutcomeValue, PointKind

POINT_KINDS: dict[PointKind, Promise] = {
    "support": pgettext_lazy("kind of point", "Support"),
    "concern": pgettext_lazy("kind of point", "Concern"),
    "proposal": pgettext_lazy("kind of point", "Proposal"),
    "wording": pgettext_lazy("kind of point", "Proposed wording"),
    "question": pgettext_lazy("kind of point", "Question"),
    "information": pgettext_lazy("kind of point", "Information"),
}
OUTCOMES: dict[OutcomeValue, Promise] = {
    "followed": pgettext_lazy("outcome", "Followed"),
    "partly": pgettext_lazy("outcome", "Partly followed"),
    "not_followed": pgettext_lazy("outcome", "Not followed"),
    "outside": pgettext_lazy("outcome", "Outside the scope"),
    "noted": pgettext_lazy("outcome", "Noted"),
}
