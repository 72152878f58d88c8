"""Where links and bookmarks of a PDF lead: to pages of its own and to addresses; all else is left out."""

import itertools
import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, NameTree, Object, PdfError, String

from veikart.adapters.binding_parts import Mark

ADDRESSES: Final = ("http://", "https://", "mailto:")
"""How an address begins that a link may lead to."""
MOST_MARKS: Final = 500
DEEPEST: Final = 4
_LONGEST: Final = 200


class Places:
    """The pages of a PDF, and its named places, as they are looked up for links and bookmarks."""

    def __init__(self, root: Any, pages: Sequence[Any]) -> None:
        self._number = {page.objgen: number for number, page in enumerate(pages)}
        self._pages = pages
        self._root = root
        self._named: dict[str, Any] | None = None

    def number(self, page: Any) -> int | None:
        """Which page of the PDF, from 0, `page` is; None if it is none."""
        return self._number.get(page.objgen) if isinstance(page, Object) else None

    def page(self, number: int | None) -> Any:
        """The page of a number, from 0; None for none."""
        return None if number is None else self._pages[number]

    def led_to(self, link: Any) -> Array | None:
        """The place in the PDF that a link or a bookmark leads to, by its page; None if nowhere."""
        place = link.get("/Dest")
        action = link.get("/A")
        if place is None and isinstance(action, Dictionary) and action.get("/S") == "/GoTo":
            place = action.get("/D")
        place = self._explicit(place)
        if not isinstance(place, Array) or len(place) == 0:
            return None
        page, how = place[0], [one for one in list(place)[1:6] if _is_plain(one)]
        if isinstance(page, int):  # against the rules, and often seen
            page = self._pages[page] if 0 <= page < len(self._pages) else None
        if page is None or self.number(page) is None:
            return None
        return Array([page, *(how or [Name.Fit])])

    def _explicit(self, place: Any) -> Any:
        for _step in range(3):
            if isinstance(place, Name | String):
                place = self._by_name.get(str(place))
            elif isinstance(place, Dictionary):
                place = place.get("/D")
            else:
                break
        return place

    @property
    def _by_name(self) -> dict[str, Any]:
        if self._named is None:
            self._named = {}
            old, names = self._root.get("/Dests"), self._root.get("/Names")
            if isinstance(old, Dictionary):
                self._named.update(old.items())
            tree = names.get("/Dests") if isinstance(names, Dictionary) else None
            if isinstance(tree, Dictionary):
                # Names that are out of order lead nowhere, which costs a link and not the paper.
                with suppress(PdfError, ValueError, TypeError, RuntimeError):
                    self._named.update((str(name), place) for name, place in NameTree(tree).items())
        return self._named


def kept_link(places: Places, link: Any) -> Dictionary | None:
    """What is kept of a link: where it is and where it leads, within the PDF or to an address."""
    kept = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=link.get("/Rect"), Border=[0, 0, 0])
    if not isinstance(link.get("/Rect"), Array):
        return None
    place = places.led_to(link)
    action = link.get("/A")
    if place is not None:
        kept.Dest = place
    elif isinstance(action, Dictionary) and action.get("/S") == "/URI":
        address = str(action.get("/URI", ""))
        if not address.lower().startswith(ADDRESSES):
            return None
        kept.A = Dictionary(Type=Name.Action, S=Name.URI, URI=String(address))
    else:
        return None
    for name in ("/QuadPoints", "/Contents"):
        if isinstance(link.get(name), Array | String):
            kept[name] = link[name]
    kept.F = 4
    return kept


def marks_of(places: Places, root: Any) -> tuple[Mark, ...]:
    """The bookmarks of a PDF that lead to one of its pages, down to the fourth level."""
    outlines = root.get("/Outlines")
    if not isinstance(outlines, Dictionary):
        return ()
    left = itertools.count()
    return tuple(_marks(places, outlines, DEEPEST, left))


def _marks(places: Places, above: Any, depth: int, count: "itertools.count[int]") -> Iterator[Mark]:
    mark, known = above.get("/First"), set()
    while isinstance(mark, Dictionary) and mark.objgen not in known:
        if next(count) >= MOST_MARKS:
            return
        known.add(mark.objgen)
        place = places.led_to(mark)
        within = tuple(_marks(places, mark, depth - 1, count)) if depth > 1 else ()
        title = _title(mark.get("/Title"))
        number = places.number(place[0]) if place is not None else None
        if title and number is not None:
            yield Mark(title=title, page=number, top=_top(place), within=within)
        else:
            yield from within
        mark = mark.get("/Next")


def _title(said: Any) -> str:
    text = "".join(letter if letter.isprintable() else " " for letter in str(said or ""))
    return " ".join(text.split())[:_LONGEST]


def _top(place: Any) -> float | None:
    """How far up on its page a place is: the third of what `XYZ` says, the second of `FitH`."""
    how = [str(one) for one in list(place)[1:2]]
    at = {"/XYZ": 3, "/FitH": 2, "/FitBH": 2}.get(how[0] if how else "")
    if at is None or at >= len(place) or place[at] is None:
        return None
    try:
        top = float(place[at])
    except (TypeError, ValueError):
        return None
    return top if math.isfinite(top) else None


def _is_plain(one: Any) -> bool:
    return one is None or not isinstance(one, Array | Dictionary | String)
