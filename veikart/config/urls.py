"""The root addresses: bokmål at the root, nynorsk under /nn/, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    *i18n_patterns(prefix_default_language=False),
]
