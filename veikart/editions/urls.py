"""The addresses of the editions' desk."""

from django.urls import path

from veikart.editions import views

app_name = "editions"

urlpatterns = [
    path("arbeid/utgaver/", views.show_desk, name="desk"),
    path("arbeid/utgaver/frys/", views.freeze, name="freeze"),
    path("arbeid/utgaver/arsaker/", views.explain_moves, name="explain-moves"),
    path("arbeid/utgaver/<str:number>/godkjenn/", views.approve, name="approve"),
    path("arbeid/utgaver/<str:number>/forkast/", views.discard, name="discard"),
]
