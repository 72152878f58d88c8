"""Whatever the bytes, a reader gives a proposal or says why not; and what is written reads back."""

import datetime as dt
import io
import random
import re
import zipfile

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.readers.files import (
    csv_file,
    docx_file,
    excel_heading,
    excel_parts,
    pdf_file,
    row,
    xlsx_file,
    zip_file,
)
from tests.engines.readers.test_strategy_text import SEA
from veikart.engines.proposal import Proposal, Unreadable
from veikart.engines.readers.choose import read
from veikart.engines.readers.register import read_register
from veikart.engines.readers.register_cells import PHASE_NAMES, PHASE_UIDS
from veikart.engines.readers.texts import lines, one_line

NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.txt", "a.docx", "a.pdf", "a"])
WHOLE = {
    "register.csv": csv_file(row(), row(register_id="2", description="To\nlinjer; «ja»", start="")),
    "register.xlsx": xlsx_file(row(), row(register_id="2", start=dt.date(2026, 7, 1))),
    "excel.xlsx": zip_file(excel_parts(*excel_heading())),
    "strategy.txt": SEA.encode(),
    "strategy.docx": docx_file(SEA),
    "strategy.pdf": pdf_file(SEA),
}


def given_or_refused(name, content):
    try:
        proposal = read(name, content)
    except Unreadable as problem:
        refusal = problem
    else:
        is_whole(proposal)
        return
    assert refusal.message.startswith("Expected ")


def is_whole(proposal):
    keys = [item.key for item in proposal.items]
    assert len(keys) == len(set(keys))
    assert msgspec.json.decode(msgspec.json.encode(proposal), type=Proposal).reader
    for kind in {item.kind for item in proposal.items}:
        assert proposal.counts[kind] == sum(item.kind == kind for item in proposal.items)
    for caution in proposal.warnings:
        assert caution.code
        assert caution.message
        assert caution.remedy


@settings(max_examples=200, deadline=None)
@given(NAMES, st.binary(max_size=400))
def test_random_bytes_give_a_proposal_or_a_refusal(name, content):
    given_or_refused(name, content)


@settings(max_examples=150, deadline=None)
@given(
    NAMES,
    st.sampled_from([b"PK\x03\x04", b"%PDF-1.4\n", b"\xff\xfe", b"\xef\xbb\xbf"]),
    st.binary(),
)
def test_random_bytes_behind_a_known_beginning_do_too(name, begins, content):
    given_or_refused(name, begins + content)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 2**32), st.integers(1, 30))
def test_a_damaged_file_does_too(name, seed, times):
    chance = random.Random(seed)
    content = bytearray(WHOLE[name])
    for _time in range(times):
        at = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                del content[at : at + chance.randrange(1, 40)]
            case 2:
                content[at:at] = content[: chance.randrange(60)]
            case _:
                content[at:at] = chance.choice([b'"', b";", b"\n", b"\r", b"=1", b"\xe6", b"<"])
        content = content or bytearray(b"x")

    given_or_refused(name, bytes(content))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["excel.xlsx", "strategy.docx"]), st.integers(0, 2**32))
def test_a_damaged_part_of_an_office_file_does_too(name, seed):
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(WHOLE[name])) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    for _time in range(chance.randrange(1, 6)):
        part = chance.choice(sorted(parts))
        words = re.split(rb"(?=[<\"=>/])", parts[part])
        at = chance.randrange(len(words))
        words[at] = chance.choice([b"", words[at] * 2, b"<", b"1e9", chance.choice(words)])
        parts[part] = b"".join(words)

    given_or_refused(name, zip_file(parts))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(SEA.splitlines()), max_size=40))
def test_a_strategy_with_its_lines_shuffled_does_too(shuffled):
    given_or_refused("a.txt", "\n\n".join(shuffled).encode())


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=40
)
ROWS = st.fixed_dictionaries(
    {
        "name": TEXTS.filter(lambda text: one_line(text) and text.strip()[0] not in "=+-@'"),
        "description": TEXTS.filter(lambda text: not text.strip().startswith(tuple("=+-@'"))),
        "phase": st.sampled_from(PHASE_NAMES),
        "start": st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)).map("{:%d.%m.%Y}".format),
        "certainty": st.sampled_from(["Planlagt", "Tentativ"]),
        "register_id": st.integers(1, 10**17).map(str),
    }
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(ROWS, unique_by=lambda cells: cells["register_id"], max_size=8),
    st.sampled_from([";", ",", "\t"]),
)
def test_a_register_of_random_rows_reads_back(rows, delimiter):
    content = csv_file(*(row(**cells) for cells in rows), delimiter=delimiter)

    proposal = read_register("a.csv", content)

    found = [item.values for item in proposal.items if item.kind == "deliverable"]
    assert [(one["register_id"], one["name"], one["description"]) for one in found] == [
        (cells["register_id"], one_line(cells["name"]), lines(cells["description"]))
        for cells in rows
    ]
    periods = [item.values for item in proposal.items if item.kind == "phase_period"]
    assert [(one["first_phase"], one["start"]["text"]) for one in periods] == [
        (PHASE_UIDS[PHASE_NAMES.index(cells["phase"]) + 1], cells["start"]) for cells in rows
    ]


@settings(max_examples=25, deadline=None)
@given(st.lists(ROWS, unique_by=lambda cells: cells["register_id"], min_size=1, max_size=5))
def test_the_same_rows_from_csv_and_xlsx_give_the_same(rows):
    cells = [row(**one) for one in rows]

    from_csv = read_register("a", csv_file(*cells))
    from_xlsx = read_register("a", xlsx_file(*cells))

    assert [item.values for item in from_csv.items] == [item.values for item in from_xlsx.items]
