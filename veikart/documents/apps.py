"""The Django app `documents`."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files kept whole with their hash, and who may see them."""

    name = "veikart.documents"
