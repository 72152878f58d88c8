"""What the themes of a hearing led to: change areas, draft goals, and how members prioritised them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from veikart.design import priority_words, words
from veikart.design.templatetags.veikart import bokmal, in_language
from veikart.pages import points
from veikart.pages.reading import Reading
from veikart.plan.consultations import ChangeArea, DraftGoal, Hearing, Priority, PriorityRound

MOST_VOTES = 40
"""So many votes are told on the page of a hearing, which is to stay light."""


def areas(reading: Reading, this: Hearing) -> list[ChangeArea]:
    """The change areas of a hearing, by number."""
    found = (a for a in reading.plan.consultations.change_areas if a.hearing == this.uid)
    return sorted(found, key=lambda area: area.no)


def goals(reading: Reading, this: Hearing) -> list[dict[str, Any]]:
    """The draft goals of a hearing, in the order of the round that weighed goals last."""
    found = [g for g in reading.plan.consultations.draft_goals if g.hearing == this.uid]
    rank = _last_ranks(reading, this)
    found.sort(key=lambda goal: (rank.get(goal.uid, len(rank) + 1), goal.no))
    return [_told(reading, goal) for goal in found]


def goals_of_theme(reading: Reading, theme: str) -> list[dict[str, Any]]:
    """The draft goals that the theme `theme` (a uid) led to, by way of its change areas."""
    said = reading.plan.consultations
    inside = {area.uid for area in said.change_areas if theme in area.themes}
    found = [goal for goal in said.draft_goals if inside.intersection(goal.areas)]
    return [_told(reading, goal) for goal in sorted(found, key=lambda goal: goal.no)]


def rounds(reading: Reading, this: Hearing) -> list[dict[str, Any]]:
    """The rounds of prioritising of a hearing, the newest first."""
    found = [r for r in reading.plan.consultations.priority_rounds if r.hearing == this.uid]
    return [
        {
            "round": one,
            "title": bokmal(one.title, reading.language),
            "day": words.day(one.closed_on),
            "of": priority_words.WEIGHINGS[one.of],
            "method": priority_words.METHODS[one.method],
            "said": priority_words.explained(one),
            "weighed_in": priority_words.weighed_in(one.case),
            "case": reading.link(one.case) if one.case else None,
            "rows": [_row(reading, one, each) for each in one.priorities],
            "votes": _votes(reading, one),
        }
        for one in sorted(found, key=lambda one: one.no, reverse=True)
    ]


def files(reading: Reading, this: Hearing) -> list[tuple[str, str]]:
    """What the rounds of a hearing can be fetched as, and where each lies; none of a draft."""
    said = reading.plan.consultations.priority_rounds
    if not reading.data or not any(one.hearing == this.uid for one in said):
        return []
    start = f"{reading.data}{this.uid}"
    found = [
        (_("All rounds as CSV"), f"{start}/prioriteringer.csv"),
        (_("All rounds as JSON"), f"{start}/prioriteringer.json"),
    ]
    if any(one.ballots for one in said if one.hearing == this.uid):
        found.append((_("Votes by name as CSV"), f"{start}/stemmer.csv"))
    return found


def ranks(reading: Reading, uid: str) -> list[str]:
    """What each round says of a draft goal or a change area, the first round first."""
    return [priority_words.sentence(said, one) for said, one in _weighed(reading, uid)]


def _told(reading: Reading, goal: DraftGoal) -> dict[str, Any]:
    index = {area.uid: area for area in reading.plan.consultations.change_areas}
    return {
        "no": goal.no,
        "text": in_language(goal, reading.language),
        "address": reading.link(goal.uid),
        "areas": [
            (bokmal(index[uid].title, reading.language), reading.link(uid))
            for uid in goal.areas
            if uid in index
        ],
        "became": points.named(reading, goal.became) if goal.became else None,
        "ranks": ranks(reading, goal.uid),
    }


def _votes(reading: Reading, said: PriorityRound) -> list[tuple[str, Any]]:
    """Who voted what, where that is published; of more than a council's members the file alone tells."""
    if len(said.ballots) > MOST_VOTES:
        return []
    texts = {one.item: one.text for one in said.priorities}
    return [
        (each.voter, bokmal(priority_words.vote(each, texts), reading.language))
        for each in said.ballots
    ]


def _row(reading: Reading, said: PriorityRound, one: Priority) -> dict[str, Any]:
    return {
        "id": f"prioritering-{said.no}-valg-{one.item.rpartition('/')[2]}"
        if said.of == "options"
        else None,
        "priority": one,
        "text": bokmal(one.text, reading.language),
        "address": reading.link(one.item),
        "span": priority_words.span_short(one),
        **priority_words.cells(one),
    }


def _weighed(reading: Reading, uid: str) -> Iterable[tuple[PriorityRound, Priority]]:
    found = reading.plan.index.weighed.get(uid, ())
    return sorted(found, key=lambda each: each[0].no)


def _last_ranks(reading: Reading, this: Hearing) -> dict[str, int]:
    found = [
        r
        for r in reading.plan.consultations.priority_rounds
        if r.hearing == this.uid and r.of == "goals"
    ]
    last = max(found, key=lambda one: one.no, default=None)
    return {p.item: p.rank for p in last.priorities if p.rank is not None} if last else {}
