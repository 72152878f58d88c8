"""The addresses of downloads, in each language, and of what robots read, in none."""

from django.urls import path, re_path

from veikart.publishing import council_views, paper_files, views

app_name = "publishing"

LOG = r"(?P<uid>(?:horing|arbeidsmote)/[\w-]+)\.(?P<ending>csv|xlsx)"
REPORT = r"(?P<uid>(?:horing|arbeidsmote)/[\w-]+)-rapport\.(?P<ending>docx|pdf)"
PRIORITIES = r"(?P<uid>(?:horing|arbeidsmote)/[\w-]+)/prioriteringer\.(?P<ending>csv|json)"
DECISIONS = r"vedtak\.(?P<ending>csv|xlsx|json)"
PAPER = r"(?P<uid>sak/[\w-]+/\d+-\d\d/vedlegg/[\w.]+)\.(?P<ending>\w+)"
VOTES = r"(?P<uid>(?:horing|arbeidsmote)/[\w-]+)/stemmer\.csv"

urlpatterns = [
    re_path(
        rf"^utgaver/(?P<number>[\w-]+)/{DECISIONS}$", views.decisions, name="edition-decisions"
    ),
    path("utgaver/<str:number>/<str:name>", views.download, name="download"),
    path("data/indikatorer.json", views.indicators, name="indicators"),
    path("data/indikator/<str:name>", views.indicator, name="indicator"),
    re_path(rf"^data/{LOG}$", views.hearing, name="hearing"),
    re_path(rf"^utgaver/(?P<number>[\w-]+)/{LOG}$", views.hearing, name="edition-hearing"),
    re_path(rf"^data/{REPORT}$", views.report, name="report"),
    re_path(rf"^utgaver/(?P<number>[\w-]+)/{REPORT}$", views.report, name="edition-report"),
    re_path(rf"^data/{PRIORITIES}$", views.priorities, name="priorities"),
    re_path(
        rf"^utgaver/(?P<number>[\w-]+)/{PRIORITIES}$", views.priorities, name="edition-priorities"
    ),
    re_path(rf"^data/{VOTES}$", views.votes, name="votes"),
    re_path(rf"^utgaver/(?P<number>[\w-]+)/{VOTES}$", views.votes, name="edition-votes"),
    re_path(rf"^data/{DECISIONS}$", views.decisions, name="decisions"),
    re_path(r"^(?P<uid>organ/[\w-]+)/moter\.ics$", council_views.calendar, name="calendar"),
    path("vedtak/atom.xml", council_views.decisions, name="decisions-feed"),
    re_path(rf"^data/{PAPER}$", paper_files.handed_out, name="paper"),
    re_path(rf"^utgaver/(?P<number>[\w-]+)/{PAPER}$", paper_files.handed_out, name="edition-paper"),
    re_path(rf"^utkast/data/{PAPER}$", paper_files.of_draft, name="draft-paper"),
    path("data/<path:name>", council_views.oparl, name="oparl"),
    path("utgaver/<str:number>/data/indikatorer.json", views.indicators),
    path("utgaver/<str:number>/indikator/<str:name>", views.indicator, name="edition-indicator"),
]

for_robots = [
    path("sitemap.xml", views.sitemap),
    path("robots.txt", views.robots),
]
