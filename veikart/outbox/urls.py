"""The addresses of the outbox on the desk."""

from django.urls import path

from veikart.outbox import views

app_name = "outbox"

urlpatterns = [
    path("arbeid/utboks/", views.list_messages, name="list"),
    path("arbeid/utboks/godkjenn/", views.approve, name="approve"),
    path("arbeid/utboks/send/", views.send, name="send"),
    path("arbeid/utboks/<int:pk>/", views.show_message, name="message"),
    path("arbeid/utboks/<int:pk>/forkast/", views.discard, name="discard"),
    path("arbeid/utboks/<int:pk>/avgjor/", views.settle, name="settle"),
]
