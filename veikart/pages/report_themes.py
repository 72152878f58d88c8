"""The parts of a report on what was said: outcomes, themes with excerpts and reasons, and what changed."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from veikart.design import words
from veikart.design.point_words import OUTCOMES
from veikart.design.templatetags.veikart import bokmal
from veikart.engines.handling.words import OUTCOME_VALUES, RESPONDENT_KINDS, OutcomeValue
from veikart.pages import hearing_words, points
from veikart.pages.hearings import points_of, replies_of, theme_said, themes_of
from veikart.pages.points import Told
from veikart.pages.reading import Reading
from veikart.pages.replies import excerpts
from veikart.pages.report_parts import (
    Block,
    Excerpt,
    Paragraph,
    Said,
    Section,
    of_html,
    paragraphs,
    row,
    said,
    table,
)
from veikart.plan.consultations import Hearing, Point, Theme

Columns: TypeAlias = tuple[OutcomeValue | None, ...]

MOST_REASONS = 12
"""So many reasons are told of one theme, the most frequent of each outcome first."""


def outcomes_section(reading: Reading, this: Hearing) -> Section:
    """What became of the published points, by kind of respondent."""
    kinds = {reply.uid: reply.kind_of_respondent for reply in replies_of(reading, this)}
    own: dict[str, list[Point]] = defaultdict(list)
    for point in points_of(reading, this):
        own[kinds[point.reply]].append(point)
    everything = points_of(reading, this)
    columns = _columns(everything)
    rows = [
        _counts(hearing_words.respondent_kind(kind), own[kind], columns)
        for kind in RESPONDENT_KINDS
        if own[kind]
    ]
    changed = sum(bool(p.outcome and p.outcome.led_to) for p in everything)
    blocks: list[Block] = [
        *table(
            _("Outcomes by kind of respondent"),
            (_("Kind of respondent"), *_heads(columns)),
            [*rows, _counts(_("In all"), everything, columns)] if rows else [],
            widths=(3, *_widths(columns)),
            numbers=range(1, len(columns) + 2),
            has_sum=True,
        ),
        *paragraphs(
            ngettext(
                "%(n)s point led to a change.", "%(n)s points led to a change.", changed
            ) % {"n": words.number(changed)}
            if everything
            else _("No point is published yet."),
        ),
    ]  # fmt: skip
    return Section(
        heading=said(_("What became of the points")), level=1, blocks=tuple(blocks), anchor="utfall"
    )


def theme_sections(reading: Reading, this: Hearing) -> list[Section]:
    """The themes in a table, and then each by itself; none where there is no theme."""
    themes = themes_of(reading, this)
    if not themes:
        return []
    shown = {point.uid: point for point in points_of(reading, this)}
    own = {theme.uid: [shown[uid] for uid in theme.points if uid in shown] for theme in themes}
    within = {point.uid for found in own.values() for point in found}
    outside = [point for point in shown.values() if point.uid not in within]
    columns = _columns(list(shown.values()))
    rows = [_theme_row(reading, theme, own[theme.uid], columns) for theme in themes]
    blocks: list[Block] = [
        *paragraphs(
            _("A point may be in several themes, so the rows do not add up to all points.")
        ),
        *table(
            _("Themes with points, respondents and outcomes"),
            (_("Theme"), _("Respondents"), *_heads(columns)),
            rows,
            widths=(3.8, 1.9, *_widths(columns)),
            numbers=range(1, len(columns) + 3),
        ),
        *paragraphs(_outside(outside)),
    ]
    first = Section(
        heading=said(_("What many spoke of")), level=1, blocks=tuple(blocks), anchor="temaer"
    )
    return [first, *(_theme(reading, theme, own[theme.uid]) for theme in themes)]


def led_to_section(reading: Reading, this: Hearing) -> Section:
    """Each change that points led to, with the sentence from and to, and how many points."""
    behind: Counter[tuple[str, str | None, str | None]] = Counter(
        (led.uid, led.before, led.after)
        for point in points_of(reading, this)
        if point.outcome
        for led in point.outcome.led_to
    )
    rows = [
        (
            of_html(*points.named(reading, uid)),
            _side(reading, before),
            _side(reading, after),
            said(words.number(count)),
        )
        for (uid, before, after), count in sorted(behind.items(), key=lambda each: str(each[0]))
    ]
    blocks: list[Block] = list(
        table(
            _("Changes that points led to"),
            (_("What changed"), _("From"), _("To"), _("Points")),
            rows,
            widths=(2, 3, 3, 0.8),
            numbers=(3,),
        )
    )
    if not rows:
        blocks += paragraphs(_("No published outcome has led to a change of the text."))
    return Section(
        heading=said(_("What it led to")), level=1, blocks=tuple(blocks), anchor="endret"
    )


def _theme(reading: Reading, theme: Theme, own: list[Point]) -> Section:
    blocks: list[Block] = []
    if theme.sentence:
        blocks.append(Paragraph(said=of_html(bokmal(theme.sentence, reading.language))))
    unpublished = _points_in(theme) - len(own)
    blocks += paragraphs(_("%(said)s.") % {"said": theme_said(theme)}, _unpublished(unpublished))
    blocks += _reasons(reading, theme, own)
    told = points.told(reading, excerpts(own))
    if told:
        blocks += paragraphs(_("In their words:"))
        blocks += [_excerpt(one) for one in told]
    heading = _("Theme %(no)d: %(title)s") % {"no": theme.no, "title": theme.title}
    return Section(
        heading=said(heading, reading.address(theme.uid)),
        level=2,
        blocks=tuple(blocks),
        anchor=f"tema-{theme.no}",
    )


def _reasons(reading: Reading, theme: Theme, own: list[Point]) -> list[Block]:
    """The outcomes of a theme with their reasons, and how many points each was given to."""
    given = Counter((p.outcome.value, p.outcome.reason) for p in own if p.outcome)
    if theme.outcome and not given:
        given = Counter({(theme.outcome.value, theme.outcome.reason): 0})
    ordered = sorted(
        given.items(), key=lambda each: (OUTCOME_VALUES.index(each[0][0]), -each[1], each[0][1])
    )
    rows = [
        (
            said(str(OUTCOMES[value])),
            of_html(bokmal(reason, reading.language)),
            said(words.number(n)),
        )
        for (value, reason), n in ordered[:MOST_REASONS]
    ]
    rest = ordered[MOST_REASONS:]
    if rest:
        others = ngettext("%(n)s other reason", "%(n)s other reasons", len(rest))
        told = others % {"n": words.number(len(rest))}
        rows.append((said("–"), said(told), said(words.number(sum(n for _what, n in rest)))))
    return list(
        table(
            _("Outcomes of theme %(no)d with their reasons") % {"no": theme.no},
            (_("Outcome"), _("Reason"), _("Points")),
            rows,
            widths=(1.6, 5, 0.8),
            numbers=(2,),
        )
    )


def _excerpt(one: Told) -> Excerpt:
    words_of = of_html(one.excerpt)
    who = _("%(who)s, in our words") if one.point.is_retold else "%(who)s"
    return Excerpt(
        said=Said(text=words_of.text, lang=one.lang),
        who=said(who % {"who": one.who}, one.address),
    )


def _theme_row(
    reading: Reading, theme: Theme, own: Sequence[Point], columns: Columns
) -> tuple[Said, ...]:
    name = of_html(bokmal(theme.title, reading.language), reading.address(theme.uid))
    respondents = len({point.reply for point in own})
    _name, *counts = _counts("", own, columns)
    return (name, said(words.number(respondents)), *counts)


def _columns(shown: Sequence[Point]) -> Columns:
    """The outcomes, and None for points without one where there are any."""
    is_open = any(point.outcome is None for point in shown)
    return (*OUTCOME_VALUES, None) if is_open else OUTCOME_VALUES


def _heads(columns: Columns) -> tuple[str, ...]:
    named = (str(OUTCOMES[value]) if value else _("Without an outcome") for value in columns)
    return (*named, _("Points"))


def _widths(columns: Columns) -> tuple[float, ...]:
    return (*(1.65 if value else 1.5 for value in columns), 1.35)


def _counts(name: str, own: Sequence[Point], columns: Columns) -> tuple[Said, ...]:
    """The points of one row: how many of each outcome, and how many in all."""
    counted = Counter(point.outcome.value if point.outcome else None for point in own)
    numbers = (words.number(counted[value]) for value in columns)
    return row(name, *numbers, words.number(len(own)))


def _points_in(theme: Theme) -> int:
    return sum(one.points for one in theme.by_kind)


def _unpublished(count: int) -> str | None:
    if count <= 0:
        return None
    told = ngettext(
        "%(n)s more point is counted and not published.",
        "%(n)s more points are counted and not published.",
        count,
    )
    return told % {"n": words.number(count)}


def _outside(outside: Sequence[Point]) -> str | None:
    if not outside:
        return None
    told = ngettext(
        "%(n)s published point is in no theme.",
        "%(n)s published points are in no theme.",
        len(outside),
    )
    return told % {"n": words.number(len(outside))}


def _side(reading: Reading, text: str | None) -> Said:
    if text is None:
        return said(pgettext("a side of a change", "nothing"))
    return of_html(bokmal(text, reading.language))
