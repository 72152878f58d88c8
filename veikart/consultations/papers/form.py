"""The reply form of a hearing as DOCX: the questions of the web’s form, to fill in and send by e-mail.

Our own reader reads it back (`engines/readers/reply_form`). What it goes by: the case number, the
label before the respondent, each question with its number, boxes that are content controls, and
headings of goals. Whatever nobody is to write stands in a control that shows its prompt, or
above the first question.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from veikart.consultations.models import Hearing, Question
from veikart.consultations.papers.questions import GoalNames, in_order, text_of, title_of
from veikart.design import words
from veikart.design.papers.word import facts, heading, new_document, paragraph, saved, writable
from veikart.design.papers.word_look import PLACEHOLDER, element

if TYPE_CHECKING:
    from docx.document import Document

PROMPTS = {
    "nb": "Klikk eller trykk her for å skrive inn tekst.",
    "nn": "Klikk eller trykk her for å skrive inn tekst.",
    "en": "Click or tap here to enter text.",
}
"""What Word itself shows in a text control that is empty; a reader knows it from an answer."""
_BOX_FONT = "MS Gothic"
_TICKED, _NOT_TICKED = "2612", "2610"


def form_docx(hearing: Hearing) -> bytes:
    """The reply form of `hearing` as DOCX. The same hearing and language give the same bytes.

    It is in the active language if all questions are put in that, and else in bokmål. Two queries. Raises ValueError for a hearing without questions, or without a case number.
    """
    questions = list(hearing.questions.all())
    if not questions or hearing.case_number is None:
        raise ValueError(
            f"Expected a hearing with questions and a case number; {hearing.uid} lacks them. "
            "Put in its questions before the form is made."
        )
    at = dt.datetime.combine(hearing.opens_on, dt.time(), tzinfo=dt.UTC)
    language = _language(questions)
    with override(language):
        title = _("Reply form: %(title)s") % {"title": title_of(hearing, language)}
        document = new_document(title=title, at=at, issuer=hearing.held_by)
        _head(document, hearing)
        names = GoalNames(language)
        for question in questions:
            _question(document, question, names)
        return saved(document, at=at)


def _language(questions: Sequence[Question]) -> str:
    """The active language if all questions are put in it: a form is never in two languages."""
    wanted = get_language() or "nb"
    is_whole = all(getattr(each, f"text_{wanted}", None) for each in questions)
    return wanted if is_whole and wanted in PROMPTS else "nb"


def _head(document: "Document", hearing: Hearing) -> None:
    code = hearing.uid.rpartition("/")[2]
    facts(
        document,
        [
            (_("Case number"), hearing.case_number or ""),
            (_("Last day for replies"), words.day(hearing.closes_on)),
        ],
    )
    line = document.add_paragraph(style="Fact")
    line.add_run(f"{_('Respondent')}: ").bold = True
    line._p.append(_text_control(_("Respondent"), "respondent", is_block=False))
    paragraph(
        document,
        _(
            "Write in the fields, tick the boxes, save the file, and send it by e-mail. Questions "
            "may be left unanswered. The terms, and the same form on the web: %(address)s"
        )
        % {"address": f"{settings.ADDRESS}{reverse('answering:start', args=[code])}"},
        style="Note",
    )


def _question(document: "Document", question: Question, names: GoalNames) -> None:
    heading(document, f"{question.no}) {text_of(question, names.language)}", 1)
    tag = f"question-{question.no}"
    if question.help:
        _append(document, _guidance(question.help))
    if question.kind == Question.Kind.CHOICE:
        for number, choice in enumerate(question.choices, start=1):
            line = document.add_paragraph(style="Choice")
            line._p.append(_box(choice, f"{tag}-choice-{number}"))
            line.add_run(writable(f" {choice}"))
    if question.kind == Question.Kind.PER_GOAL:
        for uid in in_order(question.goals):
            heading(document, names[uid], 2)
            _append(document, _answer(names[uid], f"{tag}-{uid.replace('/', '-')}"))
        return
    said = _("Answer to question %(number)d") % {"number": question.no}
    _append(document, _answer(said, tag))


def _append(document: "Document", control: Any) -> None:
    """Put a control that holds whole paragraphs at the end of the document's body."""
    body = document.element.body
    body.insert(len(body) - 1, control)  # the last element says how the pages are


def _control(title: str, tag: str, *properties: Any) -> tuple[Any, Any]:
    """A content control with what a screen reader calls it, and the place for its content."""
    control, told, content = element("w:sdt"), element("w:sdtPr"), element("w:sdtContent")
    told.append(element("w:alias", val=writable(title)[:64]))
    told.append(element("w:tag", val=tag[:64]))
    for one in properties:
        told.append(one)
    control.append(told)
    control.append(content)
    return control, content


def _text_control(title: str, tag: str, *, is_block: bool) -> Any:
    """A control for text that shows its prompt: whole paragraphs, or within one."""
    control, content = _control(title, tag, element("w:showingPlcHdr"))
    run = _run(PROMPTS[get_language() or "nb"], style=PLACEHOLDER.replace(" ", ""))
    if is_block:
        run = _paragraph(run, "Field")
    else:
        control[0].append(element("w:text"))
    content.append(run)
    return control


def _answer(title: str, tag: str) -> Any:
    return _text_control(title, tag, is_block=True)


def _guidance(text: str) -> Any:
    """The help to a question in a locked control that shows its prompt: so it is no answer."""
    control, content = _control(
        _("Guidance"),
        "guidance",
        element("w:lock", val="sdtContentLocked"),
        element("w:showingPlcHdr"),
    )
    for line in text.splitlines():
        if line.strip():
            said = _run(line.strip(), style=PLACEHOLDER.replace(" ", ""))
            content.append(_paragraph(said, "Note"))
    return control


def _box(label: str, tag: str) -> Any:
    from docx.oxml import parse_xml  # noqa: PLC0415 (only who writes a paper loads it)

    states = "".join(
        f'<w14:{name} w14:val="{value}" w14:font="{_BOX_FONT}"/>'
        for name, value in (("checkedState", _TICKED), ("uncheckedState", _NOT_TICKED))
    )
    box = parse_xml(
        '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        f'<w14:checked w14:val="0"/>{states}</w14:checkbox>'
    )
    control, content = _control(label, tag, box)
    content.append(_run(chr(int(_NOT_TICKED, 16)), font=_BOX_FONT))
    return control


def _paragraph(run: Any, style: str) -> Any:
    made, told = element("w:p"), element("w:pPr")
    told.append(element("w:pStyle", val=style))
    made.append(told)
    made.append(run)
    return made


def _run(text: str, *, style: str | None = None, font: str | None = None) -> Any:
    run = element("w:r")
    told = element("w:rPr")
    if style:
        told.append(element("w:rStyle", val=style))
    if font:
        told.append(element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, hint="eastAsia"))
    run.append(told)
    place = element("w:t")
    place.text = writable(text)
    run.append(place)
    return run
