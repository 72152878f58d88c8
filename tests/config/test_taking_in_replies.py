"""`veikart take-in` of replies: forms, e-mail and folders of them, printed as JSON or received."""

import json

import pytest
from django.utils import translation
from typer.testing import CliRunner

from tests.engines.readers.reply_forms import docx_form, mail, text_form
from tests.publishing.plans import small_plan
from veikart.config.command import app
from veikart.consultations import services
from veikart.consultations.models import IntakeItem, Reply
from veikart.intake.models import Proposal
from veikart.people.models import AuditEntry
from veikart.plan import codec
from veikart.plan.anchor_targets import anchor_targets


@pytest.fixture(autouse=True)
def _speaks_norwegian_again():
    with translation.override("nb"):
        yield


@pytest.fixture
def veikart():
    """Run the command with these words; the result has exit_code, stdout and stderr."""
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def printed(said):
    return [json.loads(line) for line in said.stdout.splitlines()]


def anchors(proposal):
    points = (item["values"] for item in proposal["items"] if item["kind"] == "point")
    return [[(anchor["uid"], anchor["score"]) for anchor in point["anchors"]] for point in points]


def test_a_reply_form_is_printed_and_nothing_is_kept(veikart, tmp_path, settings):
    (tmp_path / "svar.txt").write_bytes(text_form())

    said = veikart("take-in", "--json", tmp_path / "svar.txt")

    (proposal,) = printed(said)
    assert (said.exit_code, proposal["reader"]) == (0, "reply_form")
    assert list(proposal["items"][0]["values"]) == [
        "case_number", "respondent", "kind_of_respondent", "language", "received", "scanned",
    ]  # fmt: skip
    assert proposal["counts"]["point"] == 5
    assert not settings.HOME.exists()


def test_an_email_gives_its_text_and_its_attachments(veikart, tmp_path):
    (tmp_path / "svar.eml").write_bytes(mail(("svar.docx", docx_form())))

    said = veikart("take-in", "--json", tmp_path / "svar.eml")

    assert [(one["reader"], one["file"]["name"]) for one in printed(said)] == [
        ("mail", "svar.eml"),
        ("reply_form", "svar.docx"),
    ]


def test_a_folder_gives_all_that_is_in_it_but_for_hidden_files(veikart, tmp_path):
    (tmp_path / "uke 1").mkdir()
    (tmp_path / "uke 1" / "a.txt").write_bytes(text_form())
    (tmp_path / "b.eml").write_bytes(mail())
    (tmp_path / ".skjult").write_bytes(b"x")

    said = veikart("take-in", "--json", tmp_path)

    assert said.exit_code == 0
    assert [one["file"]["name"] for one in printed(said)] == ["b.eml", "a.txt"]


def test_a_bad_attachment_costs_itself_and_the_exit_code(veikart, tmp_path):
    content = mail(("svar.pdf", b"MZ\x00\x01"), ("svar.txt", text_form()))
    (tmp_path / "svar.eml").write_bytes(content)

    said = veikart("take-in", "--json", tmp_path / "svar.eml")

    assert said.exit_code == 1
    assert [one["reader"] for one in printed(said)] == ["mail", "reply_form"]
    assert said.stderr.startswith(f"{tmp_path / 'svar.eml'}: svar.pdf: Expected ")
    assert "4D 5A 00 01" in said.stderr


def test_an_empty_folder_is_refused(veikart, tmp_path):
    said = veikart("take-in", "--json", tmp_path)

    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr == f"Expected documents in {tmp_path}, found none. Check the name.\n"


def test_points_are_anchored_to_what_the_plan_has(veikart, tmp_path):
    (tmp_path / "svar.txt").write_bytes(text_form())
    (tmp_path / "plan.json").write_bytes(codec.encode(small_plan()))

    loose = veikart("take-in", "--json", tmp_path / "svar.txt")
    tied = veikart("take-in", "--json", "--plan", tmp_path / "plan.json", tmp_path / "svar.txt")

    assert ("mal/2/oppna/1", 0.95) in anchors(printed(loose)[0])[4]
    known = {target.uid for target in anchor_targets(small_plan())}
    assert {uid for point in anchors(printed(tied)[0]) for uid, _score in point} <= known
    assert "mal/2/oppna/1" not in known


@pytest.fixture
def hearing(db):
    """The hearing that the forms of these tests are for."""
    values = {
        "title": "Fiskestrategi",
        "case_number": "24/1001",
        "opens_on": "2024-09-01",
        "closes_on": "2024-12-01",
    }
    services.put("hearing", "horing/24-1001", values, by=None)


def test_a_folder_of_replies_is_received_and_what_was_not_is_told(veikart, tmp_path, hearing):
    (tmp_path / "a.txt").write_bytes(text_form())
    (tmp_path / "b.eml").write_bytes(
        mail(body="Vi foreslår at fyrene tennes tidligere på kvelden.")
    )
    (tmp_path / "c.pdf").write_bytes(b"MZ\x90\x00 is no PDF")

    said = veikart("take-in", tmp_path, "--received", "2024-11-30")

    assert said.exit_code == 1
    assert said.stdout.splitlines() == [
        f"{tmp_path / 'a.txt'}: received as horing/24-1001/svar/1, from Kystlaget.",
        f"{tmp_path / 'b.eml'}: received as horing/24-1001/svar/2, from Kari Nordmann.",
        "2 replies received, 0 files were there before, 1 things need a person.",
    ]
    assert f"{tmp_path / 'c.pdf'}: c.pdf could not be read: Expected " in said.stderr
    assert said.stderr.endswith(f"Not taken in:\n  {tmp_path / 'c.pdf'}\n")


def test_taken_in_again_a_folder_changes_nothing(veikart, tmp_path, hearing):
    folder = tmp_path / "svar"
    folder.mkdir()
    (folder / "a.txt").write_bytes(text_form())
    (folder / "b.eml").write_bytes(mail(("svar.docx", docx_form())))
    first = veikart("take-in", folder, "--received", "2024-11-30")
    before = (AuditEntry.objects.count(), IntakeItem.objects.count(), Reply.objects.count())

    again = veikart("take-in", folder, "--received", "2024-11-30")

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert again.stdout.splitlines()[-1].startswith("0 replies received, 2 files were there before")
    after = (AuditEntry.objects.count(), IntakeItem.objects.count(), Reply.objects.count())
    assert after == before


def test_a_reply_without_a_hearing_waits_and_the_plan_is_as_it_was(veikart, tmp_path, db):
    (tmp_path / "svar.txt").write_bytes(text_form())

    said = veikart("take-in", tmp_path / "svar.txt")

    assert said.exit_code == 1
    assert "svar.txt is for case 24/1001, which is no hearing here. Receive it" in said.stderr
    assert not Proposal.objects.exists()


def test_an_unknown_hearing_is_refused_with_those_there_are(veikart, tmp_path, hearing):
    (tmp_path / "svar.txt").write_bytes(text_form())

    said = veikart("take-in", tmp_path / "svar.txt", "--hearing", "22/1")

    assert said.exit_code == 1
    assert said.stderr == (
        "Expected the case number of a hearing; found “22/1”. There are: 24/1001.\n"
    )
