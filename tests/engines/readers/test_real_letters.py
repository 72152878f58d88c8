"""The 74 letters to a committee: none lost, the sender, language and points of each, and how well."""

import csv
import re
from functools import cache

import pytest

from tests.engines.readers.marked import (
    LETTERS,
    Counted,
    Score,
    file_of,
    marked_letters,
    needs_letters,
)
from tests.engines.readers.scanned import needs_tesseract
from veikart.adapters import recognition
from veikart.engines.points.cutting import cut
from veikart.engines.readers.blocks import blocks
from veikart.engines.readers.document import Document
from veikart.engines.readers.letter import read_letter

# One worker reads them, once.
pytestmark = [needs_letters, pytest.mark.xdist_group("letters")]

SCANNED = 3
NYNORSK = 3
KNOWN_AS = {
    "fhi": "folkehelseinstituttet",
    "nsf": "norsk sykepleierforbund",
    "nsf student": "norsk sykepleierforbund student",
    "norske lægeforening": "legeforeningen",
    "rke": "regionale koordinerende enheter",
    "kommunesektorens organisasjon": "ks",
}
"""Other names of the same sender."""
BESIDE_THE_NAME = frozenset(
    ["innspill", "løsninger", "utfordringer", "vedlegg", "modell", "modellvalg", "modellutvikling",
     "digitalisering", "teknologiske", "barrierer", "helseteknologi", "og", "innovasjon", "1", "3"]
)  # fmt: skip
"""What the list of senders writes behind a name to tell several letters of one sender apart."""


@cache
def opened():
    """Each letter, opened once for all tests."""
    files = sorted((LETTERS / "filer").iterdir())
    return {file.name: Document(file.name, file.read_bytes()) for file in files}


@cache
def documents():
    return {name: document.pages for name, document in opened().items()}


@cache
def proposals():
    return {
        name: read_letter(name, document.content, document=document)
        for name, document in opened().items()
    }


def reply(proposal):
    return proposal.items[0].values


@cache
def senders():
    """The sender of each file; a file that was sent in twice has both."""
    names = {}
    with (LETTERS / "avsendere.csv").open(encoding="utf-8") as file:
        rows = [(row["fil"], row["avsender"]) for row in csv.DictReader(file)]
    for name, sender in rows:
        names.setdefault((LETTERS / "filer" / name).read_bytes(), set()).add(sender)
    return {name: names[(LETTERS / "filer" / name).read_bytes()] for name, _sender in rows}


def words(name):
    found = re.findall(r"[a-zæøå0-9]+", name.casefold())
    return [re.sub(r"(?:en|et|ene|er|s)$", "", word) if len(word) > 6 else word for word in found]


def is_same(found, expected):
    """Whether two names are of one sender: one within the other, or most of their words the same."""
    if found is None:
        return False
    whole = re.fullmatch(r"(.*) \((.*)\)", found)
    if whole:
        return is_same(whole[1], expected) or is_same(whole[2], expected)
    one = words(KNOWN_AS.get(found.casefold(), found))
    other = [word for word in words(expected) if word not in BESIDE_THE_NAME]
    if "".join(one) in "".join(other) or "".join(other) in "".join(one):
        return True
    return len(set(one) & set(other)) >= 0.6 * min(len(set(one)), len(set(other)))


def test_all_are_read_and_the_scanned_ones_known():
    scanned = [name for name, one in proposals().items() if reply(one)["scanned"]]

    assert len(proposals()) == 74
    assert len(scanned) == SCANNED
    for name, proposal in proposals().items():
        codes = {warning.code for warning in proposal.warnings}
        assert ("waiting_for_recognition" in codes) == (name in scanned)
        assert (proposal.counts["point"] == 0) == (name in scanned)


def test_the_language_of_each_is_right():
    told = {name: reply(one)["language"] for name, one in proposals().items()}

    nynorsk = {name for name, language in told.items() if language == "nn"}
    unknown = {name for name, language in told.items() if language is None}
    assert nynorsk == {name for name in told if "-Innspel-" in name} - unknown
    assert len(unknown) == SCANNED
    assert set(told.values()) == {"nb", "nn", None}


def test_the_sender_is_found_in_nine_of_ten():
    right = [
        name
        for name, proposal in proposals().items()
        if any(is_same(reply(proposal)["respondent"], sender) for sender in senders()[name])
    ]

    # One of the scanned ones may have to wait for text recognition.
    assert len(right) >= 0.9 * 74 - SCANNED


def test_no_page_number_or_running_head_is_a_point():
    for name, proposal in proposals().items():
        margins = documents()[name].margins
        points = [item.values["text"] for item in proposal.items if item.kind == "point"]
        assert not {line for line in margins if len(line) > 12} & set(points)
        assert not [
            text for text in points if re.fullmatch(r"(?:side )?\d+(?: (?:av|/) ?\d+)?", text)
        ]


def test_every_point_is_where_it_is_said_to_be():
    for name, proposal in list(proposals().items())[::3]:
        whole = documents()[name]
        for item in proposal.items:
            if item.kind == "point":
                at = item.found_at
                shown = letters(whole.text_at(at.page, at.start, at.end))
                assert letters(item.values["text"])[:12] == shown[:12]


def letters(text):
    return "".join(sign for sign in text if sign.isalpha())


def scores(*, held_out):
    """Headings and points of the letters marked by hand, measured."""
    headings, points = Score(), Score()
    for marked in marked_letters():
        if marked.is_held_out != held_out:
            continue
        file = file_of(marked)
        whole = documents()[file.name]
        count = Counted(whole)
        assert count.all == marked.letters
        found = blocks(whole)
        headings.add(
            [count.span("heading", *place(one)) for one in found if one.kind == "heading"],
            marked.headings,
        )
        points.add([count.span(one.kind, *place(one)) for one in cut(found)], marked.points)
    return headings, points


def place(one):
    return one.page, one.start, one.end


@pytest.mark.parametrize(
    ("held_out", "least_headings", "least_points"), [(False, 0.95, 0.8), (True, 0.7, 0.8)]
)
def test_headings_and_points_agree_with_what_was_marked_by_hand(
    held_out, least_headings, least_points
):
    headings, points = scores(held_out=held_out)

    print("held out" if held_out else "tuned on", "| headings", headings, "| points", points)  # noqa: T201
    assert headings.f1 >= least_headings
    assert points.f1 >= least_points


@needs_tesseract
def test_a_scanned_one_is_recognised():
    name = min(
        (name for name, one in documents().items() if one.is_scanned),
        key=lambda name: len(documents()[name].waiting),
    )
    content = (LETTERS / "filer" / name).read_bytes()

    lines = recognition.recognise(name, content, documents()[name].waiting[:1])
    read = read_letter(name, content, recognised=lines)

    assert reply(read)["language"] == "nb"
    assert read.counts["point"] > 3
