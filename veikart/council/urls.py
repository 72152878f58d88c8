"""The addresses of the desk of councils; what is done in and after a meeting is in `treating_urls`."""

from django.urls import URLPattern, URLResolver, path

from veikart.council import (
    agenda_views,
    body_views,
    case_views,
    gathering_views,
    meeting_views,
    paper_views,
    treating_urls,
    views,
)

app_name = "council"

MEETING = "arbeid/rad/<slug:slug>/mote/<slug:key>/"
CASE = "arbeid/rad/<slug:slug>/sak/<slug:key>/"
PAPER = f"{CASE}vedlegg/<str:label>/"

urlpatterns: list[URLPattern | URLResolver] = [
    *treating_urls.urlpatterns,
    path("arbeid/rad/", views.list_bodies, name="bodies"),
    path("arbeid/rad/ny/", body_views.new_body, name="new-body"),
    path("arbeid/rad/<slug:slug>/", views.show_body, name="body"),
    path("arbeid/rad/<slug:slug>/endre/", body_views.change_body, name="change-body"),
    path("arbeid/rad/<slug:slug>/saker/", views.list_cases, name="cases"),
    path("arbeid/rad/<slug:slug>/plasser/", body_views.list_seats, name="seats"),
    path("arbeid/rad/<slug:slug>/plasser/ny/", body_views.new_seat, name="new-seat"),
    path("arbeid/rad/<slug:slug>/plasser/<int:no>/", body_views.change_seat, name="seat"),
    path("arbeid/rad/<slug:slug>/plasser/<int:no>/avslutt/", body_views.end_seat, name="end-seat"),
    path("arbeid/rad/<slug:slug>/nytt-mote/", meeting_views.new_meeting, name="new-meeting"),
    path(MEETING, agenda_views.show_meeting, name="meeting"),
    path(f"{MEETING}endre/", meeting_views.change_meeting, name="change-meeting"),
    path(f"{MEETING}avlys/", meeting_views.cancel_meeting, name="cancel-meeting"),
    path(f"{MEETING}papirer/", gathering_views.show_papers, name="papers"),
    path(f"{MEETING}papirer/medlemmer.pdf", gathering_views.send_members, name="members-pdf"),
    path(f"{MEETING}papirer/offentlig.pdf", gathering_views.send_public, name="public-pdf"),
    path(f"{MEETING}innkalling/", meeting_views.summon, name="summons"),
    path(f"{MEETING}innkalling/annen-mate/", meeting_views.record_summons, name="record-summons"),
    path(f"{MEETING}dagsorden/", agenda_views.make_agenda, name="make-agenda"),
    path(f"{MEETING}dagsorden/rekkefolge/", agenda_views.order, name="order-agenda"),
    path(f"{MEETING}dagsorden/<slug:verb>/", agenda_views.add, name="add-to-agenda"),
    path("arbeid/rad/<slug:slug>/ny-sak/", case_views.new_case, name="new-case"),
    path(CASE, case_views.show_case, name="case"),
    path(f"{CASE}endre/", case_views.change_case, name="change-case"),
    path(f"{CASE}gjelder/", case_views.choose_about, name="choose-about"),
    path(f"{CASE}viser-til/", case_views.choose_decisions, name="choose-decisions"),
    path(f"{CASE}unnta/", case_views.withhold, name="withhold-case"),
    path(f"{CASE}opphev/", case_views.release, name="release-case"),
    path(f"{CASE}vedlegg/", paper_views.put_in, name="put-in-papers"),
    path(PAPER, paper_views.show_paper, name="paper"),
    path(f"{PAPER}fil/", paper_views.send_paper, name="paper-file"),
    path(f"{PAPER}<slug:verb>/", paper_views.act_on_paper, name="act-on-paper"),
]
