"""What kind of remark is told by which words, in three languages."""

import pytest

from veikart.engines.points.kinds import kind_of
from veikart.engines.points.wording import announces_wording, proposed_wording

KINDS = """
support     | Vi støtter de fem målene.
support     | Kommunen stiller seg bak forslaget.
support     | Foreningen sluttar seg til framlegget.
support     | We welcome the strategy.
concern     | Vi er bekymret for at kostnadene øker.
concern     | Dette kan føre til økt ulikhet mellom kommunene.
concern     | Kommunen saknar ei vurdering av personvernet.
concern     | Vi støtter ikke innretningen på mål 3.
concern     | There is a risk that small suppliers fall behind.
proposal    | Vi foreslår at målet deles i to.
proposal    | Me tilrår at kommunane får ei eiga ordning.
proposal    | Måleindikator 1.2 bør inkludere kvalitet på tjenestene.
proposal    | Løsningene må være kostnadseffektive.
proposal    | Det er behov for felles standarder.
proposal    | The ministry should publish the figures every year.
proposal    | Strategien er god. Er den nok? Vi ber om at den følges opp.
question    | Hvordan skal dette finansieres?
question    | Antall kommuner endrer seg. Er det bedre å telle innbyggere?
question    | How will progress be measured?
information | Foreningen har 12 000 medlemmer i hele landet.
information | Strategien omtaler «Vi foreslår en ny ordning» i kapittel 2.
"""

WORDINGS = """
Vi foreslår ny tekst til innledningen: Alle skal ha tilgang til egne data. Det gjelder fra 2025.
Alle skal ha tilgang til egne data. Det gjelder fra 2025.

Vi foreslår et tillegg i første kulepunkt «Helsepersonell med tjenstlig behov (…)»
Helsepersonell med tjenstlig behov (…)

Kulepunktet bør endres fra «Noen får tilgang» til «Alle får tilgang».
Alle får tilgang

Setninga bør lyde: «Alle får tilgang.»
Alle får tilgang.

We suggest the following wording: “All have access to their data.”
All have access to their data.
"""

WITHOUT = """
Vi foreslår at ordningen innføres i hele landet.
Vi foreslår å bruke begrepet «helhetlig» om tjenestene i alle kommuner.
Teksten er god: den sier hva som skal gjøres.
"""


def rows(table):
    """The rows of a table written as text, each in its cells."""
    return [[cell.strip() for cell in row.split(" | ")] for row in table.strip().splitlines()]


@pytest.mark.parametrize(("kind", "text"), rows(KINDS))
def test_the_kind_is_told_by_the_words(kind, text):
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "wording"), [p.split("\n") for p in WORDINGS.strip().split("\n\n")]
)
def test_proposed_wording_is_kept_apart(text, wording):
    assert proposed_wording(text) == wording


@pytest.mark.parametrize("text", WITHOUT.strip().splitlines())
def test_no_wording_is_made_of_what_proposes_none(text):
    assert proposed_wording(text) is None


def test_wording_may_be_announced_and_follow_below():
    assert announces_wording("Vi foreslår følgende formulering:")
    assert not announces_wording("Vi foreslår følgende:")
    assert not announces_wording("Vi foreslår følgende formulering.")
