"""A document becomes blocks, each with its place, and the place shows the block again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.readers.files import pdf_file
from veikart.engines.readers.blocks import Block, blocks
from veikart.engines.readers.pages import pages

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
