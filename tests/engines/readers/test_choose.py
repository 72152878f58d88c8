"""Each file goes to its reader, and what no reader knows is refused quickly and clearly."""

import hashlib
import struct
import time
import tracemalloc
import zlib

import docx
import pypdfium2
import pytest

from tests.engines.readers.files import (
    SPREADSHEET,
    WORD,
    csv_file,
    docx_file,
    excel_heading,
    excel_parts,
    pdf_file,
    row,
    word_file,
    xlsx_file,
    zip_file,
)
from tests.engines.readers.reply_forms import (
    acroform_pdf,
    docx_form,
    flat_pdf_form,
    text_form,
)
from tests.engines.readers.scanned import scanned
from veikart.engines.proposal import SourceFile, Unreadable
from veikart.engines.readers.choose import LARGEST, read, read_all
from veikart.engines.readers.pdf_line import PdfLine

STRATEGY = "Visjon\n\nEt hav for alle mann\n\nMål 1: Rent hav\n\nHavet skal bli rent.\n"
XML = '<?xml version="1.0"?>'


LETTER = """Høringssvar om fyrene

Vi foreslår at fyrene tennes.

Langs hele kysten er det mørkt om natten, og båtene finner ikke veien inn til havnene når det
blåser fra havet og skyene ligger lavt.

Med vennlig hilsen
Kystlaget
"""


@pytest.fixture
def openings(monkeypatch):
    """A list that grows with each PDF that is opened."""
    opened = []

    class Counted(pypdfium2.PdfDocument):
        def __init__(self, content, *more, **named):
            opened.append(type(content))
            super().__init__(content, *more, **named)

    monkeypatch.setattr(pypdfium2, "PdfDocument", Counted)
    return opened


@pytest.mark.parametrize(("made", "reader"), [(LETTER, "letter"), (STRATEGY, "strategy_text")])
def test_a_pdf_is_opened_once_however_many_readers_look_at_it(openings, made, reader):
    (found,) = read_all("a.pdf", pdf_file(made))

    assert found.proposal.reader == reader
    assert len(openings) == 1


def test_a_scan_is_opened_once_more_for_its_pictures(openings):
    content = scanned(pdf_file(LETTER))
    openings.clear()
    line = PdfLine(page=1, number=1, text="Vi foreslår at fyrene tennes.",
                   left=70, right=300, baseline=700, size=11)  # fmt: skip

    (found,) = read_all("a.pdf", content, recognise=lambda _name, _content, _pages: {1: [line]})

    assert found.proposal.counts["point"] == 1
    assert len(openings) == 2


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("a.csv", csv_file(row()), "register"),
        ("a.dat", csv_file(row()), "register"),
        ("a.txt", csv_file(row(), delimiter="\t", encoding="utf-16"), "register"),
        ("a.csv", xlsx_file(row()), "register"),
        ("a.txt", STRATEGY.encode(), "strategy_text"),
        ("a.pdf", docx_file(STRATEGY), "strategy_text"),
        ("a.docx", pdf_file(STRATEGY), "strategy_text"),
        ("a.md", STRATEGY.encode("utf-16"), "strategy_text"),
        ("a.csv.txt", text_form(), "reply_form"),
        ("a.pdf", docx_form(), "reply_form"),
        ("a.docx", acroform_pdf(), "reply_form"),
        ("a.txt", flat_pdf_form(), "reply_form"),
    ],
)
def test_the_reader_is_picked_by_what_is_in_the_file(name, content, reader):
    proposal = read(name, content)

    assert proposal.reader == reader
    assert proposal.items
    assert proposal.file == SourceFile(
        name=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content)
    )


def test_a_file_above_the_limit_is_refused_with_the_limit():
    with pytest.raises(Unreadable, match=r"at most 25 MB; a\.csv has 50 MB") as refusal:
        read("a.csv", b"x" * 50_000_000)

    assert refusal.value.code == "too_large"
    assert LARGEST == 25_000_000


def test_the_limit_can_be_set():
    assert read("a.txt", STRATEGY.encode(), largest=len(STRATEGY.encode())).items
    with pytest.raises(Unreadable, match="at most 10 bytes"):
        read("a.txt", STRATEGY.encode(), largest=10)


def sheet_of(rows):
    return excel_parts(rows)["xl/worksheets/sheet1.xml"]


def with_sheet(rows, **changed):
    return zip_file({**excel_parts(rows), **changed})


def lying_zip():
    """An archive whose directory says that a large part is small."""
    content = bytearray(with_sheet("<row><c><v>1</v></c></row>" * 100_000))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(content)


def overlapping_zip():
    """4,000 parts that all unpack the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    whole = b"0" * 1_000_000
    packed = packer.compress(whole) + packer.flush()
    sizes = (zlib.crc32(whole), len(packed), len(whole), 1)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, *sizes, 0) + b"x" + packed
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *sizes, *[0] * 6) + b"x"
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 4000, 4000, len(entry) * 4000, len(local), 0)
    return local + entry * 4000 + end


def entities(inside):
    return f"{XML}<!DOCTYPE x [{inside}]>"


BILLION = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">'
OUTSIDE = '<!ENTITY a SYSTEM "file:///etc/passwd">'
HEADING, STRINGS = excel_heading()

HOSTILE = {
    "empty": (lambda: b"", "empty", "is empty"),
    "blank": (lambda: b" \r\n\t\n", "empty", "is empty"),
    "mark only": (lambda: b"\xef\xbb\xbf", "wrong_columns", "holds nothing"),
    "zip bomb": (
        lambda: with_sheet("", **{"xl/media/picture.bin": bytes(151_000_000)}),
        "zip_bomb",
        "at most 150 MB unpacked",
    ),
    "zip bomb, smaller": (
        lambda: with_sheet("<row>" + " " * 20_000_000 + "</row>"),
        "zip_bomb",
        "times its size when unpacked",
    ),
    "lying zip": (lying_zip, "broken_file", "cannot be opened"),
    "overlapping zip": (overlapping_zip, "zip_bomb", "4,000,000,000 bytes when unpacked"),
    "many parts": (
        lambda: zip_file({f"xl/{number}": "" for number in range(5_001)}),
        "zip_bomb",
        "more than 5,000 parts",
    ),
    "billion laughs": (
        lambda: with_sheet(
            "", **{"xl/sharedStrings.xml": f'{entities(BILLION)}<sst xmlns="{SPREADSHEET}"/>'}
        ),
        "entities",
        "declares a document type",
    ),
    "entities in UTF-16": (
        lambda: with_sheet(
            "",
            **{
                "xl/workbook.xml": f'{entities(BILLION)}<workbook xmlns="{SPREADSHEET}"/>'.replace(
                    '"1.0"', '"1.0" encoding="UTF-16"'
                ).encode("utf-16")
            },
        ),
        "entities",
        "declares a document type",
    ),
    "external entity": (
        lambda: zip_file(
            {
                "word/document.xml": f'{entities(OUTSIDE)}<w:document xmlns:w="{WORD}"><w:body>'
                "<w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
            }
        ),
        "entities",
        "open other files",
    ),
    "wide sheet": (
        lambda: with_sheet("<row>" + "<c><v>1</v></c>" * 200_000 + "</row>"),
        "too_wide",
        "at most 1,000 columns",
    ),
    "far column": (
        lambda: with_sheet('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>'),
        "too_wide",
        "at most 1,000 columns",
    ),
    "far row": (
        lambda: with_sheet('<row r="999999999"><c><v>1</v></c></row>'),
        "too_many_rows",
        "at most 100,000 rows",
    ),
    "text that is not there": (
        lambda: with_sheet('<row><c t="s"><v>99</v></c></row>'),
        "broken_file",
        "one in row 1 does not",
    ),
    "one long cell": (
        lambda: with_sheet(f'<row><c t="str"><v>{"a" * 100_001}</v></c></row>'),
        "cell_too_long",
        "at most 100,000 characters",
    ),
    "other sheet": (
        lambda: with_sheet('<row><c t="str"><v>Navn</v></c></row>'),
        "wrong_columns",
        "its first row holds “Navn”",
    ),
    "no sheet": (
        lambda: zip_file({**excel_parts(""), "xl/worksheets/sheet1.xml": "<x"}),
        "broken_file",
        "xl/worksheets/sheet1.xml",
    ),
    "half a workbook": (lambda: xlsx_file(row())[:3000], "broken_file", "cannot be opened"),
    "sheet without its parts": (
        lambda: zip_file({"xl/workbook.xml": "<workbook/>"}),
        "broken_file",
        "no part _rels/.rels",
    ),
    "other archive": (
        lambda: zip_file({"les.txt": "x"}),
        "unknown_kind",
        "an archive that holds “les.txt”",
    ),
    "document without text": (lambda: word_file("<w:p/>"), "no_text", "holds none"),
    "document without a document": (
        lambda: zip_file({"word/other.xml": "<x/>"}),
        "broken_file",
        "no document part",
    ),
    "long document": (
        lambda: word_file(f"<w:p><w:r><w:t>{'ord ' * 300_000}</w:t></w:r></w:p>"),
        "too_long",
        "at most 1,000,000 characters",
    ),
    "old Office, or a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "encrypted",
        "with a password, or of the kind used before 2007",
    ),
    "PDF without text": (
        lambda: pdf_file("", setting="#rect(width: 3cm, height: 3cm, fill: red)"),
        "no_text",
        "none of the pages of a.pdf (1 in all) has any",
    ),
    "broken PDF": (lambda: b"%PDF-1.7\nnoe", "broken_file", "Expected a whole PDF"),
    "half a PDF": (lambda: pdf_file(STRATEGY)[:2000], "broken_file", "Expected a whole PDF"),
    "program": (
        lambda: b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)),
        "unknown_kind",
        "first bytes are 4D 5A 90 00",
    ),
    "null bytes": (
        lambda: csv_file(row(), encoding="utf-8") + b"a;\0;b\r\n" * 10,
        "unknown_kind",
        "none of them",
    ),
    "null bytes far down": (
        lambda: csv_file(*[row()] * 100) + b"a;\0;b\r\n",
        "not_text",
        "null characters",
    ),
    "a million columns": (
        lambda: b";".join([b"x"] * 1_000_000),
        "too_wide",
        "lines of at most 1,500,000 characters",
    ),
    "a row of a million columns": (
        lambda: csv_file(row(), encoding="utf-8") + b";z" * 1_000_000,
        "too_wide",
        "line 3 of",
    ),
    "many empty rows": (
        lambda: csv_file(row(), encoding="utf-8") + b"\n" * 200_000,
        "too_many_rows",
        "at most 100,000 rows",
    ),
    "unclosed quote": (
        lambda: csv_file(row(), encoding="utf-8") + b'"a;b\n' + b"a;b\n" * 100_000,
        "cell_too_long",
        "line 3",
    ),
    "other table": (
        lambda: b"a;b;c\n1;2;3\n",
        "wrong_columns",
        "its first row holds “a”, “b”, “c”",
    ),
    "long text": (lambda: b"a " * 600_000, "too_long", "at most 1,000,000 characters"),
    "letter": (lambda: "Kjære alle\n\nHei på dere.".encode(), "unknown_kind", "“Kjære alle”"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_what_to_do(case):
    make, code, says = HOSTILE[case]
    name = "a.csv" if code in {"wrong_columns", "too_wide", "too_many_rows"} else "a.pdf"
    content = make()
    began = time.monotonic()

    with pytest.raises(Unreadable) as refusal:
        read(name, content)

    assert time.monotonic() - began < 20
    assert refusal.value.code == code
    assert says in refusal.value.message
    assert name in refusal.value.message
    assert refusal.value.message.startswith("Expected ")
    assert len(refusal.value.message) < 1_200


@pytest.mark.parametrize("case", ["zip bomb", "lying zip", "overlapping zip", "billion laughs"])
def test_a_bomb_takes_no_more_memory_than_it_weighs(case):
    content = HOSTILE[case][0]()
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable):
            read("a.xlsx", content)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < len(content) + 20_000_000


def test_a_real_word_document_with_pictures_and_styles_is_opened(tmp_path):
    document = docx.Document()
    for text in STRATEGY.split("\n\n"):
        document.add_paragraph(text)
    document.add_table(rows=2, cols=2)
    path = tmp_path / "a.docx"
    document.save(path)

    assert read("a.docx", path.read_bytes()).counts["strategic_goal"] == 1
