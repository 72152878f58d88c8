"""The renderer's SVG made light: the same shapes in the same places, and nothing that must not be there."""

import re

import pytest

from veikart.plan.charts.svg import moved, near, slim


def drawing(body):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20">{body}</svg>'


def inside(slimmed):
    return re.sub(r"^<svg[^>]*>|</svg>$", "", slimmed)


def test_groups_become_places():
    body = '<g transform="translate(1,2)"><g transform="translate(3,4)"><text fill="#1f2d3d" transform="translate(0.5,0)">5</text></g></g>'

    assert inside(slim(drawing(body))) == '<text fill="#1f2d3d" x="4.5" y="6">5</text>'


def test_lines_of_one_look_become_one_path():
    line = '<line transform="translate(0,{})" x2="10" y2="0" stroke="#e1e6eb" opacity="1"/>'

    assert (
        inside(slim(drawing(line.format(1) + line.format(2))))
        == '<path stroke="#e1e6eb" d="M0,1H10M0,2H10"/>'
    )


def test_circles_become_circles_and_share_their_look():
    circle = '<path transform="translate({},2)" d="M3.243,0A3.243,3.243,0,1,1,-3.243,0A3.243,3.243,0,1,1,3.243,0" fill="#0b5cad"/>'

    assert inside(slim(drawing(circle.format(1) + circle.format(5)))) == (
        '<g fill="#0b5cad"><circle cx="1" cy="2" r="3.24"/><circle cx="5" cy="2" r="3.24"/></g>'
    )


def test_paths_are_moved_whatever_their_commands():
    path = "M0,0L1,1H5V6A2,2,0,1,1,3,4C1,1,2,2,3,3h4v-4l1,1Z"

    assert moved(path, 10, 20) == "M10,20L11,21H15V26A2,2,0,1,1,13,24C11,21,12,22,13,23h4v-4l1,1Z"


def test_what_cannot_be_seen_is_left_out():
    body = (
        '<path class="background" d="M0,0h5v5h-5Z"/><path d="" stroke="#000000"/>'
        '<path d="M0,0h5" fill="#000000" opacity="0"/>'
    )

    assert inside(slim(drawing(body))) == ""


def test_the_drawing_is_hidden_from_screen_readers_and_scales():
    assert slim(drawing("")).startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20" width="10" height="20"'
    )
    assert 'aria-hidden="true" focusable="false"' in slim(drawing(""))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<text fill="#000000">kommuner</text>', "kommuner"),
        ('<path style="fill:red" d="M0,0h1"/>', "style"),
        ('<g id="a"/>', "id"),
        ('<path fill="url(#a)" d="M0,0h1"/>', "url"),
        ("<script>1</script>", "script"),
        ('<image href="https://example.org/a.png"/>', "image"),
        ('<g transform="rotate(90)"/>', "rotate"),
    ],
)
def test_what_must_not_be_in_a_chart_is_refused(body, told):
    with pytest.raises(ValueError, match=told):
        slim(drawing(body))


def test_numbers_are_short():
    assert [near(n) for n in (12.0, 0.5, -3.254, -0.001, 100)] == ["12", "0.5", "-3.25", "0", "100"]
