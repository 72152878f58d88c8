"""What waited for its file to be read is off the list once a reply was read from it."""

import datetime as dt

import pytest

from tests.consultations.conftest import HEARING
from veikart.consultations import queries
from veikart.consultations.models import IntakeItem
from veikart.consultations.receiving import need
from veikart.consultations.taking_in import Terms, take_in
from veikart.documents import services as documents
from veikart.people import audit

pytestmark = pytest.mark.django_db

LETTER = (
    "Legemiddelverket\n\nHøringssvar – nasjonal e-helsestrategi\n\n"
    "Vi mener at legemiddellisten må tas i bruk i alle kommuner.\n\nMed vennlig hilsen\nLegemiddelverket\n"
).encode()
TERMS = Terms(by=None, received_at=dt.datetime(2022, 9, 30, 12, tzinfo=dt.UTC), hearing=HEARING)


@pytest.fixture
def letter(hearing, editor):
    return documents.keep_for_editors("brev.txt", LETTER, by=editor)


@pytest.mark.parametrize("code", ["waits_for_recognition", "not_read"])
def test_a_file_that_waited_is_settled_by_the_reply_that_it_became(letter, code):
    need(code, document=letter, name="brev.txt", problem="", why="")

    (reply,) = take_in("brev.txt", LETTER, TERMS).replies

    item = IntakeItem.objects.get(code=code)
    assert (item.settled_by, item.note) == (None, f"It was read later, and is {reply.uid}.")
    assert item.settled_at is not None
    assert code not in {each.code for each in queries.needing_a_person()}
    assert audit.verify() == []


def test_what_is_of_another_file_or_of_another_kind_stays_on_the_list(letter, editor):
    other = documents.keep_for_editors("skann.pdf", b"%PDF-1.7", by=editor)
    need("waits_for_recognition", document=other, name="skann.pdf")
    need("not_a_reply", document=letter, name="brev.txt")

    take_in("brev.txt", LETTER, TERMS)

    waiting = {each.code for each in queries.needing_a_person()}
    assert {"waits_for_recognition", "not_a_reply"} <= waiting
