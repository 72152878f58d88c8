"""What an e-mail says by itself, as a reply: who sent it, when, and the points in its text."""

import re
from collections.abc import Sequence

from veikart.engines.language import language
from veikart.engines.points.cutting import cut
from veikart.engines.proposal import Proposal
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.document import Document
from veikart.engines.readers.mail import Held, Message
from veikart.engines.readers.reply_form_questions import case_number_in
from veikart.engines.readers.reply_items import point_items, reply_item, reply_proposal
from veikart.engines.readers.reply_values import MailValues
from veikart.engines.readers.respondents import kind_of_respondent

READER = "mail"
_END = re.compile(
    r"^(?:--\s*$|(?:med\s+)?(?:vennlig|venleg|beste?|kind|best|warm)\s+(?:hilsen|helsing|regards)|mvh\b|(?:fra|frå|from):\s"
    r"|-+\s*(?:opprinnelig|original|videresendt|vidaresend|forwarded)|_{10,}|>|(?:den|on)\s.{5,60}\b(?:skrev|skreiv|wrote)\b)",
    re.IGNORECASE | re.MULTILINE,
)


def read_mail_text(name: str, message: Message, *, unread: Sequence[Held] = ()) -> Proposal:
    """The text of `message` as a proposal: one `reply`, and a `point` for each remark in it.

    `unread` are attachments that are kept and not read. What stands below the greeting, and what is quoted of other messages, is no part of it.
    Places are counted in what is left, without its blank lines.
    """
    end = _END.search(message.text)
    text = message.text[: end.start()] if end else message.text
    said = Document(name, text.encode()).blocks if text.strip() else ()
    head = MailValues(
        case_number=case_number_in(f"{message.subject or ''}\n{message.text}"),
        respondent=message.sender or message.address,
        kind_of_respondent=kind_of_respondent(message.sender),
        language=language(message.text),
        received=message.sent.date() if message.sent else None,
        address=message.address,
        subject=message.subject,
        message_id=message.message_id,
        attachments=tuple(attachment.name for attachment in message.attachments),
    )
    cautions = Cautions()
    if message.sent is None:
        cautions.add(
            "no_date",
            "The message does not say when it was sent.",
            "Look in the mailbox when it came, and write that in; the deadline hangs on it.",
        )
    for one in unread:
        cautions.add("attachment_not_read", *_why_not_read(one))
    points = ((point, None) for point in cut(said))
    items = [reply_item(head), *point_items(points)]
    return reply_proposal(READER, name, message.raw, items, cautions.all())


def _why_not_read(one: Held) -> tuple[str, str]:
    """Why an attachment is kept and not read, and what to do."""
    called = one.attachment.name
    if not one.is_newest:
        return (
            f"{called} came again in a newer message from the same sender; that one is read.",
            "Nothing to do, unless the older one is a reply of its own; then take it in by itself.",
        )
    return (
        f"{called} is a picture, a signature or the like, and was not read.",
        "Look at it if the reply may be in it, and take in the document it was made from.",
    )
