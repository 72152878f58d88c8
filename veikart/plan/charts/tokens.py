"""The few colours and marks of all charts. `70-charts.css` recolours these very values, and no others.

Lines and marks stand at 3:1 or more against paper, numbers at 4.5:1 or more. Nothing is told by
colour alone: dashes, shapes, places and numbers say the same.
"""

from typing import NamedTuple

PAPER = "#ffffff"
INK = "#1f2d3d"
"""Numbers that are read: values beside their points."""
QUIET = "#4d5b6b"
"""Numbers along the axes."""
GRID = "#e1e6eb"
AXIS = "#7c8a99"
"""The zero line, and the rule where a series breaks."""
MEASURED = "#0b5cad"
BAND = "#cfe1f5"
"""Where a measured value lies, for all we know."""
TARGET = "#9a4200"
"""The path to the target and the target itself; always dashed, or a diamond."""
AIM = "#f8e6d9"
"""Inside a band that is to be kept."""
FORECAST = "#e7eef6"
"""Where the value will be if things go on."""
UNKNOWN = "#d3d9df"
"""What has not been told."""
FAINT = "#8695a4"
"""One area among many."""


class Look(NamedTuple):
    """How a series is told from its neighbours: hue, dashes, and the shape of its points."""

    hue: str
    dash: tuple[int, ...]
    shape: str


LOOKS = (
    Look(MEASURED, (), "circle"),
    Look("#7d3c98", (9, 3), "square"),
    Look("#00695c", (2, 3), "triangle-up"),
    Look("#a3274f", (9, 3, 2, 3), "diamond"),
    Look("#6b5500", (5, 2), "triangle-down"),
    Look("#44505c", (1, 2), "cross"),
)
"""The looks of up to six groups, in order."""

CLASSES = ("#e3eefa", "#b5d2f0", "#78aade", "#2f77bb", "#0d4479")
"""Low to high on maps and tiles; in the dark the order of lightness is turned about."""
ON_LIGHT, ON_DARK = "#10243b", "#fefefe"
"""Numbers on the first three classes, and on the last two."""
