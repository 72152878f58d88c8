"""The pages of hearings and workshops: what was asked, who replied, and what became of it."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.consultations.words import finding
from veikart.design import words
from veikart.design.templatetags.veikart import bokmal
from veikart.pages import drafting, hearing_words, points
from veikart.pages.hearing_text import paragraphs
from veikart.pages.missing import NotInPlan
from veikart.pages.points import spoken
from veikart.pages.reading import Reading
from veikart.plan.consultations import Hearing, Point, Question, Reply, Theme
from veikart.plan.procedure import findings, turnout

REPORT = "rapport"
"""The last part of a report’s address, and of its files’ names."""
REPORT_ENDINGS = ("docx", "pdf")
MANY = 12
"""So many replies or invited are listed; more are folded away."""


def all_hearings(reading: Reading) -> dict[str, Any]:
    """The page of all hearings and workshops: what did others say, and what became of it?"""
    hearings = sorted(
        reading.plan.consultations.hearings, key=lambda h: (h.opens_on, h.uid), reverse=True
    )
    received = sum(hearing.tally.received for hearing in hearings)
    lead = ngettext(
        "%(count)d hearing or round of workshops, with %(points)s.",
        "%(count)d hearings and rounds of workshops, with %(points)s.",
        len(hearings),
    ) % {"count": len(hearings), "points": hearing_words.points_sentence(received)}
    return {
        "lead": lead if hearings else _("This edition holds no hearing."),
        "hearings": [_in_list(reading, hearing) for hearing in hearings],
    }


def hearing(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of one hearing. Raises NotInPlan."""
    this = found(reading, uid)
    replies, said = replies_of(reading, this), points_of(reading, this)
    return {
        "hearing": this,
        "lead": lead(reading, this),
        "stage": hearing_words.STAGES[this.stage],
        "tally": hearing_words.tally_sentence(this.tally),
        "handled": hearing_words.handled_sentence(this.tally),
        "counts": hearing_words.outcome_counts(said),
        "with_change": sum(bool(p.outcome and p.outcome.led_to) for p in said),
        "questions": [_question(reading, this, question, replies) for question in this.questions],
        "themes": [theme_row(reading, theme) for theme in themes_of(reading, this)],
        "paragraphs": paragraphs(reading, uid, said),
        "turnout": _turnout(reading, this, said),
        "replies": [_reply_row(reading, reply, said) for reply in replies],
        "unpublished": this.replies - len(replies) - _withdrawn(reading, this),
        "withdrawn": _withdrawn(reading, this),
        "many": MANY,
        "invited": [
            (one, reading.link(one.organisation) if one.organisation else None)
            for one in this.invited
        ],
        "findings": [
            (finding(one), one.is_breach) for one in findings(reading.plan.consultations, this)
        ],
        "areas": _areas(reading, this),
        "goals": drafting.goals(reading, this),
        "rounds": drafting.rounds(reading, this),
        "priorities": drafting.files(reading, this),
        "follows": reading.plan.index.hearings.get(this.follows or ""),
        "followed_by": [h for h in reading.plan.consultations.hearings if h.follows == uid],
        "files": [
            (name, f"{reading.data}{uid}.{ending}")
            for name, ending in (("CSV", "csv"), ("XLSX", "xlsx"))
            if reading.data
        ],
        "report": reading.address(f"{uid}/{REPORT}") if has_report(this) else None,
        "reports": report_files(reading, this),
    }


def has_report(this: Hearing) -> bool:
    """Whether there is a summary report of a hearing: it has opened."""
    return this.stage != "planned"


def report_files(reading: Reading, this: Hearing) -> list[tuple[str, str]]:
    """The formats of a hearing’s report, and where each lies; none of a draft."""
    if not reading.data or not has_report(this):
        return []
    return [
        (ending.upper(), f"{reading.data}{this.uid}-{REPORT}.{ending}") for ending in REPORT_ENDINGS
    ]


def lead(reading: Reading, this: Hearing) -> str:
    """When it was, how many replied, and what became of what they said."""
    facts = {"replies": words.number(this.replies)}
    if this.kind == "workshop":
        brought = ngettext(
            "%(replies)s contribution is taken in.",
            "%(replies)s contributions are taken in.",
            this.replies,
        )
    else:
        brought = ngettext(
            "%(replies)s reply is taken in.", "%(replies)s replies are taken in.", this.replies
        )
    sentences = [hearing_words.period(this)]
    if this.replies or this.stage != "planned":
        sentences.append(brought % facts)
    said = hearing_words.outcomes_said(points_of(reading, this))
    if said:
        sentences.append(_("What became of the points: %(said)s.") % {"said": said})
    elif this.tally.received:
        sentences.append(_("What became of the points is not published yet."))
    return " ".join(sentences)


def found(reading: Reading, uid: str) -> Hearing:
    """The hearing called `uid`. Raises NotInPlan."""
    this = reading.plan.index.hearings.get(uid)
    if this is None:
        raise NotInPlan(uid)
    return this


def replies_of(reading: Reading, this: Hearing) -> list[Reply]:
    """The replies to a hearing that are shown, by number."""
    gone = points.withdrawn(reading)
    replies = reading.plan.index.replies_to.get(this.uid, [])
    return sorted((r for r in replies if r.uid not in gone), key=points.in_order)


def points_of(reading: Reading, this: Hearing) -> list[Point]:
    """The points of a hearing that are shown."""
    return points.visible(
        reading, (p for p in reading.plan.consultations.points if p.hearing == this.uid)
    )


def themes_of(reading: Reading, this: Hearing) -> list[Theme]:
    """The themes of a hearing, by number."""
    themes = (t for t in reading.plan.consultations.themes if t.hearing == this.uid)
    return sorted(themes, key=lambda theme: theme.no)


def theme_row(reading: Reading, theme: Theme) -> dict[str, Any]:
    """A theme in a list: its title, how many said it, and its outcome."""
    return {
        "title": bokmal(theme.title, reading.language),
        "address": reading.address(theme.uid),
        "said": theme_said(theme),
        "became": points.became(reading, theme.outcome),
    }


def theme_said(theme: Theme) -> str:
    """How many points a theme has, and of how many respondents."""
    respondents = sum(one.respondents for one in theme.by_kind)
    facts = {
        "points": hearing_words.points_sentence(sum(one.points for one in theme.by_kind)),
        "n": words.number(respondents),
    }
    return (
        ngettext(
            "%(points)s from %(n)s respondent", "%(points)s from %(n)s respondents", respondents
        )
        % facts
    )


def _withdrawn(reading: Reading, this: Hearing) -> int:
    return sum(uid.startswith(f"{this.uid}/") for uid in points.withdrawn(reading))


def _in_list(reading: Reading, this: Hearing) -> dict[str, Any]:
    return {
        "hearing": this,
        "lead": lead(reading, this),
        "tally": hearing_words.tally_sentence(this.tally),
        "stage": hearing_words.STAGES[this.stage],
        "counts": hearing_words.outcome_counts(points_of(reading, this)),
    }


def _question(
    reading: Reading, this: Hearing, question: Question, replies: list[Reply]
) -> dict[str, Any]:
    """A question with what was chosen, and the replies that answer it in words or by points."""
    said = {p.reply for p in points_of(reading, this) if p.question == question.no}
    chosen: Counter[str] = Counter()
    answering = []
    for reply in replies:
        own = [answer for answer in reply.answers if answer.question == question.no]
        chosen.update(answer.choice for answer in own if answer.choice)
        if reply.uid in said or any(answer.choice or answer.text for answer in own):
            address = f"{reading.address(reply.uid)}#sporsmal-{question.no}"
            answering.append((reply.respondent, address))
    choices = [*question.choices, *(choice for choice in chosen if choice not in question.choices)]
    return {
        "question": question,
        "chosen": [(spoken(choice), chosen[choice]) for choice in choices],
        "answering": answering,
        "goals": [points.named(reading, goal) for goal in question.goals],
    }


def _turnout(reading: Reading, this: Hearing, said: list[Point]) -> list[dict[str, Any]]:
    """By kind of respondent: invited, of those replied, replied, and points."""
    kinds = {reply.uid: reply.kind_of_respondent for reply in replies_of(reading, this)}
    counted = Counter(kinds[point.reply] for point in said if point.reply in kinds)
    return [
        {
            "kind": hearing_words.respondent_kind(row.kind),
            "invited": row.invited,
            "invited_replied": row.invited_replied,
            "replied": row.replied,
            "points": counted[row.kind],
        }
        for row in turnout(reading.plan.consultations, this)
    ]


def _reply_row(reading: Reading, reply: Reply, said: list[Point]) -> dict[str, Any]:
    own = [point for point in said if point.reply == reply.uid]
    return {
        "reply": reply,
        "kind": hearing_words.respondent_kind(reply.kind_of_respondent),
        "points": hearing_words.points_sentence(len(own)),
        "outcomes": hearing_words.outcomes_said(own),
    }


def _areas(reading: Reading, this: Hearing) -> list[dict[str, Any]]:
    """The change areas with their themes, and what rounds of prioritising said of each."""
    themes = reading.plan.index.themes
    return [
        {
            "no": area.no,
            "title": bokmal(area.title, reading.language),
            "themes": [theme_row(reading, themes[uid]) for uid in area.themes if uid in themes],
            "ranks": drafting.ranks(reading, area.uid),
        }
        for area in drafting.areas(reading, this)
    ]
