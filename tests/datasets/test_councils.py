"""The councils and the evaluation that come with the dataset, and the file they are read from."""

import datetime as dt
import re

import pytest

from tests.shared import SHARED, needs_shared
from veikart.council import queries as council
from veikart.evaluation import queries as evaluation
from veikart.intake.datasets import content, council_files
from veikart.intake.datasets.loading import DATASETS
from veikart.intake.kinds import TAKEN
from veikart.people.writing import Item

FOLDER = DATASETS["ehelse"]
RAD = "nasjonalt-e-helserad"
SAME_WORDS = 7
"""So many words in a row are no coincidence, where no official wording stands."""


@pytest.fixture(scope="module")
def items():
    return council_files.read(FOLDER)


@pytest.fixture
def frozen(items):
    found = content.read(FOLDER)
    for item in [*found.actors, *found.strategy_items, *items]:
        values: Item = (item.kind, item.key, item.values)
        TAKEN[item.kind].put_many([values], by=None)
    return council.freeze(on=dt.date(2026, 8, 31))


@pytest.mark.django_db
def test_the_three_bodies_prepare_for_one_another(frozen):
    bodies = {body.uid: body for body in frozen.bodies}

    assert bodies["organ/nufa"].prepares_for == "organ/nuit"
    assert bodies["organ/nuit"].prepares_for == f"organ/{RAD}"
    assert [name.name for name in bodies[f"organ/{RAD}"].earlier_names] == [
        "Nasjonalt e-helsestyre"
    ]
    assert all(body.mandate and body.address for body in frozen.bodies)


@pytest.mark.django_db
def test_seats_of_february_2022_are_seventeen_members_and_an_observer(frozen):
    seen = [seat for seat in frozen.seats if seat.seen_on == dt.date(2022, 2, 4)]

    assert sum(seat.role == "member" for seat in seen) == 17
    assert [seat.person for seat in seen if seat.role == "observer"] == ["Johan Ronæs"]
    assert len({seat.organisation_name for seat in seen}) == 18


@pytest.mark.django_db
def test_the_extra_meeting_has_three_cases_one_of_them_twice(frozen):
    (meeting,) = [found for found in frozen.meetings if found.number == 1]

    lines = [(line.starts_at, line.case or line.title) for line in meeting.agenda]
    assert (meeting.held_on, meeting.is_extra, meeting.place) == (
        dt.date(2022, 2, 4), True, "Videomøte",
    )  # fmt: skip
    assert lines == [
        ("10:30", f"sak/{RAD}/1-22"),
        ("10:35", f"sak/{RAD}/2-22"),
        ("11:30", "Lunsj"),
        ("11:50", f"sak/{RAD}/2-22"),
        ("12:55", f"sak/{RAD}/3-22"),
    ]
    assert len(meeting.attendance) == 18


@pytest.mark.django_db
def test_the_decision_on_the_vision_leads_to_the_vision(frozen):
    decisions = {found.uid: found for found in frozen.decisions}

    found = decisions[f"sak/{RAD}/40-21/vedtak"]
    assert found.decided_on == dt.date(2021, 12, 9)
    assert [(effect.kind, effect.uid) for effect in found.effects] == [
        ("recommends", "visjon"),
        ("takes_along", None),
    ]
    assert set(decisions) == {f"sak/{RAD}/{no}-21/vedtak" for no in (20, 27, 40)}


@pytest.mark.django_db
def test_the_evaluation_has_six_areas_three_questions_and_ratings_that_belong_to_none(frozen):
    (found,) = evaluation.freeze().evaluations

    assert (len(found.areas), len(found.questions), len(found.findings)) == (6, 3, 4)
    assert [(rating.said, rating.question) for rating in found.ratings] == [
        ("I begrenset grad", None),
        ("I liten grad", None),
        ("I noen grad", None),
    ]
    assert all(area.value is None and area.comment for area in found.areas)


@pytest.mark.django_db
def test_the_work_plan_has_ten_dates_and_eight_quarters(frozen):
    (plan,) = frozen.work_plans

    assert (len(plan.dates), len(plan.quarters), len(plan.phases)) == (10, 8, 6)
    assert plan.dates == tuple(sorted(plan.dates, key=lambda found: found.day))


def test_what_a_case_is_about_is_in_the_plan(items):
    known = {item.key for item in content.read(FOLDER).items}
    about = {uid for item in items if item.kind == "case" for uid in item.values.get("about", ())}

    assert about - known == set()


@needs_shared
def test_comments_and_findings_are_told_in_our_own_words(items):
    said = " ".join(
        re.sub(r"\W+", " ", path.read_text(encoding="utf-8").lower())
        for path in (SHARED / "seeds").glob("000_*.txt")
    )
    (found,) = [item.values for item in items if item.kind == "evaluation"]
    own = [area["comment"] for area in found["areas"]]
    own += [text for f in found["findings"] for text in (f["text"], *f.get("grounds", ()))]

    copied = [text for text in own if _repeats(text, said)]

    assert copied == []


def _repeats(text, said):
    words = re.sub(r"\W+", " ", text.lower()).split()
    runs = (words[at : at + SAME_WORDS] for at in range(len(words) - SAME_WORDS + 1))
    return any(" ".join(run) in said for run in runs)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[bodies]]\nname = "NUIT"', "bodies, entry 1: expected a uid such as organ/nuit"),
        ('[[bodies]]\nuid = "organ/nuit"\nnavn = "NUIT"', "found navn"),
        ('[[organ]]\nuid = "organ/nuit"', "expected tables called bodies"),
        ("[[bodies", "Mend that place"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(tmp_path, text, told):
    (tmp_path / "council.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match=re.escape(told)) as refusal:
        council_files.read(tmp_path)

    assert "council.toml" in str(refusal.value)
