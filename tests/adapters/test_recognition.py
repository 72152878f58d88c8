"""Text is recognised on scanned pages, and where it cannot be, the reason says what to install."""

import subprocess

import pytest

from tests.engines.readers.files import pdf_file
from tests.engines.readers.scanned import needs_tesseract, scanned
from veikart.adapters import recognition
from veikart.adapters.recognition import Unrecognised, recognise
from veikart.engines.readers.blocks import blocks
from veikart.engines.readers.document import pages

TEXT = """Strøm i havnene

Havnene må få strøm før vinteren, og fyrene må tennes.

- kabler til alle båter
- lys på kaia hele natten
- måler ved hver brygge
"""


@needs_tesseract
def test_a_scanned_page_is_read_into_blocks():
    content = scanned(pdf_file(TEXT))

    lines = recognise("a.pdf", content, pages("a.pdf", content).waiting)
    whole = pages("a.pdf", content, recognised=lines)

    assert whole.is_scanned
    assert whole.waiting == ()
    assert whole.pages[0].recognised
    assert [(one.kind, one.text) for one in blocks(whole)] == [
        ("heading", "Strøm i havnene"),
        ("text", "Havnene må få strøm før vinteren, og fyrene må tennes."),
        ("bullet", "kabler til alle båter"),
        ("bullet", "lys på kaia hele natten"),
        ("bullet", "måler ved hver brygge"),
    ]
    for one in blocks(whole):
        assert whole.text_at(one.page, one.start, one.end) == one.text


@needs_tesseract
def test_a_page_that_takes_too_long_is_given_up():
    content = scanned(pdf_file(TEXT))

    with pytest.raises(Unrecognised, match=r"page 1 of a\.pdf .* within 0\.01 seconds") as refusal:
        recognise("a.pdf", content, [1], seconds_a_page=0.01)

    assert refusal.value.code == "too_slow"


@pytest.mark.parametrize(
    ("found", "speaks", "says"),
    [
        (None, "", "Tesseract, which is not installed. Install it: apt-get install"),
        ("/usr/bin/tesseract", "eng\nosd\n", "no Norwegian here. Install it: apt-get install"),
    ],
)
def test_what_is_missing_is_told_with_how_to_install_it(monkeypatch, found, speaks, says):
    done = subprocess.CompletedProcess([], 0, stdout=speaks)
    monkeypatch.setattr(recognition.shutil, "which", lambda program: found)
    monkeypatch.setattr(recognition.subprocess, "run", lambda *_given, **_named: done)
    recognition._languages.cache_clear()
    try:
        with pytest.raises(Unrecognised, match=says) as refusal:
            recognise("a.pdf", b"", [1])
    finally:
        recognition._languages.cache_clear()

    assert refusal.value.code == "not_installed"


@needs_tesseract
def test_more_pages_than_anybody_waits_for_are_refused():
    with pytest.raises(Unrecognised, match=r"at most 200 scanned pages; a\.pdf has 201"):
        recognise("a.pdf", b"", range(1, 202))
