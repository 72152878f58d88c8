"""Follow-ups of all bodies: who is to do what by when, and what became of it by the edition's own day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from msgspec.structs import replace

from veikart.design import words
from veikart.design.templatetags.veikart import bokmal
from veikart.pages import council_words, paging, referred
from veikart.pages.decision_told import body_name
from veikart.pages.reading import Reading
from veikart.plan import follow_up_list
from veikart.plan.council import FollowUp
from veikart.plan.follow_up_list import (
    NOBODY,
    STATES,
    State,
    Wanted,
    listed,
    parse,
    state_of,
    who_of,
)
from veikart.plan.follow_up_list import query as as_query

PATH = "oppfolging"


@dataclass(frozen=True, slots=True)
class Row:
    """What the list says of one follow-up."""

    what: SafeString
    state: str
    due: str
    body: SafeString
    case: SafeString | None
    address: str | None
    who: SafeString
    who_address: str | None
    answer: SafeString | None
    answered: str


def page(
    reading: Reading, query: Mapping[str, list[str]], page: str | None = None
) -> dict[str, Any]:
    """The follow-ups that `query` asks for, those overdue first. Raises NotInPlan for a page there is not."""
    plan = reading.plan
    wanted = parse(query, plan)
    found = listed(plan, wanted)
    string = _string(wanted)
    paged = paging.paged(reading, PATH, found, page, query_string=string)
    return {
        "lead": lead(reading, found),
        "remarks": [
            _("No follow-up has “%(value)s”, so it was ignored.") % {"value": value}
            for value in wanted.unknown
        ],
        "sections": [
            (heading(state), [row(reading, one) for one in own])
            for state, own in groupby(paged.things, key=lambda one: state_of(plan, one))
        ],
        "selects": selects(reading, wanted),
        "wanted": wanted,
        "is_filtered": bool(wanted.who or wanted.body),
        "paged": paged,
        "plain_address": reading.address(PATH),
        "register_address": reading.address("vedtak"),
        "turned": f"{reading.address(PATH)}{_string(replace(wanted, by_who=not wanted.by_who))}",
        "query_string": string,
        "as_of": plan.head.as_of,
    }


def paths(reading: Reading) -> Iterable[str]:
    """The path of each page of all follow-ups."""
    return paging.paths(PATH, len(reading.plan.council.follow_ups))


def lead(reading: Reading, found: list[FollowUp]) -> str:
    """How many are overdue, open and settled, as of the edition's day."""
    day = words.day(reading.plan.head.as_of)
    counted = Counter(state_of(reading.plan, one) for one in found)
    said = [_counted(state, counted[state]) for state in STATES if counted[state]]
    if not said:
        return _("As of %(day)s no follow-up is in this edition.") % {"day": day}
    facts = {"day": day, "total": words.number(len(found)), "said": words.listed(said)}
    return (
        ngettext(
            "%(total)s follow-up: %(said)s as of %(day)s.",
            "%(total)s follow-ups: %(said)s as of %(day)s.",
            len(found),
        )
        % facts
    )


def _counted(state: State, count: int) -> str:
    said = {
        "overdue": ngettext("%(n)s is overdue", "%(n)s are overdue", count),
        "open": ngettext("%(n)s is open", "%(n)s are open", count),
        "done": ngettext("%(n)s is done", "%(n)s are done", count),
        "dropped": ngettext("%(n)s was dropped", "%(n)s were dropped", count),
    }
    return said[state] % {"n": words.number(count)}


def heading(state: State) -> str:
    """What the follow-ups of a state stand under."""
    return {
        "overdue": _("The deadline has passed, and nothing is reported"),
        "open": _("Still to be done"),
        "done": _("Done"),
        "dropped": _("Dropped"),
    }[state]


def row(reading: Reading, this: FollowUp) -> Row:
    """One follow-up in words."""
    index, language = reading.plan.index, reading.language
    case = index.cases.get(this.case or "")
    place = this.decision or this.case or this.meeting or ""
    who = who_of(reading.plan, this)
    return Row(
        what=bokmal(this.what, language),
        state=state_of(reading.plan, this),
        due=due_said(reading, this),
        body=body_name(reading, this.body),
        case=referred.case(reading, case)[0] if case else None,
        address=reading.link(this.uid) or reading.link(place),
        who=bokmal(who, language) if this.who else escape(who),
        who_address=reading.link(this.organisation) if this.organisation else None,
        answer=bokmal(this.answer, language) if this.answer else None,
        answered=answered(this),
    )


def due_said(reading: Reading, this: FollowUp) -> str:
    """By when, as a sentence, with the source's own words where it gave no day."""
    if this.due:
        return _("Deadline %(day)s.") % {"day": words.day(this.due)}
    if this.due_said:
        return _("Deadline as it was said: %(said)s.") % {"said": this.due_said}
    return _("No deadline was given.")


def answered(this: FollowUp) -> str:
    """When it was answered, and whether that was after the deadline; that no answer is told."""
    if this.state == "open":
        return ""
    if this.answered_on is None:
        return _("When it was answered is not told.")
    facts = {"day": words.day(this.answered_on)}
    if this.due and this.answered_on > this.due:
        return _("Answered %(day)s, after the deadline.") % facts
    return _("Answered %(day)s.") % facts


def selects(reading: Reading, wanted: Wanted) -> list[dict[str, Any]]:
    """What the form offers: who, and for which body."""
    whos, bodies = follow_up_list.counts(reading.plan, wanted)
    named = sorted(((name, count) for name, count in whos.items() if name), key=_by_name)
    people = [(name, name, count, name == wanted.who) for name, count in named]
    if whos[""]:
        people.append((NOBODY, _("nobody is named"), whos[""], wanted.who == NOBODY))
    short = [
        (uid.removeprefix("organ/"), _called(reading, uid), count, uid == wanted.body)
        for uid, count in bodies.items()
    ]
    return [
        {"name": "hvem", "label": _("Who"), "before": _("Show what is to be done by"),
         "all": _("anybody"), "groups": [("", _options(people))]},
        {"name": "organ", "label": _("Body"), "before": _("given by"),
         "all": _("all bodies"), "groups": [("", _options(sorted(short, key=_by_name)))]},
    ]  # fmt: skip


def _options(listed: list[tuple[str, str, int, bool]]) -> list[dict[str, Any]]:
    return [
        {"value": value, "name": name, "count": words.number(count), "chosen": chosen}
        for value, name, count, chosen in listed
    ]


def _called(reading: Reading, uid: str) -> str:
    found = reading.plan.index.bodies.get(uid)
    return council_words.body_short(found) if found else uid


def _by_name(option: tuple[Any, ...]) -> str:
    return str(option[0]).casefold()


def _string(wanted: Wanted) -> str:
    said = as_query(wanted)
    return f"?{said}" if said else ""
