"""The addresses of the desk of hearings, and of the page on which a respondent confirms a reply."""

from django.urls import path, re_path

from veikart.consultations import (
    clearing_views,
    confirming_views,
    goal_views,
    hearing_form_views,
    original_views,
    reply_views,
    theme_views,
    views,
)
from veikart.consultations.prioritising import desk_views, opening_views

app_name = "consultations"

urlpatterns = [
    path("arbeid/horinger/", views.list_hearings, name="hearings"),
    path("arbeid/horinger/tatt-hand-om/<int:pk>/", views.settle, name="settle"),
    path("arbeid/horinger/ny/", hearing_form_views.open_hearing, name="open"),
    path("arbeid/horinger/<slug:code>/", views.show_hearing, name="hearing"),
    path("arbeid/horinger/<slug:code>/vilkar/", hearing_form_views.change_hearing, name="change"),
    path("arbeid/horinger/<slug:code>/logg/", views.show_log, name="log"),
    path("arbeid/horinger/<slug:code>/angre/", views.undo, name="undo"),
    path("arbeid/horinger/<slug:code>/publiser/", views.publish, name="publish"),
    path("arbeid/horinger/<slug:code>/tema/", theme_views.list_themes, name="themes"),
    path("arbeid/horinger/<slug:code>/tema/<int:no>/", theme_views.show_theme, name="theme"),
    path(
        "arbeid/horinger/<slug:code>/tema/<int:no>/<slug:verb>/",
        theme_views.act_on_theme,
        name="act-on-theme",
    ),
    path("arbeid/horinger/<slug:code>/endringsomrader/", goal_views.list_areas, name="areas"),
    path(
        "arbeid/horinger/<slug:code>/endringsomrader/<int:no>/", goal_views.show_area, name="area"
    ),
    path(
        "arbeid/horinger/<slug:code>/endringsomrader/<int:no>/<slug:verb>/",
        goal_views.act_on_area,
        name="act-on-area",
    ),
    path(
        "arbeid/horinger/<slug:code>/malutkast/<int:no>/", goal_views.show_goal, name="draft-goal"
    ),
    path(
        "arbeid/horinger/<slug:code>/malutkast/<int:no>/<slug:verb>/",
        goal_views.act_on_goal,
        name="act-on-goal",
    ),
    path("arbeid/prioritering/", opening_views.choose_hearing, name="choose-hearing"),
    path("arbeid/horinger/<slug:code>/prioritering/", opening_views.list_rounds, name="rounds"),
    path("arbeid/horinger/<slug:code>/prioritering/<int:no>/", desk_views.show_round, name="round"),
    path(
        "arbeid/horinger/<slug:code>/prioritering/<int:no>/ny-lenke/",
        desk_views.renew_link,
        name="renew-link",
    ),
    re_path(
        r"^arbeid/horinger/(?P<code>[-\w]+)/prioritering/(?P<no>\d+)/(?P<what>resultat|stemmer)\.csv$",
        desk_views.send_result,
        name="round-file",
    ),
    path(
        "arbeid/horinger/<slug:code>/prioritering/<int:no>/<slug:verb>/",
        desk_views.act_on_round,
        name="act-on-round",
    ),
    path("arbeid/horinger/<slug:code>/svar/<int:no>/", reply_views.show_reply, name="reply"),
    path(
        "arbeid/horinger/<slug:code>/svar/<int:no>/bekreftelse/<slug:verb>/",
        confirming_views.act_on_reply,
        name="confirm-reply",
    ),
    path("arbeid/horinger/<slug:code>/bekreftelser/", confirming_views.ask_all, name="confirm-all"),
    path(
        "arbeid/horinger/<slug:code>/adresser/slett/",
        confirming_views.forget_all,
        name="forget-all",
    ),
    path("svar/bekreft/<str:token>/", confirming_views.confirm, name="confirm"),
    path("arbeid/horinger/<slug:code>/svar/<int:no>/klarer/", clearing_views.clear, name="clear"),
    path(
        "arbeid/horinger/<slug:code>/svar/<int:no>/trekk/", clearing_views.withdraw, name="withdraw"
    ),
    path(
        "arbeid/horinger/<slug:code>/svar/<int:no>/oversett/",
        reply_views.mark_missed,
        name="mark-missed",
    ),
    path(
        "arbeid/horinger/<slug:code>/svar/<int:no>/side/<str:sha256>/<int:page>/",
        original_views.send_picture,
        name="picture",
    ),
    path("arbeid/horinger/<slug:code>/svar/<int:no>/<slug:verb>/", reply_views.act, name="act"),
]
