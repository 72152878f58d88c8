"""The parts of a report on who replied: invited and replies, answers to tick, and the list of replies."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from msgspec.structs import replace

from veikart.design import words
from veikart.design.templatetags.veikart import in_language
from veikart.engines.handling.words import RESPONDENT_KINDS, RespondentKind
from veikart.pages import hearing_words
from veikart.pages.hearings import points_of, replies_of
from veikart.pages.reading import Reading
from veikart.pages.report_parts import (
    Block,
    Said,
    Section,
    of_html,
    open_words,
    paragraphs,
    row,
    said,
    table,
)
from veikart.plan.consultations import Consultations, Hearing, Question, Reply
from veikart.plan.model import Tombstone
from veikart.plan.procedure import turnout


def turnout_section(reading: Reading, this: Hearing) -> Section:
    """Invited against replied, by kind of respondent, with the points of each."""
    replies = replies_of(reading, this)
    kinds = {reply.uid: reply.kind_of_respondent for reply in replies}
    counted = Counter(kinds[point.reply] for point in points_of(reading, this))
    rows = [
        (one.kind, (one.invited, one.invited_replied, one.replied, counted[one.kind]))
        for one in turnout(shown(reading, this), this)
    ]
    sums = [sum(column) for column in zip(*(numbers for _kind, numbers in rows), strict=True)]
    told = [_numbered(hearing_words.respondent_kind(kind), *numbers) for kind, numbers in rows]
    unpublished = this.replies - len(replies) - len(stones(reading, this))
    blocks: list[Block] = [
        *table(
            _("Invited and replies by kind of respondent"),
            (_("Kind of respondent"), _("Invited"), _("Of those, replied"), _("Replies"), _("Points")),
            [*told, _numbered(_("In all"), *sums)] if told else [],
            widths=(4, 1.2, 1.8, 1.6, 1.2),
            numbers=(1, 2, 3, 4),
            has_sum=True,
        ),
        *paragraphs(
            _("The table counts the replies that are published.") if told else None,
            _not_shown(unpublished, len(stones(reading, this))),
        ),
    ]  # fmt: skip
    return Section(
        heading=said(_("Invited and replied")), level=1, blocks=tuple(blocks), anchor="deltakelse"
    )


def answers_sections(reading: Reading, this: Hearing) -> list[Section]:
    """What was ticked, by kind of respondent, and how many answered in words: question by question."""
    if not this.questions:
        return []
    replies = replies_of(reading, this)
    opening = Section(
        heading=said(_("The answers")),
        level=1,
        blocks=tuple(paragraphs(_("The answers of the published replies, question by question."))),
        anchor="svar",
    )
    return [opening, *(_answers(reading, this, one, replies) for one in this.questions)]


def _answers(
    reading: Reading, this: Hearing, question: Question, replies: Sequence[Reply]
) -> Section:
    asked = of_html(in_language(question, reading.language))
    heading = f"{question.no}. {asked.text}"
    in_words = _answered_in_words(reading, this, question, replies)
    return Section(
        heading=Said(text=heading, lang=asked.lang),
        level=2,
        blocks=(*_chosen(question, replies, heading), *paragraphs(in_words)),
        anchor=f"sporsmal-{question.no}",
    )


def replies_section(reading: Reading, this: Hearing) -> Section:
    """Everybody who replied, by number, and a stone for each reply that was withdrawn."""
    own = Counter(point.reply for point in points_of(reading, this))
    rows = [
        (reply.no, _reply(reading, reply, own[reply.uid])) for reply in replies_of(reading, this)
    ]
    rows += [(_number_of(stone.uid), _withdrawn(reading, stone)) for stone in stones(reading, this)]
    is_workshop = this.kind == "workshop"
    heading = _("What the meetings brought") if is_workshop else _("Who replied")
    blocks = table(
        heading,
        (_("No."), _("Respondent"), _("Kind of respondent"), _("Received"), _("Points")),
        [cells for _no, cells in sorted(rows, key=lambda each: each[0])],
        widths=(0.6, 3.4, 2.4, 2, 0.9),
        numbers=(4,),
    )
    return Section(heading=said(heading), level=1, blocks=tuple(blocks), anchor="instanser")


def shown(reading: Reading, this: Hearing) -> Consultations:
    """What the plan holds of hearings, without what a reply of this one said that was withdrawn later."""
    return replace(
        reading.plan.consultations,
        replies=tuple(replies_of(reading, this)),
        points=tuple(points_of(reading, this)),
    )


def stones(reading: Reading, this: Hearing) -> list[Tombstone]:
    """The stones of the replies to a hearing that were withdrawn, as far as the editions know."""
    plans = [reading.plan, *(kept.plan for kept in reading.editions[:1])]
    found = {s.uid: s for plan in plans for s in plan.tombstones if s.kind == "reply"}
    return [stone for uid, stone in sorted(found.items()) if uid.startswith(f"{this.uid}/")]


def _numbered(name: str, *numbers: int) -> tuple[Said, ...]:
    return row(name, *(words.number(number) for number in numbers))


def _not_shown(unpublished: int, withdrawn: int) -> str | None:
    sentences = []
    if withdrawn:
        sentences.append(
            ngettext("%(n)s was withdrawn.", "%(n)s were withdrawn.", withdrawn)
            % {"n": words.number(withdrawn)}
        )
    if unpublished > 0:
        sentences.append(
            ngettext(
                "%(n)s more is taken in and not published.",
                "%(n)s more are taken in and not published.",
                unpublished,
            )
            % {"n": words.number(unpublished)}
        )
    return " ".join(sentences) or None


def _chosen(question: Question, replies: Sequence[Reply], heading: str) -> Iterable[Block]:
    """The table of a question to tick: each kind of respondent, and how many chose what."""
    chosen: Counter[tuple[RespondentKind, str]] = Counter()
    for reply in replies:
        for answer in reply.answers:
            if answer.question == question.no and answer.choice:
                chosen[reply.kind_of_respondent, answer.choice] += 1
    choices = list(dict.fromkeys([*question.choices, *(choice for _kind, choice in chosen)]))
    if not choices or not chosen:
        return []
    kinds = [kind for kind in RESPONDENT_KINDS if any(one == kind for one, _choice in chosen)]
    counts = [[chosen[kind, choice] for choice in choices] for kind in kinds]
    sums = [sum(column) for column in zip(*counts, strict=True)]
    rows = [
        _numbered(hearing_words.respondent_kind(kind), *numbers, sum(numbers))
        for kind, numbers in zip(kinds, counts, strict=True)
    ]
    return table(
        heading,
        (_("Kind of respondent"), *(open_words(choice) for choice in choices), _("In all")),
        [*rows, _numbered(_("In all"), *sums, sum(sums))],
        widths=(4, *(1.2 for _choice in choices), 1),
        numbers=range(1, len(choices) + 2),
        has_sum=True,
    )


def _answered_in_words(
    reading: Reading, this: Hearing, question: Question, replies: Sequence[Reply]
) -> str:
    with_points = {p.reply for p in points_of(reading, this) if p.question == question.no}
    count = sum(
        reply.uid in with_points
        or any(answer.question == question.no and answer.text for answer in reply.answers)
        for reply in replies
    )
    if not count:
        return _("No published reply answers this in words.")
    said_so = ngettext(
        "%(n)s published reply answers this in words.",
        "%(n)s published replies answer this in words.",
        count,
    )
    return said_so % {"n": words.number(count)}


def _reply(reading: Reading, reply: Reply, count: int) -> tuple[Said, ...]:
    who = _("%(name)s (by initials)") if reply.is_initials else "%(name)s"
    received = words.day(reply.received_on) if reply.received_on else _("the day is not known")
    if reply.after_deadline:
        received = _("%(day)s, after the deadline") % {"day": received}
    return row(
        str(reply.no),
        said(who % {"name": reply.respondent}, reading.address(reply.uid)),
        hearing_words.respondent_kind(reply.kind_of_respondent),
        received,
        words.number(count),
    )


def _withdrawn(reading: Reading, stone: Tombstone) -> tuple[Said, ...]:
    told = _("Withdrawn: %(reason)s") % {"reason": stone.reason}
    lang = None if reading.language == "nb" else "nb"
    return row(str(_number_of(stone.uid)), said(told, lang=lang), "–", "–", "–")


def _number_of(uid: str) -> int:
    return int(uid.rpartition("/")[2])
