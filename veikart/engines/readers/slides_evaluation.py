"""The assessment on slides: areas with goal and comment, questions, ratings, and the parts of the work."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from veikart.engines.proposal import Item
from veikart.engines.readers.agenda_items import item
from veikart.engines.readers.agenda_text import found_at, in_one
from veikart.engines.readers.agenda_values import QuestionValues
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.slides_boxes import Box, scale
from veikart.engines.readers.slides_values import (
    AreaAssessmentValues,
    RatingValues,
    WorkStreamValues,
)

GOAL = ("mål", "mål for området", "goal")
_COMMENT = ("kommentar", "merknad", "comment")
_OF_DEGREE = re.compile(
    r"(?:er|har|hvorvidt|kva grad|i hvilken grad|i kva grad|is|are|has|have|to what extent)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:hva|kva|hvilke[nt]?|kva for|hvordan|korleis|hvorfor|what|which|how)\b", re.IGNORECASE
)
_LONGEST_TITLE = 60


def evaluation_items(
    found: Sequence[Box], words: Counter[str], cautions: Cautions
) -> Iterator[Item]:
    """The items of an assessment in the order of the slides, kind by kind.

    A rating belongs to the question right before it. Where all questions stand before all ratings,
    nothing tells which belongs to which: they stay unpaired.
    """
    yield from _areas(found, cautions)
    yield from _asked(found, cautions)
    yield from _streams(found, words)


def _areas(found: Sequence[Box], cautions: Cautions) -> Iterator[Item]:
    goals = [box for box in found if box.label in GOAL]
    comments = [box for box in found if box.label in _COMMENT]
    status = [box.text or None for box in found if box.label == "status"]
    if len(comments) not in {0, len(goals)}:
        cautions.add_at(
            found_at(goals[0].lines if goals else comments[0].lines),
            "comments_missing",
            f"Expected a comment for each of the {len(goals)} areas; found {len(comments)}.",
            "Compare the areas with the slides before they are confirmed.",
        )
    places = [at for at, box in enumerate(found) if box.label in GOAL]
    for number, (at, box) in enumerate(zip(places, goals, strict=True), start=1):
        until = places[number] if number < len(places) else len(found)
        comment = _comment(found[at + 1 : until], comments, number, len(goals))
        values = AreaAssessmentValues(
            number=number,
            goal=box.text,
            comment=comment,
            status_said=status[number - 1] if len(status) == len(goals) else None,
        )
        yield item("area_assessment", f"evaluering/omrade/{number}", values, found_at(box.lines))
    if goals and not any(status):
        cautions.add_at(
            found_at(goals[0].lines),
            "status_not_written",
            f"The status of the {len(goals)} areas is drawn on the slides and not written.",
            "Read it off the slides, and write in each rating with who gave it.",
        )


def _comment(after: Sequence[Box], comments: Sequence[Box], number: int, goals: int) -> str | None:
    """The comment of an area: the first one before the next goal, else the one of its number."""
    for box in after:
        if box.label in _COMMENT:
            return box.text
    return comments[number - 1].text if len(comments) == goals else None


def _asked(found: Sequence[Box], cautions: Cautions) -> Iterator[Item]:
    questions = [box for box in found if _is_asked(box)]
    keys = {id(box): f"evaluering/sporsmal/{n}" for n, box in enumerate(questions, start=1)}
    for number, box in enumerate(questions, start=1):
        values = QuestionValues(case=None, number=number, text=box.text)
        yield item("question", keys[id(box)], values, found_at(box.lines))
    ratings = [at for at, box in enumerate(found) if box.label is None and scale(box.text)]
    pairs = {at: keys[id(found[at - 1])] for at in ratings if at and id(found[at - 1]) in keys}
    is_told = len(pairs) == len(ratings)
    for number, at in enumerate(ratings, start=1):
        said = found[at].text
        value = scale(said) or "some"
        rating = RatingValues(value=value, said=said, question=pairs[at] if is_told else None)
        yield item("rating", f"evaluering/vurdering/{number}", rating, found_at(found[at].lines))
        if not is_told:
            cautions.add_at(
                found_at(found[at].lines),
                "rating_unpaired",
                f"The rating “{said}” stands by itself: the text does not tell which of the "
                f"{len(questions)} questions it answers.",
                "Look at the slide, and choose the question; until then it belongs to none.",
            )


def _is_asked(box: Box) -> bool:
    return box.label is None and box.text.endswith("?") and _OF_DEGREE.match(box.text) is not None


def _streams(found: Sequence[Box], words: Counter[str]) -> Iterator[Item]:
    """A short title with open questions below it."""
    streams: list[tuple[str, list[str], Box]] = []
    for box in found:
        first, *rest = box.lines
        below = in_one(rest, words)
        if box.label is not None or not box.text.endswith("?") or _is_asked(box):
            continue
        if _OPEN.match(box.text) and streams:
            streams[-1][1].append(box.text)
        elif len(first.text) <= _LONGEST_TITLE and _OPEN.match(below):
            streams.append((first.text.strip(), [below], box))
    for number, (title, questions, box) in enumerate(streams, start=1):
        values = WorkStreamValues(title=title, questions=tuple(questions))
        yield item("work_stream", f"arbeidsplan/arbeidsstrom/{number}", values, found_at(box.lines))
