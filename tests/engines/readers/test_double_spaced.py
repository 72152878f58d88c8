"""Text whose lines all have a blank one below, as copied out of a PDF."""

from veikart.engines.readers.document_text import lines_of_text
from veikart.engines.readers.paragraphs import join_lines

WRAPPED = """
Svar på høringen

Vi mener at strategien er god, og at den vil gjøre det

enklere å samarbeide på tvers av de mange som gir helse-

hjelp i kommunene. Det er viktig at den blir fulgt opp.



• Standarder må komme først, siden alt annet hviler på at

de som leverer løsninger, kan stole på dem over tid, og



bygge på dem i årene som kommer

• Opplæring må med
"""


def texts(text):
    """The paragraphs of `text`."""
    return [paragraph.text for paragraph in join_lines(lines_of_text(text))]


def test_a_blank_line_after_each_line_parts_no_paragraphs():
    assert texts(WRAPPED) == [
        "Svar på høringen",
        "Vi mener at strategien er god, og at den vil gjøre det enklere å samarbeide på tvers av "
        "de mange som gir helsehjelp i kommunene. Det er viktig at den blir fulgt opp.",
        "Standarder må komme først, siden alt annet hviler på at de som leverer løsninger, kan "
        "stole på dem over tid, og bygge på dem i årene som kommer",
        "Opplæring må med",
    ]


def test_paragraphs_of_one_line_each_stay_apart():
    lines = [f"Dette er avsnitt nummer {number} i teksten, og det er kort." for number in range(12)]

    assert texts("\n\n".join(lines)) == lines
