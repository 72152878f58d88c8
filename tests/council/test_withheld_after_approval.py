"""What is withheld after two editions with it were approved and published: asked for by every address there was."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from tests.council.hidden_things import BASIS, MARK, TODAY, Drawn, text_of
from veikart.council import casework, paper_files
from veikart.council.models import Case, Paper
from veikart.editions import building, opened, queries, services
from veikart.people.models import User
from veikart.publishing import manifest
from veikart.publishing.serving import PublishedSite
from veikart.publishing.site import publish_edition, site_files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june():
    building.forget()
    opened.forget()
    with time_machine.travel("2026-06-15T08:00:00Z", tick=True), translation.override("nb"):
        yield


@pytest.fixture
def drawn():
    """Councils all open, with a mark in what is to be hidden, in two editions."""
    found = Drawn(7, is_open=True)
    assert found.hidden
    assert found.hidden_papers
    for number in (1, 2):
        found.put(("body", "organ/nuit", {"mandate": f"Mandat {number}"}))
        day = TODAY - dt.timedelta(days=2 - number)
        edition = services.freeze(by=found.by, as_of=day, title="Veikart")
        by = User.objects.create_user(f"a{number}", role=User.Role.APPROVER)
        services.approve(edition, by=by, body="Rådet", on=TODAY)
    return found


def published(folder, settings):
    """Publish the edition in force, and answer the files of the folder."""
    editions = tuple(queries.editions())
    shelf = manifest.state_of(settings.EDITIONS_FOLDER)
    publish_edition(editions[0], editions, folder, shelf=shelf, processes=1)
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def withhold(drawn):
    """As the secretariat does it."""
    for case in Case.objects.filter(pk__in=drawn.hidden):
        casework.withhold(case, basis=BASIS, reason="", by=drawn.by)
    terms = paper_files.Terms(access="withheld", basis=BASIS)
    for paper in Paper.objects.filter(pk__in=drawn.hidden_papers).select_related("document"):
        paper_files.change_access(paper, terms, by=drawn.by)


def addresses():
    """Every address that is published, and those of older editions and of the draft."""
    editions = tuple(queries.editions())
    found = {
        f"/{file.path.removesuffix('index.html')}" for file in site_files(editions[0], editions)
    }
    papers = {path for path in found if path.startswith("/data/sak/")}
    older = {f"/utgaver/{e.number}{path}" for e in editions for path in papers | {"/vedtak.json"}}
    return sorted(
        path for path in found | older if not path.startswith(("/static/", "/nn/"))
    ), sorted(papers)


def leaks(answers):
    return [name for name, content in answers.items() if MARK in text_of(content)]


def fetched(client, paths):
    """What the live pages answer: by address, the bytes and the status."""
    answers = {path: client.get(path) for path in paths}
    return {path: (answer.status_code, answer.content) for path, answer in answers.items()}


def test_it_is_gone_from_every_address(
    drawn, tmp_path, settings, django_capture_on_commit_callbacks
):
    folder = tmp_path / "site"
    assert leaks(published(folder, settings))
    paths, papers = addresses()
    hidden = [
        p for p in papers if p.removeprefix("/data/").rpartition(".")[0] in drawn.hidden_papers
    ]
    assert hidden
    site = PublishedSite(None, site=folder, static=tmp_path, editions=settings.EDITIONS_FOLDER)
    assert site.is_up_to_date()

    with django_capture_on_commit_callbacks(execute=True):
        withhold(drawn)

    assert not site.is_up_to_date()
    reader = Client()
    reader.force_login(User.objects.create_user("reader", role=User.Role.READER))
    draft = [f"/utkast{path}" for path in paths if not path.startswith("/en/")]
    for client, more in ((Client(), ()), (reader, draft)):
        answers = fetched(client, [*paths, *more])
        assert leaks({path: content for path, (_status, content) in answers.items()}) == []
        assert [answers[path][0] for path in hidden] == [404] * len(hidden)
        assert all(status < 500 for status, _content in answers.values())
    again = published(folder, settings)
    assert leaks(again) == []
    assert [path for path in hidden if path.lstrip("/") in again] == []
