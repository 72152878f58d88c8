"""The meetings of a body as iCalendar: a meeting that is moved is an update of the same event, and no copy.

An event keeps its UID, which is the meeting's address; SEQUENCE counts how often its day, time or place was
changed, and calendars take the highest. A cancelled meeting stays, and says so. Times are in Oslo; a meeting
without times lasts the whole day. Source: RFC 5545 and RFC 7986.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from veikart.opendata.oparl_words import OSLO, stamp
from veikart.plan.council import Body, Meeting
from veikart.plan.model import Plan

PRODUCT = "-//Veikart//Councils//NO"
REFRESH = dt.timedelta(hours=12)
STATUS = {
    "planned": "TENTATIVE",
    "summoned": "CONFIRMED",
    "held": "CONFIRMED",
    "cancelled": "CANCELLED",
}


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the calendar says in the reader's language.

    `meeting` and `extra` have the places `%(body)s` and `%(number)s`; `cancelled` has `%(title)s`.
    """

    meeting: str
    extra: str
    cancelled: str
    withheld: str


def calendar(plan: Plan, body: Body, *, name: str, site: str, words: Words) -> bytes:
    """All meetings of `body` that have a day, as a calendar called `name`.

    `site` is the public address with the language, such as https://veikart.example.no/en. The same plan gives
    the same bytes.
    """
    # It brings the whole time zone data along, which only this needs.
    import icalendar  # noqa: PLC0415

    made = icalendar.Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", str(OSLO))
    made.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    made.add("url", f"{site}/{body.uid}/", parameters={"value": "URI"})
    stamped = dt.datetime.fromisoformat(stamp(plan.head)).astimezone(dt.UTC)
    for meeting in plan.index.meetings_of.get(body.uid, ()):
        if meeting.held_on is not None:
            event = icalendar.Event()
            _fill(event, plan, meeting, _title(meeting, name, words), site=site, words=words)
            event.add("dtstamp", stamped)
            event.add("last-modified", stamped)
            made.add_component(event)
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _fill(
    event: "object", plan: Plan, meeting: Meeting, title: str, *, site: str, words: Words
) -> None:
    add = event.add  # type: ignore[attr-defined]  # (icalendar.Event, which is imported late)
    add("uid", f"{meeting.uid}@veikart")
    add("sequence", meeting.sequence)
    add("status", STATUS[meeting.state])
    add("summary", title)
    add("url", f"{site}/{meeting.uid}/", parameters={"value": "URI"})
    start, end = _times(meeting)
    add("dtstart", start)
    add("dtend", end)
    if meeting.place:
        add("location", meeting.place)
    agenda = _agenda(plan, meeting, words)
    if agenda:
        add("description", "\n".join(agenda))


def _title(meeting: Meeting, name: str, words: Words) -> str:
    number = f"{meeting.number}/{meeting.year}" if meeting.number else str(meeting.year)
    form = words.extra if meeting.is_extra else words.meeting
    title = form % {"body": name, "number": number}
    return words.cancelled % {"title": title} if meeting.state == "cancelled" else title


def _times(meeting: Meeting) -> tuple[dt.date, dt.date]:
    """From and to; days where there is no time, and an hour where only the start is known."""
    day = meeting.held_on or dt.date.min
    if meeting.starts_at is None:
        return day, day + dt.timedelta(days=1)
    start = dt.datetime.combine(day, dt.time.fromisoformat(meeting.starts_at), tzinfo=OSLO)
    if meeting.ends_at is None or meeting.ends_at <= meeting.starts_at:
        return start, start + dt.timedelta(hours=1)
    return start, dt.datetime.combine(day, dt.time.fromisoformat(meeting.ends_at), tzinfo=OSLO)


def _agenda(plan: Plan, meeting: Meeting, words: Words) -> Sequence[str]:
    """A line for each line of the agenda, with its time; of what is withheld, that and the basis."""
    lines = []
    for item in meeting.agenda:
        case = plan.index.cases.get(item.case or "")
        said = f"{case.number} {case.title}" if case else (item.title or "")
        if item.kind == "withheld":
            said = f"{words.withheld} {item.basis or ''}".strip()
        lines.append(f"{item.starts_at} {said}" if item.starts_at else said)
    return lines
