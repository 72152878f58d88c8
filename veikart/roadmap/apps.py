"""The Django app `roadmap`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapConfig(AppConfig):
    """The writing side of deliverables, phases, dates, owners, user groups and dependencies."""

    name = "veikart.roadmap"
    verbose_name = _("Roadmap")
