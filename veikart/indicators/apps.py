"""The Django app `indicators`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """Definitions, targets, data sets and computed results."""

    name = "veikart.indicators"
    verbose_name = _("Indicators")
