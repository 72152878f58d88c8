"""The Django app `design`."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """The shared look: base page, components, icons, number and date formats."""

    name = "veikart.design"
