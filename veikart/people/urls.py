"""The addresses for signing in and out."""

from django.urls import path

from veikart.people import views

app_name = "people"

urlpatterns = [
    path("konto/logg-inn/", views.log_in, name="log-in"),
    path("konto/logg-ut/", views.log_out, name="log-out"),
]
