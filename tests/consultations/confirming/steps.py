"""What a respondent and an editor do on the way to a confirmed reply, for the tests of it."""

import datetime as dt
import html
import re

from django.urls import reverse

from tests.consultations.conftest import HEARING
from veikart.consultations import confirming, queries
from veikart.outbox import services as outbox
from veikart.outbox.models import Message
from veikart.outbox.models import State as Sending

POST = "post@legemiddelverket.example"
REPLY = f"{HEARING}/svar/1"


def text(response):
    plain = re.sub(r"<[^>]*>", " ", response.content.decode())
    return " ".join(html.unescape(plain).split())


def link(reply, address=POST):
    return reverse("consultations:confirm", args=[confirming.token_of(reply, address)])


def say(public, address, **given):
    """As a browser sends the form: with the token that the page holds."""
    page = public.get(address)
    csrf = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    return public.post(address, {"csrfmiddlewaretoken": csrf[1], **given}, follow=True)


def held(uid=REPLY):
    return queries.state(HEARING).replies[uid]


def how(reply):
    return confirming.standings(queries.state(HEARING), [reply])[reply.uid].how


def sent(message, editor, *, state=Sending.SENT):
    """The message as it stands once it went out."""
    outbox.approve([message.pk], by=editor)
    row = Message.objects.filter(pk=message.pk)
    row.update(state=Sending.SENDING, began_at=dt.datetime.now(dt.UTC))
    at = dt.datetime.now(dt.UTC) if state == Sending.SENT else None
    row.update(state=state, sent_at=at)
    return row.get()
