"""The items of a meeting: itself, its seats, its cases and their papers, notes, and earlier decisions."""

from collections import Counter
from collections.abc import Iterator, Sequence

from veikart.engines.proposal import FoundAt, Item
from veikart.engines.readers.agenda_attendance import Attended
from veikart.engines.readers.agenda_cases import Case
from veikart.engines.readers.agenda_items import case_key, item, meeting_key
from veikart.engines.readers.agenda_notes import Note
from veikart.engines.readers.agenda_papers import Stated, stated
from veikart.engines.readers.agenda_reading import Cited, Meeting
from veikart.engines.readers.agenda_seats import seats
from veikart.engines.readers.agenda_text import Paragraph, as_text, found_at
from veikart.engines.readers.agenda_values import (
    AttachmentValues,
    CaseValues,
    DecisionValues,
    ProposedDecisionValues,
    QuestionValues,
    SeatValues,
    TopNoteValues,
)
from veikart.engines.readers.agenda_words import case_type, fixed_case
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.paragraphs import NUMBERED


def meeting_items(meeting: Meeting, cautions: Cautions) -> Iterator[Item]:
    """All items of a meeting in the order of the document, the meeting first; what is doubtful about
    one of them is told to `cautions`.
    """
    head = meeting.head
    first = FoundAt(page=head.first.page, line=head.first.line) if head.first else FoundAt()
    yield item("meeting", meeting_key(head.meeting), head.meeting, first)
    yield from _seats(meeting, cautions)
    notes = {id(meeting.case_of(note)): note for note in reversed(meeting.notes)}
    for position, case in enumerate(meeting.cases, start=1):
        yield from _case_items(meeting, case, position, notes.get(id(case)), cautions)
    for note in meeting.notes:
        yield _note_item(meeting, note)
    for cited in meeting.cited:
        yield _cited_item(meeting, cited)


def key_of(meeting: Meeting, case: Case) -> str:
    """The uid of a case; without a number it is a point of its meeting."""
    if case.number is None:
        return f"{meeting_key(meeting.head.meeting)}/punkt/{meeting.unnumbered[id(case)]}"
    return case_key(meeting.head.meeting.body, case.number, case.twice)


def _seats(meeting: Meeting, cautions: Cautions) -> Iterator[Item]:
    key = meeting_key(meeting.head.meeting)
    named = (
        Attended(seat, is_there)
        for role, is_there, lines in meeting.head.seats
        for seat in seats(lines, role, meeting.words)
    )
    for number, one in enumerate((*named, *meeting.attended), start=1):
        seat = one.seat
        _check_seat(one, cautions)
        values = SeatValues(
            meeting=key,
            person=seat.person,
            organisation=seat.organisation,
            role=seat.role,
            stands_in_for=seat.stands_in_for,
            present=one.present,
        )
        yield item("seat", f"{key}/plass/{number}", values, found_at(seat.lines))


def _check_seat(one: Attended, cautions: Cautions) -> None:
    seat = one.seat
    if one.said is not None:
        cautions.add_at(
            found_at(seat.lines),
            "presence_unknown",
            f"Expected whether “{seat.person or seat.organisation}” was there; found “{one.said}”.",
            "Say whether the person took part.",
        )
    if seat.organisation is None and seat.role not in {"secretary", "other"}:
        cautions.add_at(
            found_at(seat.lines),
            "no_organisation",
            f"Expected an organisation with each name; “{seat.person}” has none.",
            "Write in whom the person comes from, or strike the row if it is no person.",
        )


def _case_items(
    meeting: Meeting, case: Case, position: int, note: Note | None, cautions: Cautions
) -> Iterator[Item]:
    key = key_of(meeting, case)
    found = stated(case.body)
    place = found_at(case.lines)
    values = CaseValues(
        meeting=meeting_key(meeting.head.meeting),
        number=case.number.text if case.number else None,
        position=position,
        title=case.title,
        type=case_type(case.type_said),
        type_said=case.type_said,
        fixed=fixed_case(case.title),
        slots=tuple(case.slots),
        presenter=case.presenter,
        text=as_text(found.text),
    )
    yield item("case", key, values, place)
    yield from _questions(key, found, note)
    yield from _papers(key, found, cautions)
    yield from _proposed(key, found, note, cautions)
    if text := as_text(found.decided):
        decided = DecisionValues(
            case=key,
            number=values.number,
            text=text,
            decided_on=meeting.head.meeting.held_on,
            theme=None,
        )
        yield item("decision", f"{key}/vedtak", decided, _at(found.decided))


def _at(found: Sequence[Paragraph]) -> FoundAt:
    return found_at(found[0].lines) if found else FoundAt()


def _questions(key: str, found: Stated, note: Note | None) -> Iterator[Item]:
    """The questions of a case; where the agenda has none, the numbered ones of its note's purpose."""
    asked = [(one.text, found_at(one.lines)) for one in found.questions]
    if not asked and note is not None and note.purpose:
        lines = note.purpose.split("\n")
        asked = [
            (NUMBERED.sub("", line, count=1), found_at(note.lines))
            for line in lines
            if NUMBERED.match(line)
        ]
    for number, (text, place) in enumerate(asked, start=1):
        values = QuestionValues(case=key, number=number, text=text)
        yield item("question", f"{key}/sporsmal/{number}", values, place)


def _papers(key: str, found: Stated, cautions: Cautions) -> Iterator[Item]:
    times: Counter[str] = Counter()
    for paper in found.papers:
        label = paper.label.casefold()
        times[label] += 1
        again = f".{times[label]}" if times[label] > 1 else ""
        place = found_at(paper.paragraph.lines)
        if again:
            cautions.add_at(
                place,
                "attachment_twice",
                f"Attachment {paper.label} of one case is named {times[label]} times.",
                "Compare the titles, and strike the one that is not meant, or give it a label of its own.",
            )
        values = AttachmentValues(case=key, label=paper.label, title=paper.title)
        yield item("attachment", f"{key}/vedlegg/{label}{again}", values, place)


def _proposed(key: str, found: Stated, note: Note | None, cautions: Cautions) -> Iterator[Item]:
    """The proposed decision of the agenda; that of the note, too, where it says something else."""
    text = as_text(found.proposed)
    if text:
        values = ProposedDecisionValues(case=key, text=text)
        yield item("proposed_decision", f"{key}/forslag", values, _at(found.proposed))
    noted = note.proposed if note else None
    if not noted or note is None or noted == text:
        return
    place = found_at(note.lines)
    again = "/2" if text else ""
    values = ProposedDecisionValues(case=key, text=noted)
    yield item("proposed_decision", f"{key}/forslag{again}", values, place)
    if text:
        cautions.add_at(
            place,
            "proposals_differ",
            "The agenda and the note propose two different decisions.",
            "Ask the secretariat which one is meant, and strike the other.",
        )


def _note_item(meeting: Meeting, note: Note) -> Item:
    case = meeting.case_of(note)
    key = key_of(meeting, case) if case else meeting_key(meeting.head.meeting)
    said = note.labels.get("type")
    values = TopNoteValues(
        case=key if case else None,
        number=note.number.text if note.number else None,
        title=note.title,
        to=note.labels.get("to"),
        dated=note.day.on if note.day else None,
        day_said=note.labels.get("day"),
        type=case_type(said),
        type_said=said,
        sender=note.labels.get("sender"),
        case_officer=note.labels.get("officer"),
        purpose=note.purpose,
        way_forward=note.way_forward,
        sections=note.sections,
        links=note.links,
    )
    return item("top_note", f"{key}/toppnotat", values, found_at(note.lines))


def _cited_item(meeting: Meeting, cited: Cited) -> Item:
    case = meeting.case_of(cited.note) if cited.note else None
    key = case_key(meeting.head.meeting.body, cited.number)
    values = DecisionValues(
        case=key,
        number=cited.number.text,
        text=cited.wording,
        decided_on=cited.day.on if cited.day else None,
        theme=cited.theme,
        cited_by=key_of(meeting, case) if case else None,
    )
    return item("decision", f"{key}/vedtak", values, found_at(cited.lines))
