"""Where points stand in an original: each letter shown once, marked as a slow and obvious look would."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from veikart.consultations.originals import Place, Stretch, marked, reflowed, written


def obvious(text, places):
    """For each character the chosen place over it, else the first one."""
    ordered = sorted(places, key=lambda place: (not place.is_chosen, place.start))
    return [
        next(
            ((one.point, one.is_chosen) for one in ordered if one.start <= at < one.end),
            (None, False),
        )
        for at in range(len(text))
    ]


@given(st.data())
def test_each_letter_is_marked_as_the_place_over_it_says(data):
    text = data.draw(st.text("ab <\n", max_size=30))
    edges = data.draw(st.lists(st.tuples(st.integers(-2, 32), st.integers(1, 9)), max_size=7))
    chosen = data.draw(st.integers(0, 7))
    places = [
        Place(start, start + length, number, is_chosen=number == chosen)
        for number, (start, length) in enumerate(edges)
    ]

    found = marked(text, places)

    assert "".join(each.text for each in found) == reflowed(text)
    said = [(each.point, each.is_chosen) for each in found for _letter in each.text]
    assert said == obvious(text, places)


def test_what_is_written_is_escaped_and_every_point_is_a_link():
    said = [Stretch("<b>Vi</b>\n"), Stretch("mener & tror", 1), Stretch("alt", 2, is_chosen=True)]

    shown = written(said)

    assert shown == (
        '&lt;b&gt;Vi&lt;/b&gt;<br><a href="?punkt=1#punkt">mener &amp; tror</a><mark>alt</mark>'
    )
    plain = html.unescape(re.sub(r"<[^>]*>", "", shown.replace("<br>", "\n")))
    assert plain == "".join(each.text for each in said)
