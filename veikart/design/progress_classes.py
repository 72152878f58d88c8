"""The classes of progress in words, from what needs a look first to what is done."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veikart.plan.indicators import ProgressClass

CLASSES: dict[ProgressClass, str | Promise] = {
    "wrong_way": _("Going the wrong way"),
    "far_behind": _("Far behind the path"),
    "behind": _("Behind the path"),
    "on_path": _("On the path"),
    "reached": _("Reached"),
    "not_assessable": _("Cannot be assessed"),
}


def class_words(verdict: ProgressClass) -> str:
    """The class as a word that stands alone."""
    return str(CLASSES[verdict])
