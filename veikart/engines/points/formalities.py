"""What stands in every letter and is no remark: greetings, thanks, references, signatures."""

import re

from veikart.engines.readers.norwegian import sentences

_FORMAL = re.compile(
    r"(?:med (?:vennlig|venleg|beste?) (?:hilsen|helsing)|(?:vennlig|venleg|beste?) (?:hilsen|helsing)|hilsen|mvh\b"
    r"|(?:kind|best|warm) regards|(?:yours|sincerely)|på vegne av|på vegner av|for og på vegne"
    r"|(?:vi |\w+ )?(?:takker|takkar) for (?:mulig|anledning|høve|invitasjon|at vi|tilli)|takk for (?:mulig|anledning|høve|invitasjon)"
    r"|thank you for|we thank|(?:vi|det) (?:viser|vises|visast|syner) til (?:høring|høyring|deres|dykkar|brev|invitasjon|ovennevnte|oversend|direktoratets? |e-post)"
    r"|(?:we |with )?refer(?:ence)? to your|(?:vi |\w+ )?(?:står gjerne til|stiller gjerne|bidrar gjerne|utdyper gjerne|stiller oss gjerne)"
    r"|(?:ta|vi tar) gjerne (?:kontakt|en dialog)|(?:dokumentet|brevet) er elektronisk (?:godkjent|signert)|vedlegg\b|kopi(?:mottakere)?\b"
    r"|saksbehandler|sakshandsamar|vår (?:ref|dato)|deres (?:ref|dato)|dykkar (?:ref|dato)|postadresse|besøksadresse|org\.? ?nr|organisasjonsnummer"
    r"|(?:telefon|tlf|e-post|epost|e-mail|www)\b|\S+@\S+\.\w+$|https?://\S+$)",
    re.IGNORECASE,
)


def is_formality(text: str) -> bool:
    """Whether every sentence of `text` is one of those."""
    said = sentences(text)
    return all(_FORMAL.match(sentence.strip("*_ ")) for sentence in said)
