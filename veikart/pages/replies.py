"""The pages of one reply and of one theme: what they said, and what became of it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from veikart.consultations.words import BASES
from veikart.design import words
from veikart.design.templatetags.veikart import bokmal
from veikart.pages import drafting, hearing_words, paging, points
from veikart.pages.hearings import theme_said
from veikart.pages.missing import NotInPlan
from veikart.pages.points import Told, spoken
from veikart.pages.reading import Reading
from veikart.plan.consultations import Answer, Hearing, Point, Question, Redaction, Reply, Theme

EXCERPTS = 3
"""So many excerpts of different respondents open a theme's page."""


def reply(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one reply: each point with what became of it. Raises NotInPlan."""
    this = reading.plan.index.replies.get(uid)
    if this is None or uid in points.withdrawn(reading):
        raise NotInPlan(uid)
    hearing = reading.plan.index.hearings[this.hearing]
    own = points.visible(reading, reading.plan.index.points_of.get(uid, []))
    return {
        "reply": this,
        "hearing": hearing,
        "trail": [hearing],
        "lead": _lead(own, hearing),
        "counts": hearing_words.outcome_counts(own),
        "is_retold": any(point.is_retold for point in own),
        "lang": points.foreign(reading, this),
        "kind": hearing_words.respondent_kind(this.kind_of_respondent),
        "channel": hearing_words.CHANNELS[this.channel],
        "written_in": hearing_words.LANGUAGES[this.language] if this.language else None,
        "organisation": reading.link(this.organisation) if this.organisation else None,
        "parts": _parts(reading, hearing, this, points.told(reading, own)),
        "withheld": [_withheld(reading, one) for one in this.redactions],
    }


def theme(reading: Reading, uid: str, page: str | None = None) -> dict[str, Any]:
    """The page of one theme: who said it, in their words; `page` is that of the list. Raises NotInPlan."""
    this = reading.plan.index.themes.get(uid)
    if this is None:
        raise NotInPlan(uid)
    index = reading.plan.index
    own = in_theme(reading, this)
    first = excerpts(own)
    others = paging.paged(reading, uid, [one for one in own if one not in first], page)
    return {
        "theme": this,
        "title": bokmal(this.title, reading.language),
        "hearing": index.hearings[this.hearing],
        "trail": [index.hearings[this.hearing]],
        "lead": _("%(said)s speak of this.") % {"said": theme_said(this)},
        "became": points.became(reading, this.outcome),
        "counts": hearing_words.outcome_counts(own),
        "excerpts": points.told(reading, first),
        "others": points.told(reading, others.things),
        "others_count": len(own) - len(first),
        "paged": others,
        "unpublished": sum(kind.points for kind in this.by_kind) - len(own),
        "by_kind": [
            (hearing_words.respondent_kind(kind.kind), kind.respondents, kind.points)
            for kind in this.by_kind
        ],
        "areas": _areas(reading, this),
        "goals": drafting.goals_of_theme(reading, uid),
    }


def in_theme(reading: Reading, this: Theme) -> list[Point]:
    """The points of a theme that are shown."""
    known = reading.plan.index.points
    return points.visible(reading, (known[uid] for uid in this.points if uid in known))


def excerpts(said: list[Point]) -> list[Point]:
    """The first points of different respondents."""
    first: dict[str, Point] = {}
    for one in said:
        first.setdefault(one.reply, one)
    return list(first.values())[:EXCERPTS]


def theme_paths(reading: Reading, uid: str) -> Iterator[str]:
    """The path of each page of the theme `uid`."""
    own = in_theme(reading, reading.plan.index.themes[uid])
    yield from paging.paths(uid, len(own) - len(excerpts(own)))


def _lead(own: list[Point], hearing: Hearing) -> str:
    facts = {
        "points": hearing_words.points_sentence(len(own)),
        "said": hearing_words.outcomes_said(own),
    }
    if facts["said"]:
        return _("%(points)s: %(said)s.") % facts
    if hearing.stage == "answered":
        return _("%(points)s.") % facts
    return _("%(points)s. What became of them is not published yet.") % facts


def _parts(
    reading: Reading, hearing: Hearing, this: Reply, own: list[Told]
) -> list[dict[str, Any]]:
    """The points and answers by question, in the order they were asked; the others last."""
    asked = {question.no: question for question in hearing.questions}
    parts = [
        _part(reading, question, this.answers, [one for one in own if one.point.question == no])
        for no, question in asked.items()
    ]
    others = [one for one in own if one.point.question not in asked]
    loose = [answer for answer in this.answers if answer.question not in asked]
    if others or loose:
        parts.append(
            {
                "question": None,
                "points": others,
                "choice": None,
                "texts": _texts(reading, loose),
            }
        )
    return parts


def _part(
    reading: Reading, question: Question, answers: tuple[Answer, ...], own: list[Told]
) -> dict[str, Any]:
    mine = [answer for answer in answers if answer.question == question.no]
    choice = next((answer.choice for answer in mine if answer.choice), None)
    return {
        "question": question,
        "points": own,
        "choice": spoken(choice) if choice else None,
        "texts": _texts(reading, mine),
    }


def _texts(reading: Reading, answers: list[Answer]) -> list[dict[str, Any]]:
    """The answers as they were given, for each goal where they were given by goal."""
    return [
        {
            "goal": points.named(reading, answer.goal)[0] if answer.goal else None,
            "text": spoken(answer.text),
        }
        for answer in answers
        if answer.text
    ]


def _withheld(reading: Reading, one: Redaction) -> dict[str, Any]:
    return {
        "basis": BASES[one.basis],
        "reason": bokmal(one.reason, reading.language),
        "places": words.number(one.places),
        "count": one.places,
    }


def _areas(reading: Reading, this: Theme) -> list[tuple[Any, str | None]]:
    return [
        (bokmal(area.title, reading.language), reading.link(area.uid))
        for area in reading.plan.consultations.change_areas
        if this.uid in area.themes
    ]
