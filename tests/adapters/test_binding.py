"""The papers of a meeting in one PDF, read back by other programs than the one that made it."""

import io
import os
import subprocess
import sys

import pikepdf
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from tests.adapters.papers_to_bind import (
    A4,
    COVER,
    Here,
    apart_within,
    bind,
    changed,
    full_of_actions,
    paper,
    plain,
    tagged,
    with_fields,
    zipped,
)
from tests.papers import headings, read_aloud
from veikart.adapters import binding, binding_gathering
from veikart.adapters.binding_parts import Case, Cover, Placed, Refused
from veikart.engines.proposal import Unreadable

SHEET = zipped("[Content_Types].xml", "xl/workbook.xml")


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def texts(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def stamp(text):
    """What the stamp of a page says, which is drawn before all else: paper, page, page in all."""
    return " ".join(text.split("\n")[0].split())


def bookmarks(content):
    """Each bookmark with how deep it lies and the number of its page, from 1."""
    document = pypdfium2.PdfDocument(content)
    found = [
        (mark.level, mark.get_title(), mark.get_dest().get_index() + 1)
        for mark in document.get_toc()
    ]
    document.close()
    return found


def drawn(content, page, *, scale=1.0):
    """A page, from 1, as a picture."""
    document = pypdfium2.PdfDocument(content)
    picture = document[page - 1].render(scale=scale).to_pil().convert("L")
    document.close()
    return picture


def differ(one, other):
    """How much two pictures differ where they differ most, from 0 to 255."""
    return ImageChops.difference(one, other).getextrema()[1]


AGENDA = (
    Case(number="1/22", title="Godkjenning", times="10:30", kind="Godkjenning"),
    Case(
        number="2/22",
        title="Ny strategi",
        times="10:35 og 11:50",
        kind="Drøfting",
        papers=(
            paper(tagged(2), "Vedlegg 1", "Utkast"),
            paper(SHEET, "Vedlegg 1A", "Tall", "tall.xlsx", address="https://example.org/tall"),
            paper(plain(3), "Vedlegg 2", "Svar"),
        ),
    ),
    Case(title="Til møtet", papers=(paper(plain(1, text="Kart"), "", "Kart"),)),
)


def test_papers_come_in_order_behind_an_agenda_that_tells_their_pages():
    whole = bind(cases=AGENDA)

    assert whole.placed == (
        Placed(case=1, paper=0, page=2, pages=2),
        Placed(case=1, paper=2, page=4, pages=3),
        Placed(case=2, paper=0, page=7, pages=1),
    )
    assert whole.refused == (Refused(case=1, paper=1, code="is_spreadsheet"),)
    first, *rest = texts(whole.content)
    assert (len(rest) + 1, whole.pages) == (7, 7)
    lines = first.splitlines()
    for said in ("2/22 Ny strategi 10:35 og 11:50 Drøfting", "Vedlegg 1 Utkast 2 pages 2"):
        assert said in [" ".join(line.split()) for line in lines], first
    assert "tall.xlsx" in lines
    assert "It is a spreadsheet, not a PDF." in first
    assert "Not in this file, see below" in first


def test_each_page_of_a_paper_has_its_stamp():
    stamped = texts(bind(cases=AGENDA).content)[1:]

    assert [stamp(text) for text in stamped] == [
        "Case 2/22 · Vedlegg 1 · page 1 of 2 2",
        "Case 2/22 · Vedlegg 1 · page 2 of 2 3",
        "Case 2/22 · Vedlegg 2 · page 1 of 3 4",
        "Case 2/22 · Vedlegg 2 · page 2 of 3 5",
        "Case 2/22 · Vedlegg 2 · page 3 of 3 6",
        "page 1 of 1 7",
    ]


def test_bookmarks_go_from_case_to_paper_to_what_is_in_it():
    assert bookmarks(bind(cases=AGENDA).content) == [
        (0, "Agenda", 1),
        (0, "1/22 Godkjenning", 1),
        (0, "2/22 Ny strategi", 2),
        (1, "Vedlegg 1 Utkast", 2),
        (2, "Strategi 1", 2),
        (2, "Strategi 2", 3),
        (1, "Vedlegg 2 Svar", 4),
        (0, "Til møtet", 7),
        (1, "Kart", 7),
    ]


def test_links_lead_to_the_pages_they_name_and_out_only_to_addresses():
    reader = pypdf.PdfReader(io.BytesIO(bind(cases=AGENDA).content))
    numbers = {page.indirect_reference.idnum: no for no, page in enumerate(reader.pages, start=1)}

    def led_to(page):
        for link in (one.get_object() for one in reader.pages[page - 1].get("/Annots", ())):
            place = link.get("/Dest")
            yield numbers[place[0].idnum] if place is not None else link["/A"]["/URI"]

    assert sorted(led_to(1), key=str) == [2, 2, 4, 4, 7, 7, "https://example.org/tall"]
    assert list(led_to(3)) == [2, "https://example.org/"]


def test_the_agenda_is_right_when_it_takes_several_pages_itself():
    papers = [paper(plain(2), f"Vedlegg {no}", f"Notat om sak {no}") for no in range(1, 91)]

    whole = bind(*papers)

    pages = texts(whole.content)
    front = whole.placed[0].page - 1
    told = " ".join(" ".join(pages[:front]).split())
    assert front > 1
    for no, placed in enumerate(whole.placed, start=1):
        assert placed.page == front + 2 * no - 1
        assert f"Notat om sak {no} 2 pages {placed.page}" in told
    assert stamp(pages[-1]) == f"Case 2/22 · Vedlegg 90 · page 2 of 2 {len(pages)}"


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_has_its_stamp_upright_below_what_is_seen(turned):
    def turn(pdf):
        pdf.pages[0].Rotate = turned

    size = A4 if turned == 180 else (A4[1], A4[0])
    content = changed(plain(1, size=size, x=9000), turn)

    straight = drawn(bind(paper(plain(1, x=9000))).content, 2, scale=2)
    other = drawn(bind(paper(content)).content, 2, scale=2)

    assert straight.size == other.size
    strip = (0, straight.height - 34, straight.width, straight.height)
    assert straight.crop(strip).getextrema()[0] < 160
    assert differ(straight.crop(strip), other.crop(strip)) < 60


def moved(pdf):
    pdf.pages[0].MediaBox = [-100, 50, 495, 892]


def cropped(pdf):
    pdf.pages[0].CropBox = [60, 400, 400, 800]


def turned_and_cropped(pdf):
    cropped(pdf)
    pdf.pages[0].Rotate = 90


def unbalanced(pdf):
    pdf.pages[0].Contents = pikepdf.Array(
        [
            pdf.pages[0].Contents,
            pdf.make_stream(b"Q Q Q 1 0 0 rg 100 100 50 50 re f q 3 0 0 3 0 0 cm q BT"),
        ]
    )


@pytest.mark.parametrize(
    ("content", "change"),
    [
        (plain(), moved),
        (plain(), cropped),
        (plain(), turned_and_cropped),
        (plain(), unbalanced),
        (tagged(), moved),
        (plain(1, size=(842, 595), y=300), cropped),
        (plain(1, size=(2384, 3370)), lambda pdf: None),
        (plain(1, size=(90, 60), x=5, y=20), lambda pdf: None),
    ],
)
def test_nothing_on_a_page_is_covered_moved_or_changed(content, change):
    content = changed(content, change)
    before = drawn(content, 1)

    after = drawn(bind(paper(content)).content, 2)

    assert after.width == before.width
    assert after.height > before.height
    # The strip need not end where a dot does, so the page may lie a part of a dot higher.
    assert (
        min(differ(before, after.crop((0, y, before.width, y + before.height))) for y in (0, 1))
        < 90
    )


def test_layers_that_were_hidden_stay_so():
    def hide(pdf):
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Skjult"))
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
        )
        pdf.pages[0].Resources.Properties = pikepdf.Dictionary(L1=layer)
        pdf.pages[0].Contents = pdf.make_stream(b"/OC /L1 BDC 0 0 595 842 re f EMC")

    picture = drawn(bind(paper(changed(plain(), hide))).content, 2)

    assert picture.crop((0, 0, 595, 800)).getextrema() == (255, 255)


def test_fields_of_the_same_name_keep_what_was_filled_in_each():
    whole = bind(paper(with_fields("Kari Nordmann")), paper(with_fields("Ola Hansen"), "Vedlegg 2"))

    _front, one, other = texts(whole.content)
    assert "Kari Nordmann" in one
    assert "Ola Hansen" in other
    reader = pypdf.PdfReader(io.BytesIO(whole.content))
    assert not reader.get_fields()
    assert "/AcroForm" not in reader.trailer["/Root"]
    assert [placed.left_out for placed in whole.placed] == [("fields",), ("fields",)]


def test_what_was_attached_to_a_paper_is_told_on_the_first_page_and_nothing_acts():
    whole = bind(paper(changed(plain(), full_of_actions), title="Budsjett"))

    assert whole.placed[0].left_out == ("actions", "files", "scripts")
    assert "Other files are attached to it. They are not in this file." in texts(whole.content)[0]
    with pikepdf.open(io.BytesIO(whole.content)) as pdf:
        everything = b"\n".join(one.unparse(resolved=True) for one in pdf.objects)
    for word in (b"/JS", b"JavaScript", b"/Launch", b"/EmbeddedFile", b"/AA", b"/OpenAction"):
        assert word not in everything


def test_tags_of_papers_are_kept_and_pages_without_any_are_read_as_paragraphs():
    content = bind(cases=AGENDA).content

    assert (1, "Strategi 1") in headings(content)
    assert (1, "Strategi 2") in headings(content)
    aloud = read_aloud(content)
    assert ("/LBody", "punkt 2") in [(tag, text.strip("• ")) for tag, text in aloud]
    assert [text for tag, text in aloud if tag == "/P" and text.startswith("Notat")] == [
        "Notat 1",
        "Notat 2",
        "Notat 3",
    ]
    assert not any("page 1 of" in text for _tag, text in aloud)  # stamps are not read aloud


def test_each_piece_of_a_page_belongs_to_the_tag_that_has_it():
    with pikepdf.open(io.BytesIO(bind(cases=AGENDA).content)) as pdf:
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for number, page in enumerate(pdf.pages):
            for piece, element in enumerate(parents[page.obj.StructParents]):
                kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
                assert piece in kids, (number, piece)
                assert element.Pg.objgen == page.obj.objgen
            for link in page.obj.get("/Annots", ()):
                owner = parents[link.StructParent]
                assert any(
                    isinstance(kid, pikepdf.Dictionary) and kid.Obj.objgen == link.objgen
                    for kid in owner.K
                )


def test_the_file_tells_its_title_and_language_and_claims_no_more_than_it_keeps():
    content = bind(cases=AGENDA).content

    reader = pypdf.PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert reader.metadata.title == COVER.title
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"].value) == ("en-GB", True)
    assert root["/PageMode"] == "/UseOutlines"
    told = root["/Metadata"].get_object().get_data()
    assert COVER.title.encode() in told
    assert b"pdfuaid:part" not in told
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_the_same_papers_give_the_same_bytes_whoever_binds_them():
    apart = apart_within()

    one, other, third = bind(cases=AGENDA), bind(cases=AGENDA), bind(cases=AGENDA, apart=apart)

    apart.stop()
    assert one == other == third


def test_a_meeting_without_papers_is_an_agenda():
    whole = bind(cases=(Case(number="1/22", title="Eventuelt"),), cover=Cover(title="Møte 2/2022"))

    assert (whole.pages, whole.placed, whole.refused) == (1, (), ())
    assert "Eventuelt" in texts(whole.content)[0]


SOME_PAPERS = st.lists(
    st.sampled_from(
        [
            plain(1), plain(3), tagged(2), with_fields("Kari"), SHEET, b"", b"%PDF-1.7", tagged(3)[:3000],
            changed(plain(), full_of_actions), plain(1, size=(90, 60)),
        ]
    ),
    max_size=6,
)  # fmt: skip


@given(every=SOME_PAPERS)
@settings(max_examples=25, deadline=None)
def test_every_paper_is_in_whole_or_listed(every):
    whole = bind(*(paper(content, f"Vedlegg {no}") for no, content in enumerate(every)))

    placed = {one.paper: one for one in whole.placed}
    refused = {one.paper for one in whole.refused}
    assert placed.keys() | refused == set(range(len(every)))
    assert not placed.keys() & refused
    pages = texts(whole.content)
    assert len(pages) == whole.pages
    front = " ".join(
        " ".join(pages[: whole.pages - sum(one.pages for one in whole.placed)]).split()
    )
    assert all(f"Vedlegg {no} Notat Not in this file" in front for no in refused)
    for no, one in placed.items():
        assert one.pages == len(pypdf.PdfReader(io.BytesIO(every[no])).pages)
        for number in range(one.pages):
            page = one.page + number
            said = f"Case 2/22 · Vedlegg {no} · page {number + 1} of {one.pages} {page}"
            assert stamp(pages[page - 1]) == said


def test_a_paper_that_is_too_large_is_refused_and_the_others_are_bound():
    apart = apart_within(largest=len(plain(3)) - 1)

    whole = bind(paper(plain(3)), paper(plain(1)), apart=apart)

    apart.stop()
    assert [one.code for one in whole.refused] == ["too_large"]
    assert [one.paper for one in whole.placed] == [1]


def test_papers_are_bound_as_long_as_there_is_room():
    class Small(Here):
        limits = Here.limits.__class__(memory=binding.COPIES * 5000)

    whole = bind(*(paper(plain(1, text=f"Notat {no}")) for no in range(9)), apart=Small())

    assert {one.code for one in whole.refused} == {"too_large_together"}
    assert [one.paper for one in whole.placed] == list(range(len(whole.placed)))
    assert 1 < len(whole.placed) < 9


def test_a_paper_that_cannot_be_gathered_costs_itself_alone(monkeypatch):
    def stopped(told):
        if any(leaf.title == "Vedlegg 2 Ond" for leaf in told.leaves):
            raise Unreadable("reader_stopped", "")
        return gather(told)

    gather = binding_gathering.gather
    monkeypatch.setattr(binding_gathering, "gather", stopped)

    whole = bind(paper(plain(1)), paper(plain(2), "Vedlegg 2", "Ond"), paper(plain(3), "Vedlegg 3"))

    assert whole.refused == (Refused(case=0, paper=1, code="reader_stopped"),)
    assert [(one.paper, one.pages) for one in whole.placed] == [(0, 1), (2, 3)]


def test_papers_that_are_too_much_together_lose_the_largest(monkeypatch):
    def stopped(told):
        if len(told.leaves) > 1:
            raise Unreadable("too_much_memory", "")
        return gather(told)

    gather = binding_gathering.gather
    monkeypatch.setattr(binding_gathering, "gather", stopped)

    whole = bind(paper(plain(3)), paper(plain(1)), paper(plain(2)))

    assert [(one.paper, one.code) for one in whole.refused] == [
        (0, "too_large_together"),
        (2, "too_large_together"),
    ]
    assert [one.paper for one in whole.placed] == [1]


def test_if_not_even_the_agenda_can_be_made_it_is_said(monkeypatch):
    def stopped(told):
        raise Unreadable("took_too_long", "")

    monkeypatch.setattr(binding_gathering, "gather", stopped)

    with pytest.raises(Unreadable):
        bind(paper(plain(1)))


def test_papers_are_opened_in_the_reading_process_and_a_bomb_costs_itself():
    def bomb(pdf):
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b" " * 120_000_000)

    apart = apart_within(seconds=30, memory=600_000_000)
    whole = bind(paper(changed(plain(), bomb)), paper(plain(1)), apart=apart)

    apart.stop()
    assert whole.refused == (Refused(case=0, paper=0, code="too_large_inside"),)
    assert len(whole.placed) == 1


def test_what_binds_is_loaded_by_whoever_binds_and_never_in_our_own_process():
    asked = (
        "import sys, django; django.setup(); import veikart.documents.binding, veikart.config.urls; "
        "print('pikepdf' in sys.modules)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "veikart.config.settings"}

    said = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
    )

    assert said.stdout == "False\n"
