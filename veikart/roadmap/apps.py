"""The Django app `roadmap`."""

from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    """The writing side of deliverables, phases, dates, owners, user groups and dependencies."""

    name = "veikart.roadmap"
