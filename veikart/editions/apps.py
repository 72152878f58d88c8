"""The Django app `editions`."""

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    """Freezes the working tables into a Plan, numbers it, chains its hash, keeps it, approves it."""

    name = "veikart.editions"
