"""Norwegian words: what must meet, what must not, and compounds taken apart."""

import pytest

from veikart.engines.themes.compounds import Compounds, stem
from veikart.engines.themes.words import telling, words

MEETING = """
    ikkje           | ikke
    høyring         | høring
    høyringa        | høringen
    høyringssvar    | høringssvar
    sjukehusa       | sykehusene
    sjukepleiarar   | sykepleiere
    helsetenester   | helsetjenester
    tenestenivå     | tjenestenivåer
    brukarane       | brukerne
    brukarmedverknad| brukermedvirkning
    løysingar       | løsninger
    opplysingar     | opplysninger
    moglegheiter    | muligheter
    tilgjengeleg    | tilgjengelig
    verksemder      | virksomheter
    førebygging     | forebygging
    berekraftig     | bærekraftig
    samanheng       | sammenheng
    pårørande       | pårørende
    innbyggjarar    | innbyggere
    framtida        | fremtiden
    oppgåver        | oppgavene
    tilbodet        | tilbudet
    leiing          | ledelse
    leiarar         | ledere
    legar           | leger
    fastlegane      | fastlegene
    kommunane       | kommunene
    ungdomar        | ungdommer
    tryggleik       | trygghet
    heilskapleg     | helhetlig
"""
APART = """
    velferdsteknologi     | velferd teknologi
    legemiddelliste       | legemiddel liste
    legemiddellista       | legemiddel liste
    helseopplysninger     | helse opplysning
    helseopplysningene    | helse opplysning
    personellmangel       | personell mangel
    fastlegeordningen     | fastlege ordning
    kommuneoverlege       | kommune overlege
    helseforetaksloven    | helse foretak lov
    tannhelsetilbud       | helse tilbud tann
    sykehus               | sykehus
    legemiddel            | legemiddel
    samhandling           | samhandling
    undersøkelsene        | undersøkelse
    rådet                 | rådet
"""
DIFFERENT = """
    forskning | forsikring
    helse     | hjelp
    lege      | legemiddel
    syk       | sykehus
    fastlege  | fast
    ansvar    | svar
"""


def rows(table: str) -> list[tuple[str, str]]:
    pairs = (line.split("|") for line in table.strip().splitlines())
    return [(one.strip(), other.strip()) for one, other in pairs]


@pytest.mark.parametrize(("nynorsk", "bokmal"), rows(MEETING))
def test_the_spellings_of_bokmal_and_nynorsk_meet(nynorsk, bokmal):
    known = Compounds({})

    assert known.stems(nynorsk) == known.stems(bokmal)


@pytest.mark.parametrize(("word", "parts"), rows(APART))
def test_compounds_are_taken_apart_and_other_words_left_whole(word, parts):
    known = Compounds({"tann": 5, "helsetilbud": 1})

    assert sorted(known.stems(word)) == sorted(map(stem, parts.split()))


@pytest.mark.parametrize(("one", "other"), rows(DIFFERENT))
def test_different_words_stay_different(one, other):
    known = Compounds({})

    assert known.stems(one) != known.stems(other)


def test_a_part_is_known_once_the_texts_write_it_by_itself_often_enough():
    assert Compounds({"fjord": 2, "båten": 2}).stems("fjordbåten") == (stem("fjordbåten"),)
    assert Compounds({"fjord": 3, "båten": 3}).stems("fjordbåten") == ("fjord", stem("båten"))


def test_words_are_in_lower_case_and_hyphens_part_them():
    assert words("E-helse og IT-samhandling, §4!") == ["helse", "og", "it", "samhandling"]


def test_grammatical_words_tell_nothing_in_either_spelling():
    assert list(telling("Ikke alle, ikkje dei som gir ny hjelp")) == ["gir", "ny", "hjelp"]
