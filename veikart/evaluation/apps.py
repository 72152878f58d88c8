"""The evaluation app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    """Evaluations of how the strategy does."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "veikart.evaluation"
    verbose_name = _("Evaluation")
