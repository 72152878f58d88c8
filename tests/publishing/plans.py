"""A small plan for the tests: one goal, one delmål, one grouping, three deliverables."""

import datetime as dt

from veikart.engines.dates import FuzzyDate, on_day
from veikart.plan.model import (
    SCHEMA,
    Actors,
    Deliverable,
    Delmal,
    Grouping,
    Head,
    Organisation,
    Ownership,
    Phase,
    PhasePeriod,
    Plan,
    Roadmap,
    StrategicGoal,
    Strategy,
    UserGroup,
)

PHASES = (
    ("fase/konsept", 1, "Konsept"),
    ("fase/utvikling", 2, "Utvikling og begrenset utprøving"),
    ("fase/tilpasning", 3, "Tilpasning og utvidet utprøving"),
    ("fase/innforing", 4, "Innføring"),
    ("fase/i-bruk", 5, "Ny praksis i bruk"),
)


def small_plan(*deliverables: Deliverable, number: str | None = "2026-1") -> Plan:
    """A plan with `deliverables`; without any, with three of its own."""
    return Plan(
        schema=SCHEMA,
        head=Head(
            number=number,
            title="Veikart",
            as_of=dt.date(2026, 8, 1),
            frozen_at=dt.datetime(2026, 8, 2, tzinfo=dt.UTC),
            previous=None,
            previous_sha256=None,
        ),
        strategy=Strategy(
            title="Strategi",
            version="1.0",
            publisher=None,
            from_year=2023,
            to_year=2030,
            vision=None,
            overarching_goals=(),
            goals=(
                StrategicGoal(
                    uid="mal/2",
                    number=2,
                    title="Enklere arbeidshverdag",
                    kind="direct",
                    summary=None,
                    background=(),
                    attainment=None,
                    conditions=(),
                ),
            ),
            statements=(),
            delmal=(
                Delmal(
                    uid="delmal/2D",
                    code="2D",
                    title="Pasientens legemiddelliste",
                    goal="mal/2",
                    benefits=(),
                ),
            ),
            prerequisites=(),
            target_groups=(),
            sdgs=(),
            related_strategies=(),
        ),
        roadmap=Roadmap(
            phases=tuple(
                Phase(uid=uid, number=no, name=name, short_name=name, meaning=None, pattern="solid")
                for uid, no, name in PHASES
            ),
            groupings=(
                Grouping(
                    uid="gruppering/2d-innforing",
                    title="Innføring; hele landet",
                    delmal="delmal/2D",
                    purpose=None,
                    owners=(Ownership(organisation="aktor/nhn", role="accountable"),),
                    user_groups=("brukergruppe/fastleger", "brukergruppe/sykehjem"),
                    regions=(),
                    key_dates=(),
                ),
            ),
            deliverables=deliverables or THREE,
            dependencies=(),
        ),
        actors=Actors(
            organisations=(
                Organisation(uid="aktor/nhn", name="Norsk helsenett SF", kind="agency"),
            ),
            user_groups=(
                UserGroup(uid="brukergruppe/fastleger", name="Fastleger"),
                UserGroup(uid="brukergruppe/sykehjem", name="Sykehjem"),
            ),
            regions=(),
        ),
    )


def deliverable(number: int, name: str, *periods: PhasePeriod, **more: object) -> Deliverable:
    """A deliverable in the only grouping."""
    return Deliverable(
        uid=f"leveranse/{number}",
        register_id=str(number),
        name=name,
        grouping="gruppering/2d-innforing",
        delmal="delmal/2D",
        periods=periods,
        **{"register_version": "2026-08"} | more,
    )


def period(
    first: str | None = "fase/innforing",
    last: str | None = "fase/innforing",
    *,
    text: str | None = "Innføring",
    start: FuzzyDate | None = None,
    end: FuzzyDate | None = None,
    certainty: str = "planned",
) -> PhasePeriod:
    """The only period of a deliverable."""
    return PhasePeriod(
        no=1,
        first_phase=first,
        last_phase=last,
        phase_text=text,
        start=start,
        end=end,
        certainty=certainty,
    )


def day(year: int, month: int, number: int, certainty: str = "planned") -> FuzzyDate:
    """A day as the register writes it."""
    found = dt.date(year, month, number)
    return on_day(found, certainty=certainty, text=f"{found:%d.%m.%Y}")


THREE = (
    deliverable(
        101,
        "Nord",
        period(start=day(2026, 1, 1), end=day(2026, 12, 31)),
        description="Først\nsykehus; så kommuner",
    ),
    deliverable(
        102,
        "Vest",
        period(
            "fase/tilpasning",
            "fase/innforing",
            text="Tilpasning - innføring",
            start=day(2027, 7, 1, "tentative"),
            certainty="tentative",
        ),
    ),
    deliverable(103, "Uten fase", period(None, None, text=None)),
)
