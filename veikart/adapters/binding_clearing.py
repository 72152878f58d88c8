"""A paper that strangers sent becomes pages that only show: everything kept is named here, all else goes.

It is called in the process that reads strangers' files (`reading_process`), never in our own.
"""

import io
from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from veikart.adapters.binding_boxes import quarter_turns, seen, size_seen
from veikart.adapters.binding_formats import other_than_pdf
from veikart.adapters.binding_judging import (
    ACTIONS,
    MEDIA,
    SCRIPTS,
    Every,
    annotations,
    check_whole,
    left_out,
    opened,
    refused,
)
from veikart.adapters.binding_links import Places, kept_link, marks_of
from veikart.adapters.binding_parts import Cleared
from veikart.adapters.binding_tags import Tags, as_list, read_tags
from veikart.engines.proposal import Unreadable

_PAGE = frozenset(("/Contents", "/Resources", "/Group", "/UserUnit"))
_RESOURCES = frozenset(
    ("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet", "/Properties")
)  # fmt: skip
# Files outside, attached files, what is shown in place of it elsewhere, and numbers of other trees.
_NOT_IN_STREAMS = frozenset(
    (
        "/F", "/FFilter", "/FDecodeParms", "/AF", "/OPI", "/Ref", "/PieceInfo", "/Metadata",
        "/StructParent", "/StructParents",
    )
)  # fmt: skip
_NOWHERE = frozenset(("/Action", "/Catalog", "/Filespec", "/EmbeddedFile"))
_ACTING = frozenset((*SCRIPTS, *ACTIONS, *MEDIA))


def clear(content: bytes) -> Cleared:
    """The pages of a paper with nothing but what shows, its links, bookmarks and tags.

    Forms, signatures and comments become part of the page as they look. The same bytes give the same
    bytes. Raises Unreadable with a code of `binding_parts.REFUSED`, if it cannot be had in whole.
    """
    code = other_than_pdf(content)
    if code is not None:
        raise refused(code)
    try:
        with opened(content) as pdf:
            return _cleared(pdf, content)
    except pikepdf.PasswordError as problem:
        raise refused("password") from problem
    except (Unreadable, MemoryError):
        raise
    except pikepdf.PdfError as problem:
        raise refused("no_pages" if "no pages" in str(problem) else "broken") from problem
    except Exception as problem:  # whatever is not as a PDF has it, anywhere, makes it a broken one
        raise refused("broken") from problem


def _cleared(pdf: pikepdf.Pdf, content: bytes) -> Cleared:
    root, pages = pdf.Root, [page.obj for page in pdf.pages]
    check_whole(pdf, pages, content)
    besides = left_out(root, pages)
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
        content=_copied(pdf, pages, tags), sizes=tuple(sizes), marks=marks, left_out=besides
    )


Linked = list[tuple[tuple[int, int], tuple[int, Any]]]


def _links(pdf: pikepdf.Pdf, places: Places, pages: Every) -> list[Linked]:
    """The links of each page: by the object it comes from, its number in the paper and what is kept."""
    found: list[Linked] = []
    number = 0
    for page in pages:
        own: Linked = []
        for one in annotations(page):
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
        rest = [one for one in annotations(page) if one.get("/Subtype") != "/Link"]
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
    _sweep(made.Root, made.objects)
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


def _sweep(root: Any, objects: Iterable[Any]) -> None:
    """Take away what leads outside of a drawing, and what should be nowhere in one."""
    for one in objects:
        if not isinstance(one, Dictionary | Stream) or one.objgen == root.objgen:
            continue
        if _acts(one):
            for name in set(one.keys()) - {"/Length"}:
                del one[name]
            continue
        if isinstance(one, Stream):
            for name in _NOT_IN_STREAMS & one.keys():
                del one[name]
        has = one.get("/Resources")
        if isinstance(has, Dictionary):
            for name in has.keys() - _RESOURCES:
                del has[name]


def _acts(one: Any) -> bool:
    kind = one.get("/Type")
    if kind == "/StructElem":
        return "/JS" in one
    return "/JS" in one or str(kind) in _NOWHERE or str(one.get("/S")) in _ACTING
