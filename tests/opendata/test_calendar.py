"""The meetings of a body as a calendar, read back by another parser's rules, and decisions as a feed."""

import datetime as dt
import xml.etree.ElementTree as ET

import icalendar
import pytest
from msgspec.structs import replace

from tests.opendata.councils import MEETING, PARTS, council_plan
from veikart.opendata import calendar, decision_feed

SITE = "https://veikart.example.no"
WORDS = calendar.Words(
    meeting="%(body)s, møte %(number)s",
    extra="%(body)s, ekstra møte %(number)s",
    cancelled="Avlyst: %(title)s",
    withheld="Unntatt offentlighet",
)
ATOM = "{http://www.w3.org/2005/Atom}"


def written(meeting=MEETING):
    plan = council_plan(meetings=(meeting,))
    body = plan.index.bodies["organ/nuit"]
    return calendar.calendar(plan, body, name="NUIT", site=SITE, words=WORDS)


def event_of(content):
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return event


def test_a_parser_reads_the_meeting_with_its_agenda_and_without_what_is_withheld():
    event = event_of(written())

    assert str(event["summary"]) == "NUIT, møte 1/2026"
    assert event.start == dt.datetime(2026, 6, 9, 8, 30, tzinfo=dt.UTC)
    assert event.end == dt.datetime(2026, 6, 9, 10, 0, tzinfo=dt.UTC)
    assert str(event["description"]).splitlines() == [
        "10:30 2/26 Veikart",
        "11:15 Lunsj",
        "11:45 Unntatt offentlighet offentleglova § 13",
    ]


def test_a_moved_meeting_is_an_update_of_the_same_event_and_no_copy():
    before = event_of(written())
    moved = replace(MEETING, held_on=dt.date(2026, 6, 16), sequence=2)

    after = event_of(written(moved))

    assert str(after["uid"]) == str(before["uid"]) == "mote/nuit/1-2026@veikart"
    assert (before["sequence"], after["sequence"]) == (1, 2)
    assert after.start.date() == dt.date(2026, 6, 16)


def test_a_cancelled_meeting_stays_and_says_so():
    event = event_of(written(replace(MEETING, state="cancelled", sequence=2)))

    assert str(event["status"]) == "CANCELLED"
    assert str(event["summary"]) == "Avlyst: NUIT, møte 1/2026"


def test_a_meeting_without_times_lasts_the_whole_day():
    event = event_of(written(replace(MEETING, starts_at=None, ends_at=None)))

    assert (event.start, event.end) == (dt.date(2026, 6, 9), dt.date(2026, 6, 10))


def test_a_meeting_that_has_no_day_yet_is_left_out():
    content = written(replace(MEETING, held_on=None))

    assert icalendar.Calendar.from_ical(content).walk("VEVENT") == []


def test_the_zone_is_told_and_lines_are_short_and_end_as_they_must():
    content = written()
    lines = content.split(b"\r\n")

    assert [str(zone["tzid"]) for zone in icalendar.Calendar.from_ical(content).walk("VTIMEZONE")] == [
        "Europe/Oslo"
    ]  # fmt: skip
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in b"".join(lines)
    assert content == written()


@pytest.fixture
def feed():
    words = decision_feed.Words(
        title="Vedtak", about="Alt som er vedtatt.", entry="%(number)s %(title)s (%(body)s)"
    )
    return decision_feed.feed(
        council_plan(),
        site=SITE,
        address=f"{SITE}/vedtak/atom.xml",
        language="nb",
        words=words,
    )


def test_the_feed_has_each_decision_with_a_lasting_id_and_its_author(feed):
    root = ET.fromstring(feed)
    (entry,) = root.findall(f"{ATOM}entry")

    assert root.find(f"{ATOM}updated").text == "2026-07-01T09:00:00+00:00"
    assert entry.find(f"{ATOM}id").text == "tag:veikart,2022:sak/nufa/4-26/vedtak"
    assert entry.find(f"{ATOM}title").text == "4/26 Veikart (NUFA)"
    assert entry.find(f"{ATOM}summary").text.strip() == "NUFA anbefaler veikartet."
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "NUFA"
    assert entry.find(f"{ATOM}link").get("href") == f"{SITE}/sak/nufa/4-26/vedtak/"


def test_the_newest_decision_comes_first_and_one_without_a_day_is_left_to_the_register():
    (first,) = PARTS["decisions"]
    later = replace(first, uid="sak/nuit/2-26/vedtak", decided_on=dt.date(2026, 6, 9))
    undated = replace(first, uid="sak/nuit/3-26/vedtak", decided_on=None, meeting=None)
    of_meeting = replace(first, uid="sak/nufa/5-26/vedtak", decided_on=None)

    found = decision_feed.newest(council_plan(decisions=(first, of_meeting, later, undated)))

    assert [decision.uid for decision in found] == [later.uid, of_meeting.uid, first.uid]
