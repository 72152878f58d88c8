"""A small plan to stand on: one goal, one delmål, two phases, one grouping, and what is asked for."""

import datetime as dt
from typing import Any

from veikart.engines.dates import FuzzyDate, on_day
from veikart.people import services as people
from veikart.people.writing import Change
from veikart.places.models import HealthRegion
from veikart.roadmap import services as roadmap
from veikart.strategy import services as strategy

PHASES = {"fase/konsept": 1, "fase/utvikling": 2, "fase/innforing": 4}


def day(text: str, certainty: str = "planned") -> FuzzyDate:
    """The FuzzyDate of a day as 2026-07-01."""
    return on_day(dt.date.fromisoformat(text), certainty=certainty, text=text)  # type: ignore[arg-type]


def make_ground() -> None:
    """What a deliverable stands on."""
    strategy.put_many(
        [
            (
                "strategic_goal",
                "mal/1",
                {"number": 1, "title": "Aktiv medvirkning", "kind": "direct"},
            ),
            ("delmal", "delmal/1A", {"code": "1A", "title": "Innsyn", "goal": "mal/1"}),
            ("delmal", "delmal/1B", {"code": "1B", "title": "Oppfølging", "goal": "mal/1"}),
        ],
        by=None,
    )
    people.put_many(
        [
            ("organisation", "aktor/nhn", {"name": "Norsk helsenett", "kind": "agency"}),
            ("organisation", "aktor/ks", {"name": "KS", "kind": "interest_organisation"}),
            ("user_group", "brukergruppe/fastleger", {"name": "fastleger"}),
        ],
        by=None,
    )
    HealthRegion.objects.create(
        uid="helseregion/nord", code="H05", name="Helse Nord", orgnr="883658752"
    )
    roadmap.put_many(
        [
            (
                "phase",
                uid,
                {"number": number, "name": uid, "short_name": uid, "pattern": "plain"},
            )
            for uid, number in PHASES.items()
        ],
        by=None,
    )
    make_grouping("1a-innsyn")


def make_grouping(slug: str, **values: Any) -> Change:
    """A grouping under delmål 1A."""
    values = {"title": slug, "delmal": "delmal/1A", **values}
    return roadmap.put("grouping", f"gruppering/{slug}", values, by=None)


def make_deliverable(register_id: str, **values: Any) -> Change:
    """A deliverable with one planned period in the phase konsept."""
    period = {
        "no": 1,
        "first_phase": "fase/konsept",
        "last_phase": "fase/konsept",
        "start": day("2026-01-01"),
        "certainty": "planned",
    }
    values = {
        "register_id": register_id,
        "name": f"Leveranse {register_id}",
        "grouping": "gruppering/1a-innsyn",
        "delmal": "delmal/1A",
        "periods": [period],
        **values,
    }
    return roadmap.put("deliverable", f"leveranse/{register_id}", values, by=None)
