"""The addresses of downloads, in each language, and of what robots read, in none."""

from django.urls import path

from veikart.publishing import views

app_name = "publishing"

urlpatterns = [
    path("utgaver/<str:number>/<str:name>", views.download, name="download"),
]

for_robots = [
    path("sitemap.xml", views.sitemap),
    path("robots.txt", views.robots),
]
