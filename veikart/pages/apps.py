"""The Django app `pages`."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Reading: every HTML page that shows a Plan."""

    name = "veikart.pages"
