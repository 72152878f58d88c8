"""The Django app `strategy`."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """The writing side of vision, goals, statements and delmål; versions of the text."""

    name = "veikart.strategy"
