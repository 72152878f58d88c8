"""A council of twenty years, made up with a fixed seed: 400 meetings, 6,000 cases, 10,000 decisions."""

import datetime as dt
import random
from collections.abc import Sequence

from veikart.council import models

SEED = 20260831
YEARS = range(2006, 2026)
MEETINGS_A_YEAR, CASES_A_MEETING, DECISIONS, FOLLOW_UPS = 20, 15, 10_000, 4_000
BODY = "organ/prove"
WORDS = [
    "strategien", "journal", "legemiddelliste", "kommunene", "samhandling", "veikart", "rapportering",
    "innsyn", "tempo", "standard", "grunndata", "melding", "personvern", "finansiering", "plattform",
    "utprøving", "innføring", "helseforetak", "fastleger", "mål",
]  # fmt: skip


def make(things: Sequence[str]) -> None:
    """Put the council into the tables of the working plan; its cases and effects are about `things`."""
    chance = random.Random(SEED)
    meetings, cases = [], []
    models.Body.objects.create(uid=BODY, name="Prøverådet")
    for year in YEARS:
        for number in range(1, MEETINGS_A_YEAR + 1):
            held = dt.date(year, 1, 1) + dt.timedelta(days=18 * number)
            meetings.append(_meeting(year, number, held))
    models.Meeting.objects.bulk_create(meetings)
    for place, meeting in enumerate(meetings):
        first = (place % MEETINGS_A_YEAR) * CASES_A_MEETING
        cases += [
            _case(meeting, first + no, chance, things) for no in range(1, CASES_A_MEETING + 1)
        ]
    models.Case.objects.bulk_create(cases)
    _add_agendas(meetings, cases)
    models.Paper.objects.bulk_create(
        models.Paper(uid=f"{case.uid}/vedlegg/{no}", case=case, no=no, label=str(no), title="Notat")
        for case in cases
        for no in (1, 2)
    )
    _add_decisions(meetings, cases, chance, things)


def _meeting(year: int, number: int, held: dt.date) -> models.Meeting:
    return models.Meeting(
        uid=f"mote/prove/{number}-{year}",
        body_id=BODY,
        year=year,
        number=number,
        state="held",
        held_on=held,
    )


def _case(
    meeting: models.Meeting, no: int, chance: random.Random, things: Sequence[str]
) -> models.Case:
    number = f"{no}-{meeting.year % 100:02d}"
    return models.Case(
        uid=f"sak/prove/{number}",
        body_id=BODY,
        number=number.replace("-", "/"),
        title=_sentence(chance, 6),
        type=chance.choice(["approval", "information", "discussion", "endorsement"]),
        text=_sentence(chance, 60),
        about=chance.sample(things, chance.randrange(3)),
    )


def _add_agendas(meetings: list[models.Meeting], cases: list[models.Case]) -> None:
    models.AgendaItem.objects.bulk_create(
        models.AgendaItem(
            meeting=meetings[place // CASES_A_MEETING],
            no=place % CASES_A_MEETING + 1,
            kind="case",
            case=case,
        )
        for place, case in enumerate(cases)
    )


def _add_decisions(
    meetings: list[models.Meeting],
    cases: list[models.Case],
    chance: random.Random,
    things: Sequence[str],
) -> None:
    decisions = []
    for place in range(DECISIONS):
        case_no, again = place % len(cases), place // len(cases)
        case, meeting = cases[case_no], meetings[case_no // CASES_A_MEETING]
        decisions.append(
            models.Decision(
                uid=f"{case.uid}/vedtak/{again + 1}" if again else f"{case.uid}/vedtak",
                body_id=BODY,
                case=case,
                meeting=meeting,
                text=_sentence(chance, 40),
                decided_on=meeting.held_on,
                result="as_proposed",
            )
        )
    models.Decision.objects.bulk_create(decisions)
    models.Effect.objects.bulk_create(
        models.Effect(decision=decision, no=1, kind="led_to", uid=chance.choice(things))
        for decision in chance.sample(decisions, DECISIONS // 2)
    )
    models.FollowUp.objects.bulk_create(
        models.FollowUp(
            uid=f"{decision.case_id}/oppfolging/{no}",
            body_id=BODY,
            case_id=decision.case_id,
            decision=decision,
            what=_sentence(chance, 10),
            who=chance.choice(["KS", "Sekretariatet", None]),
            due=decision.decided_on + dt.timedelta(days=chance.randrange(900)),
            state=chance.choice(["open", "done", "done", "dropped"]),
            answer="Gjort.",
        )
        for no, decision in enumerate(chance.sample(decisions, FOLLOW_UPS), start=1)
    )


def _sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."
