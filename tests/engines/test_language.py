"""Bokmål, nynorsk and English are told apart, in a sentence and in a page."""

import pytest

from veikart.engines.language import language

SENTENCES = """
nb | Vi har ikke noe å innvende mot forslaget, men ser gjerne at det blir tydeligere.
nb | Kommunene bør få mer hjelp når de tar i bruk nye løsninger.
nb | Hvordan skal fastlegene få tilgang til bildene?
nb | Det er uklart hvem som har ansvaret etter at prosjektet er over.
nb | Rådet støtter målene og den retningen som er valgt.
nb | Vi viser til The Digital Health Strategy, som vi mener er et godt forbilde.
nn | Vi har ikkje noko å innvende mot framlegget, men ser gjerne at det vert tydelegare.
nn | Kommunane bør få meir hjelp når dei tek i bruk nye løysingar.
nn | Korleis skal fastlegane få tilgang til bileta?
nn | Det er uklart kven som har ansvaret etter at prosjektet er over.
nn | Rådet støttar måla og den retninga som er vald.
nn | Fylkeskommunen meiner at ordninga må styrkast i åra framover.
en | We support the goals, but it is not clear who will pay for them.
en | The indicators should be about people, and not about municipalities.
en | Which of these have been tried in Norway, and with what result?
"""


@pytest.mark.parametrize("row", SENTENCES.strip().splitlines())
def test_the_language_of_a_sentence_is_told(row):
    expected, sentence = row.split(" | ")

    assert language(sentence) == expected


def test_most_of_a_text_decides():
    nynorsk = "Vi er ikkje samde, og dei har ikkje spurt oss."
    bokmal = "Vi er ikke enige, og de har ikke spurt noen av oss om hvordan det går."

    assert language(f"{nynorsk} {nynorsk} {bokmal}") == "nn"
    assert language(f"{bokmal} {bokmal} {nynorsk}") == "nb"


@pytest.mark.parametrize("text", ["", "22/414", "Oslo, 31.03.2026", "Legemiddelverket"])
def test_a_text_without_sentences_has_no_language(text):
    assert language(text) is None
