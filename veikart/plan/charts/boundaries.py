"""A file of boundaries read into shapes that are light to draw: TopoJSON in, integer paths out.

The file is the operator's own. Its arcs are shared between neighbours, so each is projected and
simplified once, neighbours still meet, and a county's border is the arcs that two counties share.
Degrees are projected to Lambert's azimuthal equal-area plane around the middle of Norway: on a map
that is coloured by value, no area may look larger than it is. Other coordinates are taken as metres.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from veikart.plan.charts.simplify import area, simplified

CODE = "kommunenummer"
HEIGHT = 1400
"""Units from south to north, two to a pixel on a wide screen: fine enough for whole numbers."""
TOLERANCE = 1.0
"""Units that a simplified line may lie from the true one."""
ISLAND = 4.0
"""Square units; smaller islands are left out, but never a whole municipality."""
MARK = 5
"""Half the side of the square that stands for a municipality too small to be seen."""
MIDDLE = (15.0, 65.0)
"""The degrees east and north that the plane touches the globe at."""
MARGIN = 8

Place = tuple[float, float]
Arc = list[Place]
Rings = list[list[int]]


class Shapes(msgspec.Struct, frozen=True, kw_only=True):
    """What is drawn: a path for each municipality by its code, and one for all county borders."""

    width: int
    height: int
    municipalities: dict[str, str]
    counties: str


def shapes(document: bytes) -> Shapes:
    """The shapes in a TopoJSON file whose features carry `kommunenummer`.

    Raises ValueError with what was expected, what was found, and what to do.
    """
    topology = _topology(document)
    rings = _rings(topology)
    arcs = _arcs(topology)
    _check(rings, len(arcs))
    planes, width, height = _fitted([_plane(arc) for arc in arcs])
    lines = [simplified(arc, TOLERANCE) for arc in planes]
    paths = {code: _municipality(of, lines, planes) for code, of in sorted(rings.items())}
    border = "".join(_path(lines[number], close=False) for number in _between_counties(rings))
    return Shapes(width=width, height=height, municipalities=paths, counties=border)


def _topology(document: bytes) -> Mapping[str, Any]:
    try:
        found = msgspec.json.decode(document)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise ValueError(
            f"Expected a TopoJSON file of boundaries, found something that is no JSON ({problem}). "
            "Give the .topojson file itself, unpacked."
        ) from problem
    kind = found.get("type") if isinstance(found, dict) else type(found).__name__
    if kind != "Topology" or not isinstance(found.get("arcs"), list):
        raise ValueError(
            f"Expected a TopoJSON file (type Topology, with arcs), found {kind}. "
            "Convert it first, for example: mapshaper boundaries.geojson -o format=topojson"
        )
    return dict(found)


def _rings(topology: Mapping[str, Any]) -> dict[str, Rings]:
    """The rings of arcs of each municipality, from the object that has their codes."""
    seen: set[str] = set()
    for one in (topology.get("objects") or {}).values():
        geometries = one.get("geometries") or [one]
        found: dict[str, Rings] = defaultdict(list)
        for geometry in geometries:
            properties = geometry.get("properties") or {}
            seen |= properties.keys()
            if properties.get(CODE) is not None:
                found[str(properties[CODE]).zfill(4)] += _polygons(geometry)
        if found:
            return {code: rings for code, rings in found.items() if rings}
    raise ValueError(
        f"Expected features with the property {CODE}, "
        f"found {', '.join(sorted(seen)) if seen else 'no properties'}. "
        f"Rename the property that holds the municipality's four digits to {CODE}."
    )


def _polygons(geometry: Mapping[str, Any]) -> Rings:
    arcs = geometry.get("arcs") or []
    if geometry.get("type") == "Polygon":
        return list(arcs)
    if geometry.get("type") == "MultiPolygon":
        return [ring for polygon in arcs for ring in polygon]
    return []


def _arcs(topology: Mapping[str, Any]) -> list[Arc]:
    """The arcs in the file's own coordinates, unpacked if they are quantised."""
    transform = topology.get("transform")
    if transform is None:
        return [[(float(place[0]), float(place[1])) for place in arc] for arc in topology["arcs"]]
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        places = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            places.append((x * sx + tx, y * sy + ty))
        found.append(places)
    return found


def _check(rings: Mapping[str, Rings], count: int) -> None:
    for code, of in rings.items():
        wrong = [n for ring in of for n in ring if not -count <= n < count]
        if wrong:
            raise ValueError(
                f"Expected arcs 0 to {count - 1}, found {wrong[0]} in municipality {code}. "
                "The file is damaged; fetch it again."
            )


def _plane(arc: Arc) -> Arc:
    """The arc on the plane, in radii of the globe (or in its own metres); north is up."""
    if any(abs(x) > 180 or abs(y) > 90 for x, y in arc):
        return arc
    east, north = map(math.radians, MIDDLE)
    found = []
    for x, y in arc:
        a, b = math.radians(x) - east, math.radians(y)
        k = math.sqrt(
            2 / (1 + math.sin(north) * math.sin(b) + math.cos(north) * math.cos(b) * math.cos(a))
        )
        up = math.cos(north) * math.sin(b) - math.sin(north) * math.cos(b) * math.cos(a)
        found.append((k * math.cos(b) * math.sin(a), k * up))
    return found


def _fitted(arcs: Sequence[Arc]) -> tuple[list[Arc], int, int]:
    """The arcs in units from the top left corner, and the picture's width and height."""
    across = [x for arc in arcs for x, _ in arc]
    up = [y for arc in arcs for _, y in arc]
    if not across or max(up) == min(up):
        raise ValueError(
            "Expected boundaries with an extent, found none. The file is empty; fetch it again."
        )
    left, top = min(across), max(up)
    scale = (HEIGHT - 2 * MARGIN) / (top - min(up))
    fitted = [
        [((x - left) * scale + MARGIN, (top - y) * scale + MARGIN) for x, y in a] for a in arcs
    ]
    return fitted, round((max(across) - left) * scale) + 2 * MARGIN, HEIGHT


def _joined(ring: Iterable[int], arcs: Sequence[Arc]) -> Arc:
    """The places of a ring; an arc with a negative number is gone backwards."""
    found: Arc = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += arc[1:] if found else arc
    return found


def _municipality(rings: Rings, lines: Sequence[Arc], planes: Sequence[Arc]) -> str:
    """The path of one municipality: its rings that can be seen, or a mark where none can."""
    drawn = [line for ring in rings if area(line := _joined(ring, lines)) >= ISLAND]
    if drawn:
        return "".join(_path(line, close=True) for line in drawn)
    largest = max((_joined(ring, planes) for ring in rings), key=area)
    x, y = round(largest[0][0]), round(largest[0][1])
    side = 2 * MARK
    return f"M{x - MARK} {y - MARK}h{side}v{side}h-{side}z"


def _between_counties(rings: Mapping[str, Rings]) -> list[int]:
    """The arcs that municipalities of two counties share, in order."""
    sides: dict[int, set[str]] = defaultdict(set)
    for code, of in rings.items():
        for ring in of:
            for number in ring:
                sides[number if number >= 0 else ~number].add(code[:2])
    return sorted(number for number, counties in sides.items() if len(counties) > 1)


def _path(line: Arc, *, close: bool) -> str:
    """The line as path data in whole units, each step from the place before."""
    places = [(round(x), round(y)) for x, y in line]
    kept = [places[0]] + [b for a, b in pairwise(places) if a != b]
    if close and kept[-1] == kept[0]:
        kept.pop()
    steps = [f"{b[0] - a[0]}{'' if b[1] < a[1] else ' '}{b[1] - a[1]}" for a, b in pairwise(kept)]
    if not steps:
        return ""
    joined = steps[0] + "".join(step if step[0] == "-" else f" {step}" for step in steps[1:])
    return f"M{kept[0][0]} {kept[0][1]}l{joined}{'z' if close else ''}"
