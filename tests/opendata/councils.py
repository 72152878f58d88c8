"""A small plan with councils: a case that went from one body to another, a moved meeting, something withheld."""

import datetime as dt

from msgspec.structs import replace

from veikart.editions.building import empty_plan
from veikart.plan import council as c


def council_plan(**changes):
    plan = empty_plan(
        number="2026-2",
        title="Veikart",
        as_of=dt.date(2026, 6, 30),
        frozen_at=dt.datetime(2026, 7, 1, 9, 0, tzinfo=dt.UTC),
    )
    fields = {**PARTS, **changes}
    return replace(plan, council=c.Council(**fields))


MEETING = c.Meeting(
    uid="mote/nuit/1-2026",
    body="organ/nuit",
    year=2026,
    number=1,
    state="summoned",
    held_on=dt.date(2026, 6, 9),
    starts_at="10:30",
    ends_at="12:00",
    place="Oslo",
    sequence=1,
    agenda=(
        c.AgendaItem(no=1, kind="case", case="sak/nuit/2-26", starts_at="10:30", minutes=45),
        c.AgendaItem(no=2, kind="break", title="Lunsj", starts_at="11:15", minutes=30),
        c.AgendaItem(no=3, kind="withheld", starts_at="11:45", basis="offentleglova § 13"),
    ),
    attendance=(
        c.Attendance(no=1, role="member", person="Kari Nordmann", organisation_name="KS", present=True),
        c.Attendance(no=2, role="observer", person="Ivan Ivanov", organisation_name="NHN", present=True),
    ),
)  # fmt: skip

PARTS = {
    "bodies": (
        c.Body(uid="organ/nufa", name="Fagutvalget", short_name="NUFA", prepares_for="organ/nuit"),
        c.Body(uid="organ/nuit", name="Prioriteringsutvalget", short_name="NUIT", mandate="Gir råd."),
    ),
    "seats": (
        c.Seat(
            uid="organ/nuit/plass/1",
            body="organ/nuit",
            organisation_name="KS",
            role="member",
            person="Kari Nordmann",
            from_day=dt.date(2024, 1, 1),
            until_day=dt.date(2026, 1, 1),
        ),
        c.Seat(uid="organ/nuit/plass/2", body="organ/nuit", organisation_name="Bergen", role="leader"),
    ),
    "meetings": (
        c.Meeting(
            uid="mote/nufa/2026-05-05",
            body="organ/nufa",
            year=2026,
            state="held",
            held_on=dt.date(2026, 5, 5),
            agenda=(c.AgendaItem(no=1, kind="case", case="sak/nufa/4-26"),),
        ),
        MEETING,
        c.Meeting(uid="mote/nuit/2-2026", body="organ/nuit", year=2026, number=2),
    ),
    "cases": (
        c.Case(
            uid="sak/nufa/4-26",
            body="organ/nufa",
            number="4/26",
            title="Veikart",
            type="recommendation",
        ),
        c.Case(
            uid="sak/nuit/2-26",
            body="organ/nuit",
            number="2/26",
            title="Veikart",
            type="discussion",
            came_from="sak/nufa/4-26",
            about=("mal/1",),
            withheld=(c.WithheldPapers(basis="offentleglova § 13", papers=2),),
        ),
    ),
    "papers": (
        c.Paper(
            uid="sak/nuit/2-26/vedlegg/1",
            case="sak/nuit/2-26",
            no=1,
            label="1",
            title="Notat",
            file_name="notat.pdf",
            media_type="application/pdf",
            bytes=7,
            sha256="ab" * 32,
        ),
        c.Paper(uid="sak/nuit/2-26/vedlegg/2", case="sak/nuit/2-26", no=2, label="2", title="Vist"),
    ),
    "decisions": (
        c.Decision(
            uid="sak/nufa/4-26/vedtak",
            body="organ/nufa",
            case="sak/nufa/4-26",
            meeting="mote/nufa/2026-05-05",
            decided_on=dt.date(2026, 5, 5),
            text="NUFA anbefaler veikartet.\x0b",
            result="as_proposed",
        ),
    ),
}  # fmt: skip
