"""What a person should look at twice in an agenda: what is missing, doubled or cannot be."""

from veikart.engines.proposal import FoundAt
from veikart.engines.readers.agenda_cases import Case
from veikart.engines.readers.agenda_reading import Meeting
from veikart.engines.readers.agenda_text import found_at
from veikart.engines.readers.agenda_words import Day, case_type, fixed_case
from veikart.engines.readers.cautions import Cautions


def caution(meeting: Meeting, cautions: Cautions) -> None:
    """Tell of each thing that is kept as it stands and cannot be right, or is not there."""
    _head(meeting, cautions)
    for line in meeting.unparted:
        cautions.add_at(
            found_at([line]),
            "seats_not_parted",
            f"The list below “{line.text}” has lost its columns: names and organisations cannot be told apart.",
            "Take in the document that it was made from, as DOCX or PDF, or write the seats in.",
        )
    for case in meeting.cases:
        _case(meeting, case, cautions)
    for note in meeting.notes:
        if meeting.case_of(note) is None:
            cautions.add_at(
                found_at(note.lines),
                "note_without_case",
                f"The note “{note.title or note.number or ''}” belongs to none of the cases.",
                "Say which case it is for.",
            )
        _day(note.day, found_at(note.lines), cautions)
    for cited in meeting.cited:
        _day(cited.day, found_at(cited.lines), cautions)
        if cited.wording is None:
            cautions.add_at(
                found_at(cited.lines),
                "no_wording",
                f"The earlier decision {cited.number.text} has no wording.",
                "Look it up in the minutes of its meeting.",
            )
    if meeting.loose:
        cautions.add_at(
            found_at(meeting.loose),
            "not_placed",
            f"{len(meeting.loose)} lines belong to no case and no note; the first is "
            f"“{meeting.loose[0].text[:80]}”.",
            "Read them in the file; what matters can be written in by hand.",
        )


def _head(meeting: Meeting, cautions: Cautions) -> None:
    head = meeting.head
    place = found_at([head.first] if head.first else [])
    if head.meeting.body is None:
        cautions.add_at(
            place,
            "no_body",
            "Expected the name of the body that meets, such as “Møte i NUFA”; found none.",
            "Say which body it is.",
        )
    if head.day is None:
        cautions.add_at(
            place,
            "no_meeting_day",
            "Expected the day of the meeting with its year; found none.",
            "Write it in from the summons.",
        )
    _day(head.day, place, cautions)


def _day(day: Day | None, place: FoundAt, cautions: Cautions) -> None:
    if day is not None and day.on is None:
        cautions.add_at(
            place,
            "date_impossible",
            f"Expected a day of the calendar; found “{day.text}”. It is kept as it was said, and no day is set.",
            "Ask whoever wrote it which day is meant, and write that in.",
        )


def _case(meeting: Meeting, case: Case, cautions: Cautions) -> None:
    place = found_at(case.lines)
    if case.number is None:
        cautions.add_at(
            place,
            "no_case_number",
            f"Expected a case number such as 2/22; “{case.title}” has none.",
            "Give it the next number of its body before it is put into the register.",
        )
    elif case.twice:
        cautions.add_at(
            place,
            "number_twice",
            f"Case number {case.number.text} is given to two cases; the other one is “{case.title}”.",
            "Ask the secretariat for the right numbers; both cases are kept.",
        )
    if not case.title:
        cautions.add_at(
            place, "no_title", "A case has a number and no title.", "Write the title in."
        )
    if case.type_said is not None and case_type(case.type_said) is None:
        cautions.add_at(
            place,
            "type_unknown",
            f"Expected a type such as Godkjenning, Orientering, Drøfting, Anbefaling or Tilslutning; found “{case.type_said}”.",
            "Choose the type that is meant; the word is kept.",
        )
    if case.type_said is None and fixed_case(case.title) is None:
        cautions.add_at(
            place,
            "no_type",
            f"The case “{case.title}” says nowhere of which type it is.",
            "Choose one; the wording of the proposed decision may tell.",
        )
