"""The process that draws: a specification a line in, an SVG a line out, both as JSON.

Only this process loads vl-convert, and V8 with it. It asks no network, and ends by itself when
nobody has asked for a while, or when the one who started it is gone.
"""

import select
import sys

import msgspec

from veikart.plan.charts.svg import slim

IDLE = 120
"""Seconds after which a pen that nobody uses is put down."""


class Answer(msgspec.Struct, omit_defaults=True):
    """What became of a specification: an SVG, or what was wrong with it."""

    svg: str | None = None
    problem: str | None = None


def draw(specification: str) -> Answer:
    """The drawing of a specification in canonical JSON. Never raises."""
    import vl_convert  # noqa: PLC0415 (loads V8; the asker imports this module for Answer)

    try:
        return Answer(svg=slim(vl_convert.vegalite_to_svg(specification, allowed_base_urls=[])))
    except Exception as problem:  # noqa: BLE001 (whatever it was, the asker must be told)
        return Answer(problem=" ".join(str(problem).splitlines()[:2])[:300])


def main() -> None:
    """Answer line by line until the input ends or nobody asks."""
    while select.select([sys.stdin.buffer], [], [], IDLE)[0]:
        line = sys.stdin.buffer.readline()
        if not line:
            return
        sys.stdout.buffer.write(msgspec.json.encode(draw(line.decode())) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
