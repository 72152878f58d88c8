"""Several processes send at the same time, each in a transaction of its own on PostgreSQL."""

import threading
from collections import Counter

import pytest
from django.db import connection

from tests.outbox.conftest import approved
from veikart.outbox import queries, sending
from veikart.outbox.models import Message, State

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("smtp")]
MANY = 4


def test_each_message_is_sent_once_whoever_sends(post, editor):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; PostgreSQL has many")
    for number in range(12):
        approved(editor, address=f"nr{number}@example.no")
    start, tallies = threading.Barrier(MANY), []

    def send():
        start.wait()
        try:
            tallies.append(sending.send_approved(by=None))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    got = Counter(to for (to,), _content in post.taken)
    assert got == Counter(f"nr{number}@example.no" for number in range(12))
    assert sum((tally.endings for tally in tallies), Counter()) == {"sent": 12}
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}
    assert queries.verify() == []
