"""The root addresses: bokmål at the root, nynorsk under /nn/, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from veikart.publishing.urls import for_robots

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    *for_robots,
    *i18n_patterns(
        path("", include("veikart.people.urls")),
        path("", include("veikart.intake.urls")),
        path("", include("veikart.editions.urls")),
        path("", include("veikart.outbox.urls")),
        path("", include("veikart.consultations.urls")),
        path("", include("veikart.council.urls")),
        path("", include("veikart.evaluation.urls")),
        path("", include("veikart.consultations.answering.urls")),
        path("", include("veikart.consultations.prioritising.urls")),
        path("", include("veikart.publishing.urls")),
        path("", include("veikart.pages.urls")),  # last: it takes every address that is left
        prefix_default_language=False,
    ),
]

handler400 = "veikart.consultations.answering.too_much.refused"
handler403 = "veikart.pages.views.forbidden"
handler404 = "veikart.pages.views.missing"
handler500 = "veikart.pages.views.broken"
