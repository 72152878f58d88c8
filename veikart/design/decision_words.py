"""How far what follows from decisions has come, in words, on pages and in downloads."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from veikart.plan.decided import Standing

STANDINGS: dict[Standing, Promise] = {
    "overdue": pgettext_lazy("follow-up of a decision", "Overdue"),
    "open": pgettext_lazy("follow-up of a decision", "Open"),
    "done": pgettext_lazy("follow-up of a decision", "Done"),
    "dropped": pgettext_lazy("follow-up of a decision", "Dropped"),
    "none": pgettext_lazy("follow-up of a decision", "None given"),
}
