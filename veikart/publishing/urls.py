"""The addresses of downloads, in each language, and of what robots read, in none."""

from django.urls import path

from veikart.publishing import views

app_name = "publishing"

urlpatterns = [
    path("utgaver/<str:number>/<str:name>", views.download, name="download"),
    path("data/indikatorer.json", views.indicators, name="indicators"),
    path("data/indikator/<str:name>", views.indicator, name="indicator"),
    path("utgaver/<str:number>/data/indikatorer.json", views.indicators),
    path("utgaver/<str:number>/indikator/<str:name>", views.indicator, name="edition-indicator"),
]

for_robots = [
    path("sitemap.xml", views.sitemap),
    path("robots.txt", views.robots),
]
