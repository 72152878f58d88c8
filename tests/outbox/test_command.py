"""`veikart send` as a timer runs it."""

import pytest
from typer.testing import CliRunner

from tests.outbox.conftest import KARI, approved, drafted
from veikart.config.command import app
from veikart.outbox import queries

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("smtp")]


def run():
    return CliRunner().invoke(app, ["send"])


def test_what_is_approved_is_sent_and_counted(post, editor):
    approved(editor)
    drafted()

    said = run()

    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout == "1 messages sent, 0 to be tried later, 0 need a person.\n"
    assert len(post.taken) == 1


def test_what_is_refused_is_told_without_the_address(post, editor):
    post.to = {KARI: "550 No such mailbox"}
    approved(editor)

    said = run()

    assert said.exit_code == 1
    assert said.stderr.replace("\n", " ") == (
        "“Bekreft høringssvaret” to Kari Nordmann (horing/22-414/svar/3): "
        "Not sent. 550 No such mailbox Decide at /arbeid/utboks/ "
    )


def test_without_a_server_it_says_what_to_set(settings, editor):
    approved(editor)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = queries.SMTP, ""
    settings.EMAIL_FROM = "horing@example.no"

    said = run()

    assert said.exit_code == 1
    assert said.stderr.startswith("Expected a mail server and an address to send from; found none.")
    assert "Set VEIKART_EMAIL_SERVER as docs/operations.md says." in said.stderr
