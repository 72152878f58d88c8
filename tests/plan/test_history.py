"""The history of one object through editions."""

import pytest
from msgspec.structs import replace

from tests.plan.samples import period, sample, with_deliverables, without
from veikart.plan.history import history
from veikart.plan.model import Plan, Tombstone

UID = "leveranse/107"


def numbered(plan: Plan, number: str) -> Plan:
    return replace(plan, head=replace(plan.head, number=number))


def edition(number: str, **fields) -> Plan:
    thing = replace(sample().index.by_uid[UID], **fields)
    return numbered(with_deliverables(sample(), thing), number)


STONE = Tombstone(uid=UID, kind="deliverable", name="Felles grensesnitt", reason="Ferdig")
BEFORE = numbered(without(sample(), UID), "2025-1")
GONE = replace(numbered(without(sample(), UID), "2027-2"), tombstones=(STONE,))
PLANS = [
    BEFORE,
    edition("2025-2"),
    edition("2026-1"),
    edition("2026-2", periods=(period(1, None, "2027-01-01"),)),
    edition("2027-1", periods=(period(1, None, "2027-01-01"),), name="Grensesnitt for alle"),
    GONE,
    numbered(GONE, "2028-1"),
]


def test_an_object_comes_changes_and_goes():
    found = history(UID, PLANS)

    assert [
        (entry.edition.number, entry.state, [change.kind for change in entry.changes])
        for entry in found.entries
    ] == [
        ("2025-2", "came", []),
        ("2026-1", "unchanged", []),
        ("2026-2", "changed", ["later"]),
        ("2027-1", "changed", ["renamed"]),
        ("2027-2", "went", ["removed"]),
    ]
    assert (found.first_seen.number, found.removed.number) == ("2025-2", "2027-2")
    assert (found.kind, found.name, found.stone) == ("deliverable", "Grensesnitt for alle", STONE)


def test_what_is_still_there_has_no_end():
    found = history(UID, PLANS[:3])

    assert (found.removed, found.stone) == (None, None)


def test_what_comes_back_is_told_as_coming_again():
    found = history(UID, [PLANS[1], GONE, PLANS[1]])

    assert [entry.state for entry in found.entries] == ["came", "went", "came"]
    assert found.removed is None


def test_what_no_edition_has_is_refused_by_name():
    with pytest.raises(LookupError, match="one of 7 editions, found “leveranse/999”"):
        history("leveranse/999", PLANS)
