"""Names as they stand in addresses: lower case, ASCII, single hyphens; and a register's own IDs."""

import re
import unicodedata

_NORWEGIAN = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "ð": "d", "þ": "th", "ß": "ss", "ł": "l"}
)

REGISTER_ID = r"[A-Za-z0-9][A-Za-z0-9._~-]{0,63}"
"""What an ID that a register gives may look like, so that it can be an address as it is."""


def slug(text: str, *, longest: int | None = None) -> str:
    """`text` as part of an address: "Helse Sør-Øst RHF" becomes "helse-sor-ost-rhf".

    Lower case; æ, ø and å become ae, o and a; other letters become ASCII by taking their marks
    away (NFKD); everything else becomes single hyphens. With `longest`, at most that many
    characters are kept, and no hyphen at the end. A text without letters and digits gives "".
    """
    lowered = unicodedata.normalize("NFC", text).lower().translate(_NORWEGIAN)
    parted = unicodedata.normalize("NFKD", lowered)
    unmarked = "".join(letter for letter in parted if not unicodedata.combining(letter))
    hyphened = re.sub(r"[^a-z0-9]+", "-", unmarked).strip("-")
    return hyphened[:longest].rstrip("-")
