"""The register of decisions: what fits a question, how much else there is to choose, and a slow way to the same."""

import datetime as dt
import random

import pytest
from msgspec.structs import replace

from tests.plan import council_samples as councils
from tests.plan.samples import sample
from veikart.plan.council import FollowUp
from veikart.plan.decided import day_of, following, standing, touching
from veikart.plan.register import Asked, parse, query, register, themes_of

PLAN = councils.decided_plan()


def found(**asked):
    return [one.uid for one in register(PLAN).find(Asked(**asked)).decisions]


def test_all_are_listed_newest_first_and_those_of_one_day_by_address():
    every = [councils.APPROVAL, councils.ASKED, councils.NOTED, councils.ADVICE, councils.VISION]

    assert found() == every
    assert found(oldest_first=True) == every[::-1]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"body": councils.NUIT}, [councils.ADVICE]),
        ({"year": 2021}, [councils.VISION]),
        ({"type": "endorsement"}, [councils.ASKED, councils.VISION]),
        ({"follow_up": "overdue"}, [councils.ASKED]),
        ({"follow_up": "done"}, [councils.APPROVAL]),
        ({"follow_up": "dropped"}, [councils.VISION]),
        ({"follow_up": "none"}, [councils.NOTED, councils.ADVICE]),
        ({"theme": "visjon"}, [councils.VISION]),
        ({"theme": "utgave/2026-1"}, [councils.APPROVAL]),
        ({"theme": "indikator/1.4"}, [councils.NOTED]),
        ({"text": "FORENKLET rapportering"}, [councils.ASKED]),
        ({"text": "13/26"}, [councils.ASKED]),
        ({"text": "visjon", "year": 2026}, []),
        ({"body": councils.RAD, "year": 2026, "type": "endorsement"}, [councils.ASKED]),
    ],
)
def test_each_filter_keeps_what_fits_and_all_must_hold(asked, expected):
    assert found(**asked) == expected


def test_a_goal_and_a_delmal_hold_what_is_under_them():
    assert found(theme="mal/1") == [councils.ASKED, councils.NOTED, councils.ADVICE]
    assert found(theme="delmal/1A") == [councils.ASKED, councils.ADVICE]
    assert found(theme="gruppering/1a-innsyn") == [councils.ASKED]


def test_a_decision_is_sought_by_the_day_of_its_meeting_where_it_has_none():
    asked = PLAN.index.decisions[councils.ASKED]
    own = councils.with_decisions(PLAN, replace(asked, decided_on=dt.date(2025, 1, 2)))

    assert day_of(PLAN.index, asked) == dt.date(2026, 6, 4)
    assert [one.uid for one in register(own).find(Asked(year=2025)).decisions] == [asked.uid]


def test_facets_count_what_fits_all_else_that_is_asked_for():
    facets = register(PLAN).find(Asked(body=councils.RAD, year=2021)).facets

    assert {(f.value, f.count, f.chosen) for f in facets["body"]} == {(councils.RAD, 1, True)}
    assert {(f.value, f.count, f.chosen) for f in facets["year"]} == {
        (2026, 3, False),
        (2021, 1, True),
    }
    assert {(f.value, f.count) for f in facets["follow_up"]} == {("dropped", 1)}


def test_a_question_is_an_address_and_back():
    asked = Asked(
        body=councils.RAD, year=2026, type="endorsement", theme="mal/1", follow_up="overdue",
        text="forenklet rapportering", oldest_first=True,
    )  # fmt: skip

    said = query(asked)

    assert said == (
        "organ=rad&ar=2026&type=tilslutning&om=mal/1&oppfolging=forfalt"
        "&q=forenklet+rapportering&rekkefolge=eldst"
    )
    from_query = {name: [value] for name, value in (p.split("=") for p in said.split("&"))}
    from_query["q"] = ["forenklet rapportering"]
    assert parse(from_query, PLAN) == asked
    assert query(Asked()) == ""


def test_what_says_nothing_in_the_plan_is_told_and_keeps_all():
    asked = parse(
        {"organ": ["nufa"], "ar": ["x"], "type": ["visjon"], "om": ["mal/9"], "oppfolging": [""]},
        PLAN,
    )

    assert asked == Asked(unknown=("nufa", "x", "visjon", "mal/9"))
    assert parse({"ar": ["²"], "q": ["  a  b "]}, PLAN) == Asked(text="a b", unknown=("²",))


def test_an_empty_register_finds_nothing():
    empty = register(sample()).find(Asked(text="x"))

    assert (empty.decisions, empty.total) == ([], 0)
    assert set(empty.facets.values()) == {()}


def test_decisions_that_touch_a_thing_are_told_apart_by_whether_they_have_an_effect_on_it():
    touched = touching(PLAN.index, "delmal/1A")

    assert [(t.decision.uid, [e.kind for e in t.effects]) for t in touched] == [
        (councils.ASKED, ["asks_for_change"]),
        (councils.ADVICE, ["recommends"]),
    ]
    assert [(t.decision.uid, t.effects) for t in touching(PLAN.index, "leveranse/101")] == [
        (councils.ASKED, ())
    ]


def test_what_is_due_on_the_very_day_is_open_and_overdue_the_day_after():
    due = FollowUp(uid="sak/rad/1-26/oppfolging/1", body=councils.RAD, what="x", due=councils.AS_OF)

    assert standing([due], on=councils.AS_OF) == "open"
    assert standing([due], on=councils.AS_OF + dt.timedelta(days=1)) == "overdue"
    assert standing([replace(due, due=None)], on=dt.date.max) == "open"


@pytest.mark.parametrize("seed", range(12))
def test_the_register_agrees_with_looking_at_each_decision_in_turn(seed):
    chance = random.Random(seed)
    plan = councils.at_random(chance)
    values = register(plan).values

    for _ in range(25):
        asked = Asked(
            body=chance.choice([None, *values["body"]]),
            year=chance.choice([None, *values["year"]]),
            type=chance.choice([None, *values["type"]]),
            theme=chance.choice([None, *values["theme"]]),
            follow_up=chance.choice([None, *values["follow_up"]]),
            text=chance.choice(["", "", "journal", "Tempo 2"]),
        )
        answer = register(plan).find(asked)

        fitting = {one.uid for one in plan.council.decisions if _fits(plan, one, asked)}
        assert {one.uid for one in answer.decisions} == fitting
        days = [day_of(plan.index, one) or dt.date.min for one in answer.decisions]
        assert days == sorted(days, reverse=True)
        for facet in answer.facets["theme"]:
            wanted = replace(asked, theme=facet.value)
            assert facet.count == sum(_fits(plan, d, wanted) for d in plan.council.decisions)


def _fits(plan, one, asked):
    index, case = plan.index, plan.index.cases[one.case]
    day = day_of(index, one)
    texts = (one.title, one.text, case.number, case.title, *(e.note for e in one.effects))
    said = " ".join(t for t in texts if t).lower()
    state = standing(following(index, one), on=plan.head.as_of)
    return (
        asked.body in (None, one.body)
        and (asked.year is None or (day is not None and day.year == asked.year))
        and asked.type in (None, case.type)
        and (asked.theme is None or asked.theme in themes_of(index, one))
        and asked.follow_up in (None, state)
        and all(word.lower() in said for word in asked.text.split())
    )
