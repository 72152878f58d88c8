"""From themes to draft goals at the desk: gathering, drafting, tracing, and what the Plan and the pages say."""

import datetime as dt
import html
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.consultations.conftest import HEARING, received
from veikart.consultations import draft_goals, queries, services
from veikart.engines.handling import actions as do
from veikart.strategy import services as strategy

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

CODE = "22-414"
THEMES = [f"{HEARING}/tema/{no}" for no in (1, 2, 3)]
AREAS = [f"{HEARING}/endringsomrade/{no}" for no in (1, 2, 3)]
GOAL = f"{HEARING}/malutkast/1"


@pytest.fixture
def themes(hearing, editor):
    received(hearing, "Begrepene må forklares.", "Skolen trenger lærere.", "Data må deles.")
    for no, title in enumerate(("Begreper", "Skole", "Deling"), 1):
        services.make_theme(
            hearing, title=title, points=[f"{HEARING}/svar/1/punkt/{no}"], by=editor
        )
    return THEMES


@pytest.fixture
def desk(client, editor, themes):
    client.force_login(editor)
    return client


@pytest.fixture
def goal(desk):
    """A draft goal out of an area of the first two themes."""
    gather(desk, THEMES[:2], title="Felles språk")
    on_area(desk, 1, "nytt-mal", chosen=AREAS[0], text="Alle bruker de samme begrepene")
    return GOAL


def gather(desk, chosen, **given):
    return desk.post(reverse("consultations:areas", args=[CODE]), {"chosen": chosen, **given})


def on_area(desk, no, verb, **given):
    to = reverse("consultations:act-on-area", args=[CODE, no, verb])
    return desk.post(to, given, follow=True)


def on_goal(desk, no, verb, **given):
    to = reverse("consultations:act-on-goal", args=[CODE, no, verb])
    return desk.post(to, given, follow=True)


def state():
    return queries.state(HEARING)


def inside(area):
    return [theme.uid for theme in state().themes_in(area)]


def text(response):
    plain = re.sub(r"<[^>]*>", " ", html.unescape(response.content.decode()))
    return " ".join(plain.split())


def test_themes_are_gathered_in_a_new_area_and_in_one_there_is_and_the_counts_add_up(desk):
    gather(desk, THEMES[:1], title="Felles språk")
    gather(desk, THEMES[2:], to=AREAS[0])

    assert (inside(AREAS[0]), inside(None)) == ([THEMES[0], THEMES[2]], [THEMES[1]])
    page = text(desk.get(reverse("consultations:areas", args=[CODE])))
    assert "3 themes = 2 in change areas + 1 in none." in page


def test_gathering_into_two_areas_or_into_none_is_refused(desk):
    gather(desk, THEMES[:1], title="Et")

    for given in ({}, {"title": "To", "to": AREAS[0]}):
        refused = gather(desk, THEMES[1:], **given)
        assert refused.status_code == 422
        assert "Give a new change area a title, or choose one of those there are." in text(refused)
    assert (list(state().areas), inside(AREAS[0])) == ([AREAS[0]], THEMES[:1])


def test_themes_are_moved_to_another_area_and_out_of_all(desk):
    gather(desk, THEMES[:2], title="Et")
    gather(desk, THEMES[2:], title="To")

    on_area(desk, 1, "flytt", chosen=THEMES[0], to=AREAS[1])
    on_area(desk, 1, "flytt", chosen=THEMES[1], to="")

    assert (inside(AREAS[0]), inside(AREAS[1]), inside(None)) == (
        [],
        [THEMES[0], THEMES[2]],
        [THEMES[1]],
    )


def test_a_merged_area_has_all_themes_and_goals_and_undoing_puts_them_back(desk, goal):
    gather(desk, THEMES[2:], title="Deling")

    page = on_area(desk, 1, "sla-sammen", chosen=AREAS[1], title="Språk og deling")

    assert inside(AREAS[2]) == THEMES
    assert [area.uid for area in state().areas_of(state().goals[GOAL])] == [AREAS[2]]
    assert page.redirect_chain == [(reverse("consultations:area", args=[CODE, 3]), 302)]

    desk.post(reverse("consultations:undo", args=[CODE]), {"event": state().last})
    assert (inside(AREAS[0]), inside(AREAS[1])) == (THEMES[:2], THEMES[2:])


def test_an_area_that_a_goal_comes_from_is_not_given_up(desk, goal):
    refused = on_area(desk, 1, "gi-opp", reason="Dekket")

    assert refused.status_code == 422
    assert f"Draft goals come from {AREAS[0]}: {GOAL}." in text(refused)

    on_goal(desk, 1, "gi-opp", reason="Dekket av et annet")
    on_area(desk, 1, "gi-opp", reason="Dekket")
    assert (state().standing_areas(), state().standing_goals()) == ([], [])
    assert inside(None) == THEMES


def test_a_draft_goal_is_reworded_and_said_to_come_from_two_areas(desk, goal):
    gather(desk, THEMES[2:], title="Deling")

    on_goal(desk, 1, "ordlyd", text="Felles begreper", nn="Felles omgrep", en="Shared terms")
    page = on_goal(desk, 1, "opphav", chosen=[AREAS[0], AREAS[1]])

    held = state().goals[GOAL]
    assert (held.text, held.nn, held.en) == ("Felles begreper", "Felles omgrep", "Shared terms")
    assert held.areas == (AREAS[0], AREAS[1])
    assert "Felles språk Begreper (1), Skole (1) Deling Deling (1)" in text(page)


def test_a_goal_of_no_area_and_one_without_words_are_refused(desk, goal):
    assert "Nothing is named. Mark something first." in text(
        on_area(desk, 1, "nytt-mal", text="Et mål")
    )
    assert "Write what the goal is." in text(on_area(desk, 1, "nytt-mal", chosen=AREAS[0]))
    assert list(state().goals) == [GOAL]


def test_a_theme_that_is_split_or_merged_stays_in_its_area(desk, goal, editor):
    services.split_theme(
        HEARING,
        THEMES[0],
        parts=[("En", [f"{HEARING}/svar/1/punkt/1"]), ("To", [])],
        by=editor,
    )
    assert inside(AREAS[0]) == [THEMES[1], f"{HEARING}/tema/4", f"{HEARING}/tema/5"]

    services.merge_themes(HEARING, [THEMES[1], f"{HEARING}/tema/4"], title="Samlet", by=editor)
    assert inside(AREAS[0]) == [f"{HEARING}/tema/5", f"{HEARING}/tema/6"]


def test_what_a_goal_became_must_be_a_sentence_of_the_plan(desk, goal, editor):
    put_plan(editor)

    unknown = on_goal(desk, 1, "ble-til", uid="mal/33")
    other = on_goal(desk, 1, "ble-til", uid="malgruppe/alle")
    on_goal(desk, 1, "ble-til", uid="/mal/3/")

    assert "such as mal/3; nothing is or was at “mal/33”." in text(unknown)
    assert "“malgruppe/alle” is of the kind “target group”" in text(other)
    assert state().goals[GOAL].became == "mal/3"
    on_goal(desk, 1, "ble-til", uid="")
    assert state().goals[GOAL].became is None


def test_the_plan_has_the_trail_and_not_what_was_given_up(desk, goal, editor):
    put_plan(editor)
    draft_goals.draft_goal(HEARING, areas=[AREAS[0]], text="Et annet", nn="Eit anna", by=editor)
    draft_goals.link_goal(HEARING, GOAL, uid="mal/3", by=editor)
    services.act(HEARING, do.RemoveGoal(goal=f"{HEARING}/malutkast/2", reason="Nei"), by=editor)

    frozen = queries.freeze(on=dt.date(2022, 10, 20))

    (area,), (drafted,) = frozen.change_areas, frozen.draft_goals
    assert (area.uid, area.themes) == (AREAS[0], tuple(THEMES[:2]))
    assert (drafted.uid, drafted.areas, drafted.became) == (GOAL, (AREAS[0],), "mal/3")


def test_a_link_to_nothing_is_refused_by_the_service_too(goal, editor):
    with pytest.raises(ValidationError) as refusal:
        draft_goals.link_goal(HEARING, GOAL, uid="mal/9", by=editor)

    assert refusal.value.code == "unknown_address"


def test_readers_and_strangers_neither_see_nor_do(client, goal, reader):
    client.logout()
    pages = [
        reverse("consultations:areas", args=[CODE]),
        reverse("consultations:area", args=[CODE, 1]),
        reverse("consultations:draft-goal", args=[CODE, 1]),
    ]
    assert [client.get(page).status_code for page in pages] == [302] * 3
    client.force_login(reader)
    assert [client.get(page).status_code for page in pages] == [403] * 3
    assert on_goal(client, 1, "gi-opp", reason="x").status_code == 403
    assert state().goals[GOAL].gone is None


def test_what_is_not_there_is_not_found(desk, goal):
    assert desk.get(reverse("consultations:area", args=[CODE, 9])).status_code == 404
    assert desk.get(reverse("consultations:draft-goal", args=[CODE, 9])).status_code == 404
    assert on_area(desk, 1, "finnes-ikke").status_code == 404
    assert on_goal(desk, 1, "finnes-ikke").status_code == 404


def test_the_log_tells_what_was_done(desk, goal):
    page = text(desk.get(reverse("consultations:log", args=[CODE])))

    assert "Change area made Felles språk endringsomrade/1" in page
    assert "Goal drafted Alle bruker de samme begrepene malutkast/1" in page


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_as_many_questions_for_one_goal_as_for_three(
    desk, goal, editor, n, django_assert_num_queries
):
    for no in range(1, n):
        draft_goals.draft_goal(HEARING, areas=[AREAS[0]], text=f"Mål {no}", by=editor)
    desk.get(reverse("consultations:areas", args=[CODE]))

    with django_assert_num_queries(5):
        desk.get(reverse("consultations:areas", args=[CODE]))


def put_plan(editor):
    strategy.put(
        "strategic_goal",
        "mal/3",
        {"number": 3, "title": "Felles språk", "kind": "enabling"},
        by=editor,
    )
    strategy.put(
        "target_group", "malgruppe/alle", {"name": "Innbyggere", "ring": "benefits"}, by=editor
    )
