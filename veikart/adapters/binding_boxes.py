"""Where a page's stamp goes: in a strip of its own below the page as it is seen, whichever way it is turned."""

import math
from typing import Final, NamedTuple

LETTER: Final = (0.0, 0.0, 612.0, 792.0)
"""What programs take a page to be that does not say its size."""
USUAL: Final = 595.0
"""The width of A4 in points, at which a stamp has the size it is set in."""
STRIP: Final = 17.0
"""How high the strip is on A4, in points."""
_LEAST, _MOST = 1e-3, 1e6


class Box(NamedTuple):
    """A rectangle on a page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


class Strip(NamedTuple):
    """The page with the strip, and how a stamp is laid into it: the six numbers of a PDF matrix."""

    whole: Box
    matrix: tuple[float, float, float, float, float, float]


def box_of(numbers: object) -> Box | None:
    """The rectangle of four numbers in any order of corners; None if it is none."""
    try:
        one, two, three, four = (float(number) for number in numbers)  # type: ignore[attr-defined]
    except (TypeError, ValueError, ArithmeticError):
        return None
    if not all(
        math.isfinite(number) and abs(number) <= _MOST for number in (one, two, three, four)
    ):
        return None
    box = Box(min(one, three), min(two, four), max(one, three), max(two, four))
    return box if box.width > _LEAST and box.height > _LEAST else None


def seen(media: object, crop: object) -> Box:
    """What is seen of a page: its crop box within its media box, as programs take them."""
    whole = box_of(media) or Box(*LETTER)
    cut = box_of(crop)
    if cut is None:
        return whole
    within = (
        max(whole.left, cut.left), max(whole.bottom, cut.bottom),
        min(whole.right, cut.right), min(whole.top, cut.top),
    )  # fmt: skip
    if within[0] >= within[2] or within[1] >= within[3]:
        return whole
    return box_of(within) or whole


def quarter_turns(rotate: object) -> int:
    """How many times a page is turned by 90 degrees clockwise; what is no such turn is none."""
    is_turn = isinstance(rotate, int) and rotate % 90 == 0
    return rotate // 90 % 4 if is_turn else 0  # type: ignore[operator]


def size_seen(box: Box, turns: int) -> tuple[float, float]:
    """The width and height of a page as it is seen."""
    return (box.height, box.width) if turns % 2 else (box.width, box.height)


def scale_of(size: tuple[float, float]) -> float:
    """How large a stamp is beside one on A4: a poster has a large one, a card a small one."""
    return min(size) / USUAL


def with_strip(box: Box, turns: int) -> Strip:
    """The page with a strip below what is seen; nothing that was on the page moves."""
    scale = scale_of(size_seen(box, turns))
    high = STRIP * scale
    if turns == 0:
        whole = box._replace(bottom=box.bottom - high)
        return Strip(whole, (scale, 0, 0, scale, whole.left, whole.bottom))
    if turns == 1:
        whole = box._replace(right=box.right + high)
        return Strip(whole, (0, scale, -scale, 0, whole.right, whole.bottom))
    if turns == 2:
        whole = box._replace(top=box.top + high)
        return Strip(whole, (-scale, 0, 0, -scale, whole.right, whole.top))
    whole = box._replace(left=box.left - high)
    return Strip(whole, (0, -scale, scale, 0, whole.left, whole.top))
