"""The cases of a document: each with its questions and note, its papers, decisions and follow-ups, and earlier
decisions that it leans on. All that is of one case stands or falls with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from veikart.council.deciding import result_of
from veikart.engines.proposal import Item
from veikart.engines.slugs import slug
from veikart.intake.council_known import organisation_of
from veikart.intake.council_meeting import is_public
from veikart.intake.council_places import CasePlace, Sitting, parsed, written
from veikart.intake.council_rows import Row, first_free, found_in, row

_WITHHELD = re.compile(
    r"\(?\b(?:unntatt? offentlig(?:het|heit)|u\.?\s?off\b\.?|exempt from public)[^)]*\)?",
    re.IGNORECASE,
)
_BASIS = re.compile(
    r"(?:offl\.?|offentlegl\w*|fvl\.?|forvaltningsl\w*)\s*§+\s*\d+[^).;]*", re.IGNORECASE
)
_EDITION = re.compile(r"\b(?:utgave|utgåve|edition)\s+(?P<number>20\d\d-\d+)\b", re.IGNORECASE)
_APPROVES = re.compile(r"godkj|vedta[rtk]|approve", re.IGNORECASE)


def case_rows(at: Sitting, items: Sequence[Item]) -> Iterator[Row]:
    """The rows of each case in the order of the document, then those of earlier decisions."""
    decided = [item for item in items if item.kind == "decision"]
    cited = [item for item in decided if item.values["cited_by"] and item.values["text"]]
    for item in items:
        if item.kind != "case":
            continue
        place = at.cases[item.key]
        of_case = [one for one in items if one.values.get("case") == item.key]
        leans_on = [one for one in cited if one.values["cited_by"] == item.key]
        yield _case(at, item, place, [*of_case, *leans_on])
        yield from _papers(at, place, of_case)
        yield from _decisions(at, item, place, [one for one in of_case if one not in cited])
        yield from _follow_ups(at, place.key, of_case)
    own = {place.key for place in at.cases.values()}
    for item in cited:
        yield from _earlier(at, item, own)
    loose = [item for item in items if item.kind == "follow_up" and item.values["case"] is None]
    yield from _follow_ups(at, None, loose)


def _case(at: Sitting, item: Item, place: CasePlace, own: Sequence[Item]) -> Row:
    said, held = item.values, place.held
    first = {kind: next((one for one in own if one.kind == kind), None) for kind in _PARTS}
    note, proposed = first["top_note"], first["proposed_decision"]
    noted = note.values if note else {}
    questions = [one.values["text"] for one in own if one.kind == "question"]
    basis = _withheld(said["title"])
    values = {
        "body": at.body if held is None else None,
        "number": place.number if held is None else None,
        "title": said["title"] or noted.get("title") or None,
        "type": said["type"] or noted.get("type"),
        "fixed": said["fixed"],
        "purpose": noted.get("purpose"),
        "text": said["text"],
        "proposal": proposed.values["text"] if proposed else None,
        "presenter": said["presenter"],
        "case_officer": noted.get("case_officer"),
        "sender": noted.get("sender"),
        "cites": _cites(at, place, own),
        "questions": [{"no": n, "text": text} for n, text in enumerate(questions, start=1)] or None,
        "sections": _sections(noted, proposed) or None,
        "source": at.source if held is None else None,
        "is_public": is_public(at) if held is None else None,
        "basis": basis if held is None else None,
    }
    found = {field: first[kind] for kind, field in _PARTS.items()}
    places = {field: one.found_at if one else None for field, one in found.items()}
    name = " ".join(part for part in (place.number, values["title"]) if part)
    made = row(
        "case",
        place.key,
        values,
        found_in(item.found_at, places),
        name=name or "–",
        belongs_to=place.key,
    )
    return replace(made, asked={} if place.number else {"number": place.suggested})


_PARTS = {
    "question": "questions",
    "proposed_decision": "proposal",
    "top_note": "sections",
    "decision": "cites",
}
"""What else is said of a case, and the field in which it lies."""


def _sections(noted: dict[str, Any], proposed: Item | None) -> list[dict[str, Any]]:
    """The sections of the note but for those that have a field of their own: the purpose, and the proposal."""
    apart = {noted.get("purpose"), proposed.values["text"] if proposed else None} - {None}
    kept = [one for one in noted.get("sections", ()) if one["text"] not in apart]
    return [{"no": number, **one} for number, one in enumerate(kept, start=1)]


def _cites(at: Sitting, place: CasePlace, own: Sequence[Item]) -> list[str] | None:
    held = list(place.held.cites) if place.held else []
    cited = [
        earlier_key(at, one) for one in own if one.kind == "decision" and one.values["cited_by"]
    ]
    new = [uid for uid in dict.fromkeys(cited) if uid and uid not in held]
    return [*held, *new] if new else None


def _withheld(title: str | None) -> str | None:
    """The legal basis on which a title says that something is withheld; None where it does not say so."""
    found = _WITHHELD.search(title or "")
    if found is None:
        return None
    basis = _BASIS.search(title or "")
    return basis[0].strip() if basis else found[0].strip("() ")


def _papers(at: Sitting, place: CasePlace, own: Sequence[Item]) -> Iterator[Row]:
    """The papers: public as the document is, unless their titles say that they are withheld."""
    said = [item for item in own if item.kind == "attachment"]
    taken = {paper.no for paper in at.known.papers.values() if paper.case == place.key}
    for item in said:
        key = f"{place.key}/vedlegg/{item.key.rpartition('/')[2]}"
        held = at.known.papers.get(key)
        label, title = item.values["label"], item.values["title"]
        values: dict[str, Any] = {"title": title}
        if held is None:
            number = first_free(taken)
            taken.add(number)
            basis = _withheld(title)
            access = "withheld" if basis else "public"
            values |= {
                "case": place.key,
                "no": number,
                "label": label,
                "access": access,
                "basis": basis,
            }
        name = f"{label} {title or ''}".strip()
        yield row("paper", key, values, item.found_at, name=name, belongs_to=place.key)


def _decisions(at: Sitting, case: Item, place: CasePlace, own: Sequence[Item]) -> Iterator[Row]:
    proposed = next((one.values["text"] for one in own if one.kind == "proposed_decision"), None)
    proposed = proposed or (place.held.proposal if place.held else None)
    for item in own:
        if item.kind != "decision":
            continue
        key = f"{place.key}{item.key.removeprefix(case.key)}"
        text = item.values["text"]
        values: dict[str, Any] = {"text": text, "decided_on": item.values["decided_on"]}
        held = at.known.decisions.get(key)
        if held is not None and held.meeting is None:
            values["meeting"] = at.key
        if held is None:
            values |= {
                "body": at.body,
                "case": place.key,
                "meeting": at.key,
                "title": case.values["title"] or None,
                "proposal": proposed,
                "result": result_of(text or "", proposed),
                "effects": _effects(text) or None,
                "source": at.source,
            }
        name = " ".join(part for part in (place.number, case.values["title"]) if part)
        yield row("decision", key, values, item.found_at, name=name or "–", belongs_to=place.key)


def _effects(text: str | None) -> list[dict[str, Any]]:
    """The editions that a decision approves, where it names them."""
    if not text or not _APPROVES.search(text):
        return []
    numbers = dict.fromkeys(found["number"] for found in _EDITION.finditer(text))
    return [
        {"no": no, "kind": "approves", "edition": number}
        for no, number in enumerate(numbers, start=1)
    ]


def earlier_key(at: Sitting, item: Item) -> str | None:
    """Where an earlier decision lies, by its number."""
    number = parsed(item.values["number"])
    return f"sak/{at.slug}/{number.key}/vedtak" if number else None


def _earlier(at: Sitting, item: Item, own: set[str]) -> Iterator[Row]:
    """A decision of an earlier meeting, and its case where the plan has none. What the plan has of it stays:
    the minutes are nearer to it than a paper that tells of it.
    """
    key, number, said = earlier_key(at, item), parsed(item.values["number"]), item.values
    if key is None or number is None or key in at.known.decisions:
        return
    case = key.removesuffix("/vedtak")
    theme = " – ".join((said["theme"] or "").split("\n")) or None
    name = " ".join(part for part in (written(number), theme) if part)
    if case not in at.known.cases and case not in own:
        values = {
            "body": at.body,
            "number": written(number),
            "title": theme or f"Sak {written(number)}",
        }
        values["source"] = at.source
        yield row("case", case, values, item.found_at, name=name, belongs_to=case)
    wording = {"body": at.body, "case": case, "title": theme, "text": said["text"]}
    wording |= {"decided_on": said["decided_on"], "source": at.source}
    yield row("decision", key, wording, item.found_at, name=name, belongs_to=case)


def _follow_ups(at: Sitting, case: str | None, own: Sequence[Item]) -> Iterator[Row]:
    """What is to be done; what is known by the same words keeps its address, and what became of it."""
    owner = case or at.key
    of_owner = {
        uid: one
        for uid, one in at.known.follow_ups.items()
        if uid.startswith(f"{owner}/oppfolging/")
    }
    known = {slug(one.what): uid for uid, one in of_owner.items()}
    number = first_free(int(uid.rpartition("/")[2]) for uid in of_owner)
    for item in own:
        if item.kind != "follow_up":
            continue
        said = item.values
        values = {"who": said["who"], "due": said["due"], "due_said": said["due_said"]}
        key = known.get(slug(said["what"]))
        if key is None:
            key = f"{owner}/oppfolging/{number}"
            number += 1
            values |= {"body": at.body, "case": case, "meeting": at.key, "what": said["what"]}
            values["organisation"] = organisation_of(said["who"], at.known.organisations, on=at.day)
        yield row("follow_up", key, values, item.found_at, name=said["what"], belongs_to=case or "")
