"""The words of evaluations: the scale of degrees, progress, and the answers to principles."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veikart.engines.readers.slides_values import Scale
from veikart.plan.evaluation import CheckValue, Progress

SCALE: dict[Scale, Promise] = {
    "small": _("To a small degree"),
    "limited": _("To a limited degree"),
    "some": _("To some degree"),
    "large": _("To a large degree"),
}
"""From the least to the most."""

PROGRESS: dict[Progress, Promise] = {
    "none": _("No progress"),
    "weak": _("Weak progress"),
    "some": _("Some progress"),
    "good": _("Good progress"),
    "reached": _("Reached"),
}
CHECKS: dict[CheckValue, Promise] = {
    "met": _("Met"),
    "partly": _("Partly met"),
    "not_met": _("Not met"),
    "not_assessed": _("Not assessed"),
}
