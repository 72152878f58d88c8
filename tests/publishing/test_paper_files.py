"""The files of papers: handed out and published when the plan has them, and by no address when it has not."""

import dataclasses
import hashlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.publishing.plans import small_plan
from tests.publishing.test_site import shelved
from veikart.editions import queries
from veikart.plan.council import Body, Case, Council, Paper
from veikart.publishing.paper_files import content
from veikart.publishing.serving import PublishedFiles
from veikart.publishing.site import NotMade, publish_edition

CASE = "sak/radet/2-26"
NOTE, PAGE = b"%PDF-1.7 notat", b"<script>alert(1)</script>"

pytestmark = pytest.mark.django_db


def keep(settings, found):
    folder = Path(settings.DOCUMENTS_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256(found).hexdigest()
    (folder / sha256).write_bytes(found)
    return sha256


def paper(no, sha256, **more):
    uid = f"{CASE}/vedlegg/{no}"
    return Paper(uid=uid, case=CASE, no=no, label=str(no), sha256=sha256, **more)


def plan_with(*papers, number="2026-1"):
    return replace(
        small_plan(number=number),
        council=Council(
            bodies=(Body(uid="organ/radet", name="Rådet"),),
            cases=(Case(uid=CASE, body="organ/radet", number="2/26", title="Veikart"),),
            papers=papers,
        ),
    )


@pytest.fixture
def note(settings):
    return paper(1, keep(settings, NOTE), file_name="Notat.pdf", media_type="application/pdf")


@pytest.fixture
def page(settings):
    return paper(2, keep(settings, PAGE), file_name="side.html", media_type="text/html")


@pytest.fixture
def editions(monkeypatch):
    """Makes editions the approved ones, with the newest first; the draft is what is given apart."""

    def make(*approved, draft=None, waiting=None):
        monkeypatch.setattr(queries, "editions", lambda: list(approved))
        monkeypatch.setattr(queries, "working", lambda: draft)
        monkeypatch.setattr(queries, "waiting_for", lambda _user, _number: waiting)

    return make


def test_the_file_of_a_paper_is_handed_out_as_it_is(client, editions, note):
    editions(shelved(plan=plan_with(note)))

    answer = client.get(f"/data/{CASE}/vedlegg/1.pdf")

    assert answer.content == NOTE
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="Notat.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_may_run_is_saved_and_never_shown(client, editions, page):
    editions(shelved(plan=plan_with(page)))

    answer = client.get(f"/data/{CASE}/vedlegg/2.bin")

    assert answer.content == PAGE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="side.bin"'
    assert client.get(f"/data/{CASE}/vedlegg/2.html").status_code == 404


def test_what_the_plan_does_not_have_is_found_by_no_address(client, editions, note, page):
    """The file is kept, as a withheld one is; the plan in force does not name it."""
    editions(shelved(plan=plan_with(note)), shelved("2026-0", plan_with(number="2026-0")))

    addresses = (
        f"/data/{CASE}/vedlegg/2.bin",
        f"/data/{CASE}/vedlegg/2.html",
        f"/data/{page.sha256}",
        f"/utgaver/2026-1/{CASE}/vedlegg/2.bin",
        f"/utgaver/2026-0/{CASE}/vedlegg/1.pdf",
        f"/utgaver/2026-9/{CASE}/vedlegg/1.pdf",
        f"/en/data/{CASE}/vedlegg/2.bin",
        f"/{CASE}/vedlegg/2/",
    )

    assert {client.get(address).status_code for address in addresses} == {404}


def test_a_copy_of_a_file_is_asked_for_again_since_it_may_be_withheld(client, editions, note):
    editions(shelved(plan=plan_with(note)))

    assert client.get(f"/data/{CASE}/vedlegg/1.pdf")["Cache-Control"] == "no-cache"


def test_the_file_of_a_draft_is_for_those_signed_in(client, django_user_model, editions, note):
    frozen = shelved("2026-2", plan_with(note, number="2026-2"))
    draft = dataclasses.replace(frozen, number=None, state="draft", approved_on=None)
    editions(shelved(plan=plan_with()), draft=draft)
    address = f"/utkast/data/{CASE}/vedlegg/1.pdf"

    stranger = client.get(address)
    client.force_login(django_user_model.objects.create_user("ada"))
    member = client.get(address)

    assert stranger.status_code == 302
    assert member.content == NOTE
    assert member["Cache-Control"] == "private, no-store"


def test_the_file_of_an_edition_that_waits_is_for_who_may_read_it(client, editions, note):
    waiting = dataclasses.replace(shelved("2026-2", plan_with(note)), approved_on=None)
    address = f"/utgaver/2026-2/{CASE}/vedlegg/1.pdf"

    editions(shelved())
    refused = client.get(address)
    editions(shelved(), waiting=waiting)
    shown = client.get(address)

    assert refused.status_code == 404
    assert (shown.content, shown["Cache-Control"]) == (NOTE, "private, no-store")


def test_a_file_that_was_changed_or_is_gone_is_not_handed_out(client, editions, settings, note):
    editions(shelved(plan=plan_with(note)))
    kept = Path(settings.DOCUMENTS_FOLDER) / note.sha256

    kept.write_bytes(b"%PDF-1.7 noe annet")
    changed = client.get(f"/data/{CASE}/vedlegg/1.pdf")
    kept.unlink()
    gone = client.get(f"/data/{CASE}/vedlegg/1.pdf")

    assert (changed.status_code, gone.status_code) == (409, 409)
    assert b"noe annet" not in changed.content
    assert str(settings.DOCUMENTS_FOLDER).encode() not in changed.content + gone.content
    with pytest.raises(FileNotFoundError, match=note.sha256):
        content(note.sha256)


def test_only_the_files_of_the_plan_are_published_and_what_left_is_removed(tmp_path, note, page):
    site = tmp_path / "site"
    first = shelved(plan=plan_with(note, page))
    publish_edition(first, (first,), site, processes=1)
    both = {file.name for file in (site / f"data/{CASE}/vedlegg").iterdir()}
    second = shelved("2026-2", plan_with(note, number="2026-2"), previous="2026-1")

    publish_edition(second, (second, first), site, processes=1)

    assert both == {"1.pdf", "2.bin"}
    assert {file.name for file in (site / f"data/{CASE}/vedlegg").iterdir()} == {"1.pdf"}
    assert not [file for file in site.rglob("*") if file.is_file() and file.read_bytes() == PAGE]


def test_a_file_that_is_published_already_is_not_read_again(tmp_path, settings, note):
    edition = shelved(plan=plan_with(note))
    publish_edition(edition, (edition,), tmp_path, processes=1)
    (Path(settings.DOCUMENTS_FOLDER) / note.sha256).unlink()

    wrote = publish_edition(edition, (edition,), tmp_path, processes=1)

    assert wrote.written == 0
    assert (tmp_path / f"data/{CASE}/vedlegg/1.pdf").read_bytes() == NOTE


def test_a_missing_file_stops_the_publication_and_says_what_to_do(tmp_path, settings, note):
    edition = shelved(plan=plan_with(note))
    (Path(settings.DOCUMENTS_FOLDER) / note.sha256).unlink()

    with pytest.raises(NotMade, match=f"(?s){note.sha256}.*"):
        publish_edition(edition, (edition,), tmp_path, processes=1)


def test_files_of_papers_are_answered_live_though_they_are_published(tmp_path, note):
    """So that one is gone as soon as it is withheld, and not only when the edition is published again."""
    edition = shelved(plan=plan_with(note))
    publish_edition(edition, (edition,), tmp_path / "site", processes=1)

    files = PublishedFiles(None, site=tmp_path / "site", static=tmp_path / "none").files

    assert f"/{CASE}/" in files
    assert f"/data/{CASE}/vedlegg/1.pdf" not in files
    assert (tmp_path / f"site/data/{CASE}/vedlegg/1.pdf").read_bytes() == NOTE


def test_every_link_of_a_published_case_leads_to_a_file(tmp_path, note, page):
    edition = shelved(plan=plan_with(note, page))
    publish_edition(edition, (edition,), tmp_path, processes=1)

    for language in ("", "nn/", "en/"):
        text = (tmp_path / f"{language}{CASE}/index.html").read_text()
        assert f'href="/data/{CASE}/vedlegg/1.pdf"' in text
        assert f'href="/data/{CASE}/vedlegg/2.bin"' in text
        assert (tmp_path / f"{language}{CASE}/vedlegg/1/index.html").is_file()
