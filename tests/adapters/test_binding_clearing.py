"""What is left of a paper that strangers sent, and what is refused."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream

from tests.adapters.papers_to_bind import (
    changed,
    full_of_actions,
    plain,
    script,
    tagged,
    with_fields,
    zipped,
)
from veikart.adapters.binding_clearing import clear
from veikart.adapters.binding_parts import LEFT_OUT, REFUSED
from veikart.engines.proposal import Unreadable

HTML = b"<!DOCTYPE html><html><body>Innlogging kreves</body></html>"


def drawn_or_code(content):
    """What is drawn on each page that is left of a paper, or the code of its refusal."""
    try:
        found = clear(content)
    except Unreadable as refusal:
        return refusal.code
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        return tuple(
            page.Contents.read_bytes() if "/Contents" in page else b""
            for page in pdf.Root.Veikart.Pages
        )


def without_pages(pdf):
    del pdf.pages[:]


def portfolio(pdf):
    pdf.Root.Collection = Dictionary(Type=Name.Collection)


def only_for_adobe(pdf):
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA="x")
    pdf.Root.NeedsRendering = True


def bomb(pdf):
    pdf.pages[0].Contents = Stream(pdf, b" " * 120_000_000)


def encrypted(**passwords):
    return changed(plain(), lambda pdf: None, encryption=pikepdf.Encryption(**passwords))


def with_a_lost_page():
    """Two pages are promised, and one of them is nowhere in the file."""
    content = changed(
        plain(2), lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable
    )
    with pikepdf.open(io.BytesIO(content)) as pdf:
        number = pdf.pages[1].obj.objgen[0]
    return content.replace(b"\n%d 0 obj" % number, b"\n99 0 obj")


def with_a_torn_drawing():
    content = changed(
        plain(), lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable
    )
    start = content.index(b"stream\n") + 20
    return content[:start] + b"\xff" * 30 + content[start + 30 :]


REFUSALS = {
    "empty": b"",
    "is_word": zipped("[Content_Types].xml", "word/document.xml"),
    "is_spreadsheet": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "is_slides": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "is_office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500,
    "is_picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
    "is_web_page": HTML,
    "is_text": "Notat om møtet på Bodø sjøsenter".encode(),
    "not_pdf": b"\x00\x01\x02\x03",
    "broken": b"%PDF-1.7\nikke mer enn det",
}


@pytest.mark.parametrize(("code", "content"), REFUSALS.items(), ids=REFUSALS)
def test_what_is_no_pdf_is_refused_by_what_it_is(code, content):
    with pytest.raises(Unreadable) as refusal:
        clear(content)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("password", encrypted(user="hemmelig", owner="eier")),
        ("no_pages", changed(plain(), without_pages)),
        ("portfolio", changed(plain(), portfolio)),
        ("needs_adobe", changed(plain(), only_for_adobe)),
        ("too_large_inside", changed(plain(), bomb)),
        ("too_many_pages", plain(1001)),
        ("broken", with_a_lost_page()),
        ("broken", with_a_torn_drawing()),
        ("broken", tagged(3)[: len(tagged(3)) // 2]),
        ("broken", b"%PDF-1.4 " + HTML),
    ],
)
def test_a_pdf_that_cannot_be_had_in_whole_is_refused(code, content):
    with pytest.raises(Unreadable) as refusal:
        clear(content)

    assert refusal.value.code == code


def test_a_pdf_that_only_its_owner_may_change_is_taken():
    assert len(clear(encrypted(user="", owner="eier")).sizes) == 1


@given(cut=st.integers(0, 20_000), noise=st.binary(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_over_a_paper_it_is_refused_or_has_all_its_pages(cut, noise):
    content = tagged(3)
    at = cut % len(content)

    found = drawn_or_code(content[:at] + noise + content[at + len(noise) :])

    assert found in REFUSED or len(found) == 3


@given(at=st.integers(0, 10_000), noise=st.binary(min_size=4, max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_drawing_that_was_written_over_is_refused_or_as_it_was(at, noise):
    content = plain(3)
    start = content.index(b"stream") + 8
    at = start + at % (content.index(b"endstream") - start - 40)
    torn = content[:at] + noise + content[at + len(noise) :]

    assert drawn_or_code(torn) in {drawn_or_code(content), *REFUSED}


@given(cut=st.integers(0, 20_000))
@settings(max_examples=30, deadline=None)
def test_what_was_cut_off_is_refused_or_taken_with_all_that_is_drawn(cut):
    content = tagged(3)

    assert drawn_or_code(content[: cut % len(content)]) in {drawn_or_code(content), *REFUSED}


def test_nothing_that_acts_is_left_and_it_is_told_what_there_was():
    found = clear(changed(plain(), full_of_actions))

    assert found.left_out == ("actions", "files", "scripts")
    assert set(found.left_out) <= set(LEFT_OUT)
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        whole = b"\n".join(one.unparse(resolved=True) for one in pdf.objects)
        (link,) = pdf.Root.Veikart.Links
        assert link.A.URI == "https://example.org/ok"
        assert set(link.A.keys()) == {"/Type", "/S", "/URI"}
    for word in (b"JavaScript", b"/JS", b"/Launch", b"cmd.exe", b"budsjett", b"/AA", b"OpenAction"):
        assert word not in whole
    for word in (b"file:", b"/GoToR", b"/SubmitForm", b"elsewhere", b"/Smuggled"):
        assert word not in whole


def test_actions_below_the_tags_and_in_bookmarks_go_too():
    def hide(pdf):
        tree = pdf.Root.StructTreeRoot
        widget = pdf.make_indirect(Dictionary(Subtype=Name.Widget, AA=Dictionary(E=script(pdf))))
        first = tree.K[0] if isinstance(tree.K, Array) else tree.K
        first.K.append(Dictionary(Type=Name.OBJR, Obj=widget, Pg=pdf.pages[0].obj))
        first.AF = Array([pdf.make_indirect(Dictionary(Type=Name.Filespec, F="regneark.xlsx"))])
        pdf.Root.Outlines.First.A = script(pdf)
        del pdf.Root.Outlines.First["/Dest"]

    found = clear(changed(tagged(2), hide))

    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        whole = b"\n".join(one.unparse(resolved=True) for one in pdf.objects)
    assert b"/JS" not in whole
    assert b"regneark" not in whole
    assert [mark.title for mark in found.marks] == ["Strategi 2"]


def test_fields_become_a_part_of_the_page_as_they_were_filled_in():
    found = clear(with_fields("Kari Nordmann"))

    assert found.left_out == ("fields",)
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        assert "/AcroForm" not in pdf.Root
        page = pdf.Root.Veikart.Pages[0]
        drawn = b"".join(one.read_bytes() for one in page.Resources.XObject.values())
        assert b"Kari Nordmann" in drawn
        assert "/Annots" not in page


def test_the_same_paper_is_cleared_to_the_same_bytes():
    assert clear(tagged(3)) == clear(tagged(3))


def test_bookmarks_without_a_page_give_way_to_those_below_and_circles_end():
    def circle(pdf):
        with pdf.open_outline() as outline:
            outline.root.clear()
            outer = pikepdf.OutlineItem("Uten side")
            outer.children.append(pikepdf.OutlineItem("Side to", 1))
            outline.root.append(outer)
        first = pdf.Root.Outlines.First
        first.Next = first
        first.First.Next = first.First

    marks = clear(changed(plain(2), circle)).marks

    assert [(mark.title, mark.page) for mark in marks] == [("Side to", 1)]
