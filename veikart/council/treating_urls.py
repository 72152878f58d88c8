"""The addresses of what is done in and after a meeting, and of the member's pages."""

from django.urls import path

from veikart.council import (
    deciding_views,
    following_up_views,
    member_views,
    minutes_views,
    passing_on_views,
    treating_views,
)

MEETING = "arbeid/rad/<slug:slug>/mote/<slug:key>/"
CASE = "arbeid/rad/<slug:slug>/sak/<slug:key>/"
MINE = "arbeid/mine-moter/<slug:slug>/<slug:key>/"

urlpatterns = [
    path(f"{MEETING}behandling/", treating_views.show_treatment, name="treat"),
    path(f"{MEETING}oppmote/", treating_views.attend, name="attendance"),
    path(f"{MEETING}vedtak/<slug:case>/", deciding_views.decide, name="decide"),
    path(f"{MEETING}oppfolging/", following_up_views.ask, name="ask"),
    path(f"{MEETING}referat/", minutes_views.show_minutes, name="minutes"),
    path(f"{MEETING}referat/send/", minutes_views.send, name="send-minutes"),
    path(f"{MEETING}referat/godkjenn/", minutes_views.approve, name="approve-minutes"),
    path(f"{MEETING}referat.pdf", minutes_views.send_pdf, name="minutes-pdf"),
    path(f"{CASE}vedtak/<int:no>/", deciding_views.correct, name="correct"),
    path(f"{CASE}videre/", passing_on_views.send_on, name="send-on"),
    path("arbeid/oppfolging/", following_up_views.list_follow_ups, name="follow-ups"),
    path("arbeid/oppfolging/<path:uid>/", following_up_views.show_follow_up, name="follow-up"),
    path("arbeid/mine-moter/", member_views.show_mine, name="mine"),
    path(
        "arbeid/mine-moter/vedlegg/<slug:slug>/<slug:key>/<str:label>/",
        member_views.send_paper,
        name="my-paper",
    ),
    path(MINE, member_views.show_meeting, name="my-meeting"),
    path(f"{MINE}kommentar/<slug:case>/", member_views.comment, name="my-comment"),
    path(f"{MINE}referat.pdf", member_views.send_minutes, name="my-minutes"),
]
