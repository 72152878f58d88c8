"""Boxes and prompts of Word forms: what counts is their state, not the sign they show."""

import pytest

from tests.engines.readers.files import word_file
from veikart.engines.readers.archive import Archive
from veikart.engines.readers.docx_controls import prompts
from veikart.engines.readers.docx_text import docx_lines

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def control(properties, content):
    return f"<w:sdt {W14}><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def box(checked, sign):
    return control(
        f'<w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox>', f"<w:r>{sign}</w:r>"
    )


def legacy(inside):
    return (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:sizeAuto/>'
        f'{inside}</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def lines(body):
    return [line.text for line in docx_lines("svar.docx", Archive("svar.docx", word_file(body)))]


@pytest.mark.parametrize(
    ("field", "mark"),
    [
        (box(1, "<w:t>☒</w:t>"), "☒"),
        (box(0, "<w:t>☐</w:t>"), "☐"),
        (box(1, "<w:t>√</w:t>"), "☒"),
        (box("true", '<w:sym w:font="Wingdings" w:char="F0FE"/>'), "☒"),
        (box(0, ""), "☐"),
        (legacy('<w:default w:val="0"/><w:checked/>'), "☒"),
        (legacy('<w:default w:val="1"/>'), "☒"),
        (legacy('<w:default w:val="1"/><w:checked w:val="0"/>'), "☐"),
    ],
)
def test_a_box_is_ticked_if_the_file_says_so(field, mark):
    assert lines(f"<w:p>{field}{run(' Ja')}</w:p>") == [f"{mark} Ja"]


def test_text_after_a_box_is_text_again():
    boxes = box(1, "<w:t>☒</w:t>") + run(" Ja ") + box(0, "<w:t>☐</w:t>") + run(" Nei")

    assert lines(f"<w:p>{boxes}</w:p><w:p>{run('Fordi')}</w:p>") == ["☒ Ja ☐ Nei", "Fordi"]


def test_prompts_are_told_from_what_was_written():
    asked = control("<w:showingPlcHdr/>", f"<w:p>{run('Skriv svaret')}{run(' ditt')}</w:p>")
    written = control("", f"<w:p>{run('Vi er enige')}</w:p>")
    inline = f"<w:p>{run('Navn: ')}{control('<w:showingPlcHdr/>', run('Klikk her'))}</w:p>"

    archive = Archive("svar.docx", word_file(asked + written + inline))

    assert prompts(archive) == {"Skriv svaret ditt", "Klikk her"}
