"""Sending to a real mail server: what arrives, what is refused, and what a death in the middle leaves."""

import smtplib
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import children
from tests.outbox.conftest import KARI, approved, drafted
from tests.outbox.smtp import free_port, use
from veikart.documents import services as documents
from veikart.outbox import queries, sending, services
from veikart.outbox.models import Message, State
from veikart.people.models import AuditEntry, User

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("smtp")]
CHILD = Path(__file__).with_name("sending_child.py")


def fresh(message):
    return Message.objects.get(pk=message.pk)


def send(**more):
    return sending.send_approved(by=None, **more)


def test_what_is_approved_arrives_as_it_was_shown(post, editor):
    message = approved(
        editor, name="Åse Sørbø-Ærlig, «rådet»", subject="Bekreft høringssvaret på æøå"
    )

    tally = send()

    assert dict(tally.endings) == {"sent": 1}
    assert [to for to, _content in post.taken] == [[KARI]]
    (arrived,) = post.messages
    assert arrived["Subject"] == "Bekreft høringssvaret på æøå"
    assert arrived["To"].addresses[0].display_name == "Åse Sørbø-Ærlig, «rådet»"
    assert arrived["To"].addresses[0].addr_spec == KARI
    assert arrived["From"].addresses[0].display_name == "Høringsposten"
    assert arrived["Message-ID"] == message.message_id
    assert (arrived["Content-Language"], arrived["Auto-Submitted"]) == ("nb", "auto-generated")
    assert arrived.get_content() == "Hei,\n\nvi har mottatt svaret på æøå.\n"
    kept = fresh(message)
    assert (kept.state, kept.attempt, kept.said) == (State.SENT, 1, None)
    assert kept.sent_at >= kept.approved_at
    (entry,) = AuditEntry.objects.filter(verb="message.sent")
    assert entry.after == services.proof(kept)
    assert queries.verify() == []


def test_nothing_is_sent_that_is_not_approved_and_nothing_twice(post, editor):
    drafted()
    discarded = drafted()
    services.discard(discarded.pk, by=editor)
    approved(editor)

    send()
    send()

    assert len(post.taken) == 1


def test_no_line_is_too_long_and_no_letter_needs_eight_bits(post, editor):
    body = (
        "Lenke: https://veikart.example.no/svar/bekreft/"
        + "x" * 3000
        + "\n.\nFrom æøå\n"
        + "å" * 2000
    )
    approved(editor, body=body, subject="Å " * 140)

    send()

    ((_to, content),) = post.taken
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert content.isascii()
    assert post.messages[0].get_content().rstrip("\n") == body
    assert post.messages[0]["Subject"].strip() == ("Å " * 140).strip()


def test_documents_go_with_a_message_byte_for_byte(post, editor):
    document = documents.keep("innkalling.pdf", b"%PDF-1.7 \x00\xff\r\n", by=None)
    approved(editor, attachments=((document, "Innkalling på møte.pdf"),))

    send()

    (part,) = post.messages[0].iter_attachments()
    assert part.get_filename() == "Innkalling på møte.pdf"
    assert (part.get_content_type(), part.get_content()) == (
        "application/pdf",
        b"%PDF-1.7 \x00\xff\r\n",
    )


def test_a_message_whose_document_is_gone_is_not_sent(post, editor, settings):
    document = documents.keep("innkalling.pdf", b"%PDF", by=None)
    message = approved(editor, attachments=((document, "innkalling.pdf"),))
    (settings.DOCUMENTS_FOLDER / document.sha256).unlink()

    tally = send()

    assert (post.taken, dict(tally.endings)) == ([], {"refused": 1})
    assert fresh(message).state == State.FAILED
    assert "No such file" in fresh(message).said


def test_a_refused_recipient_is_told_and_the_others_get_theirs(post, editor):
    post.to = {KARI: "550 5.1.1 No such mailbox: æ"}
    bad, good = approved(editor), approved(editor, address="ola@example.no")

    tally = send()

    assert [to for to, _content in post.taken] == [["ola@example.no"]]
    assert (fresh(bad).state, fresh(good).state) == (State.FAILED, State.SENT)
    assert fresh(bad).said.startswith("550 5.1.1 No such mailbox")
    assert tally.troubled == [bad]
    send()
    assert fresh(bad).attempt == 1  # only a person has it tried again


def test_a_failed_message_goes_out_once_a_person_approves_it_again(post, editor):
    post.to_data = "554 Spam"
    message = approved(editor)
    send()
    post.to_data = None

    services.approve([message.pk], by=editor)
    send()

    assert (len(post.taken), fresh(message).state, fresh(message).attempt) == (1, State.SENT, 2)


def test_a_server_that_asks_for_later_is_tried_again_and_not_for_ever(post, editor):
    post.to = {KARI: "451 4.7.1 Greylisted, come back"}
    message = approved(editor)

    for _ in range(sending.MOST_ATTEMPTS - 1):
        assert dict(send().endings) == {"later": 1}
    assert fresh(message).state == State.APPROVED
    assert fresh(message).said == "451 4.7.1 Greylisted, come back"
    tally = send()

    assert fresh(message).state == State.FAILED
    assert tally.troubled == [message]


def test_a_connection_that_breaks_after_the_text_leaves_a_doubt_that_a_person_settles(post, editor):
    post.hangs_up = True
    first, second = approved(editor), approved(editor, address="ola@example.no")

    tally = send()

    assert (fresh(first).state, fresh(second).state) == (State.UNCLEAR, State.UNCLEAR)
    assert tally.troubled == [first, second]
    assert "The connection broke while it was being sent" in fresh(first).said
    post.hangs_up = False
    send()
    assert len(post.taken) == 2  # both had arrived, and neither went out once more

    services.settle(first.pk, arrived=True, by=editor)
    services.settle(second.pk, arrived=False, by=editor)
    send()
    assert [to for to, _content in post.taken[2:]] == [["ola@example.no"]]
    assert queries.verify() == []


def test_a_server_that_hung_up_between_two_messages_is_called_again(post, editor, monkeypatch):
    first, second = approved(editor), approved(editor, address="ola@example.no")
    note = sending._note

    def note_and_be_cut_off(number, attempt, posted, **more):
        connections[0].connection.sock.shutdown(2)
        return note(number, attempt, posted, **more)

    connections = []
    made = sending.get_connection
    monkeypatch.setattr(
        sending, "get_connection", lambda: connections.append(made()) or connections[0]
    )
    monkeypatch.setattr(sending, "_note", note_and_be_cut_off)

    assert dict(send().endings) == {"sent": 2}
    assert [fresh(first).state, fresh(second).state] == [State.SENT, State.SENT]


def test_without_a_server_everything_stays_and_it_says_what_to_set(settings, editor):
    message = approved(editor)
    settings.EMAIL_BACKEND = queries.SMTP
    settings.EMAIL_HOST = settings.EMAIL_FROM = ""

    with pytest.raises(sending.NoServer) as trouble:
        send()

    assert "VEIKART_EMAIL_SERVER, VEIKART_EMAIL_FROM" in str(trouble.value)
    assert fresh(message) == message
    assert fresh(message).state == State.APPROVED


def test_a_server_that_does_not_answer_leaves_everything_as_it_was(settings, editor):
    message = approved(editor)
    use(settings, free_port())

    with pytest.raises(sending.NoServer, match="Expected the mail server in VEIKART_EMAIL_SERVER"):
        send()

    assert (fresh(message).state, fresh(message).attempt) == (State.APPROVED, 0)


def test_a_wrong_password_is_told_without_it(settings, post, editor, monkeypatch):
    approved(editor)
    refusal = smtplib.SMTPAuthenticationError(535, b"5.7.8 Wrong")
    monkeypatch.setattr(smtplib.SMTP, "login", lambda *_: (_ for _ in ()).throw(refusal))
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "post", "hemmelig"

    with pytest.raises(sending.NoServer) as trouble:
        send()

    assert "535 5.7.8 Wrong" in str(trouble.value)
    assert "hemmelig" not in str(trouble.value)


def test_sending_stops_in_time_and_tells_what_is_left(post, editor):
    approved(editor)
    approved(editor)

    tally = send(seconds=-1)

    assert (post.taken, tally.left) == ([], 2)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_from_within_a_transaction(post, editor):
    approved(editor)

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send()

    assert post.taken == []


def test_a_process_that_dies_in_the_middle_never_sends_twice(tmp_path, office, post, monkeypatch):
    monkeypatch.setenv("VEIKART_EMAIL_SERVER", f"smtp+plain://127.0.0.1:{office.port}")
    monkeypatch.setenv("VEIKART_EMAIL_FROM", "horing@example.no")

    died = children.run(CHILD, tmp_path, "die", "0")
    soon = children.run(CHILD, tmp_path, "send", "1")
    late = children.run(CHILD, tmp_path, "send", "20")

    assert died.returncode == 9, died.stderr
    assert soon.stdout.splitlines() == ["[('sent', 1)]", "[]", "['sending', 'sent']"], soon.stderr
    assert late.stdout.splitlines() == [
        "[]",
        "['1 unclear: Veikart was stopped while it was being sent.']",
        "['unclear', 'sent']",
    ], late.stderr
    subjects = [message["Subject"] for message in post.messages]
    assert subjects == ["Bekreft 1", "Bekreft 2"]


def test_a_slow_process_and_a_hasty_person_lead_to_a_question_and_not_to_two_messages(post, editor):
    message = approved(editor)
    claimed = sending._claim(message.pk)
    doubt = sending.Posted("unclear", "Stopped.")
    sending._note(message.pk, claimed.attempt, doubt, by=None)
    services.settle(message.pk, arrived=False, by=editor)

    sending._note(message.pk, claimed.attempt, sending.Posted("sent"), by=None)

    assert fresh(message).state == State.UNCLEAR
    send()
    assert post.taken == []


NAMES = st.text(min_size=1, max_size=60).filter(lambda text: services.one_line(text))


@given(name=NAMES, subject=NAMES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_and_no_subject_adds_a_recipient_or_a_head(name, subject):
    message = drafted(name=name, subject=subject)

    mail = sending.composed(message)
    content = mail.message().as_bytes(linesep="\r\n")

    assert mail.recipients() == [KARI]
    head = content.partition(b"\r\n\r\n")[0]
    rows = [row for row in head.split(b"\r\n") if not row.startswith((b" ", b"\t"))]
    assert sorted(row.partition(b":")[0].decode() for row in rows) == [
        "Auto-Submitted", "Content-Language", "Content-Transfer-Encoding", "Content-Type", "Date",
        "From", "MIME-Version", "Message-ID", "Subject", "To",
    ]  # fmt: skip
    assert head.count(KARI.encode()) == 1


ANSWERS = ("250 OK", "451 Later", "550 No", "hangs up", "dies")
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("approve"), st.integers(0, 2)),
        st.tuples(st.just("discard"), st.integers(0, 2)),
        st.tuples(st.just("forget"), st.integers(0, 2)),
        st.tuples(st.just("arrived"), st.integers(0, 2)),
        st.tuples(st.just("once_more"), st.integers(0, 2)),
        st.tuples(st.just("send"), st.sampled_from(ANSWERS)),
    ),
    max_size=25,
)


@given(deeds=DEEDS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_nothing_is_sent_unapproved_or_twice_without_a_persons_word(deeds):
    """Each message is sent at most as often as it was approved, or said to have been lost, by a person."""
    editor, _new = User.objects.get_or_create(username="redaktor", role=User.Role.EDITOR)
    world = World(editor)
    for verb, with_what in deeds:
        world.do(verb, with_what)
        world.check()
    assert queries.verify() == []


class World:
    """Three messages, a mail server that answers as told, and a count of what it took."""

    def __init__(self, editor):
        self.editor = editor
        self.messages = [drafted(about=f"horing/22-414/svar/{no}") for no in range(3)]
        self.taken = dict.fromkeys((message.message_id for message in self.messages), 0)
        self.allowed = dict.fromkeys(self.taken, 0)
        self.on_word = set()

    def do(self, verb, with_what):
        if verb == "send":
            self.send(with_what)
            return
        message = self.messages[with_what]
        try:
            if verb == "approve":
                self.allowed[message.message_id] += len(
                    services.approve([message.pk], by=self.editor)
                )
            elif verb == "discard":
                services.discard(message.pk, by=self.editor)
            elif verb == "forget":
                services.forget("confirm", [message.about], by=self.editor)
            else:
                services.settle(message.pk, arrived=verb == "arrived", by=self.editor)
                self.allowed[message.message_id] += verb == "once_more"
                self.on_word |= {message.message_id} if verb == "arrived" else set()
        except services.ValidationError:
            pass

    def send(self, answer):
        """As `send_approved`, with the answer of the server in place of a server."""
        numbers = [message.pk for message in self.messages]
        for number in list(sending._waiting().filter(pk__in=numbers).values_list("pk", flat=True)):
            claimed = sending._claim(number)
            if answer in ("250 OK", "hangs up", "dies"):
                self.taken[claimed.message_id] += 1
            if answer != "dies":
                ending = {"250 OK": "sent", "451 Later": "later", "550 No": "refused"}
                posted = sending.Posted(ending.get(answer, "unclear"), answer)
                sending._note(number, claimed.attempt, posted, by=None)
        if answer == "dies":
            before = timezone.now() - sending.INTERRUPTED_AFTER * 2
            Message.objects.filter(state=State.SENDING).update(began_at=before)
            sending.find_interrupted(by=None)

    def check(self):
        numbers = [message.pk for message in self.messages]
        for row in Message.objects.filter(pk__in=numbers):
            taken = self.taken[row.message_id]
            assert taken <= self.allowed[row.message_id]
            if row.state == State.SENT:
                assert taken or row.message_id in self.on_word
            if taken:
                assert row.approved_by == self.editor
            if row.state == State.DISCARDED:
                assert row.address is None
