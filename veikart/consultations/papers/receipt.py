"""The receipt of a reply as PDF: what was received, when, from whom, and its fingerprint."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from veikart.consultations.models import Hearing, Question, Reply, ReplyFile
from veikart.consultations.papers.questions import GoalNames, text_of, title_of
from veikart.design import amounts, words
from veikart.design.papers.setting import pdf
from veikart.plan.consultations import Answer

TEMPLATE = Path(__file__).resolve().with_name("receipt.typ")
GROUP, GROUPS_A_LINE = 4, 4
UNKNOWN_TIME = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""What the file itself is dated where nobody knows when a reply came; no reader is shown it."""


def receipt_pdf(reply: Reply) -> bytes:
    """The receipt of `reply` as tagged PDF (PDF/UA-1), in the reply’s language, else in bokmål.

    It holds the hearing, who replied, when (by the clock of the country), the fingerprint in
    groups that can be read aloud, the files with their SHA-256, and all answers in full. The same
    reply gives the same bytes. Three queries. Raises as `veikart.adapters.typesetting.typeset` does.
    """
    language = reply.language or "nb"
    with override(language):
        hearing = reply.hearing
        return pdf(
            TEMPLATE,
            _data(reply, hearing, language),
            title=_("Receipt for a reply to a hearing"),
            at=reply.received_at or UNKNOWN_TIME,
            issuer=hearing.held_by,
            foot=_("Reply %(no)d, version %(version)d – fingerprint %(begins)s …")
            % {
                "no": reply.no,
                "version": reply.version,
                "begins": " ".join(grouped(reply.fingerprint)[:2]),
            },
        )


def grouped(fingerprint: str) -> list[str]:
    """A fingerprint in groups of four, as one reads it aloud."""
    return [fingerprint[at : at + GROUP] for at in range(0, len(fingerprint), GROUP)]


def _data(reply: Reply, hearing: Hearing, language: str) -> dict[str, Any]:
    groups = grouped(reply.fingerprint)
    lines = [groups[at : at + GROUPS_A_LINE] for at in range(0, len(groups), GROUPS_A_LINE)]
    return {
        "lead": _("This is what we received, and when. Keep the receipt with your own copy."),
        "notes": _notes(reply, hearing),
        "facts": _facts(reply, hearing, language),
        "fingerprint": {
            "heading": _("Fingerprint"),
            "lines": ["  ".join(line) for line in lines],
            "said": _(
                "The fingerprint (SHA-256) is calculated from all that was received. If a single "
                "letter of it is changed, the fingerprint is another. It is shown with the reply when "
                "that is published whole, and it is what to quote if you ask us about the reply."
            ),
        },
        "files": {
            "heading": _("Files received"),
            "none": _("No files came with the reply."),
            "heads": [_("File"), _("Size"), "SHA-256"],
            "rows": [_file(file) for file in reply.files.select_related("document")],
        },
        "answers": {
            "heading": _("The answers"),
            "lead": _("The answers in full, as they were received."),
            "questions": list(_questions(reply, hearing.questions.all(), language)),
        },
    }


def _notes(reply: Reply, hearing: Hearing) -> list[str]:
    notes = []
    if reply.after_deadline:
        notes.append(
            _(
                "The reply came after the last day for replies, %(day)s. It is received all the same."
            )
            % {"day": words.day(hearing.closes_on)}
        )
    if reply.version > 1:
        notes.append(
            _("It takes the place of version %(version)d.") % {"version": reply.version - 1}
        )
    return notes


def _facts(reply: Reply, hearing: Hearing, language: str) -> list[tuple[str, str]]:
    facts = [
        (_("Hearing"), title_of(hearing, language)),
        (_("Case number"), hearing.case_number or ""),
        (_("Reply"), _("number %(no)d, version %(version)d") % _numbers(reply)),
        (_("Received"), _received(reply.received_at)),
        (_("Received by"), reply.get_channel_display()),
        (_("Respondent"), reply.respondent),
        (_("Kind"), reply.get_kind_of_respondent_display()),
    ]
    if reply.wants_initials:
        facts.append((_("Shown to the public"), _("by initials")))
    return [(name, said) for name, said in facts if said]


def _numbers(reply: Reply) -> dict[str, int]:
    return {"no": reply.no, "version": reply.version}


def _received(at: dt.datetime | None) -> str:
    if at is None:
        return _("the day is not known")
    local = timezone.localtime(at)
    return _("%(day)s at %(time)s") % {"day": words.day(local), "time": f"{local:%H:%M:%S}"}


def _file(file: ReplyFile) -> tuple[str, str, str]:
    return file.name, size_in_words(file.document.size), file.document.sha256


def size_in_words(size: int) -> str:
    """The size of a file as people say it: 340 bytes, 12,5 kB, 3 MB."""
    if size < 1000:
        return _("%(size)s bytes") % {"size": words.number(size)}
    unit, divisor = ("MB", 1_000_000) if size >= 1_000_000 else ("kB", 1_000)
    return f"{amounts.short(size / divisor)}{words.THIN_SPACE}{unit}"


def _questions(
    reply: Reply, questions: Iterable[Question], language: str
) -> Iterable[dict[str, Any]]:
    """Each question with what was answered; then what was answered to none of them."""
    answered: dict[int | None, list[Answer]] = defaultdict(list)
    for answer in msgspec.convert(reply.answers, list[Answer]):
        answered[answer.question].append(answer)
    names = GoalNames(language)
    for question in questions:
        own = answered.pop(question.no, [])
        yield {
            "title": f"{question.no}. {text_of(question, language)}",
            "parts": _parts(own, names) or [_part(None, _("Not answered."), is_said=False)],
        }
    for number in sorted(answered, key=lambda number: (number is None, number or 0)):
        said = _("Question %(no)d") % {"no": number} if number else _("Other remarks")
        parts = _parts(answered[number], names)
        if parts:
            yield {"title": said, "parts": parts}


def _parts(answers: Sequence[Answer], names: GoalNames) -> list[dict[str, Any]]:
    parts = []
    for answer in answers:
        heading = names[answer.goal] if answer.goal else None
        if answer.choice:
            ticked = pgettext("answer to a question", "Ticked: %(choice)s")
            parts.append(_part(heading, ticked % {"choice": answer.choice}, is_said=False))
            heading = None
        if answer.text:
            parts.append(_part(heading, answer.text, is_said=True))
    return parts


def _part(heading: str | None, text: str, *, is_said: bool) -> dict[str, Any]:
    """A part of an answer: what the respondent wrote (`is_said`), or what we say of it."""
    return {"heading": heading, "text": text, "is_said": is_said}
