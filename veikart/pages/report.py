"""The summary report of a hearing, read off one Plan: what an office publishes when it is answered.

One value (`report_parts.Report`) holds all of it. The page, the DOCX and the PDF are written from that.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.consultations.words import finding
from veikart.design import words
from veikart.design.templatetags.veikart import in_language, plainly
from veikart.pages import hearing_words, hearings, report_replies, report_themes
from veikart.pages.missing import NotInPlan
from veikart.pages.reading import Reading
from veikart.pages.report_parts import (
    Block,
    Facts,
    Items,
    Paragraph,
    Report,
    Said,
    Section,
    of_html,
    paragraphs,
    row,
    said,
    table,
)
from veikart.plan.consultations import Hearing
from veikart.plan.procedure import days_of, findings


def page(reading: Reading, uid: str) -> dict[str, Any]:
    """The page of the report of the hearing `uid`. Raises NotInPlan."""
    made = report(reading, uid)
    this = hearings.found(reading, uid)
    files = hearings.report_files(reading, this)
    return {"report": made, "hearing": this, "trail": [this], "files": files}


def report(reading: Reading, uid: str) -> Report:
    """The report of the hearing `uid`, in the active language. Raises NotInPlan, also before it opens."""
    this = hearings.found(reading, uid)
    if not hearings.has_report(this):
        raise NotInPlan(f"{uid}/{hearings.REPORT}")
    facts = {"title": plainly(this)}
    is_workshop = this.kind == "workshop"
    title = (
        _("Summary of the workshops: %(title)s")
        if is_workshop
        else _("Summary of the hearing: %(title)s")
    )
    sections = [
        _held(reading, this),
        report_replies.turnout_section(reading, this),
        *report_replies.answers_sections(reading, this),
        report_themes.outcomes_section(reading, this),
        *report_themes.theme_sections(reading, this),
        report_themes.led_to_section(reading, this),
        report_replies.replies_section(reading, this),
        _method(reading, this),
    ]
    return Report(
        title=title % facts,
        lead=hearings.lead(reading, this),
        eyebrow=_eyebrow(this),
        issuer=this.held_by,
        foot=" · ".join(part for part in (_edition(reading), this.case_number) if part),
        sections=tuple(section for section in sections if section and section.blocks),
    )


def _eyebrow(this: Hearing) -> str:
    parts = [_("Workshops") if this.kind == "workshop" else _("Hearing")]
    if this.case_number:
        parts.append(_("case %(number)s") % {"number": this.case_number})
    return " · ".join([*parts, _("Summary report")])


def _edition(reading: Reading) -> str:
    if reading.number is None:
        return _("Working draft")
    return _("Edition %(number)s") % {"number": reading.number}


def _held(reading: Reading, this: Hearing) -> Section:
    blocks: list[Block] = [Facts(pairs=tuple(_facts(reading, this)))]
    if this.summary:
        blocks.append(Paragraph(said=in_bokmal(reading, this.summary)))
    for one in this.stated:
        source = _("%(what)s: %(number)s, according to %(source)s.") % {
            "what": one.what,
            "number": words.number(one.number),
            "source": one.source,
        }
        blocks.append(Paragraph(said=said(source, one.address)))
    if this.questions:
        blocks += paragraphs(_("What was asked:"))
        asked = (of_html(in_language(one, reading.language)) for one in this.questions)
        numbered = (
            Said(text=f"{question.no}. {one.text}", lang=one.lang)
            for question, one in zip(this.questions, asked, strict=True)
        )
        blocks.append(Items(items=tuple(numbered)))
    for one_found in findings(report_replies.shown(reading, this), this):
        sentence = finding(one_found)
        blocks.append(Paragraph(said=said(sentence), is_doubt=one_found.is_breach))
    if this.short_period_reason:
        blocks += paragraphs(_("Reason given for the short period:"))
        blocks.append(Paragraph(said=in_bokmal(reading, this.short_period_reason)))
    return Section(
        heading=said(_("What it was about, and how it was held")),
        level=1,
        blocks=tuple(blocks),
        anchor="om",
    )


def _facts(reading: Reading, this: Hearing) -> list[tuple[str, Said]]:
    days = days_of(this)
    lasted = ngettext("%(days)s day", "%(days)s days", days) % {"days": words.number(days)}
    period = f"{words.day(this.opens_on)} – {words.day(this.closes_on)} ({lasted})"
    stage = str(hearing_words.STAGES[this.stage])
    if this.answered_on:
        stage = f"{stage}, {words.day(this.answered_on)}"
    pairs = [
        (_("Hearing"), of_html(in_language(this, reading.language), reading.address(this.uid))),
        (_("Case number"), said(this.case_number)),
        (_("Held by"), said(this.held_by)),
        (_("The text"), in_bokmal(reading, this.about or "")),
        (_("Period"), said(period)),
        (_("Stage"), said(stage)),
        (_("Source"), said(this.address, this.address)),
        (_("Read off"), said(_read_off(reading))),
    ]
    return [(name, one) for name, one in pairs if one.text]


def _read_off(reading: Reading) -> str:
    return _("%(edition)s, as it was %(day)s") % {
        "edition": _edition(reading),
        "day": words.day(reading.plan.head.as_of),
    }


def _method(reading: Reading, this: Hearing) -> Section:
    tally = this.tally
    counted = [
        (_("Answered with an outcome and a reason"), tally.answered),
        (_("Set aside as no points to answer"), tally.set_aside),
        (_("Lapsed, as their reply was withdrawn or replaced"), tally.lapsed),
        (_("Handled in all"), tally.handled),
        (_("Open"), tally.open),
        (_("Received: handled and open together"), tally.received),
    ]
    rows = [row(name, words.number(number)) for name, number in counted]
    blocks: list[Block] = [
        *paragraphs(hearing_words.tally_sentence(tally)),
        *table(
            _("Points received, handled and open"),
            (_("What became of the points"), _("Points")),
            rows,
            widths=(5, 1),
            numbers=(1,),
            has_sum=True,
        ),
        *paragraphs(
            _("Each reply was cut into points, which are remarks that can be answered by themselves. "
              "A machine proposes where to cut and what a point is about; a person confirms, answers "
              "and gives the reason. Everything that was done is kept in a log, and the counts are "
              "read off it."),
            _("Received are all points, also of replies that are not published. Tables by outcome, by "
              "kind of respondent and by theme count the points that are published, where nothing else "
              "is said. Words that are withheld stand as %(withheld)s; the page of the reply tells why. "
              "Excerpts are the first points of different respondents, in the order they came.")
            % {"withheld": _("[withheld]")},
        ),
    ]  # fmt: skip
    if reading.data:
        log = f"{settings.ADDRESS}{reading.data}{this.uid}.csv"
        blocks.append(
            Paragraph(
                said=said(_("Every point with its outcome and reason: %(log)s") % {"log": log}, log)
            )
        )
    return Section(
        heading=said(_("Method and counts")), level=1, blocks=tuple(blocks), anchor="metode"
    )


def in_bokmal(reading: Reading, text: str) -> Said:
    """A text that is written in bokmål, marked so in another language."""
    return said(text, lang=None if reading.language == "nb" else "nb")
