"""The desk's addresses, for tests of the desk alone."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("veikart.people.urls")),
        path("", include("veikart.editions.urls")),
        path("", include("veikart.outbox.urls")),
        path("", include("veikart.consultations.urls")),
        path("", include("veikart.council.urls")),
        path("", include("veikart.evaluation.urls")),
        path("", include("veikart.intake.urls")),
        prefix_default_language=False,
    ),
]
