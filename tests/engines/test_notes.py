import datetime as dt

import pytest

from veikart.engines.proposal import Caution, FoundAt, Item, Unreadable
from veikart.engines.readers.notes import is_notes, read_notes

NOTES = """
title = "Kurven"
source = "Brevet"
register_says = "Slutter i 2025."
text_says = "Fortsetter."
uncertain = "Ingen dato."
remedy = "Spør."

[[items]]
kind = "phase_period"
key = "leveranse/1/periode/1"
blank = ["end"]
[items.values]
start = { earliest = 2026-01-01, latest = 2026-12-31 }

[[items]]
kind = "deliverable"
key = "leveranse/1"
[items.values]
lifecycle = "completed"
"""


def test_notes_become_changes_with_what_speaks_for_and_against_them():
    proposal = read_notes("kurven.toml", NOTES.encode())

    assert proposal.counts == {"deliverable": 1, "phase_period": 1}
    assert proposal.items == (
        Item(
            kind="phase_period",
            key="leveranse/1/periode/1",
            values={
                "start": {"earliest": dt.date(2026, 1, 1), "latest": dt.date(2026, 12, 31)},
                "end": None,
            },
            found_at=FoundAt(line=9),
        ),
        Item(
            kind="deliverable",
            key="leveranse/1",
            values={"lifecycle": "completed"},
            found_at=FoundAt(line=16),
        ),
    )
    assert proposal.warnings == (
        Caution(
            code="disagreement",
            message="Slutter i 2025. Fortsetter. Ingen dato.",
            remedy="Spør.",
        ),
    )


def test_notes_without_headings_on_lines_of_their_own_have_no_lines():
    inline = NOTES.split("[[items]]")[0] + 'items = [{ kind = "deliverable", key = "leveranse/1" }]'

    (item,) = read_notes("kurven.toml", inline.encode()).items

    assert item == Item(kind="deliverable", key="leveranse/1", values={}, found_at=FoundAt())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff", "kurven.toml cannot be read as notes: 'utf-8' codec"),
        (b"title =", "kurven.toml cannot be read as notes: Invalid value"),
        (b'title = "Kurven"', "missing required field `source`"),
        (b"colour = 1\n" + NOTES.encode(), "unknown field `colour`"),
    ],
)
def test_what_are_not_notes_are_refused_with_the_place(content, expected):
    with pytest.raises(Unreadable, match=expected) as refusal:
        read_notes("kurven.toml", content)

    assert refusal.value.code == "not_notes"


def test_notes_are_known_by_what_is_in_them():
    assert is_notes(NOTES.encode())
    assert not is_notes(b"Leveransenavn i veikartet;Veikartfase")
