"""The mail server's address: a bad one stops the start, and a password in it is never repeated."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from veikart.config.mail_server import mail_server, sender


def told(said):
    found = mail_server(said)
    return tuple(
        found[f"EMAIL_{name}"]
        for name in ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    )


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", ("", 25, "", "", "", "")),
        ("smtp://mail.example.no", ("mail.example.no", 587, "", "", True, False)),
        ("smtps://mail.example.no", ("mail.example.no", 465, "", "", False, True)),
        (
            "smtp://post%40example.no:hem%2Fmelig@mail.example.no:2525",
            ("mail.example.no", 2525, "post@example.no", "hem/melig", True, False),
        ),
        ("smtp+plain://127.0.0.1", ("127.0.0.1", 25, "", "", False, False)),
    ],
)
def test_an_address_is_taken_apart(said, found):
    assert told(said) == found


@pytest.mark.parametrize(
    "said",
    [
        "mail.example.no",
        "http://u:hemmelig@mail.example.no",
        "smtp://u:hemmelig@",
        "smtp://u:hemmelig@host:x",
        "smtp://u:hemmelig@host/path",
        "smtp://u:hemmelig@host?tls=no",
        "smtp+plain://u:hemmelig@host",
    ],
)
def test_another_one_stops_the_start_and_repeats_no_password(said):
    with pytest.raises(ImproperlyConfigured) as refusal:
        mail_server(said)

    assert str(refusal.value).startswith("Expected ")
    assert "VEIKART_EMAIL_SERVER" in str(refusal.value)
    assert "hemmelig" not in str(refusal.value)


@pytest.mark.parametrize("said", ["", "post@example.no", "Helse Ærlig <post@example.no>"])
def test_whom_messages_are_from(said):
    assert sender(said) == said


@pytest.mark.parametrize("said", ["Helse", "post@", "Helse <post>", "post@x\nBcc: ola@x"])
def test_whom_they_cannot_be_from(said):
    with pytest.raises(ImproperlyConfigured, match="Expected VEIKART_EMAIL_FROM as"):
        sender(said)
