"""A paper that strangers sent becomes pages that only show: everything kept is named here, all else goes.

It is called in the process that reads strangers' files (`reading_process`), never in our own.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Stream

from veikart.adapters.binding_boxes import quarter_turns, seen, size_seen
from veikart.adapters.binding_formats import other_than_pdf
from veikart.adapters.binding_links import Places, kept_link, marks_of
from veikart.adapters.binding_parts import Cleared
from veikart.adapters.binding_tags import Tags, as_list, read_tags
from veikart.engines.proposal import Unreadable

MOST_PAGES: Final = 1_000
LARGEST_INSIDE: Final = 100_000_000
"""So many bytes may the drawing of one page, or a picture's coding, unpack to."""

_PAGE = frozenset(("/Contents", "/Resources", "/Group", "/UserUnit"))
_RESOURCES = (
    "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet", "/Properties",
)  # fmt: skip
# Files outside, attached files, what is shown in place of it elsewhere, and numbers of other trees.
_NOT_IN_STREAMS = (
    "/F", "/FFilter", "/FDecodeParms", "/AF", "/OPI", "/Ref", "/PieceInfo", "/Metadata", "/StructParent",
    "/StructParents",
)  # fmt: skip
_SCRIPTS = ("/JavaScript", "/Rendition")
_ACTIONS = (
    "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE", "/Hide", "/SetOCGState",
    "/Named", "/Thread", "/Trans", "/GoTo3DView", "/GoToDp",
)  # fmt: skip
_MEDIA = ("/Movie", "/Sound", "/RichMedia", "/3D", "/Screen", "/RichMediaExecute")
_ACTING = frozenset((*_SCRIPTS, *_ACTIONS, *_MEDIA))
_DRAWN_BY_NAME = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+Do\b")
_TAIL = 2048

Every = Sequence[Any]


def clear(content: bytes) -> Cleared:
    """The pages of a paper with nothing but what shows, its links, bookmarks and tags.

    Forms, signatures and comments become part of the page as they look. The same bytes give the same
    bytes. Raises Unreadable with a code of `binding_parts.REFUSED`, if it cannot be had in whole.
    """
    code = other_than_pdf(content)
    if code is not None:
        raise _refused(code)
    try:
        with _opened(content) as pdf:
            return _cleared(pdf, content)
    except pikepdf.PasswordError as problem:
        raise _refused("password") from problem
    except (Unreadable, MemoryError):
        raise
    except Exception as problem:  # whatever is not as a PDF has it, anywhere, makes it a broken one
        raise _refused("broken") from problem


def _refused(code: str) -> Unreadable:
    return Unreadable(code, "")


def _opened(content: bytes) -> pikepdf.Pdf:
    """The PDF, unless some of the pages that it says it has are lost."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=LARGEST_INSIDE,
        png_max_memory=LARGEST_INSIDE,
        tiff_max_memory=LARGEST_INSIDE,
        run_length_max_memory=LARGEST_INSIDE,
        doc_max_warnings=1_000,
    )
    # Looked at before QPDF puts the tree of pages in order, and the number with it.
    with pikepdf.open(io.BytesIO(content), inherit_page_attributes=False) as pdf:
        pages = pdf.Root.get("/Pages")
        stated = pages.get("/Count") if isinstance(pages, Dictionary) else 0
    pdf = pikepdf.open(io.BytesIO(content))
    number = len(pdf.pages)
    if number == 0:
        raise _refused("no_pages" if not stated else "broken")
    if isinstance(stated, int) and stated > number:
        raise _refused("broken")
    if number > MOST_PAGES:
        raise _refused("too_many_pages")
    return pdf


def _cleared(pdf: pikepdf.Pdf, content: bytes) -> Cleared:
    root, pages = pdf.Root, [page.obj for page in pdf.pages]
    if "/Collection" in root:
        raise _refused("portfolio")
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form and bool(root.get("/NeedsRendering")):
        raise _refused("needs_adobe")
    _check_whole(pages, is_damaged=bool(pdf.get_warnings()), ends=b"%%EOF" in content[-_TAIL:])
    left_out = _left_out(root, pages)
    places = Places(root, pages)
    links = _links(pdf, places, pages)
    marks = marks_of(places, root)
    tags = read_tags(root, places, {one: found for page in links for one, found in page})
    _flatten(pdf, pages)
    sizes = [
        _keep(page, [kept for _one, (_no, kept) in own])
        for page, own in zip(pages, links, strict=True)
    ]
    return Cleared(
        content=_copied(pdf, pages, tags), sizes=tuple(sizes), marks=marks, left_out=left_out
    )


def _check_whole(pages: Every, *, is_damaged: bool, ends: bool) -> None:
    """Refuse a paper of which something is lost, or that is made to fill the memory of who opens it."""
    if is_damaged and not ends:
        raise _refused("broken")
    for page in pages:
        drawing = page.get("/Contents")
        if drawing is None:
            if is_damaged:
                raise _refused("broken")
            continue
        parts = list(drawing) if isinstance(drawing, Array) else [drawing]
        drawn = b"\n".join(_drawn(part) for part in parts)
        if len(drawn) > LARGEST_INSIDE:
            raise _refused("too_large_inside")
        if is_damaged and not _names_drawn(drawn) <= _names_had(page):
            raise _refused("broken")


def _drawn(part: Any) -> bytes:
    if not isinstance(part, Stream):
        raise _refused("broken")
    try:
        return part.read_bytes()
    except pikepdf.PdfError as problem:
        raise _refused("too_large_inside" if "limit" in str(problem) else "broken") from problem


def _names_drawn(drawn: bytes) -> set[str]:
    return {"/" + name.decode("latin-1") for name in _DRAWN_BY_NAME.findall(drawn)}


def _names_had(page: Any) -> set[str]:
    resources = page.get("/Resources")
    named = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    return set(named.keys()) if isinstance(named, Dictionary) else set()


def _left_out(root: Any, pages: Every) -> tuple[str, ...]:
    """Codes of LEFT_OUT: what the paper has besides pages that show."""
    names = root.get("/Names")
    names = names if isinstance(names, Dictionary) else Dictionary()
    found = set(_of_actions(root))
    found |= {"scripts"} if "/JavaScript" in names else set()
    found |= {"files"} if "/EmbeddedFiles" in names else set()
    for page in pages:
        found.update(_of_actions(page))
        for one in _annotations(page):
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
    if kind in _MEDIA:
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
        if kind in _SCRIPTS or "/JS" in action:
            yield "scripts"
        elif kind in _ACTIONS:
            yield "actions"
        elif kind in _MEDIA:
            yield "media"
        waiting.append(action.get("/Next"))


def _annotations(page: Any) -> list[Any]:
    every = page.get("/Annots")
    return [one for one in every if isinstance(one, Dictionary)] if isinstance(every, Array) else []


Linked = list[tuple[tuple[int, int], tuple[int, Any]]]


def _links(pdf: pikepdf.Pdf, places: Places, pages: Every) -> list[Linked]:
    """The links of each page: by the object it comes from, its number in the paper and what is kept."""
    found: list[Linked] = []
    number = 0
    for page in pages:
        own: Linked = []
        for one in _annotations(page):
            kept = kept_link(places, one) if one.get("/Subtype") == "/Link" else None
            if kept is not None:
                own.append((one.objgen, (number, pdf.make_indirect(kept))))
                number += 1
        found.append(own)
    return found


def _flatten(pdf: pikepdf.Pdf, pages: Every) -> None:
    """Make fields, stamps and comments a part of the page, as they look on a screen."""
    drawn = False
    for page in pages:
        rest = [one for one in _annotations(page) if one.get("/Subtype") != "/Link"]
        drawn = drawn or bool(rest)
        if "/Annots" in page:
            page["/Annots"] = Array(rest)
    if drawn:
        form = pdf.Root.get("/AcroForm")
        if isinstance(form, Dictionary) and bool(form.get("/NeedAppearances")):
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("screen")


def _keep(page: Any, links: Every) -> tuple[float, float]:
    """Leave on a page what is named here; its size as it is seen."""
    box = seen(page.get("/MediaBox"), page.get("/CropBox"))
    turns = quarter_turns(page.get("/Rotate"))
    for name in page.keys() - _PAGE:
        del page[name]
    page["/MediaBox"] = Array([round(number, 4) for number in box])
    if turns:
        page["/Rotate"] = turns * 90
    if links:
        page["/Annots"] = Array(links)
    resources = page.get("/Resources")
    has = resources if isinstance(resources, Dictionary) else Dictionary()
    page["/Resources"] = Dictionary({name: has[name] for name in _RESOURCES if name in has})
    return size_seen(box, turns)


def _copied(pdf: pikepdf.Pdf, pages: Every, tags: Tags) -> bytes:
    """A PDF of its own with the pages below `/Veikart`, their tags, and which layers there are."""
    for element in tags.top:
        del element["/P"]
    groups, hidden = _layers(pdf.Root)
    links = [link for page in pages for link in page.get("/Annots", ())]
    held = Dictionary(
        Pages=Array(pages),
        Kids=Array(tags.top),
        OfPages=Array(
            [
                as_list(tags.of_pages[no]) if tags.of_pages.get(no) else None
                for no in range(len(pages))
            ]
        ),
        OfLinks=Array([tags.of_links.get(number) for number in range(len(links))]),
        Links=Array(links),
        Groups=Array(groups),
        Hidden=Array(hidden),
    )
    # Without a parent and a type they are copied together with all that leads from one to another.
    made = pikepdf.new()
    made.add_blank_page()  # a PDF without any page of its own would not be opened again
    made.Root.Veikart = made.copy_foreign(pdf.make_indirect(held))
    _sweep(made.objects)
    content = io.BytesIO()
    made.save(content, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return content.getvalue()


def _layers(root: Any) -> tuple[list[Any], list[Any]]:
    """The layers of a PDF, and those of them that are not shown when it is opened."""
    told = root.get("/OCProperties")
    groups = told.get("/OCGs") if isinstance(told, Dictionary) else None
    if not isinstance(groups, Array):
        return [], []
    every = [group for group in groups if isinstance(group, Dictionary)]
    first = told.get("/D")
    first = first if isinstance(first, Dictionary) else Dictionary()
    off, on = (
        {group.objgen for group in first.get(name, ()) if isinstance(group, Dictionary)}
        for name in ("/OFF", "/ON")
    )
    if first.get("/BaseState") == "/OFF":
        return every, [group for group in every if group.objgen not in on]
    return every, [group for group in every if group.objgen in off]


def _sweep(objects: Iterable[Any]) -> None:
    """Take away what leads outside of a drawing, and actions in places where nobody should look."""
    for one in objects:
        if isinstance(one, Stream):
            for name in _NOT_IN_STREAMS:
                if name in one:
                    del one[name]
        elif isinstance(one, Dictionary) and _acts(one):
            for name in set(one.keys()):
                del one[name]


def _acts(one: Any) -> bool:
    is_tag = one.get("/Type") == "/StructElem"
    return "/JS" in one or (not is_tag and str(one.get("/S")) in _ACTING)
