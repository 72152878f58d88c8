"""A hearing that is answered, made up: three replies in two languages, two themes, changes and withheld words."""

import datetime as dt

from msgspec.structs import replace

from tests.pages.readings import shelved
from tests.plan.samples import sample
from veikart.pages.reading import Reading
from veikart.plan.consultations import (
    WITHHELD,
    Answer,
    ChangeArea,
    Consultations,
    DraftGoal,
    Hearing,
    Invitation,
    KindCount,
    LedTo,
    Outcome,
    Point,
    Priority,
    PriorityRound,
    Question,
    Redaction,
    Reply,
    Stated,
    Tally,
    Theme,
)
from veikart.plan.model import Plan, Tombstone
from veikart.plan.part import Translations

HEARING = "horing/26-7"
STATEMENT = "mal/1/oppna/1"
BEFORE, AFTER = "Innbyggere får innsyn", "Innbyggere får innsyn i egen journal"
DAY = dt.date(2026, 7, 1)


def _question(no: int, text: str, kind: str, **more: object) -> Question:
    return Question(no=no, text=text, kind=kind, **more)


def _hearing() -> Hearing:
    return Hearing(
        uid=HEARING,
        kind="hearing",
        title="Høring om strategien",
        translations=Translations(nn="Høyring om strategien", en="Hearing on the strategy"),
        stage="answered",
        opens_on=dt.date(2026, 5, 1),
        closes_on=dt.date(2026, 6, 1),
        case_number="26/7",
        held_by="Direktoratet",
        about="Utkast til strategi",
        about_edition="2026-1",
        terms="Åpen for alle.",
        questions=(
            _question(1, "Er målene riktige?", "choice", choices=("Ja", "Nei")),
            _question(2, "Hva mener dere om målene?", "per_goal", goals=("mal/1", "mal/4")),
            _question(3, "Noe annet?", "text"),
        ),
        invited=(
            Invitation(name="KS", kind="interest_organisation", organisation="aktor/ks"),
            Invitation(name="Alta kommune", kind="municipality"),
        ),
        stated=(
            Stated(what="Mottatte svar", number=9, source="Nyhet", address="https://no.invalid/"),
        ),
        replies=4,
        tally=Tally(received=7, answered=5, set_aside=1, lapsed=1, open=0),
        answered_on=DAY,
    )


def _reply(no: int, respondent: str, kind: str, **more: object) -> Reply:
    facts = {"version": 1, "channel": "email", "received_on": dt.date(2026, 5, 30)} | more
    return Reply(
        uid=f"{HEARING}/svar/{no}",
        hearing=HEARING,
        no=no,
        respondent=respondent,
        kind_of_respondent=kind,
        **facts,
    )


def _replies() -> tuple[Reply, ...]:
    return (
        _reply(
            1, "KS", "interest_organisation", language="nb", organisation="aktor/ks",
            fingerprint="ab" * 32, confirmed_on=dt.date(2026, 6, 2),
            answers=(Answer(question=1, choice="Ja"), Answer(question=2, goal="mal/1", text="Bra.")),
        ),
        _reply(
            2, "Medtech Ltd", "vendor", language="en", after_deadline=True,
            redactions=(Redaction(basis="business", reason="Priser i et anbud.", places=2),),
        ),
        _reply(3, "A. N.", "private_person", language="nn", is_initials=True, channel="web"),
    )  # fmt: skip


def _point(
    reply: int, no: int, kind: str, text: str, *, question: int | None = 2, **more: object
) -> Point:
    return Point(
        uid=f"{HEARING}/svar/{reply}/punkt/{no}",
        hearing=HEARING,
        reply=f"{HEARING}/svar/{reply}",
        no=no,
        kind=kind,
        text=text,
        question=question,
        **more,
    )


def outcome(value: str, reason: str, *led_to: LedTo) -> Outcome:
    """An outcome that was decided in a case."""
    return Outcome(value=value, reason=reason, decided_on=DAY, led_to=led_to, case="26/9")


CHANGED = outcome(
    "followed", "Det blir tydeligere.", LedTo(uid=STATEMENT, before=BEFORE, after=AFTER)
)
NOT = outcome("not_followed", "Det hører hjemme i en forskrift.")
NOTED = outcome("noted", "Takk for støtten.")


def _points() -> tuple[Point, ...]:
    themes = (f"{HEARING}/tema/1",)
    return (
        _point(
            1, 1, "wording", "Første punkt bør si hva det gis innsyn i.", anchors=(STATEMENT,),
            proposed_wording=AFTER, heading_path=("Mål 1", "Innsyn"), themes=themes, outcome=CHANGED,
        ),
        _point(1, 2, "support", "Vi støtter målet.", anchors=("mal/1",), outcome=NOTED),
        _point(
            2, 1, "concern", f"Prices such as {WITHHELD} are <b>too high</b>.",
            anchors=("leveranse/105",), outcome=NOT, origins=(f"{HEARING}/svar/2/punkt/9",),
        ),
        _point(
            2, 2, "proposal", "Let patients see their record.", anchors=(STATEMENT, "mal/1"),
            themes=themes, outcome=CHANGED, outcome_of_theme=themes[0],
        ),
        _point(
            3, 1, "question", "Hva med dem som ikke er på nett?", question=None,
            anchors=("delmal/1A",), is_retold=True, themes=themes, outcome=CHANGED,
            outcome_of_theme=themes[0],
        ),
    )  # fmt: skip


def consultations() -> Consultations:
    """What the hearing holds once it is answered."""
    return Consultations(
        hearings=(_hearing(),),
        replies=_replies(),
        points=_points(),
        themes=(
            Theme(
                uid=f"{HEARING}/tema/1",
                hearing=HEARING,
                no=1,
                title="Innsyn i journal",
                sentence="Pasienten ser sin egen journal.",
                points=tuple(p.uid for p in _points() if p.themes),
                by_kind=(
                    KindCount(kind="vendor", respondents=1, points=2),
                    KindCount(kind="interest_organisation", respondents=1, points=1),
                    KindCount(kind="private_person", respondents=1, points=1),
                ),
                outcome=CHANGED,
            ),
        ),
        change_areas=(
            ChangeArea(
                uid=f"{HEARING}/endringsomrade/1", hearing=HEARING, no=1,
                title="Mer innsyn", themes=(f"{HEARING}/tema/1",),
            ),
        ),
        draft_goals=(
            DraftGoal(
                uid=f"{HEARING}/malutkast/1", hearing=HEARING, no=1, text="Alle ser sin journal",
                areas=(f"{HEARING}/endringsomrade/1",), became=STATEMENT,
            ),
            DraftGoal(
                uid=f"{HEARING}/malutkast/2", hearing=HEARING, no=2, text="Færre skjemaer",
                areas=(f"{HEARING}/endringsomrade/1",),
                translations=Translations(nn="Færre skjema", en="Fewer forms"),
            ),
        ),
        priority_rounds=(
            PriorityRound(
                uid=f"{HEARING}/prioritering/1", hearing=HEARING, no=1, title="Rådets møte 3. juni",
                of="goals", method="points", is_secret=True, points=10, most=6,
                opened_on=dt.date(2026, 6, 3), closed_on=dt.date(2026, 6, 10), voters=6, voted=5,
                priorities=(
                    Priority(
                        item=f"{HEARING}/malutkast/1", text="Alle ser sin journal", rank=1, share=0.6,
                        best=1, worst=2, got=30, given=5,
                    ),
                    Priority(
                        item=f"{HEARING}/malutkast/2", text="Færre skjemaer", rank=2, share=0.4,
                        best=1, worst=2, got=20, given=4,
                    ),
                ),
            ),
        ),
    )  # fmt: skip


def heard() -> Plan:
    """Edition 2026-1, which was heard: before there was a hearing."""
    return sample()


def answered_plan() -> Plan:
    """Edition 2026-2: the statement is changed, 105 is taken out, and a fourth reply is withdrawn."""
    before = heard()
    statements = tuple(
        replace(one, text=AFTER) if one.uid == STATEMENT else one
        for one in before.strategy.statements
    )
    kept = tuple(d for d in before.roadmap.deliverables if d.uid != "leveranse/105")
    return replace(
        before,
        head=replace(before.head, number="2026-2", previous="2026-1", as_of=dt.date(2026, 9, 30)),
        strategy=replace(before.strategy, statements=statements),
        roadmap=replace(before.roadmap, deliverables=kept),
        tombstones=(
            Tombstone(
                uid=f"{HEARING}/svar/4", kind="reply", name="Høringssvar 4", reason="Sendt ved en feil."
            ),
            Tombstone(
                uid="leveranse/105", kind="deliverable", name="Hjemmesykehus",
                reason="Slått sammen.", successors=("leveranse/106",),
            ),
        ),
        consultations=consultations(),
    )  # fmt: skip


def answered(language: str = "nb") -> Reading:
    """The edition with the answered hearing, after the one that was heard."""
    first, second = shelved(heard()), shelved(answered_plan(), previous="2026-1")
    return Reading(shelved=second, editions=(second, first), language=language)
