"""A document becomes blocks, each with its place, and the place shows the block again."""

import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.readers.files import pdf_file, word_file
from veikart.engines.readers.blocks import Block, blocks
from veikart.engines.readers.document import pages

LETTER = """Innspill til høringen

Vi viser til brevet, og har to ønsker.

• Havnene må få strøm.
• Fyret må tennes.
"""


def of_text(text):
    return blocks(pages("a.txt", text.encode()))


def letters(text):
    return [letter for letter in text if letter.isalnum()]


def test_a_block_tells_its_place():
    found = of_text(LETTER)

    assert found[2] == Block(
        text="Havnene må få strøm.",
        kind="bullet",
        level=1,
        heading_path=found[2].heading_path,
        page=None,
        start=63,
        end=83,
        pieces=found[2].pieces,
    )
    assert pages("a.txt", LETTER.encode()).text_at(None, 63, 83) == "Havnene må få strøm."


WORDS = st.text("abcæøå-", min_size=1, max_size=12)
LINES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
TEXTS = st.lists(st.one_of(LINES, st.just(""), LINES.map("• {}".format)), max_size=30)


@settings(max_examples=100, deadline=None)
@given(TEXTS.map("\n".join).filter(str.strip))
def test_every_place_gives_the_letters_of_its_block(text):
    whole = pages("a.txt", text.encode())

    found = blocks(whole)

    for block in found:
        assert letters(block.text) == letters(whole.text_at(None, block.start, block.end))
    assert sum(len(letters(block.text)) for block in found) == len(letters(text))


@settings(max_examples=100, deadline=None)
@given(TEXTS.map("\n".join).filter(str.strip), st.data())
def test_every_part_of_a_block_has_a_place(text, data):
    whole = pages("a.txt", text.encode())
    block = data.draw(st.sampled_from(blocks(whole)))
    start = data.draw(st.integers(0, len(block.text) - 1))
    end = data.draw(st.integers(start + 1, len(block.text)))

    place = block.place(start, end)

    assert letters(whole.text_at(None, place.start, place.end)) == letters(block.text[start:end])


def test_a_sentence_that_goes_on_overleaf_is_one_block():
    filler = "Her står noe om havet og fisken i det, år etter år. " * 8
    whole = pages("a.pdf", pdf_file("\n\n".join([filler] * 20)))

    found = blocks(whole)

    assert len(whole.pages) > 1
    over = [one for one in found if one.end > len(whole.pages[one.page - 1].text)]
    assert len(over) <= len(whole.pages) - 1
    for block in found:
        at = whole.text_at(block.page, block.start, block.end)
        assert letters(block.text)[:20] == letters(at)[:20]
        assert letters(block.text)[-20:] == letters(at)[-20:]


SECTIONS = """Innspill om havnene

Innledning

Vi er glade for å bli spurt om havnene, og svarer gjerne på det som det blir spurt om her.

1. Strøm i alle havner

Båtene går i dag på diesel mens de ligger til kai, og det merkes godt i byen om vinteren.

Vi foreslår:
a) kabler
b) en egen kasse

1.1 Hvem som betaler

Staten må betale kablene, for havnene har ikke råd til dem selv.

¹ Havneloven § 3.

Med vennlig hilsen
Kystlaget
"""


def kinds(found):
    return [(one.kind, one.level, one.text[:22]) for one in found]


def test_headings_lists_and_footnotes_are_told_apart():
    found = of_text(SECTIONS)

    assert kinds(found) == [
        ("text", 0, "Innspill om havnene"),
        ("heading", 1, "Innledning"),
        ("text", 0, "Vi er glade for å bli "),
        ("heading", 2, "1. Strøm i alle havner"),
        ("text", 0, "Båtene går i dag på di"),
        ("text", 0, "Vi foreslår:"),
        ("numbered", 1, "a) kabler"),
        ("numbered", 1, "b) en egen kasse"),
        ("heading", 3, "1.1 Hvem som betaler"),
        ("text", 0, "Staten må betale kable"),
        ("footnote", 0, "¹ Havneloven § 3."),
        ("text", 0, "Med vennlig hilsen"),
        ("text", 0, "Kystlaget"),
    ]
    assert found[9].heading_path == ("Innledning", "1. Strøm i alle havner", "1.1 Hvem som betaler")


BODY = "Havnene trenger strøm, og fyrene må tennes hver eneste kveld gjennom hele året. " * 3
TYPST = f"""
#set page(header: [Kystlaget, Storgata 1], footer: context [Side #counter(page).display()], height: 9cm)
#set text(size: 11pt)
#text(size: 18pt)[Innspill om havnene]

#strong[Strøm til kai]

{BODY}

{BODY}

#strong[Fyr]

- kabler til alle
  - også de små
- en kasse

{BODY} Slik er det#super(typographic: false)[1].
"""


def test_a_pdf_is_read_without_its_running_heads():
    whole = pages("a.pdf", typst.compile(TYPST.encode()))

    found = blocks(whole)

    assert len(whole.pages) > 1
    assert set(whole.margins) == {"Kystlaget, Storgata 1", "Side 1", "Side 2"}
    assert "Kystlaget" in whole.pages[0].text
    assert not any("Kystlaget" in block.text or "Side" in block.text for block in found)
    assert kinds(found)[:2] == [
        ("heading", 1, "Innspill om havnene"),
        ("heading", 2, "Strøm til kai"),
    ]
    assert [one[:2] for one in kinds(found) if one[0] == "bullet"] == [
        ("bullet", 1), ("bullet", 2), ("bullet", 1),
    ]  # fmt: skip
    assert found[-1].text.endswith("Slik er det¹.")
    assert found[-1].heading_path == ("Innspill om havnene", "Fyr")


def cell(text, bold=""):
    return f"<w:tc><w:p><w:r><w:rPr>{bold}</w:rPr><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_the_rows_of_a_table_are_blocks_and_a_frame_is_none():
    table = "<w:tbl><w:tr>" + cell("Havn") + cell("Strøm") + "</w:tr><w:tr>"
    table += cell("Bodø") + cell("Ja") + "</w:tr></w:tbl>"
    frame = f"<w:tbl><w:tr>{cell('Vi er i tvil.')}</w:tr></w:tbl>"

    whole = pages("a.docx", word_file(table + frame))

    assert [(one.kind, one.text) for one in blocks(whole)] == [
        ("table", "Havn | Strøm"),
        ("table", "Bodø | Ja"),
        ("text", "Vi er i tvil."),
    ]
    assert whole.text_at(None, blocks(whole)[1].start, blocks(whole)[1].end) == "Bodø\nJa"


def test_a_bold_line_of_a_word_document_is_a_heading():
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Strøm til kai</w:t></w:r></w:p>"
    light = f"<w:p><w:r><w:rPr><w:b w:val='0'/></w:rPr><w:t>{BODY}</w:t></w:r></w:p>"

    found = blocks(pages("a.docx", word_file(bold + light)))

    assert kinds(found)[0] == ("heading", 1, "Strøm til kai")
    assert found[1].heading_path == ("Strøm til kai",)
