"""The addresses at which the public answers a hearing."""

from django.urls import path

from veikart.consultations.answering import views

app_name = "answering"

urlpatterns = [
    path("svar/<slug:code>/", views.start, name="start"),
    path("svar/<slug:code>/skjema.docx", views.form_file, name="form-file"),
    path("svar/<slug:code>/<str:token>/", views.fill, name="fill"),
    path("svar/<slug:code>/<str:token>/se-over/", views.review, name="review"),
    path("svar/<slug:code>/<str:token>/kvittering/", views.receipt, name="receipt"),
    path("svar/<slug:code>/<str:token>/kvittering.pdf", views.receipt_file, name="receipt-file"),
    path("svar/<slug:code>/<str:token>/slett/", views.delete, name="delete"),
]
