"""Two councils that are made up: a path from one to the other, five decisions, follow-ups in every state.

The plan is as of `AS_OF`, so that one follow-up is overdue and one is due that very day.
"""

import datetime as dt
import random

from msgspec.structs import replace

from tests.plan.samples import sample
from veikart.plan.council import Body, Case, Council, Decision, Effect, FollowUp, Meeting
from veikart.plan.model import Plan

AS_OF = dt.date(2026, 8, 31)
NUIT, RAD = "organ/nuit", "organ/rad"
VISION = "sak/rad/40-21/vedtak"
ADVICE = "sak/nuit/3-26/vedtak"
APPROVAL = "sak/rad/12-26/vedtak"
ASKED = "sak/rad/13-26/vedtak"
NOTED = "sak/rad/14-26/vedtak"
UNDECIDED = "sak/rad/15-26"


def council() -> Council:
    """The councils' part of a plan."""
    return Council(
        bodies=(
            Body(uid=NUIT, name="NUIT", prepares_for=RAD),
            Body(uid=RAD, name="Nasjonalt e-helseråd"),
        ),
        meetings=(
            _meeting("mote/nuit/2-2026", NUIT, dt.date(2026, 5, 20)),
            _meeting("mote/rad/2-2026", RAD, dt.date(2026, 6, 4)),
            _meeting("mote/rad/5-2021", RAD, dt.date(2021, 12, 9)),
        ),
        cases=(
            _case("nuit/3-26", "Nasjonalt veikart", "recommendation"),
            _case("rad/12-26", "Nasjonalt veikart", "approval", came_from="sak/nuit/3-26"),
            _case("rad/13-26", "Rapportering", "endorsement", about=("leveranse/101",)),
            _case("rad/14-26", "Måling", "information", about=("indikator/1.4", "mal/1/oppna/1")),
            _case("rad/15-26", "Kommunenes tempo", "discussion", about=("delmal/1A", "visjon")),
            _case("rad/40-21", "Visjon og mål", "endorsement"),
        ),
        decisions=(
            _decision("nuit/3-26", "NUIT anbefaler veikartet.", "mote/nuit/2-2026",
                      (Effect(no=1, kind="recommends", uid="delmal/1A"),)),
            _decision("rad/12-26", "Rådet godkjenner veikartet.", "mote/rad/2-2026",
                      (Effect(no=1, kind="approves", edition="2026-1"),)),
            _decision("rad/13-26", "Rådet ber om forenklet rapportering.", "mote/rad/2-2026",
                      (Effect(no=1, kind="asks_for_change", uid="delmal/1A", note="Forenkles."),
                       Effect(no=2, kind="takes_along", uid="mal/1"))),
            _decision("rad/14-26", "Saken tas til orientering.", "mote/rad/2-2026"),
            _decision("rad/40-21", "Rådet slutter seg til visjonen.", "mote/rad/5-2021",
                      (Effect(no=1, kind="led_to", uid="visjon"),)),
        ),
        follow_ups=(
            FollowUp(uid="mote/rad/2-2026/oppfolging/1", body=RAD, what="Finne ny møtedag",
                     meeting="mote/rad/2-2026"),
            FollowUp(uid="sak/rad/12-26/oppfolging/1", body=RAD, what="Publisere veikartet",
                     case="sak/rad/12-26", decision=APPROVAL, who="Sekretariatet",
                     due=dt.date(2026, 7, 1), state="done", answer="Publisert 12. juni.",
                     answered_on=dt.date(2026, 6, 12)),
            FollowUp(uid="sak/rad/13-26/oppfolging/1", body=RAD, what="Legge fram et forslag",
                     case="sak/rad/13-26", who="KS", due=AS_OF - dt.timedelta(days=1),
                     due_said="innen utgangen av august"),
            FollowUp(uid="sak/rad/13-26/oppfolging/2", body=RAD, what="Spørre kommunene",
                     case="sak/rad/13-26", decision=ASKED, organisation="aktor/helse-nord-rhf",
                     due=AS_OF),
            FollowUp(uid="sak/rad/40-21/oppfolging/1", body=RAD, what="Trykke plakat",
                     case="sak/rad/40-21", decision=VISION, state="dropped",
                     answer="Ikke lenger aktuelt."),
        ),
    )  # fmt: skip


def decided_plan() -> Plan:
    """The sample plan with councils."""
    plan = sample()
    return replace(plan, head=replace(plan.head, as_of=AS_OF), council=council())


def with_decisions(plan: Plan, *decisions: Decision) -> Plan:
    """`plan` with these decisions in place of those of the same address, or beside the others."""
    own = {one.uid: one for one in (*plan.council.decisions, *decisions)}
    return replace(
        plan, council=replace(plan.council, decisions=tuple(own[uid] for uid in sorted(own)))
    )


def with_follow_ups(plan: Plan, *follow_ups: FollowUp) -> Plan:
    """`plan` with these follow-ups in place of those of the same address, or beside the others."""
    own = {one.uid: one for one in (*plan.council.follow_ups, *follow_ups)}
    return replace(
        plan, council=replace(plan.council, follow_ups=tuple(own[uid] for uid in sorted(own)))
    )


def at_random(chance: random.Random) -> Plan:
    """The sample plan with forty cases less one, decided on at random days about things at random."""
    plan = sample()
    uids = [*plan.index.by_uid]
    cases, decisions, follow_ups = [], [], []
    for no in range(1, 40):
        body = chance.choice([NUIT, RAD])
        case = f"sak/{body[6:]}/{no}-26"
        cases.append(
            Case(
                uid=case, body=body, number=f"{no}/26",
                title=chance.choice(["Felles journal", "Tempo"]),
                type=chance.choice([None, "approval", "discussion"]),
                about=tuple(chance.sample(uids, chance.randrange(3))),
            )
        )  # fmt: skip
        decisions.append(
            Decision(
                uid=f"{case}/vedtak", body=body, case=case, text=f"Vedtak {no}",
                decided_on=chance.choice([None, dt.date(2020 + no % 5, 1, 1 + no % 28)]),
                effects=tuple(
                    Effect(no=n, kind="led_to", uid=uid)
                    for n, uid in enumerate(chance.sample(uids, chance.randrange(3)), start=1)
                ),
            )
        )  # fmt: skip
        follow_ups += [
            FollowUp(
                uid=f"{case}/oppfolging/{place + 1}", body=body, what="x", case=case,
                decision=chance.choice([None, f"{case}/vedtak"]),
                due=chance.choice([None, dt.date(2026, 1, 1), dt.date(2027, 1, 1)]),
                state=chance.choice(["open", "done", "dropped"]), answer="y",
            )
            for place in range(chance.randrange(3))
        ]  # fmt: skip
    part = Council(
        bodies=council().bodies,
        cases=tuple(sorted(cases, key=lambda one: one.uid)),
        decisions=tuple(sorted(decisions, key=lambda one: one.uid)),
        follow_ups=tuple(sorted(follow_ups, key=lambda one: one.uid)),
    )
    return replace(plan, council=part)


def _meeting(uid: str, body: str, day: dt.date) -> Meeting:
    number = int(uid.rpartition("/")[2].partition("-")[0])
    return Meeting(uid=uid, body=body, year=day.year, number=number, state="held", held_on=day)


def _case(place: str, title: str, kind: str, **more: object) -> Case:
    body, _slash, number = place.partition("/")
    return Case(
        uid=f"sak/{place}",
        body=f"organ/{body}",
        number=number.replace("-", "/"),
        title=title,
        type=kind,
        **more,
    )


def _decision(place: str, text: str, meeting: str, effects: tuple[Effect, ...] = ()) -> Decision:
    return Decision(
        uid=f"sak/{place}/vedtak",
        body=f"organ/{place.partition('/')[0]}",
        case=f"sak/{place}",
        text=text,
        meeting=meeting,
        result="as_proposed",
        effects=effects,
    )
