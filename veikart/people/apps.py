"""The Django app `people`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Users, organisations, roles, and the record of who did what."""

    name = "veikart.people"
    verbose_name = _("People")
