"""The roadmap as groups of rows: what is shown, where, how it is drawn and what could be chosen."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bench.multiples import multiplied
from tests.plan.samples import fuzzy, period, sample, with_deliverables
from tests.plan.strategies import plans
from tests.plan.test_view import views
from veikart.plan.index import name_of
from veikart.plan.model import Milestone, Plan
from veikart.plan.rows import alphabetical, folded, months
from veikart.plan.timeline import Timeline, View, timeline

PLAN = sample()


def numbers(rows) -> str:
    return " ".join(row.deliverable.register_id + "*" * row.repeated for row in rows)


def drawn(found: Timeline) -> list[str]:
    """Each group as `heading: rows | undated`; a star is for a row that is repeated."""
    return [
        f"{group.uid}: {numbers(group.rows)} | {numbers(group.undated)}".strip()
        for group in found.groups
    ]


def table(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def test_goals_group_rows_by_earliest_date_with_undated_ones_apart():
    found = timeline(PLAN, View())

    assert drawn(found) == table("""
        mal/1: 101 105 104 103 106 | 102
        mal/4: 107 106* 108 |
    """)
    assert (found.shown, found.total, found.undated) == (8, 8, 1)
    assert [name_of(group.thing) for group in found.groups] == [
        "Aktiv medvirkning",
        "Tilgjengelig informasjon",
    ]
    assert [group.count for group in found.groups] == [6, 3]


def test_a_deliverable_with_two_owners_stands_under_both_and_is_counted_once():
    found = timeline(PLAN, View(group_by="owner"))

    assert drawn(found) == table("""
        aktor/helse-nord-rhf: 105 103 106 |
        aktor/ks: 104 103* |
        aktor/norsk-helsenett: 101 | 102
        None: 107 108 |
    """)
    assert found.shown == 8


def test_rows_can_be_grouped_by_each_thing_or_not_at_all():
    groups = {
        "delmal": """
            delmal/1A: 101 104 103 | 102
            delmal/1B: 105 106 |
            delmal/4A: 107 106* 108 |
        """,
        "grouping": """
            gruppering/1a-dialog: 104 103 |
            gruppering/1a-innsyn: 101 | 102
            gruppering/1b-hjemme: 105 106 |
            gruppering/4a-datadeling: 107 108 |
        """,
        "user_group": """
            brukergruppe/fastleger: 105 103 106 |
            brukergruppe/innbyggere: 101 105* 106* | 102
            None: 104 107 108 |
        """,
        "phase": """
            fase/konsept: 106 108 |
            fase/utvikling: 101 104 |
            fase/tilpasning: 105 104* 103 |
            fase/innforing: 101* 104* |
            fase/i-bruk:  | 102
            None: 107 |
        """,
        "none": "None: 101 105 104 103 107 106 108 | 102",
    }
    for group_by, expected in groups.items():
        assert drawn(timeline(PLAN, View(group_by=group_by))) == table(expected), group_by


def shown(view: View) -> str:
    found = timeline(PLAN, replace(view, group_by="none"))
    return drawn(found)[0].removeprefix("None: ") if found.groups else "nothing"


def test_each_filter_keeps_what_has_any_of_its_values_and_all_filters_hold():
    assert shown(View(goal=("mal/4",))) == "107 106 108 |"
    assert shown(View(delmal=("delmal/1B", "delmal/4A"))) == "105 107 106 108 |"
    assert shown(View(grouping=("gruppering/1a-innsyn",))) == "101 | 102"
    assert shown(View(owner=("aktor/helse-nord-rhf",))) == "105 103 106 |"
    assert shown(View(user_group=("brukergruppe/fastleger",))) == "105 103 106 |"
    assert shown(View(phase=("fase/tilpasning",))) == "105 104 103 |"
    assert shown(View(region=("helseregion/vest",))) == "106 |"
    assert shown(View(certainty=("decided", "tentative"))) == "103 106 108 |"
    assert shown(View(goal=("mal/1",), certainty=("tentative",))) == "103 |"
    assert shown(View(goal=("mal/4",), phase=("fase/innforing",))) == "nothing"


def test_text_is_found_without_regard_to_case_and_accents_and_all_words_must_occur():
    assert shown(View(text="PRØVESVAR")) == "101 |"
    assert shown(View(text="provesvar linjer")) == "101 |"
    assert shown(View(text="hjemmeoppfølging")) == "105 106 |"
    assert shown(View(text="Maalarkitektur")) == "nothing"
    assert shown(View(text="malarkitektur")) == "108 |"
    assert shown(View(text="fastlege finnes-ikke")) == "nothing"
    assert folded("Ærlig Ål – Øst, Café") == "aerlig al – ost, cafe"


def test_a_year_keeps_what_may_be_active_in_it_and_what_has_no_date():
    assert shown(View(year=(2025,))) == "101 104 | 102"
    assert shown(View(year=(2026,))) == "101 105 104 103 107 | 102"
    assert shown(View(year=(2028,))) == "101 103 107 106 108 | 102"

    found = timeline(PLAN, View(year=(2025,), undated="left_out"))

    assert (found.shown, found.undated, found.undated_left_out) == (2, 0, 1)


def test_rows_active_only_outside_the_years_drawn_are_counted_and_left_out():
    found = timeline(PLAN, View(from_year=2025, to_year=2025))

    assert drawn(found) == ["mal/1: 101 104 | 102"]
    assert (found.shown, found.outside, found.undated) == (3, 5, 1)
    assert (found.first_year, found.last_year, found.width) == (2025, 2025, 12)

    filtered = timeline(PLAN, View(from_year=2025, to_year=2025, goal=("mal/4",)))

    assert (filtered.shown, filtered.outside) == (0, 3)


def test_grouping_by_what_is_filtered_shows_only_the_chosen_groups():
    found = timeline(PLAN, View(group_by="owner", owner=("aktor/ks",)))

    assert drawn(found) == ["aktor/ks: 104 103 |"]


def bars(*periods, view: View | None = None) -> list[tuple]:
    plan = with_deliverables(PLAN, replace(PLAN.roadmap.deliverables[0], periods=periods))
    groups = timeline(plan, view or View(group_by="none", from_year=2025, to_year=2027)).groups
    rows = [row for row in groups[0].rows if row.deliverable.uid == "leveranse/101"]
    return [
        (
            s.x0,
            s.x1,
            (s.first_phase, s.last_phase),
            " ".join(
                word
                for word in ("open_start", "open_end", "cut_start", "cut_end", "contradiction")
                if getattr(s, word)
            ),
        )
        for s in rows[0].segments
    ]


def test_bars_are_drawn_in_months_from_the_first_to_the_last_possible_day():
    assert bars(period(1, "konsept", "2025-01-01", "2025-12-31")) == [(0, 12, (1, 1), "")]
    assert bars(period(1, "utvikling..innforing", "2026Q2", "2026H2")) == [(15, 24, (2, 4), "")]
    assert bars(period(1, "konsept", "2026-06-16")) == [(17.5, 36, (1, 1), "open_end")]
    assert bars(period(1, "konsept", None, "2026-06-30")) == [(0, 18, (1, 1), "open_start")]
    assert bars(period(1, None, ">2025", ">2026")) == [(12, 36, (None, None), "open_end")]
    assert bars(period(1, "konsept", "2024", "2028")) == [(0, 36, (1, 1), "cut_start cut_end")]


def test_bars_outside_the_years_drawn_or_without_dates_are_not_drawn():
    kept = period(1, "konsept", "2026-01-01", "2026-01-31")

    assert bars(kept, period(2, "konsept", "2023", "2024")) == bars(kept)
    assert bars(kept, period(2, "konsept", "2028")) == bars(kept)
    assert bars(kept, period(2, "konsept")) == bars(kept)


def test_an_end_before_the_start_is_a_mere_mark_at_the_start():
    assert bars(period(1, "konsept", "2026-01-01", "2025-06-30")) == [
        (12, 12, (1, 1), "contradiction")
    ]
    assert bars(period(1, "konsept", "2026", "2026-06-30")) == [(12, 18, (1, 1), "")]


def test_milestones_are_marked_in_the_middle_of_their_date():
    stones = (
        Milestone(no=1, kind="available", title="Klar", date=fuzzy("2025-06")),
        Milestone(no=2, kind="law", title="Lov", date=fuzzy("~2026Q1")),
        Milestone(no=3, kind="law", title="Siden", date=fuzzy("2031")),
    )
    plan = with_deliverables(
        PLAN, replace(PLAN.roadmap.deliverables[1], milestones=stones, periods=())
    )

    found = timeline(plan, View(from_year=2025, to_year=2027))

    row = next(r for g in found.groups for r in g.rows if r.deliverable.uid == "leveranse/102")
    assert [(mark.x, mark.kind, mark.certainty) for mark in row.marks] == [
        (5.47, "available", "planned"),
        (13.46, "law", "tentative"),
    ]


def test_columns_are_years_halves_or_quarters():
    def columns(zoom):
        found = timeline(PLAN, View(from_year=2026, to_year=2027, zoom=zoom)).columns
        return [(column.year, column.part, column.x0, column.x1) for column in found]

    assert columns("year") == [(2026, None, 0, 12), (2027, None, 12, 24)]
    assert columns("half") == [
        (2026, 1, 0, 6),
        (2026, 2, 6, 12),
        (2027, 1, 12, 18),
        (2027, 2, 18, 24),
    ]
    assert columns("quarter")[4:6] == [(2027, 1, 12, 15), (2027, 2, 15, 18)]


def test_a_choice_says_how_many_it_would_show_given_the_other_filters():
    found = timeline(PLAN, View(goal=("mal/1",), certainty=("tentative",)))

    assert {c.value: (c.count, c.chosen) for c in found.facets["goal"]} == {
        "mal/1": (1, True),
        "mal/4": (1, False),
    }
    assert {c.value: (c.count, c.chosen) for c in found.facets["certainty"]} == {
        "decided": (1, False),
        "planned": (4, False),
        "tentative": (1, True),
    }
    assert {c.value: c.count for c in found.facets["owner"]} == {
        "aktor/helse-nord-rhf": 1,
        "aktor/ks": 1,
        "aktor/norsk-helsenett": 0,
    }
    assert {c.value: c.count for c in found.facets["year"]} == {2025: 0, 2026: 1, 2027: 1, 2028: 1}


def test_the_years_of_a_plan_without_dates_are_the_strategys():
    bare = tuple(replace(d, periods=(), milestones=()) for d in PLAN.roadmap.deliverables)
    plan = replace(PLAN, roadmap=replace(PLAN.roadmap, deliverables=bare))

    found = timeline(plan, View())

    assert (found.first_year, found.last_year, found.undated) == (2023, 2030, 8)


def test_a_larger_plan_shows_as_many_rows_as_it_has():
    found = timeline(multiplied(PLAN, 10), View(group_by="grouping"))

    assert (found.shown, found.total, len(found.groups)) == (80, 80, 40)


def test_months_count_days_as_shares_of_their_month():
    assert months(dt.date(2026, 1, 1)) == 2026 * 12
    assert months(dt.date(2026, 2, 15)) == 2026 * 12 + 1.5


# --- The slow, obvious version ------------------------------------------------------------------


def slowly_fits(plan: Plan, uid: str, view: View) -> bool:
    index = plan.index
    deliverable = index.by_uid[uid]
    grouping = index.by_uid.get(deliverable.grouping)
    delmal = [index.by_uid.get(code) for code in (deliverable.delmal, *deliverable.other_delmal)]

    def inherited(field):
        return getattr(deliverable, field) or (getattr(grouping, field) if grouping else ())

    def has(chosen, values):
        return not chosen or any(value in values for value in chosen)

    titles = [d.title for d in delmal if d] + ([grouping.title] if grouping else [])
    text = folded(" \n ".join([deliverable.name, deliverable.description or "", *titles]))
    return (
        has(view.goal, [d.goal for d in delmal if d])
        and has(view.delmal, (deliverable.delmal, *deliverable.other_delmal))
        and has(view.grouping, [deliverable.grouping])
        and has(view.owner, [owner.organisation for owner in inherited("owners")])
        and has(view.user_group, inherited("user_groups"))
        and has(view.region, inherited("regions"))
        and has(view.phase, [phase.uid for phase in index.phases_of(deliverable)])
        and has(view.certainty, [p.certainty for p in deliverable.periods])
        and all(word in text for word in folded(view.text).split())
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), views())
def test_a_slow_filter_of_every_deliverable_shows_the_same(plan, view):
    view = replace(view, year=(), from_year=None, to_year=None, undated="kept")
    expected = {d.uid for d in plan.roadmap.deliverables if slowly_fits(plan, d.uid, view)}

    found = timeline(plan, view)

    rows = [row for group in found.groups for row in (*group.rows, *group.undated)]
    assert {row.deliverable.uid for row in rows} == expected
    assert len([row for row in rows if not row.repeated]) == found.shown == len(expected)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(views(), st.sampled_from(["goal", "owner", "phase", "year", "certainty"]))
def test_a_choice_shows_as_many_as_it_said(view, field):
    found = timeline(PLAN, replace(view, undated="left_out"))

    for choice in found.facets[field]:
        alone = replace(view, undated="left_out", **{field: (choice.value,)})
        assert timeline(PLAN, alone).shown == choice.count


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), st.sampled_from(["goal", "owner", "phase", "none"]))
def test_everything_drawn_is_inside_the_years_drawn(plan, group_by):
    found = timeline(plan, View(group_by=group_by))

    assert found.shown == found.total == len(plan.roadmap.deliverables)
    for group in found.groups:
        for row in (*group.rows, *group.undated):
            assert all(0 <= s.x0 <= s.x1 <= found.width for s in row.segments)
            assert all(0 <= mark.x <= found.width for mark in row.marks)
        assert not any(row.segments or row.marks for row in group.undated)


def test_names_are_in_norwegian_order():
    names = ["Ålesund", "Øvre Eiker", "Ærfugl", "Zoo", "Elverum", "Évry", "asker"]

    assert sorted(names, key=alphabetical) == [
        "asker", "Elverum", "Évry", "Zoo", "Ærfugl", "Øvre Eiker", "Ålesund",
    ]  # fmt: skip
