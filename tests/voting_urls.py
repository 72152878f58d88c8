"""The desk's addresses and those of voting, for tests of prioritising alone."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from tests.desk_urls import urlpatterns as desk

urlpatterns = [
    *i18n_patterns(
        path("", include("veikart.consultations.prioritising.urls")), prefix_default_language=False
    ),
    *desk,
]
