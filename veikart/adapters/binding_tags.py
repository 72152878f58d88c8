"""The tags of a PDF, which say how it is read aloud: read off a paper, and put together with others.

Only the tree is believed. What a page's pieces belong to is found by walking it, and every other entry is
left out; so is what leads to a piece that is not kept.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, String

from veikart.adapters.binding_links import Places

MOST_ELEMENTS: Final = 200_000
_MOST_PIECES: Final = 100_000
_MOST_ROLES: Final = 10
_KEPT: Final = frozenset(
    ("/Type", "/S", "/P", "/K", "/Pg", "/T", "/Lang", "/Alt", "/E", "/ActualText", "/A")
)

Parents = dict[int, dict[int, Any]]


class Tags:
    """The tags of a paper: its topmost elements, and for each page what its pieces belong to.

    `of_links` has the element of each link, by the link's number.
    """

    def __init__(self) -> None:
        self.top: list[Any] = []
        self.of_pages: Parents = {}
        self.of_links: dict[int, Any] = {}


def read_tags(root: Any, places: Places, links: Mapping[tuple[int, int], tuple[int, Any]]) -> Tags:
    """The tags of the PDF with the catalogue `root`, of which only what reading aloud needs is left.

    `links` are those that are kept, by the object that each comes from: its number and what is kept. A
    paper without tags, or with more than can be, has none.
    """
    tree, told = root.get("/StructTreeRoot"), root.get("/MarkInfo")
    is_tagged = isinstance(told, Dictionary) and bool(told.get("/Marked"))
    if not is_tagged or not isinstance(tree, Dictionary):
        return Tags()
    reader = _Reader(places, links, tree.get("/RoleMap"))
    top = reader.kids_of(tree, None)
    while reader.waiting:
        element, page = reader.waiting.pop()
        reader.read(element, page)
        if len(reader.known) > MOST_ELEMENTS:
            return Tags()
    reader.tags.top = top
    return reader.tags


class _Reader:
    """Walks the tree once; each element has one place in it."""

    def __init__(self, places: Places, links: Mapping[Any, tuple[int, Any]], roles: Any) -> None:
        self.tags = Tags()
        self.waiting: list[tuple[Any, int | None]] = []
        self.known: set[tuple[int, int]] = set()
        self._places = places
        self._links = links
        self._roles = (
            {name: str(role) for name, role in roles.items()}
            if isinstance(roles, Dictionary)
            else {}
        )

    def read(self, element: Any, page: int | None) -> None:
        """Clear one element of what is not kept, and note what belongs to it."""
        for name in element.keys() - _KEPT:
            del element[name]
        role = str(element.get("/S", "/Span"))
        for _step in range(_MOST_ROLES):
            if role not in self._roles:
                break
            role = self._roles[role]
        element["/S"] = Name(role)
        element["/Type"] = Name.StructElem
        own = self._places.number(element.get("/Pg"))
        if own is None and "/Pg" in element:
            del element["/Pg"]
        kids = self.kids_of(element, page if own is None else own)
        if kids:
            element["/K"] = Array(kids)
        elif "/K" in element:
            del element["/K"]

    def kids_of(self, element: Any, page: int | None) -> list[Any]:
        """What is kept of all that an element has: its own elements, pieces of pages, links."""
        has = element.get("/K")
        every = list(has) if isinstance(has, Array) else [has]
        return [kept for kid in every if (kept := self._kid(element, kid, page)) is not None]

    def _kid(self, element: Any, kid: Any, page: int | None) -> Any:
        if isinstance(kid, int):
            return kid if self._has_piece(element, kid, page) else None
        if not isinstance(kid, Dictionary):
            return None
        if "/S" in kid:
            return self._own(element, kid, page)
        own = self._places.number(kid.get("/Pg"))
        page = page if own is None else own
        if "/Obj" in kid:
            return self._link(element, kid.get("/Obj"), page)
        piece = kid.get("/MCID")
        # A piece of something drawn by name (/Stm) is read with its page at most.
        if isinstance(piece, int) and "/Stm" not in kid and self._has_piece(element, piece, page):
            return Dictionary(Type=Name.MCR, Pg=self._places.page(page), MCID=piece)
        return None

    def _has_piece(self, element: Any, piece: int, page: int | None) -> bool:
        if page is None or isinstance(piece, bool) or not 0 <= piece < _MOST_PIECES:
            return False
        return self.tags.of_pages.setdefault(page, {}).setdefault(piece, element) is element

    def _own(self, element: Any, kid: Any, page: int | None) -> Any:
        if not kid.is_indirect or kid.objgen in self.known:
            return None
        self.known.add(kid.objgen)
        kid["/P"] = element
        self.waiting.append((kid, page))
        return kid

    def _link(self, element: Any, link: Any, page: int | None) -> Any:
        found = self._links.get(link.objgen) if isinstance(link, Object) else None
        if found is None or page is None or found[0] in self.tags.of_links:
            return None
        number, kept = found
        self.tags.of_links[number] = element
        return Dictionary(Type=Name.OBJR, Pg=self._places.page(page), Obj=kept)


def as_list(pieces: Mapping[int, Any]) -> Array:
    """What the pieces of a page belong to, in order of their numbers."""
    return Array([pieces.get(number) for number in range(max(pieces) + 1)])


class Trees:
    """The tags of a bound PDF: those of its front part, and below them one part for each paper."""

    def __init__(self, root: Any) -> None:
        self._tree = root.StructTreeRoot
        self._top = self._tree.K[0] if isinstance(self._tree.K, Array) else self._tree.K
        self._next = int(self._tree.get("/ParentTreeNextKey", 0))
        self._parents: list[Any] = list(self._tree.ParentTree.Nums)
        self._parts: list[Any] = []

    def part(self, make: Any, title: str, kids: Sequence[Any]) -> Any:
        """A part of its own for a paper, with its topmost elements. `make` makes objects."""
        part = make(Dictionary(Type=Name.StructElem, S=Name.Part, P=self._top, T=String(title)))
        for kid in kids:
            kid["/P"] = part
        part.K = Array(kids)
        self._parts.append(part)
        return part

    def number(self, parent: Any) -> int:
        """The number by which a page or a link says what it belongs to."""
        number, self._next = self._next, self._next + 1
        self._parents += (number, parent)
        return number

    def finish(self) -> None:
        """Write down what was put together."""
        kids = self._top.K
        self._top.K = Array([*(kids if isinstance(kids, Array) else [kids]), *self._parts])
        self._tree.ParentTree = Dictionary(Nums=Array(self._parents))
        self._tree.ParentTreeNextKey = self._next
