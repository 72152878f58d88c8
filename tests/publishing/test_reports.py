"""The report of a hearing as DOCX and PDF: the same numbers as the page, and accessible."""

import io
import re
import zipfile

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from msgspec.structs import replace

from tests.pages import hearing_samples as hearings
from tests.pages.readings import alone
from tests.papers import headings, is_tagged_and_titled, read_aloud, table_heads, tags
from veikart.pages.render import render
from veikart.pages.report import report
from veikart.plan.consultations import WITHHELD
from veikart.publishing import addresses, reports
from veikart.publishing.site import site_files

LANGUAGES = ["nb", "nn", "en"]
TITLES = {
    "nb": "Oppsummering av høringen: Høring om strategien",
    "nn": "Oppsummering av høyringa: Høyring om strategien",
    "en": "Summary of the hearing: Hearing on the strategy",
}


def file(ending, language="nb", reading=None):
    return reports.written(reading or hearings.answered(language), hearings.HEARING, ending)


def page(language="nb", reading=None):
    return render(reading or hearings.answered(language), f"{hearings.HEARING}/rapport").html


def of_page(html):
    """The cells of every table on the page, in order."""
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", html, re.DOTALL)
    plain = (re.sub(r"<[^>]+>", "", cell.replace("<br>", " ")) for cell in cells)
    return [_squeezed(cell) for cell in plain]


def of_docx(content):
    document = docx.Document(io.BytesIO(content))
    return [
        _squeezed(cell.text) for each in document.tables for row in each.rows for cell in row.cells
    ]


def of_pdf(content):
    return [_squeezed(text) for text in tags_with_text(content, ("/TH", "/TD"))]


def tags_with_text(content, wanted):
    return [text for tag, text in read_aloud(content) if tag in wanted]


def _squeezed(text):
    return re.sub(r"[\s\u200b\u00ad]+", "", text.replace("&#x27;", "'").replace("-", ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_docx_and_pdf_hold_the_same_tables(language):
    told = of_page(page(language))

    assert len(told) > 60
    assert of_docx(file("docx", language)) == told
    assert of_pdf(file("pdf", language)) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_docx_and_pdf_have_the_same_headings(language):
    document = docx.Document(io.BytesIO(file("docx", language)))
    in_docx = [
        (int(one.style.name[-1]), one.text)
        for one in document.paragraphs
        if one.style.name.startswith("Heading")
    ]

    found = re.findall(r"<h([23]) id=[^>]*>(.*?)</h", page(language), re.DOTALL)
    on_page = [
        (int(level) - 1, " ".join(re.sub("<[^>]+>", "", text).split())) for level, text in found
    ]
    contents, *in_pdf = headings(file("pdf", language))
    assert in_docx == on_page == in_pdf
    assert contents == (1, {"nb": "Innhold", "nn": "Innhald", "en": "Contents"}[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_titled_and_in_its_language(language):
    content = file("pdf", language)

    region = "GB" if language == "en" else "NO"
    is_tagged_and_titled(content, title=TITLES[language], language=f"{language}-{region}")
    assert len(table_heads(content)) == 8
    assert all(heads for heads in table_heads(content))
    assert {"/Table", "/TH", "/TD", "/Link", "/L", "/TOC"} <= set(tags(content))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_docx_has_heads_that_repeat_a_language_and_words_for_each_table(language):
    document = docx.Document(io.BytesIO(file("docx", language)))

    lang = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert lang.get(qn("w:val"))[:2] == language
    assert document.core_properties.title == TITLES[language]
    assert len(document.tables) == 8
    for one in document.tables:
        first, *others = one._tbl.tr_lst
        assert first.find(f".//{qn('w:tblHeader')}") is not None
        assert not any(row.find(f".//{qn('w:tblHeader')}") is not None for row in others)
        assert one._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_the_same_edition_gives_the_same_bytes_dated_as_it_was_frozen():
    for ending in ("docx", "pdf"):
        assert file(ending) == file(ending)
    parts = zipfile.ZipFile(io.BytesIO(file("docx"))).infolist()
    frozen = hearings.answered().plan.head.frozen_at or hearings.answered().plan.head.as_of
    assert {part.date_time[:3] for part in parts} == {(frozen.year, frozen.month, frozen.day)}


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_no_withheld_word_and_nothing_of_a_withdrawn_reply_is_in_a_file(ending):
    plan = hearings.answered_plan()
    first = plan.consultations.points[0]
    secret = replace(first, text=f"Prisen er {WITHHELD} kroner.")
    gone = replace(
        first, uid=f"{hearings.HEARING}/svar/4/punkt/1", reply=f"{hearings.HEARING}/svar/4",
        text="Hemmelig etter at det ble trukket.",
    )  # fmt: skip
    reply = replace(plan.consultations.replies[0], uid=gone.reply, no=4, respondent="Ola Trukket")
    said = replace(
        plan.consultations,
        points=(secret, *plan.consultations.points[1:], gone),
        replies=(*plan.consultations.replies, reply),
    )

    text = text_of(file(ending, reading=alone("nb", replace(plan, consultations=said))), ending)

    assert "Prisen er [unntatt] kroner." in text
    assert "Hemmelig" not in text
    assert "Ola Trukket" not in text


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_what_a_stranger_wrote_is_text_in_every_format(ending):
    plan = hearings.answered_plan()
    first = replace(
        plan.consultations.points[0],
        text='#import "@preview/a:1" [b] $x$ \\ <w:p/> \ue000 \x0b&amp;',
    )
    said = replace(plan.consultations, points=(first, *plan.consultations.points[1:]))

    text = text_of(file(ending, reading=alone("nb", replace(plan, consultations=said))), ending)

    assert '#import "@preview/a:1" [b] $x$ \\ <w:p/>' in text
    assert "&amp;" in text


def text_of(content, ending):
    if ending == "pdf":
        found = pypdf.PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in found).split())
    document = docx.Document(io.BytesIO(content))
    cells = (cell.text for each in document.tables for row in each.rows for cell in row.cells)
    return " ".join([*(one.text for one in document.paragraphs), *cells])


def test_links_of_the_files_lead_to_whole_addresses(settings):
    settings.ADDRESS = "https://veikart.invalid"

    found = docx.Document(io.BytesIO(file("docx"))).part.rels.values()
    in_docx = {one.target_ref for one in found if one.is_external}
    notes = [
        note.get_object()
        for each in pypdf.PdfReader(io.BytesIO(file("pdf"))).pages
        if "/Annots" in each
        for note in each["/Annots"]
    ]
    in_pdf = {note["/A"]["/URI"] for note in notes if "/A" in note and "/URI" in note["/A"]}

    assert in_docx == in_pdf
    assert f"https://veikart.invalid/{hearings.HEARING}/svar/1/" in in_docx
    assert all(address.startswith("https://") for address in in_docx)


def test_the_report_is_published_with_the_edition_in_every_language():
    reading = hearings.answered()

    files = {one.path: one.make for one in site_files(reading.shelved, reading.editions)}

    stem = f"{hearings.HEARING}-rapport"
    for prefix in ("data", "nn/data", "en/data"):
        assert {f"{prefix}/{stem}.docx", f"{prefix}/{stem}.pdf"} <= set(files)
    for number in (kept.number for kept in reading.editions):
        assert f"utgaver/{number}/{stem}.pdf" in files or number == "2026-1"
    assert files[f"nn/data/{stem}.pdf"]() == file("pdf", "nn")
    assert f"{hearings.HEARING}/rapport/index.html" in files
    assert f"{hearings.HEARING}/rapport" in list(addresses.paths(reading))


def test_a_hearing_that_is_not_there_has_no_report():
    with pytest.raises(LookupError, match="horing/1-1"):
        reports.written(hearings.answered(), "horing/1-1", "pdf")


def test_a_report_of_a_hearing_without_replies_can_be_written():
    plan = hearings.answered_plan()
    said = replace(
        plan.consultations, replies=(), points=(), themes=(), change_areas=(), draft_goals=(),
        priority_rounds=(),
    )  # fmt: skip
    empty = alone("nb", replace(plan, consultations=said))

    assert file("pdf", reading=empty).startswith(b"%PDF")
    assert docx.Document(io.BytesIO(file("docx", reading=empty))).paragraphs
    assert report(empty, hearings.HEARING).sections
