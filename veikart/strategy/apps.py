"""The Django app `strategy`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategyConfig(AppConfig):
    """The writing side of vision, goals, statements and delmål; versions of the text."""

    name = "veikart.strategy"
    verbose_name = _("Strategy")
