"""Reads a hearing's reply form (text, DOCX, PDF): who replies, what is answered, and the points in it."""

import datetime as dt
import re
from collections.abc import Sequence

from veikart.engines.language import language
from veikart.engines.points.cutting import cut
from veikart.engines.proposal import FoundAt, Item, Proposal, Unreadable
from veikart.engines.readers.archive import Archive
from veikart.engines.readers.blocks import Block
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.document import Document
from veikart.engines.readers.docx_controls import prompts
from veikart.engines.readers.pages import Pages
from veikart.engines.readers.reply_form_answers import FormAnswer, answer
from veikart.engines.readers.reply_form_choices import has_boxes
from veikart.engines.readers.reply_form_questions import (
    FEWEST_QUESTIONS,
    Asked,
    Form,
    asked,
    case_number,
)
from veikart.engines.readers.reply_items import (
    MOST_ANSWERED,
    answer_item,
    point_items,
    reply_item,
    reply_proposal,
)
from veikart.engines.readers.reply_values import AnswerValues, ReplyValues
from veikart.engines.readers.respondents import kind_of_respondent, respondent

READER = "reply_form"
_CALLED_A_FORM = re.compile(
    r"h(?:ø|oe)(?:ring|yring)s?svar-?skjema|høyringssvarskjema|h(?:ø|oe)ringsskjema|svarskjema|reply form|response form",
    re.IGNORECASE,
)
_HEAD = 12


def is_a_reply_form(found: Sequence[Block]) -> bool:
    """Whether blocks are a reply form: numbered questions, and boxes to tick or the name of a form."""
    if len(asked(found, None)) < FEWEST_QUESTIONS:
        return False
    is_called = any(_CALLED_A_FORM.search(block.text) for block in found[:_HEAD])
    return is_called or any(has_boxes(block.text) for block in found)


def read_reply_form(
    name: str,
    content: bytes,
    *,
    form: Form | None = None,
    received: dt.date | None = None,
    document: Document | None = None,
) -> Proposal:
    """What the reply form in `content` says: one `reply`, an `answer` a question, and the `point`s.

    With `form`, the hearing's own questions are looked for; without it, what looks like questions
    is. `received` is the day it came, if that is known; `document` is the same one, if
    others have looked at it.
    Raises Unreadable for what cannot be opened, `too_long` for more than 200,000 characters, and
    `unknown_kind` for a document without the questions.
    """
    document = document or Document(name, content)
    _check_length(name, document.pages)
    found = document.blocks
    questions = asked(found, form)
    if not questions:
        raise _not_a_form(name, found, form)
    cautions = Cautions()
    not_written = prompts(Archive(name, content)) if document.form == "docx" else frozenset()
    answers = _answers(found, questions, not_written)
    _check(answers, found, form, cautions)
    written = [block for one in answers for block in one.blocks]
    sender = respondent([*found[: questions[0].place], *written])
    head = ReplyValues(
        case_number=case_number(found),
        respondent=sender,
        kind_of_respondent=kind_of_respondent(sender),
        language=language("\n".join(block.text for block in written or found)),
        received=received,
        scanned=document.pages.is_scanned,
    )
    if sender is None:
        cautions.add(
            "no_respondent",
            "The form does not say who replies, nor is any name found that the text speaks of itself by.",
            "Write in who replied; the sender of the e-mail or its signature may tell.",
        )
    items = [
        reply_item(head),
        *(_answer_item(one) for one in answers),
        *point_items((point, one.question.number) for one in answers for point in cut(one.blocks)),
    ]
    return reply_proposal(READER, name, content, items, cautions.all())


def _answers(
    found: Sequence[Block], questions: Sequence[Asked], not_written: frozenset[str]
) -> list[FormAnswer]:
    """The answers, each in what stands between its question and the next one."""
    ends = [question.place for question in questions[1:]] + [len(found)]
    return [
        answer(
            question, found[question.place : end], prompts=not_written | question.question.guidance
        )
        for question, end in zip(questions, ends, strict=True)
    ]


def _answer_item(one: FormAnswer) -> Item:
    values = AnswerValues(
        question=one.question.number,
        choice=one.choice,
        text=one.text,
        empty=one.is_empty,
        goals=one.goals,
    )
    return answer_item(values, FoundAt(page=one.at.page, start=one.at.start, end=one.at.end))


def _check(
    answers: Sequence[FormAnswer], found: Sequence[Block], form: Form | None, cautions: Cautions
) -> None:
    """Say what a person should look at: another case, questions that are missing, boxes."""
    for one in answers:
        _check_boxes(one, cautions)
    if all(one.is_empty for one in answers):
        cautions.add(
            "empty_form",
            f"None of the {len(answers)} questions is answered.",
            "Ask the sender for the form as it was filled in; this may be the empty one.",
        )
    if form is None:
        return
    said = case_number(found)
    if said not in {None, form.case_number}:
        cautions.add(
            "other_case",
            f"Expected a reply to case {form.case_number}; the form says case {said}.",
            "If it belongs to another hearing, move it there. Else confirm that it is meant for this one.",
        )
    missing = sorted({q.number for q in form.questions} - {one.question.number for one in answers})
    if missing:
        cautions.add(
            "questions_missing",
            f"Expected all {len(form.questions)} questions of the hearing; not found: "
            f"{', '.join(map(str, missing))}.",
            "Look if the form was changed or cut off, and set the question of each point by hand.",
        )


def _check_boxes(one: FormAnswer, cautions: Cautions) -> None:
    number, page = one.question.number, one.at.page
    if one.has_boxes and not one.ticked:
        cautions.add(
            "no_choice",
            f"Question {number} has boxes to tick, and none is ticked.",
            "Read the text of the answer, and choose by hand if it tells; else leave it open.",
            page=page,
        )
    if len(one.ticked) > 1:
        cautions.add(
            "several_choices",
            f"Question {number} has more than one box ticked: {', '.join(one.ticked)}.",
            "Read the text of the answer, or ask the sender, and choose one by hand.",
            page=page,
        )


def _check_length(name: str, pages: Pages) -> None:
    length = sum(len(page.text) for page in pages.pages)
    if length > MOST_ANSWERED:
        raise Unreadable(
            "too_long",
            f"Expected a reply of at most {MOST_ANSWERED:,} characters; {name} has {length:,}. "
            "Take in the form by itself, and keep what comes with it as an attachment.",
        )


def _not_a_form(name: str, found: Sequence[Block], form: Form | None) -> Unreadable:
    begins = found[0].text[:80] if found else ""
    wanted = (
        f"the questions of case {form.case_number}" if form else "numbered questions, 1) to n),"
    )
    return Unreadable(
        "unknown_kind",
        f"Expected a reply form with {wanted}; {name} has none of them, and begins “{begins}”. "
        "If it is a letter, take it in as one; if it is a form for another hearing, take it in there.",
    )
