"""A draft is for who has its link, and for nobody else: not in answers, tables, logs or the desk."""

import logging

import pytest
from django.contrib.admin.sites import site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.consultations.answering.conftest import GOOD, START
from veikart.consultations import services
from veikart.consultations.answering.tokens import hash_of, new_token, without_tokens
from veikart.consultations.models import DraftFile, IntakeItem, ReplyDraft
from veikart.documents.models import Document

pytestmark = pytest.mark.django_db
PAGES = ("", "se-over/", "kvittering/", "kvittering.pdf", "slett/")


def token_of(link):
    return link.rstrip("/").rpartition("/")[2]


def test_the_table_holds_a_hash_of_the_token_and_not_the_token(link):
    draft = ReplyDraft.objects.get()

    assert draft.token_hash == hash_of(token_of(link))
    assert token_of(link) not in str(ReplyDraft.objects.values().get())


def test_tokens_are_long_and_never_the_same():
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}


@pytest.mark.parametrize("page", PAGES)
def test_no_answer_to_who_has_a_link_is_kept_or_named_to_anybody(client, link, page):
    answer = client.get(link + page)

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "strict-origin"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_link_that_leads_nowhere_gets_the_same_page(client, link, write, clock, page, method):
    write(verb="save", q3_text="Dette skal ingen andre lese.")
    token = token_of(link)
    deleted = client.post(START).url
    client.post(f"{deleted}slett/")
    altered = token[:-1] + ("A" if token[-1] != "A" else "B")
    tried = [altered, token[:-1], token.swapcase(), "x", new_token(), token_of(deleted)]

    answers = [
        getattr(client, method)(f"/en/svar/22-414/{said}/{page}")
        for said in tried
        if not (method == "post" and page.startswith("kvittering"))
    ]
    pages = {_less_the_address(answer.content.decode(), tried) for answer in answers}

    assert {answer.status_code for answer in answers} <= {404}
    assert len(pages) <= 1
    assert all("Dette skal ingen" not in page for page in pages)


def _less_the_address(page, tokens):
    for token in sorted(tokens, key=len, reverse=True):
        page = page.replace(f"/{token}/", "/…/")
    return page


@pytest.mark.parametrize("by", ["", START])
def test_an_expired_link_gets_that_page_too_and_its_draft_is_emptied(
    client, link, write, clock, by
):
    write(q3_text="Dette rakk jeg aldri å sende.")
    clock.move_to("2022-11-29T10:00:00Z")
    assert client.get(link).status_code == 200
    clock.move_to("2022-11-30T10:00:00Z")

    client.get(by or link)

    assert ReplyDraft.objects.get().content == {}
    assert client.get(link).status_code == 404
    assert not IntakeItem.objects.exists()


def test_a_link_that_was_never_given_out_is_listed_once(client, link):
    client.get(f"{START}{new_token()}/")
    client.get(f"{START}{new_token()}/")

    item = IntakeItem.objects.get()
    assert (item.code, item.hearing_id, item.params) == ("forged_link", "horing/22-414", {})


def test_a_link_holds_for_its_own_hearing_alone(client, link, editor):

    other = {
        "title": "En annen",
        "case_number": "22/500",
        "opens_on": "2022-09-01",
        "closes_on": "2022-12-01",
    }
    services.put("hearing", "horing/22-500", other, by=editor)

    assert client.get(f"/en/svar/22-500/{token_of(link)}/").status_code == 404


@pytest.mark.parametrize("name", ["django.request", "django.security.csrf"])
def test_no_log_holds_a_token(caplog, name):
    token = new_token()

    with caplog.at_level(logging.WARNING):
        logging.getLogger(name).warning("%s: %s", "Not Found", f"/nn/svar/22-414/{token}/se-over/")

    assert caplog.messages == ["Not Found: /nn/svar/22-414/…/se-over/"]


def test_a_refused_form_is_logged_without_its_token(client, link, caplog):

    strict = Client(enforce_csrf_checks=True)
    strict.post(link, GOOD)
    strict.get(f"{START}{new_token()}/")

    assert len(caplog.messages) == 2
    assert not any(len(word) > 40 for message in caplog.messages for word in message.split("/"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/svar/22-414/", "/svar/22-414/"),
        ("/svar/22-414/skjema.docx", "/svar/22-414/skjema.docx"),
        ("/horing/22-414/svar/1/", "/horing/22-414/svar/1/"),
        (f"/en/svar/22-414/{'a' * 43}/slett/", "/en/svar/22-414/…/slett/"),
        (f"/svar/22-414/{'a' * 43}?x", "/svar/22-414/…?x"),
    ],
)
def test_what_is_a_token_in_an_address(text, expected):
    assert without_tokens(text) == expected


def test_no_administration_shows_drafts(client):
    assert not {ReplyDraft, DraftFile} & set(site._registry)


def test_what_was_attached_and_not_sent_is_no_document(client, write, editor):

    write(files=[SimpleUploadedFile("hemmelig.txt", b"Bare for meg til det er sendt.")])

    assert DraftFile.objects.get().name == "hemmelig.txt"
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "hidden", [{"is_public": False}, {"kind": "workshop", "case_number": None}]
)
def test_what_is_not_public_cannot_be_answered_or_seen(client, link, asking, hidden):
    type(asking).objects.filter(pk=asking.pk).update(**hidden)

    assert client.get(START).status_code == 404
    assert client.post(START).status_code == 404
    assert client.get(link).status_code == 404


def test_a_form_from_elsewhere_is_refused(asking):

    strict = Client(enforce_csrf_checks=True)

    assert strict.post(reverse("answering:start", args=["22-414"])).status_code == 403
    assert not ReplyDraft.objects.exists()
