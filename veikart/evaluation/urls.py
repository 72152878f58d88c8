"""The addresses of the desk of evaluations."""

from django.urls import path

from veikart.evaluation import views

app_name = "evaluation"

urlpatterns = [
    path("arbeid/evaluering/", views.show_evaluations, name="evaluations"),
    path("arbeid/evaluering/ny/", views.change_evaluation, name="new"),
    path("arbeid/evaluering/avsjekk/", views.check_draft, name="check"),
    path("arbeid/evaluering/prinsipp/ny/", views.change_principle, name="new-principle"),
    path("arbeid/evaluering/prinsipp/<int:number>/", views.change_principle, name="principle"),
    path("arbeid/evaluering/<slug:code>/", views.change_evaluation, name="evaluation"),
]
