"""What single cells of the register mean: phases, delmål, identifiers, certainty."""

import re
from functools import lru_cache

import msgspec

from veikart.engines.dates import Certainty
from veikart.engines.slugs import REGISTER_ID, slug

PHASES = {
    "konsept": 1,
    "konsept / mandat": 1,
    "konsept/mandat": 1,
    "utvikling": 2,
    "utvikling og begrenset utprøving": 2,
    "nasjonal utvikling": 2,
    "tilpasning": 3,
    "tilpasning og utvidet utprøving": 3,
    "innføring": 4,
    "i bruk": 5,
    "bruk": 5,
    "ny praksis i bruk": 5,
}
PHASE_UIDS = {
    1: "fase/konsept",
    2: "fase/utvikling",
    3: "fase/tilpasning",
    4: "fase/innforing",
    5: "fase/i-bruk",
}
PHASE_NAMES = (
    "Konsept", "Utvikling og begrenset utprøving", "Tilpasning og utvidet utprøving",
    "Innføring", "I bruk",
)  # fmt: skip
CERTAINTIES: dict[str, Certainty] = {
    "planlagt": "planned",
    "tentativ": "tentative",
    "tentativt": "tentative",
    "besluttet": "decided",
    "vedtatt": "decided",
}

LONGEST_TITLE = 60

_DELMAL = re.compile(r"(\d{1,2})\s*\.?\s*([A-Za-zÆØÅæøå])\s*(?:[-–—:.]\s*|\s)(.*)", re.DOTALL)
_ID = re.compile(REGISTER_ID)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_DECIMAL_TAIL = re.compile(r"(\d+)[.,]0+")
EXACT_DIGITS = 15


class Phases(msgspec.Struct, frozen=True):
    """The first and the last phase of a period as uids; `in_order` is False if they came swapped."""

    first: str
    last: str
    in_order: bool

    @property
    def spans(self) -> bool:
        """Whether the period covers more than one phase."""
        return self.first != self.last


@lru_cache(maxsize=1024)
def read_phases(text: str) -> Phases | None:
    """The phase, or the span of phases, that `text` names; None for one that is not known."""
    folded = " ".join(text.split()).casefold()
    known = PHASES.get(folded)
    names = [folded] if known else re.split(r"\s*[-–—]\s*", folded)
    numbers = [PHASES.get(name, 0) for name in names]
    if not all(numbers):
        return None
    return Phases(
        first=PHASE_UIDS[min(numbers)],
        last=PHASE_UIDS[max(numbers)],
        in_order=numbers == sorted(numbers),
    )


class DelmalCell(msgspec.Struct, frozen=True):
    """A delmål as the register writes it: "1A - Title"."""

    code: str
    title: str

    @property
    def uid(self) -> str:
        """Its address: `delmal/1A`."""
        return f"delmal/{self.code}"

    @property
    def goal(self) -> str:
        """The address of its goal: `mal/1`."""
        return f"mal/{self.code[:-1]}"


@lru_cache(maxsize=1024)
def read_delmal(text: str) -> DelmalCell | None:
    """The code and title in "1A - Title" (also "1.A Title" and "1A: Title"); None for any other."""
    match = _DELMAL.fullmatch(text)
    if match is None or not match[3].strip():
        return None
    number = int(match[1])
    return DelmalCell(f"{number}{match[2].upper()}", match[3].strip()) if number else None


def grouping_uid(title: str, delmal: DelmalCell | None) -> str:
    """`gruppering/1a-<the title's slug>`; without the code where the delmål is not known."""
    short = slug(title, longest=LONGEST_TITLE)
    return f"gruppering/{delmal.code.lower()}-{short}" if delmal else f"gruppering/{short}"


class Mangled(msgspec.Struct, frozen=True):
    """An identifier that lost its last digits, as it was found."""

    found: str


def read_id(cell: str | int | float) -> str | Mangled | None:
    """The identifier in a cell; Mangled where a spreadsheet program took it for a number and
    kept only 15 digits; None where it is blank or holds what no address can.
    """
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 10**EXACT_DIGITS
        return str(int(cell)) if whole and cell >= 0 else Mangled(repr(cell))
    if isinstance(cell, int):
        return _whole_number_id(cell)
    text = "".join(cell.split())
    if _SCIENTIFIC.fullmatch(text):
        return Mangled(text)
    tail = _DECIMAL_TAIL.fullmatch(text)
    if tail:
        return tail[1] if len(tail[1]) <= EXACT_DIGITS else Mangled(text)
    return text if _ID.fullmatch(text) else None


def _whole_number_id(number: int) -> str | Mangled | None:
    digits = str(number)
    lost = len(digits) - EXACT_DIGITS
    if number < 0:
        return None
    if lost > 0 and digits.endswith("0" * lost):
        return Mangled(digits)
    return digits
