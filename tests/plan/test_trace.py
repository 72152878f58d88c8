"""Why something is here: the chain both ways, with relations and reasons."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from tests.plan.samples import sample
from tests.plan.strategies import plans
from tests.plan.test_consultations import CONSULTATIONS, HEARING
from veikart.plan.model import Dependency, Plan, Tombstone
from veikart.plan.trace import Trace, why

PLAN = sample()


def outline(steps, depth: int = 0) -> list[str]:
    lines = []
    for step in steps:
        reason = f" ({step.reason})" if step.reason else ""
        lines.append(f"{'  ' * depth}{step.relation} {step.uid or step.name}{reason}")
        lines += outline(step.steps, depth + 1)
    return lines


def lines(text: str) -> list[str]:
    kept = [line for line in text.splitlines() if line.strip()]
    margin = min(len(line) - len(line.lstrip()) for line in kept)
    return [line[margin:] for line in kept]


GOAL_1 = """
      serves overordnet-mal/1
      serves visjon
      aims_at mal/1/oppna/1
      aims_at mal/1/oppna/2
      rests_on mal/4 (Mål 1 forutsetter mål 4.)
      contributes_to fn-mal/3
"""


def test_a_deliverable_is_traced_up_to_the_vision_and_to_what_it_waits_for():
    trace = why(PLAN, "leveranse/103")

    assert outline(trace.up) == lines(f"""
part_of gruppering/1a-dialog
  part_of delmal/1A
    part_of mal/1{GOAL_1.rstrip()}
waits_for leveranse/107 (Trenger felles API)
    """)
    assert (trace.kind, trace.name, trace.stone) == (
        "deliverable",
        "Digital dialog med fastlege",
        None,
    )
    assert trace.down == ()
    assert trace.sources == PLAN.sources


def test_a_deliverable_is_traced_down_to_what_waits_for_it():
    assert outline(why(PLAN, "leveranse/107").down) == [
        "awaited_by leveranse/103 (Trenger felles API)"
    ]


def test_another_delmal_that_is_served_is_on_the_way_up():
    trace = why(PLAN, "leveranse/106")

    assert [(s.relation, s.uid) for s in trace.up] == [
        ("part_of", "gruppering/1b-hjemme"),
        ("also_part_of", "delmal/4A"),
    ]


def test_a_goal_is_traced_down_to_deliverables_and_to_the_goals_it_makes_possible():
    assert outline(why(PLAN, "mal/4").down) == lines("""
        holds delmal/4A
          holds gruppering/4a-datadeling
            holds leveranse/107
              awaited_by leveranse/103 (Trenger felles API)
            holds leveranse/108
          holds leveranse/106
        enables mal/1 (Mål 1 forutsetter mål 4.)
    """)


def test_what_is_awaited_outside_the_plan_is_named():
    trace = why(PLAN, "gruppering/1a-innsyn")

    assert outline(trace.up)[-1] == "waits_for EHDS-krav"
    assert outline(trace.down) == ["holds leveranse/101", "holds leveranse/102"]


def test_an_organisation_owns_by_role_and_through_groupings():
    assert outline(why(PLAN, "aktor/helse-nord-rhf").down) == lines("""
        accountable gruppering/1b-hjemme
          holds leveranse/105
          holds leveranse/106
        introduces leveranse/103
    """)


def test_user_groups_regions_and_phases_have_what_reaches_them():
    assert outline(why(PLAN, "brukergruppe/fastleger").down) == lines("""
        for_users gruppering/1b-hjemme
          holds leveranse/105
          holds leveranse/106
        for_users leveranse/103
    """)
    assert outline(why(PLAN, "helseregion/nord").down) == lines("""
        in_region gruppering/1b-hjemme
          holds leveranse/105
        in_region leveranse/106
    """)
    assert outline(why(PLAN, "fase/i-bruk").down) == ["in_phase leveranse/102"]


def test_what_is_gone_gives_its_stone_and_what_took_its_place():
    stones = (
        Tombstone(
            uid="leveranse/1", kind="deliverable", name="Gammel", reason="Delt",
            successors=("leveranse/2", "leveranse/107", "leveranse/404"),
        ),
        Tombstone(
            uid="leveranse/2", kind="deliverable", name="Mellom", reason="Slått sammen",
            successors=("leveranse/104", "leveranse/1"),
        ),
    )  # fmt: skip
    trace = why(replace(PLAN, tombstones=stones), "leveranse/1")

    assert (trace.kind, trace.name, trace.stone) == ("deliverable", "Gammel", stones[0])
    assert [line for line in outline(trace.down) if "succeeded_by" in line] == [
        "succeeded_by leveranse/2 (Slått sammen)",
        "  succeeded_by leveranse/104",
        "succeeded_by leveranse/107",
    ]


def test_an_unknown_uid_is_refused_by_name():
    with pytest.raises(LookupError, match="found “leveranse/999”"):
        why(PLAN, "leveranse/999")


def test_circles_of_waiting_end():
    circle = with_dependencies(("103", "104"), ("104", "105"), ("105", "103"))

    assert outline(why(circle, "leveranse/103").up)[-2:] == [
        "waits_for leveranse/104",
        "  waits_for leveranse/105",
    ]


def test_a_net_of_waiting_does_not_grow_beyond_its_links():
    numbers = [str(number) for number in range(101, 109)]
    net = with_dependencies(
        *((one, other) for place, one in enumerate(numbers) for other in numbers[place + 1 :])
    )

    waits = [line for line in outline(why(net, "leveranse/101").up) if "waits_for" in line]

    assert len(waits) == 28


def with_dependencies(*pairs: tuple[str, str]) -> Plan:
    links = tuple(
        Dependency(
            uid=f"avhengighet/{one}-{other}",
            subject=f"leveranse/{one}",
            on=f"leveranse/{other}",
            on_text=None,
            state="proposed",
        )
        for one, other in pairs
    )
    return replace(PLAN, roadmap=replace(PLAN.roadmap, dependencies=links))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans())
def test_everything_in_any_plan_can_be_traced_and_told_as_json(plan):
    for uid in plan.index.by_uid:
        trace = why(plan, uid)

        assert msgspec.json.decode(msgspec.json.encode(trace), type=Trace) == trace
        assert all(step.uid != uid for step in (*trace.up, *trace.down))


def test_what_was_changed_after_a_hearing_names_the_point_and_the_point_names_the_change():
    heard = replace(PLAN, consultations=CONSULTATIONS)
    point = f"{HEARING}/svar/1/punkt/1"

    changed = why(heard, "mal/4/oppna/1")
    said = why(heard, point)

    assert outline(changed.up)[-1] == f"changed_after {point} (Gjør det tydeligere)"
    assert [step.uid for step in why(heard, "mal/1/oppna/1").up] == ["mal/1"]
    assert (said.kind, said.name) == ("point", "Legg til et ord")
    assert outline(said.up)[:2] == ["about mal/4/oppna/1", "  part_of mal/4"]
    assert outline(said.down) == ["led_to mal/4/oppna/1 (Gjør det tydeligere)"]
