"""A view of the roadmap and its query string are two forms of the same thing."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.plan.samples import sample
from veikart.plan.timeline import View, parse, query, query_name, query_value, toggled
from veikart.plan.view import Unknown

PLAN = sample()


def chosen(uids) -> st.SearchStrategy[tuple]:
    return st.lists(st.sampled_from(list(uids)), unique=True).map(lambda c: tuple(sorted(c)))


def uids_of(things) -> list[str]:
    return [thing.uid for thing in things]


@st.composite
def views(draw) -> View:
    """Any view of the sample plan that a query can ask for."""
    years = sorted(draw(st.lists(st.integers(1900, 2200), min_size=2, max_size=2)))
    text = draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
    strategy, roadmap, actors = PLAN.strategy, PLAN.roadmap, PLAN.actors
    return View(
        group_by=draw(
            st.sampled_from(["goal", "delmal", "grouping", "owner", "user_group", "phase", "none"])
        ),
        goal=draw(chosen(uids_of(strategy.goals))),
        delmal=draw(chosen(uids_of(strategy.delmal))),
        grouping=draw(chosen(uids_of(roadmap.groupings))),
        owner=draw(chosen(uids_of(actors.organisations))),
        user_group=draw(chosen(uids_of(actors.user_groups))),
        phase=draw(chosen(uids_of(roadmap.phases))),
        region=draw(chosen(uids_of(actors.regions))),
        year=draw(chosen(range(2025, 2029))),
        certainty=draw(chosen(["decided", "planned", "tentative"])),
        text=" ".join(text.split()),
        from_year=draw(st.sampled_from([None, years[0]])),
        to_year=draw(st.sampled_from([None, years[1]])),
        zoom=draw(st.sampled_from(["year", "half", "quarter"])),
        undated=draw(st.sampled_from(["kept", "left_out"])),
    )


@settings(deadline=None)
@given(views())
def test_a_view_can_be_read_back_from_its_query(view):
    assert parse(parse_qs(query(view)), PLAN) == view
    assert query(parse(parse_qs(query(view)), PLAN)) == query(view)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["grupper", "mal", "delmal", "aar", "sikkerhet", "q", "fra", "til", "zoom"]
        ),
        st.lists(st.text(max_size=6), max_size=3),
    )
)
def test_no_query_is_too_odd_to_read(asked):
    view = parse(asked, PLAN)

    assert parse(parse_qs(query(view)), PLAN) == replace(view, unknown=())
    assert all(unknown.value in map(str.strip, asked[unknown.name]) for unknown in view.unknown)


def test_the_plainest_view_has_an_empty_query():
    assert query(View()) == ""
    assert parse({}, PLAN) == View()


def test_the_query_names_are_norwegian_and_uids_go_without_their_beginning():
    view = parse(
        {
            "grupper": ["eier"],
            "mal": ["4", "1"],
            "delmal": ["1a"],
            "gruppering": ["1a-dialog"],
            "eier": ["ks"],
            "brukergruppe": ["fastleger"],
            "fase": ["innforing"],
            "region": ["nord"],
            "aar": ["2027"],
            "sikkerhet": ["tentativ"],
            "q": ["  to  ord "],
            "fra": ["2029"],
            "til": ["2025"],
            "zoom": ["kvartal"],
            "udatert": ["skjul"],
        },
        PLAN,
    )

    assert view == View(
        group_by="owner",
        goal=("mal/1", "mal/4"),
        delmal=("delmal/1A",),
        grouping=("gruppering/1a-dialog",),
        owner=("aktor/ks",),
        user_group=("brukergruppe/fastleger",),
        phase=("fase/innforing",),
        region=("helseregion/nord",),
        year=(2027,),
        certainty=("tentative",),
        text="to ord",
        from_year=2025,
        to_year=2029,
        zoom="quarter",
        undated="left_out",
    )
    assert query(view) == (
        "grupper=eier&mal=1&mal=4&delmal=1A&gruppering=1a-dialog&eier=ks&brukergruppe=fastleger"
        "&fase=innforing&region=nord&aar=2027&sikkerhet=tentativ&q=to+ord&fra=2025&til=2029"
        "&zoom=kvartal&udatert=skjul"
    )


UNKNOWN = """
name      | value
grupper   | farge
mal       | 9
mal       | mal/1
delmal    | 9Z
eier      | ukjent
fase      | konsept/x
aar       | 1999
aar       | to tusen
sikkerhet | sikker
fra       | 20265
til       | -202
zoom      | uke
"""


@pytest.mark.parametrize(
    ("name", "value"),
    [[cell.strip() for cell in line.split("|")] for line in UNKNOWN.strip().splitlines()[1:]],
)
def test_an_unknown_value_is_left_out_and_listed(name, value):
    view = parse({name: [value]}, PLAN)

    assert view == View(unknown=(Unknown(name=name, value=value),))
    assert query(view) == ""


def test_empty_values_and_names_of_the_page_are_passed_over():
    assert parse({"mal": [""], "fra": [" "], "side": ["2"]}, PLAN) == View()


def test_a_very_long_text_is_cut_and_stays_so():
    view = parse({"q": ["ord " * 60]}, PLAN)

    assert view.text == ("ord " * 50).strip()
    assert parse(parse_qs(query(view)), PLAN) == view


def test_a_value_can_be_chosen_and_taken_away_again():
    view = toggled(View(goal=("mal/4",)), "goal", "mal/1")

    assert view.goal == ("mal/1", "mal/4")
    assert toggled(toggled(view, "goal", "mal/4"), "goal", "mal/1") == View()
    assert (query_name("goal"), query_value("goal", "mal/1")) == ("mal", "1")
    assert (query_name("certainty"), query_value("certainty", "tentative")) == (
        "sikkerhet",
        "tentativ",
    )
    assert (query_name("year"), query_value("year", 2027)) == ("aar", "2027")
