"""The addresses of the desk of councils; what is done in and after a meeting is in `treating_urls`."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

app_name = "council"

TREATING = "veikart.council.treating_urls"

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec(TREATING):
    urlpatterns.append(path("", include(TREATING)))
