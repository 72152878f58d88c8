"""The words by which columns, areas, groups, answers and marks are known, in Norwegian and English."""

import re
from typing import Literal

Part = Literal[
    "period", "area", "numerator", "denominator", "value", "n", "answer", "status", "note"
]

COLUMNS: dict[Part, tuple[str, ...]] = {
    "period": (
        "period", "periode", "tid", "time", "time_period", "år", "aar", "ar", "year", "måned",
        "maned", "month", "kvartal", "quarter", "tertial", "halvår", "årgang", "dato",
    ),
    "area": (
        "area", "region", "område", "omrade", "geo", "ref_area", "kommunenummer", "kommunenr",
        "kommunenr.", "komnr", "kommune nr", "kommune_nr", "knr", "kommune", "municipality",
        "municipality_code", "fylkesnummer", "fylkesnr", "fylke", "county", "county_code",
        "location_code", "sted", "kode", "code", "bosted", "helseregion", "area code",
    ),
    "numerator": (
        "numerator", "teller", "antall med", "antall som har", "count", "antall", "number", "treff",
        "personer", "num", "t",
    ),
    "denominator": (
        "denominator", "nevner", "antall i alt", "i alt", "totalt", "grunnlag", "befolkning",
        "folkemengde", "innbyggere", "innbyggjarar", "population", "inhabitants", "den", "av",
    ),
    "value": (
        "value", "verdi", "obs_value", "andel", "andel (%)", "prosent", "prosentandel", "%",
        "share", "percent", "rate", "beløp", "kroner", "amount", "tall",
    ),
    "n": (
        "n", "respondents", "respondenter", "svar", "antall svar", "utvalg", "svarende",
        "sample", "sample size", "base",
    ),
    "answer": (
        "answer", "tilbyr", "offers", "offered", "ja/nei", "yes/no", "har", "tilbud", "innført",
        "svar (ja/nei/vet ikke)", "i bruk", "in use", "tilbyr tjenesten",
    ),
    "status": ("status", "obs_status", "flag", "flagg", "merknadskode"),
    "note": ("note", "merknad", "kommentar", "comment", "fotnote", "anmerkning", "obs_comment"),
}  # fmt: skip
"""Names of columns, in small letters, the surest first."""

YES = frozenset(("ja", "yes", "y", "j", "1", "true", "sant", "x", "tilbyr", "har"))
NO = frozenset(("nei", "no", "n", "0", "false", "usant", "tilbyr ikke", "har ikke"))
UNKNOWN = frozenset(
    ("vet ikke", "veit ikkje", "ukjent", "unknown", "don't know", "do not know", "?", "usikker",
     "ikke svart", "ikkje svart", "uoppgitt", "not known")
)  # fmt: skip

EVERYONE = frozenset(
    ("", "total", "totalt", "i alt", "alle", "all", "begge kjønn", "begge", "both", "both sexes",
     "_t", "_z", "0", "00", "999", "alt", "sum", "alle aldre", "alle aldersgrupper", "all ages",
     "tot", "everyone")
)  # fmt: skip
"""What a breakdown's column says of everyone together."""

NATION = frozenset(
    ("no", "nor", "norge", "noreg", "norway", "hele landet", "heile landet", "landet", "0", "00",
     "the whole country", "whole country", "eak", "eakuo", "0000", "no_0", "no1", "nation_nor")
)  # fmt: skip
"""What an area's column says of the whole country."""

STATUS_MARKS: dict[str, tuple[str, str | None]] = {
    "..": ("missing", None),
    "...": ("not_reported", None),
    ".": ("not_applicable", None),
    ":": ("missing", "Not shown by the source, for confidentiality."),
    "-": ("missing", None),
    "–": ("missing", None),
    "x": ("missing", None),
    "na": ("missing", None),
    "n/a": ("missing", None),
    "null": ("missing", None),
    "missing": ("missing", None),
    "mangler": ("missing", None),
    "manglar": ("missing", None),
    "ikke rapportert": ("not_reported", None),
    "ikkje rapportert": ("not_reported", None),
    "not_reported": ("not_reported", None),
    "ikke aktuelt": ("not_applicable", None),
    "ikkje aktuelt": ("not_applicable", None),
    "not_applicable": ("not_applicable", None),
    # SDMX OBS_STATUS and CONF_STATUS
    "m": ("not_applicable", None),
    "l": ("not_reported", None),
    "o": ("missing", None),
    "q": ("missing", "Not shown by the source, for confidentiality."),
}
"""What stands in place of a number, or beside an empty one: the status it means, and a note."""

PLAIN_MARKS: dict[str, str | None] = {
    "a": None,
    "": None,
    "f": None,
    "n": None,
    "e": "Estimated by the source.",
    "p": "Preliminary.",
    "*": "Preliminary.",
    "b": "Break in the series, says the source.",
    "|": "Break in the series, says the source.",
    "r": "Revised by the source.",
    "u": "Of low reliability, says the source.",
}
"""Marks beside a number that is there, and the note they become."""


def folded(text: str) -> str:
    """A text as it is compared: small letters, single spaces."""
    return " ".join(text.split()).casefold()


_AREA = re.compile(r"(?:[KF]-)?(\d{4}|\d{2})(?:[ _:-]+[^\d\s].*)?", re.DOTALL)
_PREFIXED = re.compile(r"municip_nor(\d{4})|county_nor(\d{2})")


def area_code(written: str) -> str | None:
    """The code in `0301`, `0301 Oslo`, `K-0301`, `municip_nor0301`; NO for the whole country.

    Another code, such as H12 or a slug, stays as it is; None for what holds no code, such as a name.
    """
    text = " ".join(written.split())
    if folded(text) in NATION:
        return "NO"
    if match := _AREA.fullmatch(text):
        return match[1]
    if match := _PREFIXED.fullmatch(text):
        return match[1] or match[2]
    return text if re.fullmatch(r"H\d{2}|[a-z0-9]+(?:-[a-z0-9]+)*", text) else None


def lacks_leading_zero(written: str) -> str | None:
    """`0301` for `301`, and `03` for `3`: a spreadsheet took the first zero away."""
    text = written.strip()
    return f"0{text}" if text.isascii() and text.isdecimal() and len(text) in (1, 3) else None
