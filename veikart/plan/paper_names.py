"""What the file of a paper is called when it is given out, so that nothing in it can run in a browser."""

import re
from pathlib import PurePath

from veikart.plan.council import Paper

ENDINGS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/rtf": "rtf",
    "application/zip": "zip",
    "text/plain": "txt",
    "text/csv": "csv",
    "image/png": "png",
    "image/jpeg": "jpg",
}
"""The endings that files are given out under. What is not here, as HTML and SVG, may run in a browser."""
ANY = "bin"
"""The ending of everything else: a browser keeps such a file and does not open it."""


def file_path(paper: Paper) -> str:
    """Where the file of `paper` lies under the data of an edition: sak/nuit/3-26/vedlegg/1a.pdf."""
    return f"{paper.uid}.{ending(paper)}"


def ending(paper: Paper) -> str:
    """The ending that the file of `paper` is given out under."""
    media_type = (paper.media_type or "").partition(";")[0].strip().casefold()
    if media_type in ENDINGS:
        return ENDINGS[media_type]
    named = PurePath(paper.file_name or "").suffix.lstrip(".").casefold()
    is_plain = media_type in ("", "application/octet-stream") and named in ENDINGS.values()
    return named if is_plain else ANY


def file_name(paper: Paper) -> str:
    """What a browser calls the file: its own name without what could harm, or one made of its address."""
    own = PurePath((paper.file_name or "").replace("\\", "/")).stem
    stem = re.sub(r"[^\w .()-]+", "-", own).strip(" .-")
    return f"{stem or paper.uid.replace('/', '-')}.{ending(paper)}"
