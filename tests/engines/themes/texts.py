"""Small texts of our own, and how to draw random ones."""

from hypothesis import strategies as st

LETTERS = {
    "arne": "Vi mangler sykepleiere. Rekruttering er vanskelig, og bemanningen er for lav.\nTakk.",
    "berit": "Personellmangelen er stor. Sykepleiere slutter, og rekruttering av nye er vanskelig.",
    "chris": "Legemiddellista må delast mellom fastlege og sjukehus. Helseopplysningar skal følgje "
    "pasienten.",
    "dina": "Pasientens legemiddelliste bør deles. Fastlegen ser ikke hva sykehuset har gitt.",
    "even": "Velferdsteknologi gir trygghet hjemme. Kommunen trenger støtte til innføring.",
    "frøya": "Teknologi for velferd er bra. Kommunene må få hjelp til innføring av den hjemme.",
}

_SAID = "helse sykehus lege pasient data deling kommune teknologi mangel personell støtte journal"
WORDS = _SAID.split()


def texts(*, least: int = 1, most: int = 8) -> st.SearchStrategy[dict[str, str]]:
    """Some texts of a dozen words, by id; often with the same words twice."""
    said = st.lists(st.sampled_from([*WORDS, "og", "ikke."]), max_size=25).map(" ".join)
    ids = st.text("abcdefghij", min_size=1, max_size=3)
    return st.dictionaries(ids, said, min_size=least, max_size=most)
