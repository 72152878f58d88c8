"""The consultations app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """Hearings and workshops."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "veikart.consultations"
    verbose_name = _("Consultations")
