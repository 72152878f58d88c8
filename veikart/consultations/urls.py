"""The addresses of the desk of hearings."""

from django.urls import path

from veikart.consultations import reply_views, views

app_name = "consultations"

urlpatterns = [
    path("arbeid/horinger/", views.list_hearings, name="hearings"),
    path("arbeid/horinger/tatt-hand-om/<int:pk>/", views.settle, name="settle"),
    path("arbeid/horinger/<slug:code>/", views.show_hearing, name="hearing"),
    path("arbeid/horinger/<slug:code>/logg/", views.show_log, name="log"),
    path("arbeid/horinger/<slug:code>/angre/", views.undo, name="undo"),
    path("arbeid/horinger/<slug:code>/publiser/", views.publish, name="publish"),
    path("arbeid/horinger/<slug:code>/svar/<int:no>/", reply_views.show_reply, name="reply"),
    path(
        "arbeid/horinger/<slug:code>/svar/<int:no>/oversett/",
        reply_views.mark_missed,
        name="mark-missed",
    ),
    path(
        "arbeid/horinger/<slug:code>/svar/<int:no>/side/<str:sha256>/<int:page>/",
        reply_views.send_picture,
        name="picture",
    ),
    path("arbeid/horinger/<slug:code>/svar/<int:no>/<slug:verb>/", reply_views.act, name="act"),
]
