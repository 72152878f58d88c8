"""What a text names outright, in three languages, and what only looks like it."""

import pytest

from veikart.engines.anchors.mentions import LAST, mentions, statement_mentions

NAMED = """
Indikatorene 1.1 – 1.4 måler ulikhet      | indikator/1.1 indikator/1.2 indikator/1.3 indikator/1.4
Måleindikator 1.4: Antall kommuner        | indikator/1.4
jf. måleindikator 3.1 Tilgang             | indikator/3.1
målindikatorane 1.2 og 2.3                | indikator/1.2 indikator/2.3
indicators 1.1 to 1.3                     | indikator/1.1 indikator/1.2 indikator/1.3
mål 1–3 og mål 5                          | mal/1 mal/2 mal/3 mal/5
strategisk mål nr. 4                      | mal/4
måla 2 og 3                               | mal/2 mal/3
goals 1 and 2                             | mal/1 mal/2
delmål 2A, 2C og 2d                       | delmal/2A delmal/2C delmal/2D
delmåla 1A–1C                             | delmal/1A delmal/1B delmal/1C
sub-goal 3B                               | delmal/3B
overordnet mål 2                          | overordnet-mal/2
bærekraftsmål 3                           | fn-mal/3
SDG 3 and SDG 10                          | fn-mal/3 fn-mal/10
FNs bærekraftsmål: «3 God helse» og «10 Mindre ulikhet» | fn-mal/3 fn-mal/10
Visjonen er god                           | visjon
mål 3, mål 3 og mål 3                     | mal/3
"""

NOT_NAMED = """
målet er å nå 50 prosent
Vi når mål 50 % i år
målene for 2030
delmål 2 i planen
formål 3
indikator 14
«10 Mindre ulikhet» er en overskrift
måltall 3
"""

STATEMENTS = f"""
et tillegg i første kulepunkt     | 1
kulepunkt 3 under mål 2           | 3
the second bullet point           | 2
siste strekpunkt                  | {LAST}
femte punktet                     | 5
for det første, som nevnt i punkt | -
"""


def rows(table):
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "uids"), rows(NAMED))
def test_what_is_named_is_found(text, uids):
    assert [mention.uid for mention in mentions(text)] == uids.split()


@pytest.mark.parametrize("text", NOT_NAMED.strip().splitlines())
def test_what_only_looks_like_it_is_not(text):
    assert mentions(text) == []


@pytest.mark.parametrize(("text", "number"), rows(STATEMENTS))
def test_bullets_are_named_by_their_place(text, number):
    found = [str(mention.number) for mention in statement_mentions(text)]

    assert found == ([] if number == "-" else [number])


def test_the_words_that_name_it_are_kept():
    (mention,) = mentions("Se  måleindikator\n1.4 i teksten.")

    assert (mention.words, mention.start) == ("måleindikator 1.4", 4)
