"""The Django app `places`."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Municipalities, counties and health regions through time."""

    name = "veikart.places"
