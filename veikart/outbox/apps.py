"""The Django app `outbox`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Messages to people outside, shown before they are sent."""

    name = "veikart.outbox"
    verbose_name = _("Outbox")
