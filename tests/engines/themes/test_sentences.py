"""Sentences and windows have their places, and lose nothing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from veikart.engines.themes.sentences import WINDOW, sentences, windows
from veikart.engines.themes.words import words

ANY = st.text(st.sampled_from("abc æøå.!?\nABC «»1 "), max_size=300)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_sentences_end_at_full_stops_and_lines():
    assert cut("Vi støtter mål 3. Det er bra!  Hvorfor?\nEn overskrift\n\n– et punkt") == [
        "Vi støtter mål 3. Det er bra!",
        "Hvorfor?",
        "En overskrift",
        "– et punkt",
    ]


def test_abbreviations_and_numbers_end_no_sentence():
    assert cut("Dette gjelder bl.a. 3.1 og f.eks. legemidler. Ja, det gjør det.") == [
        "Dette gjelder bl.a. 3.1 og f.eks. legemidler.",
        "Ja, det gjør det.",
    ]


def test_a_list_without_a_full_stop_is_parted_between_words():
    pieces = cut("helse " * 500)

    assert {word for piece in pieces for word in piece.split()} == {"helse"}
    assert max(map(len, pieces)) <= 600


@given(ANY)
def test_sentences_are_in_order_apart_and_hold_every_letter(text):
    spans = sentences(text)

    assert "".join("".join(cut(text)).split()) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(piece == piece.strip() != "" for piece in cut(text))


@given(st.lists(st.integers(1, 200), max_size=12))
def test_windows_are_whole_sentences_of_some_eighty_words(lengths):
    text = "\n".join("ord " * length for length in lengths)
    spans = sentences(text)

    made = windows(text, spans)

    sizes = [len(words(text[start:end])) for start, end in made]
    assert sum(sizes) == sum(lengths)
    assert all(size >= WINDOW for size in sizes[:-1])
    assert {start for start, _end in made} <= {start for start, _end in spans}
