"""The Django app `documents`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Files kept whole with their hash, and who may see them."""

    name = "veikart.documents"
    verbose_name = _("Documents")
