"""Where stamps go, whichever way a page is turned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veikart.adapters.binding_boxes import (
    STRIP,
    Box,
    box_of,
    quarter_turns,
    seen,
    size_seen,
    with_strip,
)

NUMBERS = st.floats(-2000, 2000).map(lambda number: round(number, 2))
BOXES = st.builds(
    lambda left, bottom, width, height: Box(left, bottom, left + width, bottom + height),
    NUMBERS,
    NUMBERS,
    st.floats(1, 15_000).map(lambda number: round(number, 2)),
    st.floats(1, 15_000).map(lambda number: round(number, 2)),
)


@pytest.mark.parametrize(
    ("media", "crop", "found"),
    [
        ([0, 0, 595, 842], None, Box(0, 0, 595, 842)),
        ([595, 842, 0, 0], None, Box(0, 0, 595, 842)),
        ([0, 0, 595, 842], [10, 20, 500, 800], Box(10, 20, 500, 800)),
        ([0, 0, 595, 842], [-50, -50, 700, 400], Box(0, 0, 595, 400)),
        ([0, 0, 595, 842], [700, 900, 800, 1000], Box(0, 0, 595, 842)),
        ([0, 0, 0, 0], None, Box(0, 0, 612, 792)),
        (None, None, Box(0, 0, 612, 792)),
        (["a", 0, 1, 1], [1], Box(0, 0, 612, 792)),
        ([0, 0, float("nan"), 5], None, Box(0, 0, 612, 792)),
    ],
)
def test_what_is_seen_of_a_page_is_its_crop_box_within_its_media_box(media, crop, found):
    assert seen(media, crop) == found


@pytest.mark.parametrize(
    ("rotate", "turns"),
    [(0, 0), (90, 1), (-90, 3), (450, 1), (180, 2), (45, 0), (None, 0), ("x", 0)],
)
def test_only_quarter_turns_turn_a_page(rotate, turns):
    assert quarter_turns(rotate) == turns


@given(box=BOXES, turns=st.integers(0, 3))
def test_the_strip_lies_below_what_is_seen_and_a_stamp_fills_it(box, turns):
    size = size_seen(box, turns)

    whole, (a, b, c, d, e, f) = with_strip(box, turns)

    grown = size_seen(whole, turns)
    scale = min(size) / 595
    assert grown == pytest.approx((size[0], size[1] + STRIP * scale))
    corners = [(0.0, 0.0), (size[0] / scale, STRIP)]
    laid = box_of([part for x, y in corners for part in (a * x + c * y + e, b * x + d * y + f)])
    inside = whole.width * whole.height - box.width * box.height
    assert laid.width * laid.height == pytest.approx(inside, rel=1e-3)
    assert (
        laid.left >= box.right - 0.01
        or laid.right <= box.left + 0.01
        or (laid.bottom >= box.top - 0.01 or laid.top <= box.bottom + 0.01)
    )
