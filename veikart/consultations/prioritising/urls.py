"""The addresses at which members vote."""

from django.urls import path

from veikart.consultations.prioritising import voting_views

app_name = "prioritising"

urlpatterns = [
    path("stem/<str:token>/", voting_views.vote, name="vote"),
    path("stem/<str:token>/<int:no>/", voting_views.compare, name="compare"),
]
