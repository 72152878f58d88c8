"""A small plan that one can hold in the head, with every kind of date a roadmap has.

Two goals, three delmål, four groupings and eight deliverables: one without a date, one tentative,
one whose period spans phases, one that ends before it starts, one with two owners of its own.
"""

import datetime as dt
import re

from msgspec.structs import replace

from veikart.engines.dates import Certainty, FuzzyDate, Precision
from veikart.plan.model import (
    SCHEMA,
    Actors,
    Benefit,
    Deliverable,
    Delmal,
    Dependency,
    Grouping,
    Head,
    KeyDate,
    Milestone,
    Organisation,
    OverarchingGoal,
    Ownership,
    Phase,
    PhasePeriod,
    Plan,
    Prerequisite,
    Region,
    Roadmap,
    Sdg,
    Source,
    Statement,
    StrategicGoal,
    Strategy,
    UserGroup,
    Vision,
    VisionPhrase,
)

PHASES = (
    Phase(
        uid="fase/i-bruk", number=5, name="Ny praksis i bruk", short_name="I bruk",
        meaning="Vanlig bruk", pattern="in_use",
    ),
    Phase(
        uid="fase/innforing", number=4, name="Innføring", short_name="Innføring",
        meaning="Tas i bruk", pattern="introduction",
    ),
    Phase(
        uid="fase/konsept", number=1, name="Konsept", short_name="Konsept",
        meaning="Utredning", pattern="concept",
    ),
    Phase(
        uid="fase/tilpasning", number=3, name="Tilpasning og utvidet utprøving",
        short_name="Tilpasning", meaning=None, pattern="adaptation",
    ),
    Phase(
        uid="fase/utvikling", number=2, name="Utvikling og begrenset utprøving",
        short_name="Utvikling", meaning=None, pattern="development",
    ),
)  # fmt: skip


def fuzzy(words: str | None, certainty: Certainty = "planned") -> FuzzyDate | None:
    """A date from the short form used in tables.

    `2026`, `2026-07`, `2026-07-01`, `2026Q2`, `2026H1`, `>2027` (after 2027); `~` before any of
    them makes it tentative and `!` decided; empty or `-` is no date.
    """
    words = (words or "").strip()
    if words in ("", "-"):
        return None
    if words[0] in "~!":
        certainty = "tentative" if words[0] == "~" else "decided"
        words = words[1:]
    earliest, latest, precision = _interval(words)
    return FuzzyDate(
        earliest=earliest, latest=latest, precision=precision, certainty=certainty, text=words
    )


def _interval(words: str) -> tuple[dt.date, dt.date, Precision]:
    if words.startswith(">"):
        return dt.date(int(words[1:]) + 1, 1, 1), dt.date.max, "open"
    if part := re.fullmatch(r"(\d{4})([QH])(\d)", words):
        year, months = int(part[1]), 3 if part[2] == "Q" else 6
        first = (int(part[3]) - 1) * months + 1
        precision: Precision = "quarter" if months == 3 else "half_year"
        return dt.date(year, first, 1), _month_end(year, first + months - 1), precision
    pieces = [int(piece) for piece in words.split("-")]
    if len(pieces) == 3:
        return dt.date(*pieces), dt.date(*pieces), "day"
    if len(pieces) == 2:
        return dt.date(*pieces, 1), _month_end(*pieces), "month"
    return dt.date(pieces[0], 1, 1), dt.date(pieces[0], 12, 31), "year"


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def period(
    no: int,
    phase: str | None,
    start: str | None = None,
    end: str | None = None,
    certainty: Certainty = "planned",
) -> PhasePeriod:
    """A period in `phase`, or in a span written as `utvikling..innforing`."""
    first, _, last = (phase or "").partition("..")
    return PhasePeriod(
        no=no,
        first_phase=f"fase/{first}" if first else None,
        last_phase=f"fase/{last or first}" if first else None,
        phase_text=phase,
        start=fuzzy(start, certainty),
        end=fuzzy(end, certainty),
        certainty=certainty,
        source="register, rad 2",
    )


def deliverable(number: int, name: str, grouping: str, delmal: str, *periods: PhasePeriod, **more):
    return Deliverable(
        uid=f"leveranse/{number}",
        register_id=str(number),
        name=name,
        grouping=f"gruppering/{grouping}",
        delmal=f"delmal/{delmal}",
        periods=periods,
        register_version="2026-08",
        **more,
    )


def owner(slug: str, role: str = "accountable", note: str | None = None) -> Ownership:
    return Ownership(organisation=f"aktor/{slug}", role=role, note=note)


def _strategy() -> Strategy:
    return Strategy(
        title="Nasjonal e-helsestrategi",
        version="2023",
        publisher="Direktoratet for e-helse",
        from_year=2023,
        to_year=2030,
        vision=Vision(
            uid="visjon",
            text="Sammen skaper vi helse",
            phrases=(VisionPhrase(no=1, phrase="Sammen", explanation="Alle er med."),),
        ),
        overarching_goals=(
            OverarchingGoal(uid="overordnet-mal/1", number=1, title="Bedre helse", text=None),
        ),
        goals=(
            StrategicGoal(
                uid="mal/1", number=1, title="Aktiv medvirkning", kind="direct",
                summary="Innbyggere deltar.", background=("Behovene øker.",), attainment=None,
                conditions=(),
            ),
            StrategicGoal(
                uid="mal/4", number=4, title="Tilgjengelig informasjon", kind="enabling",
                summary=None, background=(), attainment="Data deles.", conditions=("Standarder",),
            ),
        ),
        statements=(
            Statement(uid="mal/1/oppna/1", goal="mal/1", number=1, text="Innbyggere får innsyn"),
            Statement(uid="mal/1/oppna/2", goal="mal/1", number=2, text="Dialogen er digital"),
            Statement(uid="mal/4/oppna/1", goal="mal/4", number=1, text="Data følger pasienten"),
        ),
        delmal=(
            Delmal(
                uid="delmal/1A", code="1A", title="Innbyggertjenester", goal="mal/1",
                benefits=(Benefit(no=1, text="Sparer tid", basis="bullet"),),
            ),
            Delmal(uid="delmal/1B", code="1B", title="Oppfølging hjemme", goal="mal/1", benefits=()),
            Delmal(uid="delmal/4A", code="4A", title="Datadeling", goal="mal/4", benefits=()),
        ),
        prerequisites=(
            Prerequisite(
                uid="mal/1/forutsetter/4", goal="mal/1", on="mal/4",
                sentence="Mål 1 forutsetter mål 4.",
            ),
        ),
        target_groups=(),
        sdgs=(Sdg(uid="fn-mal/3", number=3, title="God helse", goals=("mal/1", "mal/4")),),
        related_strategies=(),
    )  # fmt: skip


def _groupings() -> tuple[Grouping, ...]:
    return (
        Grouping(
            uid="gruppering/1a-dialog", title="Digital dialog", delmal="delmal/1A", purpose=None,
            owners=(owner("ks"),), user_groups=(), regions=(), key_dates=(),
        ),
        Grouping(
            uid="gruppering/1a-innsyn", title="Innsynstjenester", delmal="delmal/1A",
            purpose="Innsyn samlet", owners=(owner("norsk-helsenett", "develops"),),
            user_groups=("brukergruppe/innbyggere",), regions=(),
            key_dates=(KeyDate(no=1, date=fuzzy("2029-03"), text="EHDS-krav"),),
        ),
        Grouping(
            uid="gruppering/1b-hjemme", title="Digital hjemmeoppfølging", delmal="delmal/1B",
            purpose=None, owners=(owner("helse-nord-rhf"),),
            user_groups=("brukergruppe/fastleger", "brukergruppe/innbyggere"),
            regions=("helseregion/nord",), key_dates=(),
        ),
        Grouping(
            uid="gruppering/4a-datadeling", title="Datadeling", delmal="delmal/4A", purpose=None,
            owners=(), user_groups=(), regions=(), key_dates=(),
        ),
    )  # fmt: skip


def _deliverables() -> tuple[Deliverable, ...]:
    return (
        deliverable(
            101, "Pasientens prøvesvar", "1a-innsyn", "1A",
            period(1, "utvikling", "2025-01-01", "2025-12-31"),
            period(2, "innforing", "2026-01-01"),
            description="Prøvesvar til innbygger.\nFlere linjer.",
            milestones=(
                Milestone(no=1, kind="available", title="Tilgjengelig", date=fuzzy("2026-06")),
            ),
        ),
        deliverable(102, "Innsyn i journal", "1a-innsyn", "1A", period(1, "i-bruk")),
        deliverable(
            103, "Digital dialog med fastlege", "1a-dialog", "1A",
            period(1, "tilpasning", "~2026Q2", None, "tentative"),
            owners=(owner("ks"), owner("helse-nord-rhf", "introduces")),
            user_groups=("brukergruppe/fastleger",),
        ),
        deliverable(
            104, "Timebestilling", "1a-dialog", "1A",
            period(1, "utvikling..innforing", "2025H2", "2027"),
        ),
        deliverable(
            105, "Hjemmesykehus", "1b-hjemme", "1B",
            period(1, "tilpasning", "2026-01-01", "2025-06-30"),
        ),
        deliverable(
            106, "Egenbehandlingsplan", "1b-hjemme", "1B",
            period(1, "konsept", "!2027-07-01", None, "decided"),
            other_delmal=("delmal/4A",), regions=("helseregion/nord", "helseregion/vest"),
        ),
        deliverable(107, "Felles grensesnitt", "4a-datadeling", "4A", period(1, None, "2026-10-01")),
        deliverable(
            108, "Målarkitektur", "4a-datadeling", "4A",
            period(1, "konsept", ">2027", None, "tentative"),
        ),
    )  # fmt: skip


def sample() -> Plan:
    """The plan, as edition 2026-1."""
    return Plan(
        schema=SCHEMA,
        head=Head(
            number="2026-1",
            title="Veikart",
            as_of=dt.date(2026, 8, 31),
            frozen_at=dt.datetime(2026, 9, 1, 8, 0, tzinfo=dt.UTC),
            previous=None,
            previous_sha256=None,
        ),
        strategy=_strategy(),
        roadmap=Roadmap(
            phases=PHASES,
            groupings=_groupings(),
            deliverables=_deliverables(),
            dependencies=(
                Dependency(
                    uid="avhengighet/dialog-grensesnitt", subject="leveranse/103",
                    on="leveranse/107", on_text=None, state="accepted", reason="Trenger felles API",
                ),
                Dependency(
                    uid="avhengighet/innsyn-ehds", subject="gruppering/1a-innsyn", on=None,
                    on_text="EHDS-krav", state="proposed",
                ),
            ),
        ),
        actors=Actors(
            organisations=(
                Organisation(uid="aktor/helse-nord-rhf", name="Helse Nord RHF", kind="regional"),
                Organisation(uid="aktor/ks", name="KS", kind="interest"),
                Organisation(uid="aktor/norsk-helsenett", name="Norsk helsenett", kind="national"),
            ),
            user_groups=(
                UserGroup(uid="brukergruppe/fastleger", name="Fastleger"),
                UserGroup(uid="brukergruppe/innbyggere", name="Innbyggere"),
            ),
            regions=(
                Region(uid="helseregion/nord", code="H05", name="Helse Nord"),
                Region(uid="helseregion/vest", code="H03", name="Helse Vest"),
            ),
        ),
        sources=(Source(title="Veikartregisteret", publisher=None, version="2026-08"),),
    )  # fmt: skip


def with_deliverables(plan: Plan, *changed: Deliverable) -> Plan:
    """`plan` where each of `changed` takes the place of the one with its uid, or is added."""
    by_uid = {d.uid: d for d in (*plan.roadmap.deliverables, *changed)}
    ordered = tuple(by_uid[uid] for uid in sorted(by_uid))
    return replace(plan, roadmap=replace(plan.roadmap, deliverables=ordered))


def without(plan: Plan, *uids: str) -> Plan:
    """`plan` less the groupings and deliverables named; no stone is put in their place."""
    roadmap = plan.roadmap
    return replace(
        plan,
        roadmap=replace(
            roadmap,
            groupings=tuple(g for g in roadmap.groupings if g.uid not in uids),
            deliverables=tuple(d for d in roadmap.deliverables if d.uid not in uids),
        ),
    )
