"""Bad e-mail: each message is kept, told and listed once, and costs neither itself twice nor its neighbours."""

import email.policy
from email.message import EmailMessage

import pytest

from tests.consultations.test_bad_input import counted, fish, take_in
from tests.consultations.test_taking_in import LETTER, listed
from tests.engines.readers.reply_forms import mail
from veikart.consultations import queries, taking_in
from veikart.consultations.models import IntakeItem, KeptMessage
from veikart.documents import queries as documents
from veikart.documents.models import Document
from veikart.people import services as people

pytestmark = pytest.mark.django_db
__all__ = ["fish"]  # the hearing that replies come to, also here


def mailbox_of(*messages):
    start = b"From x@y.no Mon Sep 12 14:03:00 2022\n"
    return b"".join(start + message + b"\n\n" for message in messages)


def message_of(number):
    body = f"Vi foreslår at fyr nummer {number} tennes tidligere om høsten."
    return mail(body=body, **{"Message-ID": f"<{number}@x>", "From": f"f{number}@x.no"})


def deep(levels):
    """A head that announces so many parts within parts."""
    parts = (f"Content-Type: multipart/mixed; boundary=a{n}\n\n--a{n}\n" for n in range(levels))
    return ("From: a@b.no\nTo: c@d.no\nSubject: x\nMIME-Version: 1.0\n" + "".join(parts)).encode()


def test_one_broken_message_among_many_costs_itself():
    messages = [message_of(number) for number in range(29)]
    content = mailbox_of(*messages[:20], deep(3_000), *messages[20:])

    taken = take_in("inn.mbox", content)
    before = counted()
    again = take_in("inn.mbox", content)

    assert len(taken.replies) == 29
    assert listed() == [("not_read", "inn.mbox, 21.eml")]
    assert documents.content(IntakeItem.objects.get().document).startswith(b"From: a@b.no")
    assert (again.same, counted()) == (29, before)


def test_messages_in_messages_are_opened_so_deep_and_then_kept_as_they_are():
    inner = email.message_from_bytes(message_of(1), policy=email.policy.default)
    for number in range(50):
        outer = EmailMessage()
        outer["From"], outer["To"], outer["Subject"] = "a@b.no", "c@d.no", f"VS {number}"
        outer.set_content("Se under.")
        outer.add_attachment(inner)
        inner = outer
    content = inner.as_bytes()

    taken = take_in("x.eml", content)
    before = counted()
    take_in("x.eml", content)

    assert (taken.replies, listed()) == ([], [("not_read", "vedlegg-1.eml")])
    assert "at most 3 deep" in taken.items[0].params["problem"]
    assert counted() == before


BOUNDARIES = {
    "none": 'boundary=""\n\n--\nContent-Type: text/plain\n\n{said}\n----\n',
    "missing": "\n\n--a\nContent-Type: text/plain\n\n{said}\n",
    "never closed": "boundary=a\n\n--a\nContent-Type: text/plain\n\n{said}\n",
    "in itself": "boundary=a\n\n" + "--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 100
    + "--a\nContent-Type: text/plain\n\n{said}\n--a--\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BOUNDARIES)
def test_tricks_with_boundaries_lose_no_message(name):
    head = (
        "From: a@b.no\nTo: c@d.no\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
    )
    content = (head + BOUNDARIES[name].format(said="Vi foreslår mer strøm i havna.")).encode()

    taken = take_in("x.eml", content)

    assert content in {documents.content(one) for one in Document.objects.all()}
    assert len(taken.replies) + len(taken.items) >= 1
    assert len(taken.items) <= 2


def test_a_head_longer_than_is_looked_at_is_still_a_message():
    stamps = b"".join(b"X-Stempel-%d: %s\n" % (number, b"x" * 60) for number in range(2_000))

    head, _blank, body = message_of(1).partition(b"\n\n")

    (reply,) = take_in("x.eml", head + b"\n" + stamps + b"\n" + body).replies

    assert reply.channel == "email"


def test_a_message_that_came_much_later_than_it_says_is_looked_at(editor):
    stamp = b"Received: from a by b; Thu, 20 Oct 2022 10:00:00 +0200\n"

    (reply,) = take_in("x.eml", stamp + mail(body="Vi foreslår at det blir mer strøm.")).replies

    assert [(code, name) for code, name in listed()] == [
        ("sent_before", "Svar på høring, sak 24-1001.eml")
    ]
    item = queries.needing_a_person()[0]
    assert (item.params["sent"], item.params["arrived"]) == ("2022-09-12", "2022-10-20")
    assert item.reply == reply


# --- Who sent it ----------------------------------------------------------------------------------


def test_who_signs_with_an_organisations_name_takes_the_place_of_none(editor):
    people.put_many(
        [("organisation", "aktor/havna-kommune", {"name": "Havna kommune", "kind": "other"})],
        by=editor,
    )
    theirs = mail(("a.txt", LETTER.encode()), From="post@havna.no", **{"Message-ID": "<1@x>"})
    other = LETTER.replace("får strøm", "ikke får strøm").encode()
    forged = mail(("a.txt", other), From="liar@else.no", **{"Message-ID": "<2@x>"})

    first, second = (take_in("x.eml", one).replies[0] for one in (theirs, forged))

    assert first.organisation_id == second.organisation_id == "aktor/havna-kommune"
    assert (first.uid != second.uid, second.version) == (True, 1)
    assert [code for code, _name in listed()] == ["maybe_newer"]


def test_who_sends_the_first_once_more_after_another_means_it():
    texts = (LETTER, LETTER.replace("får strøm", "ikke får strøm"), LETTER)
    mails = [
        mail(("a.txt", text.encode()), **{"Message-ID": f"<{number}@x>"})
        for number, text in enumerate(texts)
    ]

    taken = [take_in("x.eml", one) for one in mails]
    again = [take_in("x.eml", one).same for one in mails]

    assert [one.replies[0].version for one in taken] == [1, 2, 3]
    assert again == [1, 1, 1]


# --- A fault of our own ---------------------------------------------------------------------------


def test_a_fault_of_our_own_costs_the_file_it_came_with_and_is_listed(monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(
            taking_in, "receive", lambda *_a, **_k: (_ for _ in ()).throw(ValueError("x"))
        )
        taken = take_in("inn.mbox", mailbox_of(message_of(1), message_of(2)))

    assert {item.params["why"] for item in taken.items} == {"not_received"}
    assert len(taken.items) == KeptMessage.objects.count() == 2
    assert len(take_in("inn.mbox", mailbox_of(message_of(1), message_of(2))).replies) == 2
