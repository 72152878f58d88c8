"""Letterheads and logos are drawings, too: only what is drawn like a filled-in form is read as one."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from veikart.engines.readers.document import pages

BODY = ["Kystlaget er bekymret for torsken.", "Vi foreslår at laget får to plasser."]
ADDRESSES = [("Strandgata 1", 90), ("post@kystlaget.example", 50)]


def a_logo(canvas, name):
    """A small drawing of many edges with another in it."""
    canvas.beginForm(name)
    canvas.setFillGray(0.4)
    for size in (8, 4):
        path = canvas.beginPath()
        path.moveTo(0, size / 2)
        for step in range(1, 16):
            path.lineTo(step * size / 15, size if step % 2 else 0)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    canvas.endForm()


def a_box(canvas, name):
    canvas.beginForm(name)
    canvas.rect(0, 0, 10, 10)
    canvas.endForm()


def a_letter(draw, *, drawn):
    """A letter that writes its addresses, at the foot of the page, before its text; where asked, a
    small drawing stands beside each of them.
    """
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842))
    draw(canvas, "small")

    def place_drawings():
        for _text, height in ADDRESSES:
            canvas.saveState()
            canvas.translate(50, height)
            canvas.doForm("small")
            canvas.restoreState()

    if drawn == "with the letterhead":
        place_drawings()
    for text, height in ADDRESSES:
        canvas.drawString(70, height, text)
    for number, text in enumerate(BODY):
        canvas.drawString(70, 700 - 40 * number, text)
    if drawn == "last":
        place_drawings()
    canvas.save()
    return content.getvalue()


def text_of(draw, drawn):
    return pages("brev.pdf", a_letter(draw, drawn=drawn)).pages[0].text.split("\n")


@pytest.mark.parametrize("drawn", ["with the letterhead", "last"])
def test_logos_beside_addresses_are_no_boxes_and_leave_the_order_as_it_is(drawn):
    assert text_of(a_logo, drawn) == [*(text for text, _height in ADDRESSES), *BODY]


def test_frames_that_come_with_the_letterhead_are_no_boxes():
    assert text_of(a_box, "with the letterhead") == [*(text for text, _ in ADDRESSES), *BODY]


def test_frames_drawn_behind_all_text_are_boxes_and_put_in_order():
    assert text_of(a_box, "last") == [*BODY, *(f"☐ {text}" for text, _height in ADDRESSES)]
