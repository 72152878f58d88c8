"""The council app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    """Bodies, meetings, cases and decisions."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "veikart.council"
    verbose_name = _("Councils")
