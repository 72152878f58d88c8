"""The Django app `places`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Municipalities, counties and health regions through time."""

    name = "veikart.places"
    verbose_name = _("Places")
