"""The addresses of the desk: its front page, files and proposals."""

from django.urls import path

from veikart.intake import reply_views, series_area_views, series_views, views

app_name = "intake"

urlpatterns = [
    path("arbeid/", views.show_home, name="home"),
    path("arbeid/inntak/", views.list_proposals, name="list"),
    path("arbeid/inntak/<int:pk>/", views.show_proposal, name="proposal"),
    path("arbeid/inntak/<int:pk>/avgjor/", views.decide, name="decide"),
    path("arbeid/inntak/<int:pk>/les-igjen/", views.read_again, name="read-again"),
    path("arbeid/svar/", reply_views.take_in_reply, name="take-in-reply"),
    path("arbeid/indikatorer/", series_views.list_indicators, name="indicators"),
    path("arbeid/indikatorer/<str:code>/", series_views.show_indicator, name="indicator"),
    path("arbeid/indikatorer/<str:code>/mal/", series_views.send_template, name="template"),
    path("arbeid/indikatorer/<str:code>/steder/", series_area_views.show_areas, name="areas"),
    path("arbeid/indikatorer/<str:code>/beregn/", series_views.compute, name="compute"),
    path(
        "arbeid/indikatorer/<str:code>/fil/<str:sha256>/", series_views.show_figures, name="figures"
    ),
    path(
        "arbeid/indikatorer/<str:code>/datasett/<str:number>/trekk-tilbake/",
        series_views.withdraw,
        name="withdraw",
    ),
    path("arbeid/dokument/<str:sha256>/", views.send_document, name="document"),
]
