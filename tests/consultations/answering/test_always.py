"""What must hold whatever anybody types: it comes back whole, and what is sent is what was typed."""

import html
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.consultations.answering.conftest import GOOD, START, VERSION
from veikart.consultations import queries
from veikart.consultations.answering.asking import answers, asked
from veikart.consultations.answering.written import points, written
from veikart.consultations.models import Hearing, Question, Reply, ReplyDraft
from veikart.consultations.originals import sheets
from veikart.engines.readers.document import pages

TYPED = st.text(
    st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=400
) | st.lists(
    st.sampled_from(
        ["Vi foreslår at dette endres.", "Mål 3: Helsedata", "1) Støtter dere målene?", "☒ Ja",
         "- et punkt til dere her", "", "   ", "2. Og en til ting vi mener", "Hvorfor er det slik?",
         "Vedlegg: x", "=1+1 og <script>", "| a | b | c d e f |", "\u00ad\u200bUsynlig tekst er det her"]
    ),
    max_size=12,
).map("\n".join)  # fmt: skip
FIELDS = ("q1-text", "q2-mal-1", "q2-mal-3", "q3-text")
OFTEN = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def lines(text):
    """As a browser sends it and a form keeps it: one kind of line's end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.django_db
@OFTEN
@given(typed=st.tuples(*[TYPED] * 4))
def test_whatever_is_typed_comes_back_whole_and_is_what_is_sent(client, asking, typed):
    cache.clear()
    link = client.post(START).url
    said = dict(zip(FIELDS, typed, strict=True))
    version = VERSION.search(client.get(link).content.decode()).group(1)
    client.post(link, {**GOOD, **said, "version": version})

    page = client.get(link).content.decode()
    for field, text in said.items():
        found = re.search(rf'<textarea id="{field}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
        assert html.unescape(found.group(1)) == lines(text)

    before = Reply.objects.count()
    sent = client.post(f"{link}se-over/", {"terms": "on"}, follow=True)
    draft = ReplyDraft.objects.latest("pk")
    with_words = {field: lines(text) for field, text in said.items() if text.strip()}
    if draft.reply is None:  # the very same words were sent before
        assert "This reply was received before" in sent.content.decode()
        assert Reply.objects.count() == before
        return
    names = {
        (1, None): "q1-text",
        (2, "mal/1"): "q2-mal-1",
        (2, "mal/3"): "q2-mal-3",
        (3, None): "q3-text",
    }
    given_back = {names[one["question"], one["goal"]]: one["text"] for one in draft.reply.answers}
    assert {field: text for field, text in given_back.items() if text} == with_words
    state = queries.state("horing/22-414")
    own = [point for uid, point in state.originals.items() if uid.startswith(f"{draft.reply.uid}/")]
    assert {point.question for point in own} <= {1, 2, 3}
    assert all(point.goal in (None, "mal/1", "mal/3") for point in own)


@pytest.mark.django_db
@OFTEN
@given(typed=st.tuples(*[TYPED] * 4))
def test_every_point_stands_where_it_says_in_the_file(asking, typed):
    questions = asked(asking)
    reply = written(asking, questions, {**GOOD, **dict(zip(FIELDS, typed, strict=True))}, files=[])
    whole = sheets_of(reply)

    for point in points(reply, ()):
        words = whole[point.found_at.start : point.found_at.end]
        assert all(squeezed(line) in squeezed(words) for line in point.text.split("\n"))
        assert point.found_at.end <= len(whole)


def sheets_of(reply):

    return pages(reply.name, reply.content).pages[0].text


def squeezed(text):
    """Letters and digits alone: how lines are joined and lists are marked does not count."""
    return "".join(sign for sign in text if sign.isalnum())


@pytest.mark.django_db
def test_answers_are_those_of_the_questions_in_their_order(asking):
    content = {
        "q3-text": "c",
        "q1-choice": "Nei",
        "q2-mal-3": "b",
        "q2-mal-1": " \n",
        "q9-text": "x",
    }

    found = [
        (one.question, one.goal, one.choice, one.text) for one in answers(asked(asking), content)
    ]

    assert found == [(1, None, "Nei", None), (2, "mal/3", None, "b"), (3, None, None, "c")]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_form_asks_the_tables_as_often_for_many_questions_as_for_one(
    client, link, asking, number, django_assert_num_queries
):
    Question.objects.filter(hearing=asking).delete()
    for no in range(1, number + 1):
        Question.objects.create(
            hearing=asking, no=no, text="Hva mener dere?", kind="per_goal", goals=["mal/1", "mal/3"]
        )

    with django_assert_num_queries(5):
        client.get(link)


@pytest.mark.django_db
def test_a_hearing_without_questions_takes_an_attachment(client, link, write, send, asking):

    Hearing.objects.get().questions.all().delete()
    write(files=[SimpleUploadedFile("brev.txt", "Vi foreslår at planen utsettes.".encode())])

    send()

    reply = Reply.objects.get()
    assert (reply.answers, reply.files.count()) == ([], 2)
    assert sheets(reply.files.get(role="form").document)
