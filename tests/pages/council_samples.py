"""A council model, made up: a case that goes from NUFA by NUIT to the council, which approves edition 2026-1."""

import datetime as dt

from msgspec.structs import replace

from tests.pages.readings import shelved
from tests.plan.samples import sample
from veikart.pages.reading import Reading
from veikart.plan.consultations import Consultations, Hearing, PriorityRound, Tally
from veikart.plan.council import (
    AgendaItem,
    Attendance,
    Body,
    BodyName,
    Case,
    CaseQuestion,
    Checkpoint,
    Council,
    Decision,
    Dissent,
    Effect,
    FollowUp,
    Meeting,
    Minutes,
    NoteSection,
    Paper,
    Seat,
    WithheldPapers,
    WorkDate,
    WorkPhase,
    WorkPlan,
    WorkStream,
)
from veikart.plan.model import Plan
from veikart.plan.part import Translations

COUNCIL, NUIT, NUFA = "organ/radet", "organ/nuit", "organ/nufa"
FIRST, SECOND, THIRD = "sak/nufa/4-26", "sak/nuit/7-26", "sak/radet/2-26"
EARLIER = "sak/radet/40-25"
LAST = "mote/radet/1-2026"
PLAN = "arbeidsplan/2026-2027"
PROPOSED = "Rådet godkjenner veikartet."
DECIDED = "Rådet godkjenner veikartet, og ber om forenklet rapportering."
SHA256 = "ab" * 32
NONE = Tally(received=0, answered=0, set_aside=0, lapsed=0, open=0)


def _bodies() -> tuple[Body, ...]:
    return (
        Body(uid=NUFA, name="Fagutvalget", short_name="NUFA", level="professionals", prepares_for=NUIT),
        Body(uid=NUIT, name="Prioriteringsutvalget", short_name="NUIT", level="leaders", prepares_for=COUNCIL),
        Body(
            uid=COUNCIL,
            name="Rådet",
            translations=Translations(en="The council"),
            level="top_leaders",
            mandate="Gir råd om strategien.\nGodkjenner hver utgave.",
            secretariat="Direktoratet",
            earlier_names=(BodyName(no=1, name="Styret", until_day=dt.date(2026, 1, 1)),),
            address="https://rad.invalid/",
            source="Direktoratets sider",
        ),
    )  # fmt: skip


def _seat(no: int, called: str, **more: object) -> Seat:
    facts = {"role": "member"} | more
    return Seat(uid=f"{COUNCIL}/plass/{no}", body=COUNCIL, organisation_name=called, **facts)


def _seats() -> tuple[Seat, ...]:
    return (
        _seat(1, "KS", organisation="aktor/ks", person="Kari Nes", from_day=dt.date(2025, 1, 1)),
        _seat(2, "Helse Nord", role="leader", person="Ola Li", from_day=dt.date(2024, 1, 1)),
        _seat(
            3, "KS", role="substitute", person="Per By", from_day=dt.date(2025, 1, 1),
            substitutes_for=f"{COUNCIL}/plass/1",
        ),
        _seat(4, "Legeforeningen", seen_on=dt.date(2022, 2, 4)),
        _seat(5, "Bærum kommune"),
        _seat(6, "Alta kommune", from_day=dt.date(2020, 1, 1), until_day=dt.date(2024, 1, 1)),
        _seat(7, "Oslo kommune", from_day=dt.date(2027, 1, 1)),
    )  # fmt: skip


def _cases() -> tuple[Case, ...]:
    return (
        Case(
            uid=FIRST, body=NUFA, number="4/26", title="Veikart 2026", type="recommendation",
            sender="Alta kommune",
        ),
        Case(
            uid=SECOND, body=NUIT, number="7/26", title="Veikart 2026", type="endorsement",
            came_from=FIRST,
        ),
        Case(
            uid=THIRD, body=COUNCIL, number="2/26", title="Veikart <2026>", type="approval",
            purpose="Rådet skal ta stilling.", text="Første linje.\nAndre linje.", proposal=PROPOSED,
            sender="Direktoratet", case_officer="Ada Nes", came_from=SECOND,
            about=("mal/1", "leveranse/101"), cites=(f"{EARLIER}/vedtak",),
            questions=(CaseQuestion(no=1, text="Er veikartet godt nok?"),),
            sections=(
                NoteSection(no=1, heading=None, text="Innledning."),
                NoteSection(no=2, heading="Bakgrunn", text="NUIT har anbefalt det."),
            ),
            withheld=(WithheldPapers(basis="offentleglova § 13", papers=2),),
        ),
        Case(uid="sak/radet/3-26", body=COUNCIL, number="3/26", title="Eventuelt", fixed="other_business"),
        Case(uid=EARLIER, body=COUNCIL, number="40/25", title="Visjon"),
    )  # fmt: skip


def _meetings() -> tuple[Meeting, ...]:
    return (
        Meeting(
            uid="mote/nufa/2-2026", body=NUFA, year=2026, number=2, state="held",
            held_on=dt.date(2026, 3, 3), agenda=(AgendaItem(no=1, kind="case", case=FIRST),),
        ),
        Meeting(
            uid="mote/nuit/2-2026", body=NUIT, year=2026, number=2, state="held",
            held_on=dt.date(2026, 4, 14), agenda=(AgendaItem(no=1, kind="case", case=SECOND),),
        ),
        Meeting(
            uid=LAST, body=COUNCIL, year=2026, number=1, is_extra=True, state="held",
            held_on=dt.date(2026, 5, 20), starts_at="10:30", ends_at="13:00", place="Videomøte",
            sequence=2, agenda=_agenda(), attendance=_attendance(),
            minutes=Minutes(
                text=("Møtet ble satt.", "", "Saken ble <drøftet>."), sha256="cd" * 32,
                approved_on=dt.date(2026, 6, 17), approved_at="mote/radet/2-2026",
            ),
        ),
        Meeting(uid="mote/radet/2-2026", body=COUNCIL, year=2026, number=2, held_on=dt.date(2027, 1, 20)),
        Meeting(
            uid="mote/radet/2026-05-01", body=COUNCIL, year=2026, held_on=dt.date(2026, 5, 1),
        ),
        Meeting(
            uid="mote/radet/3-2026", body=COUNCIL, year=2026, number=3, state="cancelled",
            held_on=dt.date(2027, 2, 1),
        ),
        Meeting(
            uid="mote/radet/8-2025", body=COUNCIL, year=2025, number=8, state="held",
            held_on=dt.date(2025, 12, 9),
        ),
    )  # fmt: skip


def _agenda() -> tuple[AgendaItem, ...]:
    return (
        AgendaItem(
            no=1, kind="case", case=THIRD, starts_at="10:30", minutes=60, presenter="Ada Nes"
        ),
        AgendaItem(no=2, kind="break", title="Lunsj", starts_at="11:30"),
        AgendaItem(no=3, kind="case", case=THIRD, starts_at="11:50", is_continued=True),
        AgendaItem(no=4, kind="withheld", starts_at="12:30", basis="offentleglova § 23"),
        AgendaItem(no=5, kind="case", case="sak/radet/3-26", starts_at="12:55"),
    )


def _attendance() -> tuple[Attendance, ...]:
    return (
        Attendance(
            no=1, role="member", person="Kari Nes", organisation_name="KS", organisation="aktor/ks",
            present=False,
        ),
        Attendance(
            no=2, role="substitute", person="Per By", organisation_name="KS",
            stands_in_for="Kari Nes", present=True,
        ),
    )  # fmt: skip


def _decisions() -> tuple[Decision, ...]:
    return (
        Decision(uid=f"{FIRST}/vedtak", body=NUFA, case=FIRST, text="NUFA anbefaler veikartet."),
        Decision(
            uid=f"{THIRD}/vedtak", body=COUNCIL, case=THIRD, meeting=LAST,
            decided_on=dt.date(2026, 5, 20), text=DECIDED, result="changed",
            votes_for=9, votes_against=1, votes_blank=1,
            effects=(
                Effect(no=1, kind="approves", edition="2026-1"),
                Effect(no=2, kind="asks_for_change", uid="leveranse/101", note="Tidligere start."),
                Effect(no=3, kind="takes_along", note="Innspill i møtet."),
            ),
            dissents=(Dissent(no=1, who="KS", text="For dyrt."),),
        ),
        Decision(
            uid=f"{EARLIER}/vedtak", body=COUNCIL, case=EARLIER, meeting="mote/radet/8-2025",
            text="Styret anbefaler visjonen.", proposal="Styret  anbefaler\nvisjonen.", result="as_proposed",
        ),
    )  # fmt: skip


def _follow_ups() -> tuple[FollowUp, ...]:
    decision = f"{THIRD}/vedtak"
    return (
        FollowUp(
            uid=f"{THIRD}/oppfolging/1", body=COUNCIL, case=THIRD, decision=decision,
            what="Forenkle rapporteringen.", who="Direktoratet", due=dt.date(2026, 6, 1),
        ),
        FollowUp(
            uid=f"{THIRD}/oppfolging/2", body=COUNCIL, case=THIRD, decision=decision,
            what="Kunngjøre veikartet.", who="KS", organisation="aktor/ks", state="done",
            answer="Kunngjort.", answered_on=dt.date(2026, 5, 25),
        ),
        FollowUp(
            uid=f"{LAST}/oppfolging/1", body=COUNCIL, meeting=LAST, what="Finne møtedager.",
            due_said="før sommeren",
        ),
    )  # fmt: skip


def _paper(label: str, no: int, **more: object) -> Paper:
    return Paper(uid=f"{THIRD}/vedlegg/{label.casefold()}", case=THIRD, no=no, label=label, **more)


def _papers() -> tuple[Paper, ...]:
    return (
        _paper(
            "1", 1, title="Toppnotat", file_name="Topp/notat.pdf", media_type="application/pdf",
            bytes=1_234_567, pages=12, sha256=SHA256,
        ),
        _paper("1A", 2, title="Utkast", public_from=dt.date(2026, 5, 13)),
    )  # fmt: skip


def _work_plan() -> WorkPlan:
    return WorkPlan(
        uid=PLAN,
        title="Plan for arbeidet",
        aim="Et utkast på høring.",
        quarters=tuple(f"{year}-Q{no}" for year in (2026, 2027) for no in (1, 2, 3, 4)),
        streams=(WorkStream(no=1, title="Visjon", questions=("Hva vil vi?",)),),
        phases=(
            WorkPhase(
                no=1, title="Kunnskapsgrunnlag", description="Forstå behovene.",
                from_quarter="2026-Q1", to_quarter="2026-Q3",
            ),
            WorkPhase(no=2, title="Øvrig involvering", kind="involvement"),
            WorkPhase(
                no=3, title="Høring", kind="hearing", from_quarter="2027-Q2", to_quarter="2027-Q2"
            ),
        ),
        dates=(
            WorkDate(no=1, day_said="20.05.26", day=dt.date(2026, 5, 20), body=COUNCIL, meeting=LAST),
            WorkDate(no=2, day_said="02.09.26", day=dt.date(2026, 9, 2)),
        ),
        checkpoints=(Checkpoint(no=1, name="HOD", times=8),),
    )  # fmt: skip


def council() -> Council:
    """What the councils hold."""
    return Council(
        bodies=_bodies(),
        seats=_seats(),
        meetings=_meetings(),
        cases=_cases(),
        papers=_papers(),
        decisions=_decisions(),
        follow_ups=_follow_ups(),
        work_plans=(_work_plan(),),
    )


def consultations() -> Consultations:
    """A hearing with a round of prioritising that was held in the council's case."""
    day = dt.date(2026, 5, 19)
    return Consultations(
        hearings=(
            Hearing(
                uid="horing/26-7", kind="hearing", title="Høring", stage="handling",
                opens_on=dt.date(2026, 1, 1), closes_on=dt.date(2026, 3, 1), tally=NONE,
            ),
        ),
        priority_rounds=(
            PriorityRound(
                uid="horing/26-7/prioritering/1", hearing="horing/26-7", no=1, title="Rådets valg",
                of="goals", method="points", is_secret=True, opened_on=day, closed_on=day, voters=3,
                voted=2, points=5, most=2, case=THIRD,
            ),
        ),
    )  # fmt: skip


def with_council(plan: Plan | None = None, **changes: object) -> Plan:
    """The sample plan with the councils, whose parts `changes` may replace."""
    made = replace(council(), **changes)
    return replace(plan or sample(), council=made, consultations=consultations())


def reading(language: str = "en", plan: Plan | None = None) -> Reading:
    """The sample plan with its councils as the only edition."""
    this = shelved(plan or with_council())
    return Reading(shelved=this, editions=(this,), language=language)
