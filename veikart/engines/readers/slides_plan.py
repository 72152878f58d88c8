"""The plan for the work on slides: quarters, phases, dates and what they are, where the slides say so."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence

import msgspec

from veikart.engines.proposal import Item
from veikart.engines.readers.agenda_items import item
from veikart.engines.readers.agenda_text import found_at, in_one
from veikart.engines.readers.agenda_words import Day, day_in
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.paragraphs import Line
from veikart.engines.readers.slides_boxes import Box
from veikart.engines.readers.slides_values import (
    Checkpoint,
    MilestoneValues,
    PhaseKind,
    PhaseValues,
    WorkPlanValues,
)

QUARTER = re.compile(r"\b(?P<year>20\d\d)\s*[–—/-]?\s*[QK](?P<quarter>[1-4])\b")
_TURNED = re.compile(r"\b[QK](?P<quarter>[1-4])\s*[–—/-]?\s*(?P<year>20\d\d)\b")
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)")
_YEARS = re.compile(r"(?:20\d\d\s*)+")
_MARKS = re.compile(r"(?P<name>[A-ZÆØÅ]{2,6})(?:\s*(?P=name))+")
_SHORT_DAY = r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.?(?!\d)"
_TOLD = re.compile(rf"(?P<body>[A-ZÆØÅ][\wæøåÆØÅ-]*)\s+{_SHORT_DAY}\s*[:–-]\s*(?P<what>\S.*)")
_NAMED = re.compile(rf"(?P<what>[A-ZÆØÅ][\wæøå -]{{2,40}}?)\s+{_SHORT_DAY}$")
_PLAN = re.compile(r"\bplan(?:en)?\b", re.IGNORECASE)
_AIMED_AT = re.compile(r"\b(?:ferdigstill\w*|sikte|klart|mål|aims?|ready)\b", re.IGNORECASE)
_INVOLVES = re.compile(
    r"(?:øvrig |anna |annen )?(?:involvering|medvirkning|medverknad|involvement)", re.IGNORECASE
)
_HEARING = re.compile(
    r"(?:offentlig |offentleg |public )?(?:høring|høyring|hearing|consultation)", re.IGNORECASE
)
_SHORT, _LONG = 42, 50


class Told(msgspec.Struct, frozen=True):
    """What a slide says of a day without its year."""

    day: int
    month: int
    what: str | None
    body: str | None


def plan_items(
    found: Sequence[Box], words: Counter[str], cautions: Cautions, *, others: Container[int] = ()
) -> Iterator[Item]:
    """The items of a work plan: itself, its phases, and a milestone for each date of its own.

    A box among the `others`, by its identity, is no phase. What a date is, is said where the same day stands beside words ("NUFA 02.09: …", "Møte 22.9."),
    anywhere on the slides. Nothing is taken from the order of dates.
    """
    quarters = _quarters(found)
    if not quarters:
        return
    begin = next(at for at, box in enumerate(found) if quarters_in(box.text))
    own = found[begin:]
    aim = next((box.text for box in own if len(box.text) > _LONG and _says_aim(box.text)), None)
    marks = [box for box in found if _MARKS.fullmatch(box.text)]
    values = WorkPlanValues(quarters=tuple(quarters), aim=aim, checkpoints=_checkpoints(marks))
    key = f"arbeidsplan/{quarters[0][:4]}-{quarters[-1][:4]}"
    yield item("work_plan", key, values, found_at(found[begin].lines))
    phases = [box for box in own if id(box) not in others and _is_phase(box, aim)]
    for number, box in enumerate(phases, start=1):
        yield item("phase", f"{key}/fase/{number}", _phase(box, words), found_at(box.lines))
    if phases:
        cautions.add_at(
            found_at(phases[0].lines),
            "phases_drawn",
            f"The {len(phases)} phases are drawn as bars; their text does not say from which quarter to which.",
            f"Read the quarters off the slide ({quarters[0]} to {quarters[-1]}), and write them in.",
        )
    yield from _milestones(own, found, key, cautions)


def _says_aim(text: str) -> bool:
    plan = _PLAN.search(text)
    return plan is not None and _AIMED_AT.search(text, plan.end()) is not None


def quarters_in(text: str) -> list[str]:
    """The quarters named in a text, such as "2021-Q1"."""
    return [
        f"{m['year']}-Q{m['quarter']}" for form in (QUARTER, _TURNED) for m in form.finditer(text)
    ]


def _quarters(found: Sequence[Box]) -> list[str]:
    return list(dict.fromkeys(one for box in found for one in quarters_in(box.text)))


def _checkpoints(marks: Sequence[Box]) -> tuple[Checkpoint, ...]:
    times: Counter[str] = Counter()
    for box in marks:
        name = _MARKS.fullmatch(box.text)
        if name is not None:
            times[name["name"]] += box.text.count(name["name"])
    return tuple(Checkpoint(name=name, times=number) for name, number in times.items())


def _is_phase(box: Box, aim: str | None) -> bool:
    forms = (DATE, _YEARS, _MARKS, _NAMED, _TOLD)
    is_other = any(form.fullmatch(box.text) for form in forms) or quarters_in(box.text)
    return not (is_other or box.label or box.text == aim or box.text.endswith("?"))


def _phase(box: Box, words: Counter[str]) -> PhaseValues:
    """A short first line above a long one is a title with what it means; else all is the title."""
    first, *rest = box.lines
    has_text = bool(rest) and len(first.text) <= _SHORT and len(rest[0].text) > _LONG
    title = first.text.strip() if has_text else box.text
    kind: PhaseKind = "phase"
    if _INVOLVES.match(title):
        kind = "involvement"
    if _HEARING.match(title):
        kind = "hearing"
    return PhaseValues(
        title=title,
        description=in_one(rest, words) if has_text else None,
        kind=kind,
        from_quarter=None,
        to_quarter=None,
    )


def _milestones(
    own: Sequence[Box], found: Sequence[Box], key: str, cautions: Cautions
) -> Iterator[Item]:
    told: dict[tuple[int, int], Told] = {}
    for box in found:
        for one in _told(box.lines):
            told.setdefault((one.day, one.month), one)
    keys: Counter[str] = Counter()
    for line in (line for box in own for line in box.lines):
        for match in DATE.finditer(line.text):
            day = day_in(match[0]) or Day(match[0], None)
            known = told.get((day.on.day, day.on.month)) if day.on else None
            own_key = f"{key}/dato/{day.on.isoformat() if day.on else match[0]}"
            keys[own_key] += 1
            again = f"/{keys[own_key]}" if keys[own_key] > 1 else ""
            values = MilestoneValues(
                day=day.on,
                day_said=match[0],
                what=known.what if known else None,
                body=known.body if known else None,
            )
            yield item("milestone", own_key + again, values, found_at([line]))
            _check(day, line, known, cautions)


def is_dated(line: Line) -> bool:
    """Whether a line only says what happens on a day: "NUFA 02.09: …", "Møte 22.9."."""
    return any(form.fullmatch(line.text.strip()) for form in (_TOLD, _NAMED))


def _told(lines: Sequence[Line]) -> Iterator[Told]:
    for line in lines:
        if match := _TOLD.match(line.text):
            yield Told(int(match["day"]), int(match["month"]), match["what"].strip(), match["body"])
        elif match := _NAMED.match(line.text.strip()):
            yield Told(int(match["day"]), int(match["month"]), match["what"].strip(), None)


def _check(day: Day, line: Line, known: Told | None, cautions: Cautions) -> None:
    if day.on is None:
        cautions.add_at(
            found_at([line]),
            "date_impossible",
            f"Expected a day of the calendar; found “{day.text}”. It is kept as it was said, and no day is set.",
            "Ask whoever wrote it which day is meant, and write that in.",
        )
    elif known is None:
        cautions.add_at(
            found_at([line]),
            "date_unexplained",
            f"The plan has the date {day.text}, and the text does not say what happens then.",
            "Look at the slide, or in the minutes of that day, and write in what it is.",
        )
