"""Which hearing a reply is for: by the case number it names, by its questions, by the day it came."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from veikart.consultations.models import Hearing, Question
from veikart.documents import reading
from veikart.engines.proposal import Proposal, Unreadable
from veikart.engines.readers import reply_form
from veikart.engines.readers.reply_form_questions import Form, FormQuestion

LONGEST_AFTER = dt.timedelta(days=60)
"""So long after the last day a reply without a case number may still be for a hearing."""


@dataclass(frozen=True)
class Match:
    """The hearing, and what needs a person: why there is none, or why it may be another."""

    hearing: Hearing | None
    need: str | None = None
    params: dict[str, Any] = field(default_factory=dict)


def matched(
    name: str, content: bytes, proposal: Proposal, *, case_number: str | None, at: dt.datetime
) -> Match:
    """The hearing of the reply `proposal`, read from `content`, that came `at` this moment.

    `case_number` is what the reply names, or the e-mail it came with. A form says whose it is; the
    number in a letter may be the sender's own.
    """
    named = Hearing.objects.filter(case_number=case_number).first() if case_number else None
    if named is not None:
        return Match(named)
    is_form = proposal.reader == reply_form.READER
    if is_form and case_number:
        return Match(None, "no_hearing", {"found": case_number})
    asking = [one for one in _held() if _asks(one, name, content)] if is_form else []
    if len(asking) == 1:
        return Match(asking[0])
    return _by_day(asking or _held(), at=at)


def form_of(hearing: Hearing) -> Form | None:
    """The questions of `hearing` as the reader of forms wants them; None if it has none."""
    questions = tuple(
        FormQuestion(
            number=each.no,
            text=each.text,
            also=tuple(text for text in (each.text_nn, each.text_en) if text),
            help=each.help,
            choices=tuple(each.choices),
            per_goal=each.kind == Question.Kind.PER_GOAL,
        )
        for each in hearing.questions.all()
    )
    if not questions or hearing.case_number is None:
        return None
    return Form(case_number=hearing.case_number, questions=questions)


def _held() -> list[Hearing]:
    rows = Hearing.objects.filter(kind=Hearing.Kind.HEARING).prefetch_related("questions")
    return list(rows.order_by("uid"))


def _asks(hearing: Hearing, name: str, content: bytes) -> bool:
    """Whether at least half of the questions of `hearing` are in the form."""
    form = form_of(hearing)
    if form is None:
        return False
    try:
        read = reading.read_form(name, content, form)
    except Unreadable:
        return False
    return 2 * read.counts.get("answer", 0) >= len(form.questions)


def _by_day(hearings: list[Hearing], *, at: dt.datetime) -> Match:
    day = timezone.localdate(at)
    open_then = [one for one in hearings if one.opens_on <= day <= one.closes_on + LONGEST_AFTER]
    if len(open_then) == 1:
        return Match(open_then[0], "hearing_guessed")
    if open_then:
        uids = ", ".join(one.uid for one in open_then)
        return Match(None, "several_hearings", {"hearings": uids})
    return Match(None, "no_case_number")
