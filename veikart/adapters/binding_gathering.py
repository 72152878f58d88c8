"""Cleared papers, a front part and stamps become one PDF; called in the reading process."""

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from veikart.adapters.binding_boxes import box_of, quarter_turns, with_strip
from veikart.adapters.binding_parts import TO_PAPER, Gathering, Leaf, Mark
from veikart.adapters.binding_tags import Trees

STAMP: Final = "/VeikartStamp"
_PAGE_READ_AS_ONE = b"/P <</MCID 0>> BDC\n"


def gather(told: Gathering) -> bytes:
    """The bound PDF: the same parts give the same bytes. Nothing on a paper's page is moved.

    Each page of a paper has its stamp in a strip of its own. Raises pikepdf.PdfError, or whatever a
    paper that was not cleared may cause.
    """
    with (
        pikepdf.open(io.BytesIO(told.front)) as bound,
        pikepdf.open(io.BytesIO(told.stamps)) as stamps,
    ):
        trees = Trees(bound.Root)
        drawn = _stamps(bound, stamps)
        layers = _Layers()
        starts = []
        # Papers stay open until all is written: their streams are read as they are written.
        opened = [pikepdf.open(io.BytesIO(leaf.content)) for leaf in told.leaves]
        front = len(bound.pages)
        for leaf, pdf in zip(told.leaves, opened, strict=True):
            starts.append(len(bound.pages))
            held = bound.copy_foreign(pdf.Root.Veikart)
            stamped = drawn[starts[-1] - front : starts[-1] - front + len(held.Pages)]
            _add(bound, trees, leaf, held, stamped)
            layers.add(held)
        trees.finish()
        _lead(bound, front, starts)
        _mark(bound, told.marks)
        layers.write(bound.Root)
        return _written(bound)


def _stamps(bound: pikepdf.Pdf, stamps: pikepdf.Pdf) -> list[Any]:
    """Each page of stamps as a drawing that a page can show by its name."""
    every = pikepdf.Array([page.as_form_xobject() for page in stamps.pages])
    return list(bound.copy_foreign(stamps.make_indirect(every)))


def _add(bound: pikepdf.Pdf, trees: Trees, leaf: Leaf, held: Any, stamps: Sequence[Any]) -> None:
    """Put the pages of one paper behind those that are there, with what says how they are read."""
    part = trees.part(bound.make_indirect, leaf.title, list(held.Kids))
    alone = []
    for page, parents, stamp in zip(held.Pages, held.OfPages, stamps, strict=True):
        if parents is None:
            element = bound.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.P, P=part, Pg=page, K=0)
            )
            alone.append(element)
        page.Type = Name.Page
        page.StructParents = trees.number(Array([element]) if parents is None else parents)
        page.Tabs = Name.S
        _stamp(bound, page, stamp, is_one=parents is None)
        bound.pages.append(pikepdf.Page(page))
    if alone:
        part.K = Array([*part.K, *alone])
    for link, parent in zip(held.Links, held.OfLinks, strict=True):
        if parent is not None:
            link.StructParent = trees.number(parent)


def _stamp(bound: pikepdf.Pdf, page: Any, stamp: Any, *, is_one: bool) -> None:
    """Draw the stamp first, where nothing has changed yet how to draw; then the page within its box.

    A page without tags is read aloud as one paragraph (`is_one`), and the stamp never is.
    """
    box, turns = box_of(page.MediaBox), quarter_turns(page.get("/Rotate"))
    if box is None:
        raise ValueError("Expected a cleared page.")
    strip = with_strip(box, turns)
    page.MediaBox = Array([round(number, 4) for number in strip.whole])
    resources = page.Resources
    named = dict(resources.get("/XObject", {}).items())
    resources["/XObject"] = Dictionary({**named, STAMP: stamp})
    matrix = " ".join(f"{number:.6g}" for number in strip.matrix)
    cut = f"{box.left:.4f} {box.bottom:.4f} {box.width:.4f} {box.height:.4f}"
    before = (
        f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q {matrix} cm {STAMP} Do Q EMC\n"
        f"q {cut} re W n\n"
    ).encode()
    drawing = page.get("/Contents")
    parts = (
        list(drawing) if isinstance(drawing, Array) else [drawing] if drawing is not None else []
    )
    first = bound.make_stream(before + (_PAGE_READ_AS_ONE if is_one else b""))
    page.Contents = Array([first, *parts, bound.make_stream(b"\nEMC\nQ" if is_one else b"\nQ")])


class _Layers:
    """Layers of drawings: those that were hidden in a paper stay so."""

    def __init__(self) -> None:
        self._every: list[Any] = []
        self._hidden: list[Any] = []

    def add(self, held: Any) -> None:
        self._every.extend(held.Groups)
        self._hidden.extend(held.Hidden)

    def write(self, root: Any) -> None:
        if self._every:
            shown = Dictionary(OFF=Array(self._hidden), Order=Array())
            root.OCProperties = Dictionary(OCGs=Array(self._every), D=shown)


def _lead(bound: pikepdf.Pdf, front: int, starts: Sequence[int]) -> None:
    """Let the links of the front part lead to the papers."""
    pages = [page.obj for page in bound.pages]
    for page in pages[:front]:
        for link in page.get("/Annots", ()):
            action = link.get("/A")
            address = str(action.get("/URI", "")) if action is not None else ""
            if address.startswith(TO_PAPER):
                number = starts[int(address.removeprefix(TO_PAPER))]
                link.Dest = Array([pages[number], Name.Fit])
                link.Contents = String(str(number + 1))
                del link["/A"]


def _mark(bound: pikepdf.Pdf, marks: Iterable[Mark]) -> None:
    pages = [page.obj for page in bound.pages]

    def item(mark: Mark, depth: int) -> OutlineItem:
        place: list[Any] = [pages[mark.page], Name.Fit]
        if mark.top is not None:
            place = [pages[mark.page], Name.XYZ, None, mark.top, None]
        made = OutlineItem(mark.title, Array(place))
        made.is_closed = depth > 0
        made.children.extend(item(one, depth + 1) for one in mark.within)
        return made

    with bound.open_outline() as outline:
        outline.root.clear()
        outline.root.extend(item(mark, 0) for mark in marks)


def _written(bound: pikepdf.Pdf) -> bytes:
    bound.Root.PageMode = Name.UseOutlines
    # Papers that others made need not follow the rules of PDF/UA, so the whole says no longer that it does.
    with bound.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        for name in [name for name in told if "pdfua" in name]:
            del told[name]
    content = io.BytesIO()
    bound.save(
        content,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return content.getvalue()
