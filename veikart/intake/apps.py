"""The Django app `intake`."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """A file becomes a proposal, compared with the working plan; a person accepts it."""

    name = "veikart.intake"
