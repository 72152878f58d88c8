"""A bound PDF speaks the reader's language, and every reason that it may give has its sentence."""

import io

import pypdf
import pytest
from django.utils.translation import override

from tests.adapters.papers_to_bind import AT, COVER, paper, plain, zipped
from veikart.adapters.binding_parts import LEFT_OUT, REFUSED, Case
from veikart.design.papers.bound import REMEDY, WHY
from veikart.documents import binding, reading


def test_each_reason_has_its_sentence_and_each_refusal_what_to_do():
    assert set(WHY) == {*REFUSED, *LEFT_OUT}
    assert set(REMEDY) == set(REFUSED)
    assert all(str(said).endswith(".") for said in (*WHY.values(), *REMEDY.values()))


@pytest.mark.parametrize(
    ("language", "agenda", "stamp", "why"),
    [
        ("nb", "Dagsorden", "Sak 2/22 · Vedlegg 1 · side 1 av 2 2", "Det er en Word-fil og ikke en PDF."),
        ("nn", "Dagsorden", "Sak 2/22 · Vedlegg 1 · side 1 av 2 2", "Det er ei Word-fil og ikkje ein PDF."),
        ("en", "Agenda", "Case 2/22 · Vedlegg 1 · page 1 of 2 2", "It is a Word file, not a PDF."),
    ],
)  # fmt: skip
def test_papers_are_gathered_in_the_language_of_those_who_read_them(language, agenda, stamp, why):
    word = paper(zipped("word/document.xml"), "Vedlegg 2", "Utkast", "utkast.docx")
    case = Case(number="2/22", title="Ny strategi", papers=(paper(plain(2)), word))

    with override(language):
        whole = binding.bind(COVER, (case,), at=AT)

    reading.apart().stop()
    first, second, _third = pypdf.PdfReader(io.BytesIO(whole.content)).pages
    assert agenda in first.extract_text().splitlines()
    assert why in first.extract_text()
    assert " ".join(second.extract_text().split("\n")[0].split()) == stamp
