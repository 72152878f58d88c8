"""What the register's reader takes as an ID, the tables keep and the pages show."""

import pytest

from tests.pages import readings
from tests.plan.samples import deliverable, sample, with_deliverables
from veikart.engines.readers import register_cells
from veikart.pages.render import render
from veikart.roadmap.kinds import DELIVERABLE


@pytest.mark.parametrize("register_id", ["56876000020107079", "A-7", "1.4.b", "L_12~x"])
def test_an_id_that_the_reader_takes_is_an_address_with_a_page(register_id):
    thing = deliverable(register_id, "Prøvesvar", "1a-innsyn", "1A")
    reading = readings.alone(plan=with_deliverables(sample(), thing))

    assert register_cells.read_id(register_id) == register_id
    assert DELIVERABLE.fits(thing.uid)
    assert render(reading, thing.uid).status == 200


@pytest.mark.parametrize("register_id", [".7", "a/b", "æ", "x" * 65])
def test_an_id_that_cannot_be_an_address_is_refused_by_reader_and_tables(register_id):
    assert register_cells.read_id(register_id) is None
    assert not DELIVERABLE.fits(f"leveranse/{register_id}")
