"""The official titles of the UN sustainable development goals, and headings that give them."""

import re

TITLES = {
    1: "Utrydde fattigdom",
    2: "Utrydde sult",
    3: "God helse og livskvalitet",
    4: "God utdanning",
    5: "Likestilling mellom kjønnene",
    6: "Rent vann og gode sanitærforhold",
    7: "Ren energi til alle",
    8: "Anstendig arbeid og økonomisk vekst",
    9: "Industri, innovasjon og infrastruktur",
    10: "Mindre ulikhet",
    11: "Bærekraftige byer og lokalsamfunn",
    12: "Ansvarlig forbruk og produksjon",
    13: "Stoppe klimaendringene",
    14: "Livet i havet",
    15: "Livet på land",
    16: "Fred, rettferdighet og velfungerende institusjoner",
    17: "Samarbeid for å nå målene",
}
"""The official titles in bokmål (FN-sambandet)."""

_NUMBER_GIVEN = re.compile(
    r"(?:fns?\s+)?(?:bærekraftsmål|sdg|mål)?\s*(?:nr\.?\s*)?(\d{1,2})\s*[:.–-]?\s+(.+)",
    re.IGNORECASE,
)


def given_number(text: str) -> int | None:
    """The number that a heading such as "Mål 3: God helse og livskvalitet" gives; None where
    its title is not the official one.
    """
    match = _NUMBER_GIVEN.fullmatch(text) or _NUMBER_GIVEN.match(text)
    if match is None or not 1 <= int(match[1]) <= len(TITLES):
        return None
    number = int(match[1])
    return number if match[2].casefold().startswith(TITLES[number].casefold()) else None
