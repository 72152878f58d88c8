"""The addresses of the desk: its front page, files and proposals."""

from django.urls import path

from veikart.intake import views

app_name = "intake"

urlpatterns = [
    path("arbeid/", views.show_home, name="home"),
    path("arbeid/inntak/", views.list_proposals, name="list"),
    path("arbeid/inntak/<int:pk>/", views.show_proposal, name="proposal"),
    path("arbeid/inntak/<int:pk>/avgjor/", views.decide, name="decide"),
    path("arbeid/dokument/<str:sha256>/", views.send_document, name="document"),
]
