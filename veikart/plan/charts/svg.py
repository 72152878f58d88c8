"""An SVG made light and safe: the renderer's own, with every group, role and class taken out.

What comes out has one level of groups, two decimals, no style, no class, no id, nothing that asks
for another file, and no words. So several charts can stand in one page, in any language, under a
strict content security policy.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from xml.etree import ElementTree
from xml.sax.saxutils import escape

NAMESPACE = "{http://www.w3.org/2000/svg}"
KEPT = (
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
    "text-anchor", "font-size", "font-weight",
)  # fmt: skip
"""What an element may carry. All else that matters is a place."""
PLAIN = {("stroke-width", "1"), ("text-anchor", "start"), ("fill", "none"), ("stroke", "none"),
         ("stroke-linecap", "butt"), ("stroke-linejoin", "miter")}  # fmt: skip
"""What holds anyway."""
FAMILY = "Inter, system-ui, sans-serif"

_TRANSLATION = re.compile(r"^(?:translate\(([-\d.e]+),\s*([-\d.e]+)\)\s*)*$")
_STEP = re.compile(r"translate\(([-\d.e]+),\s*([-\d.e]+)\)")
_PIECE = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_CIRCLE = re.compile(r"^M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0(?:Z)?$")

Look = tuple[tuple[str, str], ...]
Shape = tuple[str, Look, str]
"""An element to be drawn: its kind, its look, and its shape as it is written."""


def slim(drawn: str) -> str:
    """The SVG `drawn` by the renderer, light and safe.

    Raises ValueError for what must not be in a chart: words, styles, ids, links, other elements.
    """
    root = ElementTree.fromstring(drawn)  # noqa: S314 (our own renderer made it)
    width, height = root.attrib["viewBox"].split()[2:]
    return finished(_shapes(root, 0.0, 0.0), float(width), float(height))


def finished(shapes: Iterable[Shape], width: float, height: float) -> str:
    """The SVG of shapes in the order they are painted; neighbours of one look share it."""
    body = "".join(_group(look, list(same)) for look, same in groupby(shapes, key=_style))
    return opening(width, height) + body + "</svg>"


def opening(width: float, height: float) -> str:
    """The first tag of every chart: decoration beside a table, hidden from screen readers."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {near(width)} {near(height)}" '
        f'width="{near(width)}" height="{near(height)}" fill="none" font-family="{FAMILY}" '
        'aria-hidden="true" focusable="false">'
    )


def near(number: float) -> str:
    """A number with at most two decimals and nothing needless: 12, 0.5, -3.25."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def moved(path: str, x: float, y: float) -> str:
    """The path data with every place moved by `x` and `y`, to two decimals."""
    return "".join(_piece(command, rest, x, y) for command, rest in _PIECE.findall(path))


def _piece(command: str, rest: str, x: float, y: float) -> str:
    numbers = [float(number) for number in _NUMBER.findall(rest)]
    if command in "MLCQST":
        numbers = [n + (y if place % 2 else x) for place, n in enumerate(numbers)]
    elif command == "H":
        numbers = [n + x for n in numbers]
    elif command == "V":
        numbers = [n + y for n in numbers]
    elif command == "A":
        numbers = [n + (0, 0, 0, 0, 0, x, y)[place % 7] for place, n in enumerate(numbers)]
    return command + ",".join(near(number) for number in numbers)


def _shapes(element: ElementTree.Element, x: float, y: float) -> Iterator[Shape]:
    """The shapes under `element`, in the order they are painted."""
    kind = element.tag.removeprefix(NAMESPACE)
    _refuse(kind, element)
    dx, dy = _shift(element)
    x, y = x + dx, y + dy
    if kind in ("svg", "g"):
        for child in element:
            yield from _shapes(child, x, y)
        return
    look = _look(element)
    invisible = element.get("opacity") == "0" or not {"fill", "stroke"} & dict(look).keys()
    if not invisible:
        yield from _written(kind, element, look, x, y)


def _written(
    kind: str, element: ElementTree.Element, look: Look, x: float, y: float
) -> Iterator[Shape]:
    if kind == "text":
        words = "".join(element.itertext())
        if words:
            yield written_text(look, words, x, y)
    elif kind == "line":
        x2, y2 = float(element.get("x2", "0")), float(element.get("y2", "0"))
        yield "path", look, f"M{near(x)},{near(y)}" + stroke(x, y, x2, y2)
    elif path := element.get("d"):
        circle = _CIRCLE.match(path)
        if circle:
            yield written_circle(look, float(circle[1]), x, y)
        else:
            yield "shape", look, f'<path d="{moved(path, x, y)}"/>'


def written_text(look: Look, words: str, x: float, y: float) -> Shape:
    """A number at a place. Raises ValueError for a word."""
    if any(letter.isalpha() for letter in words):
        raise ValueError(f"Expected only numbers in a chart, found “{words}”.")
    return "text", look, f'<text x="{near(x)}" y="{near(y)}">{escape(words)}</text>'


def written_circle(look: Look, radius: float, x: float, y: float) -> Shape:
    """A circle around a place."""
    return "circle", look, f'<circle cx="{near(x)}" cy="{near(y)}" r="{near(radius)}"/>'


def stroke(x: float, y: float, dx: float, dy: float) -> str:
    """A straight stroke from the place before, as short as it can be written."""
    if not dy:
        return f"H{near(x + dx)}"
    return f"V{near(y + dy)}" if not dx else f"L{near(x + dx)},{near(y + dy)}"


def _refuse(kind: str, element: ElementTree.Element) -> None:
    """Raise ValueError for what would collide, leave the page, or break its policy."""
    if kind not in ("svg", "g", "path", "line", "text", "rect"):
        raise ValueError(f"Expected lines, shapes and numbers in a chart, found <{kind}>.")
    for name, value in element.attrib.items():
        if name in ("id", "style", "clip-path") or "url(" in value or "href" in name:
            raise ValueError(f"Expected no {name} in a chart, found {name}=“{value}”.")


def _shift(element: ElementTree.Element) -> tuple[float, float]:
    transform = element.get("transform", "")
    if not _TRANSLATION.match(transform):
        raise ValueError(f"Expected things only moved in a chart, found “{transform}”.")
    steps = [(float(x), float(y)) for x, y in _STEP.findall(transform)]
    return sum(x for x, _ in steps), sum(y for _, y in steps)


def _look(element: ElementTree.Element) -> Look:
    return look_of(element.attrib)


def look_of(said: Mapping[str, str]) -> Look:
    """What of `said` changes how a thing looks, in one order."""
    found = ((name, said.get(name)) for name in KEPT)
    return tuple(
        (name, value.removesuffix("px"))
        for name, value in found
        if value and (name, value) not in PLAIN and value != "transparent"
    )


def _style(shape: Shape) -> tuple[str, Look]:
    kind, look, _ = shape
    return ("path" if kind == "path" else "group"), look


def _group(style: tuple[str, Look], shapes: list[Shape]) -> str:
    """Shapes of one look under each other: strokes as one path, others in one group."""
    kind, look = style
    said = "".join(f' {name}="{escape(value)}"' for name, value in look)
    if kind == "path":
        return f'<path{said} d="{"".join(text for _, _, text in shapes)}"/>'
    if len(shapes) == 1:
        return re.sub(r"^<(\w+)", lambda tag: tag[0] + said, shapes[0][2])
    return f"<g{said}>{''.join(text for _, _, text in shapes)}</g>"
