"""The hearing of the strategy: what was asked, and one reply, retold."""

import re

import pytest

from tests.shared import SHARED, needs_shared
from veikart.consultations import queries, services
from veikart.consultations.models import IntakeItem
from veikart.engines.handling.settling import counts
from veikart.intake.datasets import content, hearing_files
from veikart.intake.datasets.loading import DATASETS

FOLDER = DATASETS["ehelse"]
UID = "horing/22-414"
SAME_WORDS = 7
"""So many words in a row are no coincidence."""


@pytest.fixture(scope="module")
def found():
    return hearing_files.read(FOLDER)


def test_the_hearing_is_told_with_its_questions_its_days_and_how_many_replied(found):
    (item,), _replies = found
    values = item.values

    assert (item.kind, item.key, values["case_number"]) == ("hearing", UID, "22/414")
    assert (str(values["opens_on"]), str(values["closes_on"])) == ("2022-05-31", "2022-10-01")
    assert [question["kind"] for question in values["questions"]] == [
        "choice", "per_goal", "text", "text",
    ]  # fmt: skip
    assert values["questions"][1]["goals"] == ["mal/1", "mal/2", "mal/3", "mal/4", "mal/5"]
    assert [(each["what"], each["number"]) for each in values["stated"]] == [
        ("Mottatte høringssvar", 88)
    ]
    assert values["stated"][0]["address"].startswith("https://www.ehelse.no/")


def test_the_reply_has_its_points_and_what_each_is_about(found):
    _items, (reply,) = found
    points = reply.incoming.points
    about = {anchor.uid for point in points for anchor in point.anchors}

    assert (reply.hearing, reply.incoming.respondent) == (UID, "Legemiddelverket")
    assert [answer.choice for answer in reply.incoming.answers] == ["Ja"]
    assert len(points) == 24
    assert [point.goal for point in points if point.kind == "wording"] == ["mal/3", "mal/4"]
    assert {"indikator/1.2", "indikator/1.4", "indikator/3.1", "mal/4/oppna/1"} <= about
    assert all(point.is_retold for point in points)


def test_each_point_is_about_something_in_the_plan(found):
    _items, (reply,) = found
    known = {item.key for item in content.read(FOLDER).items}

    assert [
        anchor.uid
        for point in reply.incoming.points
        for anchor in point.anchors
        if anchor.uid not in known
    ] == []


@needs_shared
def test_no_sentence_is_copied_from_the_reply(found):
    (source,) = (SHARED / "seeds").glob("004_*.txt")
    words = _words(source.read_text(encoding="utf-8"))
    said = f" {' '.join(words)} "
    _items, (reply,) = found

    for point in reply.incoming.points:
        words = _words(point.text)
        rows = (words[at : at + SAME_WORDS] for at in range(len(words) - SAME_WORDS + 1))
        assert not [row for row in rows if f" {' '.join(row)} " in said], point.text


def _words(text):
    return re.findall(r"[\w.]+", text.casefold())


@pytest.mark.django_db
def test_loading_it_again_changes_nothing(found):
    (item,), (reply,) = found

    for _ in range(2):
        services.put(item.kind, item.key, item.values, by=None)
        services.receive_public(reply.hearing, reply.incoming, by=None)

    tally = counts(queries.state(UID))
    frozen = queries.freeze(on=item.values["closes_on"].replace(month=12))
    assert (tally.received, tally.open) == (24, 24)
    assert [(one.respondent, one.received_on) for one in frozen.replies] == [
        ("Legemiddelverket", None)
    ]
    assert len(frozen.points) == 24
    assert frozen.hearings[0].stage == "handling"
    assert not IntakeItem.objects.exists()
