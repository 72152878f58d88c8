"""Whether a paper can be had in whole, and what it has besides pages that show."""

import base64
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary, Stream

from veikart.engines.proposal import Unreadable

MOST_PAGES: Final = 1_000
LARGEST_INSIDE: Final = 100_000_000
"""So many bytes may the drawing of one page, or a picture's coding, unpack to."""

SCRIPTS = ("/JavaScript", "/Rendition")
ACTIONS = (
    "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE", "/Hide", "/SetOCGState",
    "/Named", "/Thread", "/Trans", "/GoTo3DView", "/GoToDp",
)  # fmt: skip
MEDIA = ("/Movie", "/Sound", "/RichMedia", "/3D", "/Screen", "/RichMediaExecute")
_DRAWN_BY_NAME = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+Do\b")
_TAIL = 2048

Every = Sequence[Any]


def refused(code: str) -> Unreadable:
    """The refusal of a paper; whoever tells it has the sentences."""
    return Unreadable(code, "")


def opened(content: bytes) -> pikepdf.Pdf:
    """The PDF, unless some of the pages that it says it has are lost."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=LARGEST_INSIDE,
        png_max_memory=LARGEST_INSIDE,
        tiff_max_memory=LARGEST_INSIDE,
        run_length_max_memory=LARGEST_INSIDE,
        doc_max_warnings=1_000,
    )
    pdf = pikepdf.open(io.BytesIO(content))
    number = len(pdf.pages)
    if number > MOST_PAGES:
        raise refused("too_many_pages")
    if _stated(content) > number:
        raise refused("broken")
    return pdf


def _stated(content: bytes) -> int:
    """How many pages a PDF says that it has; QPDF tells only those that it finds."""
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def check_whole(pdf: pikepdf.Pdf, pages: Every, content: bytes) -> None:
    """Refuse a paper that is not in its pages, of which something is lost, or that unpacks to far too much."""
    if "/Collection" in pdf.Root:
        raise refused("portfolio")
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form and bool(pdf.Root.get("/NeedsRendering")):
        raise refused("needs_adobe")
    is_damaged = bool(pdf.get_warnings())
    if is_damaged and b"%%EOF" not in content[-_TAIL:]:
        raise refused("broken")
    for page in pages:
        drawing = page.get("/Contents")
        if drawing is None:
            if is_damaged:
                raise refused("broken")
            continue
        parts = list(drawing) if isinstance(drawing, Array) else [drawing]
        drawn = b"\n".join(_drawn(part) for part in parts)
        if len(drawn) > LARGEST_INSIDE:
            raise refused("too_large_inside")
        if is_damaged and not _names_drawn(drawn) <= _names_had(page):
            raise refused("broken")


def _drawn(part: Any) -> bytes:
    if not isinstance(part, Stream):
        raise refused("broken")
    by = part.get("/Filter")
    filters = [str(name) for name in by] if isinstance(by, Array) else [str(by)]
    try:
        if filters[-1] == "/FlateDecode" and "/DecodeParms" not in part:
            return _unpacked(part.read_raw_bytes(), filters[:-1], part)
        return part.read_bytes()
    except (zlib.error, ValueError, pikepdf.PdfError) as problem:
        raise refused("too_large_inside" if "limit" in str(problem) else "broken") from problem


def _unpacked(packed: bytes, filters: Sequence[str], part: Stream) -> bytes:
    """A drawing that is packed as nearly all are; QPDF would take what comes before a fault for all of it."""
    if filters == ["/ASCII85Decode"]:
        packed = base64.a85decode(packed.strip().removesuffix(b"~>"))
    elif filters:
        return part.read_bytes()
    unpacking = zlib.decompressobj()
    drawn = unpacking.decompress(packed, LARGEST_INSIDE)
    if unpacking.unconsumed_tail:
        raise refused("too_large_inside")
    return drawn


def _names_drawn(drawn: bytes) -> set[str]:
    return {"/" + name.decode("latin-1") for name in _DRAWN_BY_NAME.findall(drawn)}


def _names_had(page: Any) -> set[str]:
    resources = page.get("/Resources")
    named = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    return set(named.keys()) if isinstance(named, Dictionary) else set()


def left_out(root: Any, pages: Every) -> tuple[str, ...]:
    """Codes of LEFT_OUT: what the paper has besides pages that show."""
    names = root.get("/Names")
    names = names if isinstance(names, Dictionary) else Dictionary()
    found = set(_of_actions(root))
    found |= {"scripts"} if "/JavaScript" in names else set()
    found |= {"files"} if "/EmbeddedFiles" in names else set()
    for page in pages:
        found.update(_of_actions(page))
        for one in annotations(page):
            found.update(_of_actions(one))
            found |= _of_annotation(one)
    return tuple(sorted(found))


def _of_annotation(one: Any) -> set[str]:
    kind = str(one.get("/Subtype"))
    if kind == "/Widget":
        parent = one.get("/Parent")
        field = one.get("/FT") or (parent.get("/FT") if isinstance(parent, Dictionary) else None)
        return {"signatures" if field == "/Sig" else "fields"}
    if kind == "/FileAttachment":
        return {"files"}
    if kind in MEDIA:
        return {"media"}
    looks = one.get("/AP")
    is_shown = isinstance(looks, Dictionary) and "/N" in looks
    says_more = kind == "/Popup" or kind == "/Text"
    return {"comments"} if kind != "/Link" and (says_more or not is_shown) else set()


def _of_actions(holder: Any) -> Iterator[str]:
    waiting = [holder.get("/A"), holder.get("/OpenAction")]
    more = holder.get("/AA")
    if isinstance(more, Dictionary):
        waiting += [action for _name, action in more.items()]
    for _step in range(50):
        if not waiting:
            return
        action = waiting.pop()
        if isinstance(action, Array):
            waiting += list(action)[:20]
        if not isinstance(action, Dictionary):
            continue
        kind = str(action.get("/S"))
        if kind in SCRIPTS or "/JS" in action:
            yield "scripts"
        elif kind in ACTIONS:
            yield "actions"
        elif kind in MEDIA:
            yield "media"
        waiting.append(action.get("/Next"))


def annotations(page: Any) -> list[Any]:
    """The links, fields, comments and the like of a page."""
    every = page.get("/Annots")
    return [one for one in every if isinstance(one, Dictionary)] if isinstance(every, Array) else []
