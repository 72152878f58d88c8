"""What is withheld is found however it is written and broken, and no half of it is left."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veikart.engines.handling.withholding import Mask, both_orders, cut, parts_of, telltales


@pytest.mark.parametrize(
    ("withheld", "text", "shown"),
    [
        ("Kari Nordmann", "KARI NORDMANN og kari  nordmann", "# og #"),
        ("Kari Nordmann", "Kari\nNord-\n  mann ventet", "# ventet"),
        ("Kari Nordmann", "> sa Kari\n> Nordmann.", "> sa #."),
        ("Kari Nordmann", "Ka\u00adri\u00a0Nord\u00ad\nmann", "#"),
        ("Kari Nordmann", "Kari Nordmanns sak", "#s sak"),
        ("Bjørg Ånes", "Bjørg A\u030anes", "#"),
        ("Sofie", "Soﬁe og SOFIE", "# og #"),
        ("Sof", "Soﬁe", "#e"),
        ("Kari-Anne", "Kari‑Anne og Kari-\nAnne", "# og #"),
        ("straße 1", "STRASSE 1", "#"),
        ("99 88 77 66", "Ring 99887766 eller 998 87 766.", "Ring # eller #."),
        ("a.b", "a.b og axb", "# og axb"),
        ("Kari Nordmann", "Karianne Nordmann", "Karianne Nordmann"),
    ],
)
def test_words_are_found_however_they_are_written(withheld, text, shown):
    assert Mask([withheld], mark="#").of(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hilsen Ola Nordmann", "Hilsen #"),
        ("Nordmann, Ola", "#"),
        ("Nordmann mener, og Olas mor", "# mener, og #s mor"),
        ("OLA", "#"),
        ("skriv til o.nordmann@post.no i dag", "skriv til # i dag"),
        ("nordmenn og en nordmann", "nordmenn og en nordmann"),
        ("Olavsgaard", "Olavsgaard"),
    ],
)
def test_the_name_of_who_is_shown_by_initials_is_found_in_parts(text, shown):
    assert Mask([], mark="#", names=["Ola Nordmann"]).of(text) == shown


def test_words_are_found_that_run_from_one_text_into_the_next():
    texts = ["Om Kari", "Nordmann ventet", "og Nord-", "mann"]

    assert Mask(["Kari Nordmann"], mark="#").of_all(texts) == [
        "Om #",
        "# ventet",
        "og Nord-",
        "mann",
    ]
    assert Mask(["Nordmann"], mark="#").of_all(texts) == ["Om Kari", "# ventet", "og #", "#"]


def test_a_cut_through_a_withheld_word_leaves_no_half_of_it():
    text = "Om Kari Nordmann her"

    assert cut(text, [(3, 16)], mark="#", within=(0, 6)) == "Om #"
    assert cut(text, [(3, 16)], mark="#", within=(6, 20)) == "# her"


def test_a_name_has_parts_and_two_orders():
    assert parts_of("Nordmann, Ola B.") == ["nordmann", "ola"]
    assert both_orders("Ola B. Nordmann") == ("Ola B. Nordmann", "Nordmann Ola B.")
    assert (parts_of("O. N."), both_orders("Anonym")) == ([], ())


def test_what_may_tell_who_somebody_is_is_pointed_out_once():
    text = (
        "Ring 99 88 77 66 eller skriv til ola@post.no. Født 010190 12345. 1 000 000 kr, 2023–2024."
    )

    assert telltales([text, None, text]) == ["99 88 77 66", "ola@post.no", "010190 12345"]


LETTERS = "abAB1 øØ-ﬁ"


@given(
    secret=st.text(alphabet=LETTERS, min_size=2).filter(lambda word: len(word.strip()) > 1),
    text=st.text(alphabet=LETTERS + "\n\u00ad"),
    place=st.integers(0, 20),
    cuts=st.lists(st.integers(0, 40), max_size=3),
)
@settings(max_examples=300)
def test_no_mask_leaves_what_it_is_to_hide_and_no_cut_undoes_it(secret, text, place, cuts):
    whole = text[:place] + secret + text[place:]
    mask = Mask([secret], mark="▮")

    hidden = mask.of(whole)
    ranges = mask.ranges([whole])[0]
    edges = [0, *sorted(min(at, len(whole)) for at in cuts), len(whole)]
    pieces = [cut(whole, ranges, mark="", within=(a, b)) for a, b in pairwise(edges)]

    assert " ".join(secret.split()).casefold() not in " ".join(hidden.split()).casefold()
    assert "▮" in hidden
    assert "".join(pieces) == hidden.replace("▮", "")
    assert Mask([], mark="▮").of(whole) == whole
