"""The points in an attachment, where somebody attaches a letter and writes nothing in the form."""

from collections.abc import Sequence

from veikart.consultations.answering.models import DraftFile
from veikart.consultations.incoming import points_in
from veikart.documents import queries as documents
from veikart.documents import reading
from veikart.engines.anchors.targets import Target
from veikart.engines.handling.actions import Original
from veikart.engines.proposal import Proposal
from veikart.engines.readers import letter, reply_form
from veikart.engines.readers.reply_items import anchored

REPLIES = (reply_form.READER, letter.READER)


def attached_points(files: Sequence[DraftFile], targets: Sequence[Target]) -> tuple[Original, ...]:
    """The points of the one among `files` that says most; none where none can be read as a reply."""
    read = [found for file in files if (found := _read(file)) is not None]
    if not read:
        return ()
    return tuple(points_in(anchored(max(read, key=_says), targets), ()))


def _read(file: DraftFile) -> Proposal | None:
    if file.trouble:
        return None
    content = bytes(file.content) if file.content is not None else _content(file)
    found = reading.read_all(file.name, content, is_reply=True)
    proposals = [one.proposal for one in found if one.proposal]
    return next((each for each in proposals if each.reader in REPLIES), None)


def _content(file: DraftFile) -> bytes:
    return documents.content(file.document) if file.document else b""


def _says(proposal: Proposal) -> int:
    return proposal.counts.get("point", 0)
