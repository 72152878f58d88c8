"""What a document about a council says, in the kinds of the tables: pure, from a reader's items and what is known.

A reader tells of a document in the document's own words; one of its items becomes one object of the plan or several,
and several of them one. Nothing here is decided: the rows are compared with the tables and reviewed like any others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from veikart.engines.proposal import Caution, Item, Proposal
from veikart.engines.readers import minutes, slides
from veikart.engines.readers.cautions import Cautions
from veikart.engines.slugs import slug
from veikart.intake.council_cases import case_rows, earlier_key
from veikart.intake.council_known import Known
from veikart.intake.council_meeting import meeting_rows
from veikart.intake.council_places import Sitting, sitting
from veikart.intake.council_rows import Row
from veikart.intake.council_slides import known_evaluation, slides_rows, year_of


@dataclass(frozen=True, kw_only=True)
class Translation:
    """The rows, and what a person should look at twice in them."""

    rows: tuple[Row, ...]
    cautions: tuple[Caution, ...]


def translate(found: Proposal, known: Known) -> Translation:
    """The rows that `found` gives, each object once; `known` is what the tables hold of its body."""
    source, items = found.file.name, found.items
    if found.reader == slides.READER:
        rows = tuple(_once(slides_rows(items, known, source=source)))
        return Translation(rows=rows, cautions=_on_the_year(items, known))
    at = sitting(items, known, is_minutes=found.reader == minutes.READER, source=source)
    rows = tuple(_once([*meeting_rows(at, items), *case_rows(at, items)]))
    cautions = Cautions()
    _on_the_body(at, items, cautions)
    _on_numbers(at, items, cautions)
    _on_earlier_decisions(at, items, cautions)
    _on_editions(at, rows, cautions)
    return Translation(rows=rows, cautions=cautions.all())


def _once(rows: Iterator[Row] | Sequence[Row]) -> Iterator[Row]:
    """Each object once: the first that a document says of it."""
    seen: set[tuple[str, str]] = set()
    for one in rows:
        place = (one.item.kind, one.item.key)
        if place not in seen:
            seen.add(place)
            yield one


def _on_the_year(items: Sequence[Item], known: Known) -> tuple[Caution, ...]:
    """That the year of an evaluation was taken from the work plan beside it."""
    cautions, year = Cautions(), year_of(items)
    first = next((i for i in items if i.kind in {"area_assessment", "question"}), None)
    if first is not None and year and known_evaluation(items, known) is None:
        cautions.add_at(
            first.found_at,
            "year_inferred",
            f"The slides do not say of which year the evaluation is; {year} is the first year of their work plan.",
            "If it is of another year, reject its rows, and enter it at the desk.",
        )
    return cautions.all()


def _on_the_body(at: Sitting, items: Sequence[Item], cautions: Cautions) -> None:
    if not at.body_name or at.body in at.known.bodies:
        return
    known = ", ".join(body.name for body in at.known.bodies.values()) or "none"
    cautions.add_at(
        next(item.found_at for item in items if item.kind == "meeting"),
        "body_unknown",
        f"The plan has no body called “{at.body_name}”; it is proposed as a new one. Known: {known}.",
        "If it is one of them by another name, write this one among its earlier names, and read the file again.",
    )


def _on_numbers(at: Sitting, items: Sequence[Item], cautions: Cautions) -> None:
    for item in items:
        if item.kind == "case" and at.cases[item.key].is_of_another:
            said = item.values
            cautions.add_at(
                item.found_at,
                "number_of_another",
                f"Case number {said['number']} is of another case in the plan; here it is “{said['title']}”.",
                "Ask the secretariat which number is right, and write it in.",
            )


def _on_earlier_decisions(at: Sitting, items: Sequence[Item], cautions: Cautions) -> None:
    for item in items:
        if item.kind != "decision" or not item.values["cited_by"] or not item.values["text"]:
            continue
        held = at.known.decisions.get(earlier_key(at, item) or "")
        if held is not None and slug(held.text) != slug(item.values["text"]):
            cautions.add_at(
                item.found_at,
                "worded_otherwise",
                f"The earlier decision {item.values['number']} is worded otherwise in the plan, which stays as it is.",
                "Compare the two with the minutes of its meeting.",
            )


def _on_editions(at: Sitting, rows: Sequence[Row], cautions: Cautions) -> None:
    for one in rows:
        for number in editions_in(one.item.values):
            if number not in at.known.editions:
                cautions.add_at(
                    one.item.found_at,
                    "edition_unknown",
                    f"The decision approves edition {number}; found no edition with that number.",
                    "Freeze that edition first, or reject the decision and enter it by hand.",
                )


def editions_in(values: dict[str, Any]) -> list[str]:
    """The numbers of the editions that a decision has an effect on."""
    effects = values.get("effects") or ()
    return [effect["edition"] for effect in effects if effect.get("edition")]
