"""The addresses of the reading pages. They take whatever no other app has, so they come last."""

from django.urls import path, re_path

from veikart.pages import views

app_name = "pages"

urlpatterns = [
    path("", views.current, name="front"),
    re_path(r"^utgave/(?P<number>[\w-]+)/(?:(?P<path>.+)/)?$", views.edition, name="edition"),
    re_path(r"^utkast/(?:(?P<path>.+)/)?$", views.draft, name="draft"),
    re_path(r"^(?P<path>.+)/$", views.current, name="page"),
]
