"""A reply is cut into remarks; nothing is invented, and no place is used twice."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from veikart.engines.points.cutting import LONG, cut
from veikart.engines.readers.blocks import blocks
from veikart.engines.readers.document import pages


def points(text):
    """The points of a text file that holds `text`."""
    return cut(blocks(pages("svar.txt", text.encode())))


def as_rows(found):
    return [(point.kind, point.text) for point in found]


def test_a_bullet_is_a_point_and_a_lead_in_that_says_nothing_is_none():
    found = points("""
Vi har følgende innspill til strategien:

- Målet er bra, og vi støtter det fullt ut i høringen
- Vi foreslår at mål 2 deles i to like deler
""")

    assert as_rows(found) == [
        ("support", "Målet er bra, og vi støtter det fullt ut i høringen"),
        ("proposal", "Vi foreslår at mål 2 deles i to like deler"),
    ]


def test_a_lead_in_that_says_something_is_a_point():
    found = points("""
Legemiddelverket stiller seg bak målene og vil i tillegg si:

- Standarder er en forutsetning for god samhandling mellom aktørene
- Opplæring er også en forutsetning for at det blir brukt
""")

    assert [point.kind for point in found] == ["support", "proposal", "proposal"]


def test_a_list_of_mere_words_is_one_point_with_its_lead_in():
    found = points("""
Vi foreslår at disse gruppene også nevnes i strategien:

- fysioterapeuter
- logopeder
- pårørende og frivillige
""")

    assert as_rows(found) == [
        (
            "proposal",
            "Vi foreslår at disse gruppene også nevnes i strategien:\n"
            "fysioterapeuter\nlogopeder\npårørende og frivillige",
        )
    ]


def test_what_a_lead_in_announces_holds_to_the_end_of_its_list():
    found = points("""
Vi anbefaler følgende grep i den videre utviklingen av tjenestene:

- tidlig kartlegging av de som har vært lenge borte fra arbeid
- tverrfaglige team med kompetanse på arbeid og på helse

Foreningen har tolv tusen medlemmer.
""")

    assert [point.kind for point in found] == ["proposal", "proposal", "proposal", "information"]


def test_wording_below_the_sentence_that_announces_it_is_one_point_with_it():
    (found,) = points("""
Vi foreslår følgende formulering:

«Alle skal ha lik tilgang til tjenestene, uansett hvor de bor.»
""")

    assert found.kind == "wording"
    assert found.proposed_wording == "Alle skal ha lik tilgang til tjenestene, uansett hvor de bor."


def test_greetings_thanks_and_signatures_are_no_points():
    found = points("""
Vi viser til høringsbrev av 3. mai 2022.

Vi takker for muligheten til å gi innspill til strategien.

Vi støtter målene i strategien.

Med vennlig hilsen

Kari Nordmann
""")

    assert as_rows(found) == [("support", "Vi støtter målene i strategien.")]


def test_a_long_paragraph_is_parted_where_a_remark_is_at_its_end():
    about = "Kommunene har i dag svært ulike løsninger for dette, og det tar mye tid i hverdagen. "
    text = about * 4 + "Vi foreslår felles standarder. " + about * 4 + "Opplæring bør også styrkes."
    assert len(text) > LONG // 2
    whole = f"{text} {about * 3}Til slutt ber vi om en plan."

    found = points(whole)

    assert [point.kind for point in found] == ["proposal", "proposal", "proposal"]
    assert found[0].text.endswith("Vi foreslår felles standarder.")
    assert " ".join(point.text for point in found) == whole


WORDS = st.sampled_from(
    ["vi", "foreslår", "bør", "støtter", "ikke", "data", "1.", "•", "-", "hvorfor?", "følgende:",
     "«tekst»", "setning.", "Ny", "\n", "\n\n"]
)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=120))
def test_points_lie_in_the_text_in_order_and_apart(words):
    text = " ".join(words)
    if not re.search(r"\S", text):
        return
    document = pages("svar.txt", text.encode())

    found = cut(blocks(document))

    assert all(point.start < point.end for point in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for point in found:
        shown = document.text_at(point.page, point.start, point.end)
        assert set(re.findall(r"\w+", point.text)) <= set(re.findall(r"\w+", shown)) or "-" in shown
