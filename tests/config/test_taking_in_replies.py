"""`veikart take-in --json` of replies: forms, e-mail and folders of them, anchored to a plan."""

import json
import re

import pytest
from django.utils import translation
from typer.testing import CliRunner

from tests.engines.readers.reply_forms import docx_form, mail, text_form
from tests.publishing.plans import small_plan
from veikart.config.command import app
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


@pytest.mark.django_db
def test_a_reply_is_not_taken_into_the_plan(veikart, tmp_path):
    (tmp_path / "svar.txt").write_bytes(text_form())

    said = veikart("take-in", tmp_path / "svar.txt")

    assert said.exit_code == 1
    assert re.search(
        r"svar\.txt is a reply to a hearing\. Take it in with the replies", said.stderr
    )
