"""The head of an agenda or of minutes: which body meets, when and where, and who takes part."""

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from veikart.engines.readers.agenda_text import labelled
from veikart.engines.readers.agenda_values import Break, MeetingValues, SeatRole
from veikart.engines.readers.agenda_words import Day, Slot, day_in, slot_in
from veikart.engines.readers.paragraphs import Line

_SEATS: tuple[tuple[str, SeatRole, bool | None], ...] = (
    (r"observatør(?:er|ar)?|observers?", "observer", None),
    (r"møteleder|møteleiar|leder|leiar|chair(?:person)?", "leader", None),
    (r"vara(?:medlem(?:mer|er|mar)?)?|substitutes?", "substitute", None),
    (
        r"(?:møte)?referent|sekretariat(?:et)?|secretariat|secretary|protokollfører",
        "secretary",
        None,
    ),
    (
        r"forfall|fravær(?:ende)?|meldt forfall|ikke til stede|ikkje til stades|apologies|absent",
        "member",
        False,
    ),
    (
        r"til ?stede|til ?stades|deltakere|deltakarar|møtte|frammøtte|fremmøtte|present|attendees|participants",
        "member",
        True,
    ),
    (r"medlem(?:mer|er|mar)|members", "member", None),
    (r"andre(?: deltakere)?|øvrige(?: deltakere)?|others?|kopi", "other", None),
)
_OF_SEATS = tuple((re.compile(words, re.IGNORECASE), role, there) for words, role, there in _SEATS)
_COUNT = re.compile(r"\s*\(\d{1,3}\)")
_DAY = r"møtedato|dato|day|date"
_CLOCK = r"tidspunkt|klokkeslett|møtetid|tid|kl|time"
_PLACE = r"møtested|møtestad|sted|stad|place|venue|location"
_BODY = r"utvalg|utval|organ|råd|styre|body|board"
_NUMBER = r"møtenummer|møtenr|møte nr|meeting no"
LABEL = re.compile(
    rf"(?P<label>{'|'.join((_DAY, _CLOCK, _PLACE, _BODY, _NUMBER))}|{'|'.join(words for words, *_ in _SEATS)})"
    r"(?:\s*\(\d{1,3}\))?\s*(?:[:.]\s*|$|\s+(?=[A-ZÆØÅ\d]|kl))",
    re.IGNORECASE,
)
_KIND = r"(?:møteinnkalling|innkalling|møteprotokoll|protokoll|møtereferat|referat|møtebok|dagsorden|agenda|saksliste|sakliste|minutes|notice)"
_MEETING = r"(?:ekstra(?:ordinært|ordinær)?\s+|ordinært\s+|extraordinary\s+|ordinary\s+)?(?:\w{0,20}møte[rt]?|meeting)"
_ENDS = r"(?=\s*(?:$|[,(:–]|\s-\s|\bnr\b|\bno\.|\bmøte\b|\bden\b|\bon\b|\d|(?:man|mån|tirs|tys|ons|tors|fre|lør|laur|søn|sun)dag\b))"
_TITLES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^(?:{_KIND}\s*(?:til|for|fra|frå|of|to|[–:-])?\s*)?(?:the\s+)?{_MEETING}\s+(?:nr\.?\s*)?(?:\d\S*\s+)?(?:i|for|of|in)\s+(?:the\s+)?(?P<body>\S.{{1,90}}?){_ENDS}",
        rf"^{_KIND}\s*(?:til|for|fra|frå|of|to|from|[–:-])?\s*(?:the\s+)?(?P<body>[A-ZÆØÅ]\S.{{0,90}}?){_ENDS}",
        rf"^(?P<body>[A-ZÆØÅ]\S.{{1,80}}?)\s*[–:,-]?\s+(?:{_KIND}|{_MEETING})\b",
        r"^(?P<body>[A-ZÆØÅ]\S.{1,80}?)\s+(?:møte\s+)?(?:nr\.?\s*)?\d{1,3}/(?:20)?\d\d\s*$",
    )
)
_TITLED = re.compile(rf"\b(?:{_KIND}|\w{{0,20}}møte[rt]?|meeting)\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:\bmøte(?:t|nummer|nr\.?)?|\bmeeting(?:\s+no\.?)?|\bnr\.?|\bno\.?)\s*:?\s*(?P<number>\d{1,3})\s?[/-]\s?(?P<year>(?:20)?\d\d)(?!\d)",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"(?<![\d/.])(?P<number>\d{1,3})/(?P<year>(?:20)?\d\d)\s*$")
_EXTRA = re.compile(r"\b(?:ekstra\w*|extraordinary|extra)\b", re.IGNORECASE)
LIST_HEADING = re.compile(
    r"(?:agenda|dagsorden|saksliste|sakliste|saker|program|til behandling|til handsaming)\s*:?",
    re.IGNORECASE,
)
"""What stands above a list of cases."""
_HEAD = 14
_YEAR = re.compile(r"\b(20\d\d)\b")
_NO_BODY = re.compile(
    rf"(?:{_KIND}|{_MEETING}|møte|sak(?:er|sliste)?|for|til|the|by\b.*|i|nr|no)?\.?", re.IGNORECASE
)


class Head(msgspec.Struct, frozen=True):
    """What a head says: the meeting, the lines below each label of seats, and the day as it was said."""

    meeting: MeetingValues
    seats: tuple[tuple[SeatRole, bool | None, tuple[Line, ...]], ...]
    day: Day | None
    first: Line | None


def read_head(lines: Sequence[Line], *, table_title: str | None) -> Head:
    """The head in the lines before the first table; `table_title` is what that table says of the body.

    Labels ("Dato", "Sted", "Medlemmer") may stand before their values or in a column of their own.
    """
    values, rest = labelled(
        [line for line in lines if LIST_HEADING.fullmatch(line.text.strip()) is None], LABEL.match
    )
    titles = [line for line in rest[:_HEAD] if _TITLED.search(line.text)] or list(rest[:3])
    texts = [line.text for line in titles]
    number, year = _number(
        [*texts, *_texts(values, _NUMBER), *(line.text for line in rest[:_HEAD])]
    )
    said_day = _texts(values, _DAY) or [
        *texts,
        *(line.text for line in rest[:_HEAD]),
        *_texts(values, _CLOCK),
    ]
    day = _day(said_day, year)
    clocks = [*_texts(values, _CLOCK), *_texts(values, _DAY)] or said_day
    slot = next((found for text in clocks if (found := slot_in(_without(text, day))[0])), Slot())
    place = _place(values)
    meeting = MeetingValues(
        body=_body(texts, _texts(values, _BODY), table_title),
        number=number,
        year=year or (day.on.year if day and day.on else None),
        is_extra=any(_EXTRA.search(text) for text in texts),
        held_on=day.on if day else None,
        day_said=day.text if day else None,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place=place,
    )
    first = titles[0] if titles else next(iter(lines), None)
    return Head(meeting, tuple(_seat_lines(values)), day, first)


def with_breaks(meeting: MeetingValues, breaks: Sequence[Break]) -> MeetingValues:
    """The meeting with the breaks that its agenda has."""
    return msgspec.structs.replace(meeting, breaks=tuple(breaks))


def _texts(values: Mapping[str, Sequence[Line]], label: str) -> list[str]:
    return [
        line.text
        for name, lines in values.items()
        if re.fullmatch(label, name, re.IGNORECASE)
        for line in lines
    ]


def _without(text: str, day: Day | None) -> str:
    return text.replace(day.text, " ") if day else text


def _place(values: Mapping[str, Sequence[Line]]) -> str | None:
    found: list[Line] = []
    for name, lines in values.items():
        if re.fullmatch(_PLACE, name, re.IGNORECASE) and not found:
            found = [line for at, line in enumerate(lines) if at == 0 or not line.apart]
    return " ".join(" ".join(line.text for line in found).split()) or None


def _number(texts: Sequence[str]) -> tuple[int | None, int | None]:
    """The number of the meeting and its year: "Møte 1/2022"."""
    for form in (_NUMBERED, _BARE_NUMBER):
        for text in texts:
            if match := form.search(text):
                year = int(match["year"])
                return int(match["number"]), year + 2000 if year < 100 else year
    return None, None


def _day(texts: Sequence[str], year: int | None) -> Day | None:
    for text in texts:
        alone = _YEAR.search(text)
        day = day_in(text, year=year or (int(alone[1]) if alone else None))
        if day is not None:
            return day
    return None


def _body(titles: Sequence[str], named: Sequence[str], table_title: str | None) -> str | None:
    """The name of the body: behind its label, in a title ("Møte i NUFA"), or in the agenda's heading."""
    if named:
        return " ".join(named[0].split())
    for form in _TITLES:
        for title in titles:
            match = form.match(title.strip())
            body = match["body"].strip(" –-:,.") if match else ""
            if body and not _NO_BODY.fullmatch(body) and len(body) > 1:
                return body
    return table_title


def seats_called(text: str) -> tuple[SeatRole | None, bool | None]:
    """Which seats a label such as "Observatører:" or "Forfall" is of, and whether their people were
    there; (None, None) for other text.
    """
    said = _COUNT.sub("", text.strip()).strip(" :.")
    return next(
        ((role, there) for form, role, there in _OF_SEATS if form.fullmatch(said)), (None, None)
    )


def _seat_lines(
    values: Mapping[str, Sequence[Line]],
) -> Iterator[tuple[SeatRole, bool | None, tuple[Line, ...]]]:
    for name, lines in values.items():
        role, there = seats_called(name)
        if role is not None:
            yield role, there, tuple(lines)
