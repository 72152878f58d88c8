"""What a uid is called and where one reads of it, in whichever part of the plan it is."""

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from veikart.design.templatetags.veikart import bokmal, in_language
from veikart.pages import council_words, points
from veikart.pages.reading import Reading
from veikart.plan.council import Body, Case

Named = tuple[SafeString, str | None]
"""What something is called, and its address; None where no page tells of it."""


def named(reading: Reading, uid: str) -> Named:
    """What the thing, the case, the decision or whatever else `uid` is called, and its address."""
    index = reading.plan.index
    if uid in index.cases:
        return case(reading, index.cases[uid])
    if uid in index.decisions:
        name, _address = case(reading, index.cases[index.decisions[uid].case])
        return name, reading.link(uid)
    if uid in index.bodies:
        return body(reading, index.bodies[uid])
    for known in (index.hearings, index.themes, index.work_plans, index.meetings):
        if uid in known:
            return _own(reading, uid, known[uid])
    evaluations = {one.uid: one for one in reading.plan.evaluation.evaluations}
    if uid in evaluations:
        return in_language(evaluations[uid], reading.language), reading.link(uid)
    return points.named(reading, uid)


def case(reading: Reading, found: Case) -> Named:
    """A case by its number and title."""
    title = bokmal(found.title, reading.language)
    name = format_html("{}: {}", council_words.case_number(found), title)
    return name, reading.link(found.uid)


def body(reading: Reading, found: Body) -> Named:
    """A body by its name."""
    return in_language(found, reading.language), reading.link(found.uid)


def edition(reading: Reading, number: str) -> Named:
    """An edition by its number; without an address where it is not approved, or not yet."""
    known = any(kept.number == number for kept in reading.editions)
    name = escape(_("Edition %(number)s") % {"number": number})
    return name, reading.address(f"utgaver/{number}") if known else None


def _own(reading: Reading, uid: str, thing: object) -> Named:
    meeting = reading.plan.index.meetings.get(uid)
    if meeting is not None:
        return escape(council_words.meeting(meeting)), reading.link(uid)
    return in_language(thing, reading.language), reading.link(uid)
