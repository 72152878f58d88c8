"""Whatever is put in any order, freezing gives what replacing fields in plain structs gives."""

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.roadmap.factories import PHASES, day, make_deliverable, make_ground
from veikart.people import audit
from veikart.plan import model as plan
from veikart.roadmap import queries, services

pytestmark = pytest.mark.django_db

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40
).filter(str.strip)
DATES = st.dates().map(lambda found: day(found.isoformat(), "tentative"))
PERIODS = st.builds(
    lambda phase, **rest: {"first_phase": phase, "last_phase": phase, **rest},
    phase=st.sampled_from([None, *PHASES]),
    phase_text=st.none() | TEXTS,
    start=st.none() | DATES,
    end=st.none() | DATES,
    certainty=st.sampled_from(["decided", "planned", "tentative"]),
)
OWNERS = st.fixed_dictionaries(
    {
        "organisation": st.sampled_from(["aktor/nhn", "aktor/ks"]),
        "role": st.sampled_from(["accountable", "develops", "involved"]),
    },
    optional={"note": TEXTS},
)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXTS,
        "description": st.none() | TEXTS,
        "delmal": st.sampled_from(["delmal/1A", "delmal/1B"]),
        "other_delmal": st.lists(st.sampled_from(["delmal/1A", "delmal/1B"])),
        "user_groups": st.lists(st.just("brukergruppe/fastleger")),
        "lifecycle": st.sampled_from([None, "idea", "completed"]),
        "periods": st.lists(PERIODS, max_size=3),
        "owners": st.lists(OWNERS, max_size=3, unique_by=lambda o: (o["organisation"], o["role"])),
    },
)


def plain(old: plan.Deliverable, values: dict[str, Any]) -> plan.Deliverable:
    """`old` with `values`, the obvious way."""
    changed = dict(values)
    for name in ("other_delmal", "user_groups"):
        if name in changed:
            changed[name] = tuple(sorted(set(changed[name])))
    if "periods" in changed:
        changed["periods"] = tuple(
            plan.PhasePeriod(no=no, **period) for no, period in enumerate(changed["periods"], 1)
        )
    if "owners" in changed:
        owners = [plan.Ownership(**owner) for owner in changed["owners"]]
        changed["owners"] = tuple(sorted(owners, key=lambda o: (o.organisation, o.role)))
    return msgspec.structs.replace(old, **changed)


def numbered(values: dict[str, Any]) -> dict[str, Any]:
    """`values` as a reader gives them, the periods with numbers and in any order."""
    if "periods" not in values:
        return values
    rows = [{"no": no, **period} for no, period in enumerate(values["periods"], 1)]
    return {**values, "periods": rows[::-1]}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(VALUES, min_size=1, max_size=4), number=st.integers(1, 5))
def test_any_changes_give_what_plain_structs_give(changes, number):
    if not services.known(["mal/1"]):
        make_ground()
    uid = f"leveranse/{number}"
    make_deliverable(str(number))
    expected = {d.uid: d for d in queries.freeze().deliverables}

    for values in changes:
        services.put("deliverable", uid, numbered(values), by=None)
        expected[uid] = plain(expected[uid], values)

    assert {d.uid: d for d in queries.freeze().deliverables} == expected
    assert audit.verify() == []
