"""The Django app `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users, organisations, roles, and the record of who did what."""

    name = "veikart.people"
