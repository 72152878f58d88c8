import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from veikart.documents import queries, services
from veikart.documents.models import Document, DocumentName
from veikart.people import audit
from veikart.people.models import AuditEntry, User

pytestmark = pytest.mark.django_db


def test_keep_writes_the_bytes_under_their_hash_read_only(settings):
    content = b"Navn;Start\r\n\xe6\xf8\xe5;2026\r\n"

    document = services.keep("C:\\eksport\\register.csv", content, by=None)

    sha256 = hashlib.sha256(content).hexdigest()
    file = Path(settings.DOCUMENTS_FOLDER) / sha256
    assert (document.sha256, document.name, document.size, document.media_type) == (
        sha256,
        "register.csv",
        len(content),
        "text/csv",
    )
    assert file.read_bytes() == content
    assert file.stat().st_mode & 0o777 == 0o444
    assert [path.name for path in file.parent.iterdir()] == [sha256]
    assert queries.content(document) == content


def test_the_same_bytes_again_are_the_same_document_under_both_names():
    first = services.keep("a.csv", b"1", by=None)
    second = services.keep("b.csv", b"1", by=None)
    services.keep("a.csv", b"1", by=None)

    assert (first, second.name) == (second, "a.csv")
    assert list(DocumentName.objects.values_list("name", flat=True)) == ["a.csv", "b.csv"]
    assert AuditEntry.objects.filter(verb="document.kept").count() == 1


def test_a_file_that_was_lost_is_mended_by_keeping_it_again():
    document = services.keep("a.csv", b"1", by=None)
    queries.path(document).unlink()

    services.keep("a.csv", b"1", by=None)

    assert queries.content(document) == b"1"


def test_a_failing_write_leaves_neither_file_nor_row(settings, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("not a folder")
    settings.DOCUMENTS_FOLDER = blocked / "documents"

    with pytest.raises(OSError, match="blocked"):
        services.keep("a.csv", b"1", by=None)

    assert not Document.objects.exists()


def test_verify_tells_of_changed_and_missing_files():
    changed, missing, whole = (
        services.keep(f"{n}.csv", n.encode(), by=None) for n in ("changed", "missing", "whole")
    )
    queries.path(changed).chmod(0o644)
    queries.path(changed).write_bytes(b"chAnged")
    queries.path(missing).unlink()

    problems = queries.verify()

    assert len(problems) == 2
    assert changed.sha256 in problems[0]
    assert missing.sha256 in problems[1]
    assert queries.content(whole) == b"whole"
    with pytest.raises(ValueError, match=r"Expected changed\.csv to have the SHA-256"):
        queries.content(changed)


def test_only_who_may_read_the_draft_sees_internal_documents():
    internal = services.keep("internal.csv", b"1", by=None)
    public = services.keep("public.csv", b"2", by=None)
    services.set_visibility(public, visibility="public", by=None)
    reader = User.objects.create_user("reader")

    seen = {user: set(Document.objects.visible_to(user)) for user in (reader, AnonymousUser())}

    assert list(seen.values()) == [{internal, public}, {public}]


def test_files_of_figures_are_for_editors():
    figures = services.keep_for_editors("figures.csv", b"1", by=None)
    owner, team_mate, reporter, reader = (
        User.objects.create_user(role, role=role)
        for role in ("approver", "editor", "reporter", "reader")
    )
    inactive = User.objects.create_user("gone", role="editor", is_active=False)

    for user in (owner, team_mate):
        assert list(Document.objects.visible_to(user)) == [figures]
    for user in (reporter, reader, inactive, AnonymousUser()):
        assert not Document.objects.visible_to(user).exists()


@pytest.mark.parametrize(("before", "after"), [("internal", "editors"), ("public", "public")])
def test_a_file_that_figures_are_read_from_is_no_longer_internal(before, after):
    document = services.keep("a.csv", b"1", by=None)
    services.set_visibility(document, visibility=before, by=None)

    assert services.keep_for_editors("a.csv", b"1", by=None).visibility == after
    assert services.keep("a.csv", b"1", by=None).visibility == after


def test_visibility_is_one_of_three_and_recorded():
    document = services.keep("a.csv", b"1", by=None)

    with pytest.raises(ValidationError, match="secret"):
        services.set_visibility(document, visibility="secret", by=None)
    services.set_visibility(document, visibility="public", by=None)

    entry = AuditEntry.objects.latest("number")
    assert (entry.verb, entry.before, entry.after) == (
        "document.visibility_set",
        {"visibility": "internal"},
        {"visibility": "public"},
    )
    assert audit.verify() == []
