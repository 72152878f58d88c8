"""What a result rests on: changed words compute nothing again, changed numbers do."""

import datetime as dt

from msgspec.structs import replace

from tests.indicators.computed import AFTER, BEFORE, data_set, definition
from veikart.indicators.computing.inputs import inputs_of
from veikart.plan.indicators import Target

INDICATOR = definition(
    "share", breakdowns="sex: k m", targets=(Target(no=1, year=2030, value=0.9),)
)
DATA_SETS = (data_set("1"), data_set("2", as_of=dt.date(2025, 1, 1)))


def test_words_do_not_matter_to_calculation():
    said_otherwise = replace(
        INDICATOR, title="Noe annet", definition="Sagt bedre", owner="KS", note="Ukjent"
    )

    assert inputs_of(said_otherwise, DATA_SETS, borders=AFTER) == inputs_of(
        INDICATOR, tuple(reversed(DATA_SETS)), borders=AFTER
    )


def test_rounding_matters_where_there_is_a_smallest_number():
    hiding = replace(INDICATOR, smallest=5)

    assert inputs_of(replace(hiding, disclosure="round"), DATA_SETS, borders=AFTER) != inputs_of(
        hiding, DATA_SETS, borders=AFTER
    )


def test_everything_that_matters_changes_the_hash():
    changed = [
        inputs_of(INDICATOR, DATA_SETS, borders=AFTER),
        inputs_of(INDICATOR, DATA_SETS[:1], borders=AFTER),
        inputs_of(INDICATOR, DATA_SETS, borders=BEFORE),
        inputs_of(INDICATOR, DATA_SETS, borders=AFTER, engine="0"),
        inputs_of(INDICATOR, DATA_SETS, borders=AFTER, places="abc"),
        *(
            inputs_of(replace(INDICATOR, **fields), DATA_SETS, borders=AFTER)
            for fields in (
                {"kind": "rate"}, {"direction": "down"}, {"per": 1000}, {"smallest": 5},
                {"baseline_period": "2020"}, {"baseline_value": 0.5}, {"method": "germany"},
                {"targets": ()}, {"breakdowns": ()}, {"categories": ()}, {"version": 2},
            )
        ),
    ]  # fmt: skip

    assert len(set(changed)) == len(changed)
