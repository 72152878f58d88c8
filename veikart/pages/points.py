"""A point in words: whose it is, what it says, what it is about, what became of it, and what changed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from veikart.design import words
from veikart.design.marking import marked
from veikart.design.point_words import OUTCOMES, POINT_KINDS
from veikart.design.templatetags.veikart import bokmal, in_language
from veikart.pages import carried
from veikart.pages.memory import each_remembered
from veikart.pages.reading import Reading
from veikart.plan.consultations import WITHHELD, LedTo, Outcome, Point, Reply
from veikart.plan.index import name_of
from veikart.plan.indicators import Indicator
from veikart.plan.model import Statement

EXCERPT = 240
"""So many characters of a point are shown where many points are listed."""


@dataclass(frozen=True, slots=True)
class About:
    """One thing that a point is about, and what became of it since; `state` as in `plan/carrying`."""

    name: SafeString
    address: str | None
    state: str | None
    carried: str | None
    now: tuple[tuple[SafeString, str | None], ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A change that a point led to: what changed, and the sentence from and to, with marks."""

    uid: str
    name: SafeString
    address: str | None
    before: SafeString | None
    after: SafeString | None


@dataclass(frozen=True, slots=True)
class Became:
    """An outcome in words."""

    value: str
    words: str
    reason: SafeString
    decided: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says about one point. `lang` is its language where the page has another."""

    point: Point
    reply: Reply | None
    address: str
    kind: str
    who: str
    lang: str | None
    text: SafeString
    excerpt: SafeString
    headings: SafeString
    proposed: SafeString | None
    about: tuple[About, ...]
    became: Became | None
    theme: tuple[SafeString, str] | None


def told(reading: Reading, points: Iterable[Point]) -> list[Told]:
    """What is said of each of `points`, each made once for a plan and a language."""
    return each_remembered(reading, "points", points, _told)


def visible(reading: Reading, points: Iterable[Point]) -> list[Point]:
    """Those of `points` whose reply is there and was not withdrawn later, by reply and number."""
    gone = withdrawn(reading)
    shown = [p for p in points if p.reply not in gone and p.reply in reading.plan.index.replies]
    return sorted(shown, key=in_order)


def is_shown(reading: Reading, uid: str) -> bool:
    """Whether the point `uid` is of a reply that was not withdrawn later."""
    point = reading.plan.index.points.get(uid)
    return point is not None and bool(visible(reading, [point]))


def withdrawn(reading: Reading) -> frozenset[str]:
    """The replies that were withdrawn, as far as this edition or the one in force knows."""
    plans = [reading.plan, *(kept.plan for kept in reading.editions[:1])]
    return frozenset(s.uid for plan in plans for s in plan.tombstones if s.kind == "reply")


def in_order(thing: Point | Reply) -> tuple[str, list[int]]:
    """Replies and points as people count: reply 2 before reply 10."""
    return thing.hearing, [int(number) for number in re.findall(r"/(\d+)(?=/|$)", thing.uid)]


def spoken(text: str) -> SafeString:
    """Words as they came, with their lines; what is withheld is said to be so."""
    shown = format_html('<span role="img" aria-label="{}">{}</span>', _("withheld"), WITHHELD)
    lines = (escape(line).replace(WITHHELD, shown) for line in text.splitlines() if line.strip())
    return mark_safe("<br>".join(lines))  # noqa: S308 (each line is escaped)


def foreign(reading: Reading, reply: Reply | None) -> str | None:
    """The language of a reply where the page is in another."""
    code = reply.language if reply else None
    return code if code and code != reading.language else None


def became(reading: Reading, outcome: Outcome | None) -> Became | None:
    """An outcome in words: what, why, when, in which case, and what it changed."""
    if outcome is None:
        return None
    return Became(
        value=outcome.value,
        words=str(OUTCOMES[outcome.value]),
        reason=bokmal(outcome.reason, reading.language),
        decided=_decided(outcome),
        changes=tuple(_changed(reading, led) for led in outcome.led_to),
    )


def named(reading: Reading, uid: str) -> tuple[SafeString, str | None]:
    """What the thing `uid` of the plan is called, with its number, and its address."""
    thing = reading.plan.index.by_uid.get(uid)
    if thing is None:
        return bokmal(_name_of_gone(reading, uid), reading.language), reading.link(uid)
    name = in_language(thing, reading.language)
    kind, number = uid.partition("/")[0], getattr(thing, "number", None)
    code = getattr(thing, "code", None)
    if kind == "mal" and uid.count("/") == 1:
        name = format_html("{} {}", _("Goal %(number)s:") % {"number": number}, name)
    elif isinstance(thing, Statement):
        facts = {"goal": thing.goal.removeprefix("mal/"), "number": thing.number}
        name = escape(_("Goal %(goal)s, bullet %(number)s") % facts)
    elif isinstance(thing, Indicator):
        said = _("Indicator %(code)s") % {"code": code}
        name = format_html("{}: {}", said, name) if thing.title else escape(said)
    elif kind == "delmal":
        name = format_html("{} {}", code, name)
    return name, reading.link(uid)


def _told(reading: Reading, point: Point) -> Told:
    index = reading.plan.index
    reply = index.replies.get(point.reply)
    theme = index.themes.get(point.outcome_of_theme or "")
    return Told(
        point=point,
        reply=reply,
        address=reading.link(point.uid) or "",
        kind=str(POINT_KINDS[point.kind]),
        who=reply.respondent if reply else "",
        lang=_language(reading, point, reply),
        text=spoken(point.text),
        excerpt=spoken(_cut(point.text)),
        headings=spoken(" › ".join(point.heading_path)),
        proposed=spoken(point.proposed_wording) if point.proposed_wording else None,
        about=_about(reading, point),
        became=became(reading, point.outcome),
        theme=(bokmal(theme.title, reading.language), reading.address(theme.uid))
        if theme
        else None,
    )


def _language(reading: Reading, point: Point, reply: Reply | None) -> str | None:
    """The language of the point where the page is in another; what is retold is in bokmål."""
    if point.is_retold:
        return None if reading.language == "nb" else "nb"
    return foreign(reading, reply)


def _cut(text: str) -> str:
    if len(text) <= EXCERPT:
        return text
    return text[:EXCERPT].rpartition(" ")[0].rstrip(",;:") + " …"


def _about(reading: Reading, point: Point) -> tuple[About, ...]:
    hearing = reading.plan.index.hearings.get(point.hearing)
    before = carried.heard(reading, hearing) if hearing else None
    carry = carried.of(reading, hearing) if hearing else {}
    found = []
    for uid in point.anchors:
        name, address = named(reading, uid)
        one = carry.get(uid)
        found.append(
            About(
                name=name,
                address=address,
                state=one.state if one else None,
                carried=carried.sentence(one, before.number) if one and before else None,
                now=tuple(named(reading, to) for to in one.to if to != uid) if one else (),
            )
        )
    return tuple(found)


def _changed(reading: Reading, led: LedTo) -> Changed:
    name, address = named(reading, led.uid)
    before, after = (
        bokmal(text, reading.language) if text else None for text in (led.before, led.after)
    )
    if led.before and led.after:
        gone, come = marked(led.before, led.after)
        before, after = (_in_bokmal(text, reading.language) for text in (gone, come))
    return Changed(uid=led.uid, name=name, address=address, before=before, after=after)


def _in_bokmal(text: SafeString, language: str) -> SafeString:
    return text if language == "nb" else format_html('<span lang="nb">{}</span>', text)


def _decided(outcome: Outcome) -> str:
    facts = {"day": words.day(outcome.decided_on), "case": outcome.case}
    if outcome.case:
        return _("Decided %(day)s in case %(case)s.") % facts
    return _("Decided %(day)s.") % facts


def _name_of_gone(reading: Reading, uid: str) -> str:
    stone = reading.plan.index.tombstones.get(uid)
    if stone:
        return stone.name
    plans = (kept.plan.index.by_uid for kept in reading.editions)
    thing = next((by_uid[uid] for by_uid in plans if uid in by_uid), None)
    return name_of(thing) if thing else uid
