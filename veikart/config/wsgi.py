"""What the server runs: published files first, then Django."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from veikart.publishing.serving import PublishedSite

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veikart.config.settings")

application = PublishedSite(
    get_wsgi_application(),
    site=settings.SITE_FOLDER,
    static=settings.STATIC_ROOT,
    editions=settings.EDITIONS_FOLDER,
)
