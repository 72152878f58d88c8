"""A letter is read: who sent it, when, to whom, what about, and the points in it."""

import datetime as dt
import io
import time

import pypdfium2
import pytest

from tests.engines.readers.files import docx_file, pdf_file, zip_file
from tests.engines.readers.scanned import scanned
from veikart.engines.proposal import Unreadable
from veikart.engines.readers.blocks import blocks
from veikart.engines.readers.document import pages
from veikart.engines.readers.letter import read_letter
from veikart.engines.readers.letter_sender import sender
from veikart.engines.readers.pdf_line import PdfLine

LETTER = """Til Havneutvalget

Bodø, 31. mars 2026

Innspill til Havneutvalget fra Norsk Kystforbund

Vi viser til brevet av 2. februar, og har disse merknadene til utkastet.

Strøm i havnene

Det er uklart hvem som skal betale for strømmen når båtene ligger til kai hele vinteren.

Vi foreslår at staten betaler for kablene i alle havner som har ferger hele året.

Med vennlig hilsen

Norsk Kystforbund
"""


def head_of(content, name="a.txt", **given):
    return read_letter(name, content, **given).items[0].values


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", LETTER.encode()),
        ("a.docx", docx_file(LETTER)),
        ("a.pdf", pdf_file(LETTER)),
    ],
)
def test_the_head_of_a_letter_is_the_same_in_every_format(name, content):
    assert head_of(content, name, received=dt.date(2026, 4, 2)) == {
        "case_number": None,
        "respondent": "Norsk Kystforbund",
        "kind_of_respondent": "interest_organisation",
        "addressee": "Havneutvalget",
        "subject": "Innspill til Havneutvalget fra Norsk Kystforbund",
        "dated": dt.date(2026, 3, 31).isoformat(),
        "language": "nb",
        "received": "2026-04-02",
        "scanned": False,
    }


def test_its_points_have_kinds_headings_and_places():
    proposal = read_letter("a.txt", LETTER.encode())

    points = [item for item in proposal.items if item.kind == "point"]
    whole = pages("a.txt", LETTER.encode())
    concern, wish = (
        point for point in points if point.values["heading_path"][-1:] == ["Strøm i havnene"]
    )
    assert (concern.values["kind"], wish.values["kind"]) == ("concern", "proposal")
    assert whole.text_at(None, wish.found_at.start, wish.found_at.end) == wish.values["text"]
    assert not any("hilsen" in point.values["text"] for point in points)


SENDERS = """
Fra: Norsk Kystforbund | Norsk Kystforbund
Innspill fra Rederiet Havbris AS til utvalget | Rederiet Havbris AS
Norsk Kystforbunds innspill til planen | Norsk Kystforbund
Innspel frå Kystlaget i Vågan | Kystlaget i Vågan
Norsk Kystforbund mener at fyrene må tennes. | Norsk Kystforbund
Norges Kystlag (NKL) er landets største. NKL mener at fyr er bra. NKL støtter planen. | Norges Kystlag (NKL)
Takk for brevet.¶Vi mener at fyrene må tennes.¶Med vennlig hilsen¶Kari Nordmann¶Fyrvokterforeningen | Fyrvokterforeningen
Innspill til Fyrutvalget¶Fyrutvalget ber om råd. Fyrutvalget vil ha svar. Norsk Kystforbund mener at fyrene må tennes. | Norsk Kystforbund
Innspill til Fyrutvalget¶Fyrutvalget ber om råd. Fyrutvalget foreslår å slukke fyrene. | None
Det er mørkt om natten. Fyrene må tennes. | None
"""


@pytest.mark.parametrize("row", SENDERS.strip().splitlines())
def test_the_sender_is_told_by_what_a_letter_says(row):
    said, expected = row.split(" | ")

    found = sender(blocks(pages("a.txt", said.replace("¶", "\n\n").encode())))

    assert str(found) == expected


def test_a_scanned_letter_waits_until_its_text_is_recognised():
    content = scanned(pdf_file(LETTER))
    line = PdfLine(page=1, number=1, text="Norsk Kystforbund mener at fyrene må tennes.",
                   left=70, right=300, baseline=700, size=11)  # fmt: skip

    waiting = read_letter("a.pdf", content)
    read = read_letter("a.pdf", content, recognised={1: [line]})

    assert waiting.items[0].values["scanned"] is True
    assert waiting.counts["point"] == 0
    assert [warning.code for warning in waiting.warnings] == ["waiting_for_recognition"]
    assert "apt-get install tesseract-ocr" in waiting.warnings[0].remedy
    assert pages("a.pdf", content).waiting == (1,)
    assert read.items[0].values["scanned"] is True
    assert read.items[0].values["respondent"] == "Norsk Kystforbund"
    assert [item.values["text"] for item in read.items[1:]] == [line.text]
    assert [warning.code for warning in read.warnings] == ["recognised"]


def many_pages(number):
    document = pypdfium2.PdfDocument.new()
    for _page in range(number):
        document.new_page(100, 100).close()
    file = io.BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()


ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
NOUGHTS = b"00" * 32
LOCKED = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>>endobj
trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]/Size 4>>
"""
HOSTILE = {
    "encrypted PDF": (lambda: LOCKED % (NOUGHTS, NOUGHTS), "encrypted"),
    "broken PDF": (lambda: b"%PDF-1.7\nnoe", "broken_file"),
    "10,000 pages": (lambda: many_pages(10_000), "too_many_pages"),
    "program called .pdf": (lambda: b"MZ\x90\x00\x03" + bytes(range(256)), "not_text"),
    "old Office": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
    "bomb": (lambda: zip_file({"word/document.xml": " " * 151_000_000}), "zip_bomb"),
    "entities": (lambda: zip_file({"word/document.xml": ENTITY}), "entities"),
    "empty PDF": (lambda: many_pages(1), "no_text"),
    "blank": (lambda: b" \n\n ", "empty"),
    "a book": (lambda: ("Fyr og havn. " * 20_000).encode(), "too_long"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_what_to_do(case):
    make, code = HOSTILE[case]
    content = make()
    began = time.process_time()

    with pytest.raises(Unreadable) as refusal:
        read_letter("a.pdf", content)

    assert time.process_time() - began < 8
    assert refusal.value.code == code
    assert refusal.value.message.startswith("Expected ")
    assert "a.pdf" in refusal.value.message


def test_a_long_word_takes_no_long_time():
    text = f"{'A' * 150_000} mener. {'Aa ' * 10_000}"
    began = time.process_time()

    read_letter("a.txt", text.encode())

    assert time.process_time() - began < 8
