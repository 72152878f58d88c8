"""Run every measurement, or those named: python -m bench [reading] [editions] [pages] [site] [serving]
[indicators] [calculation] [consultations] [council] [binding].

Takes some minutes. Each figure is told as soon as it is known and stands beside its target in the
table at the end; a comparison with another program is made in the same run. What cannot be measured
here says why, and a group that breaks off keeps no other from being measured.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.figures import Figure

GROUPS = (
    "reading",
    "editions",
    "pages",
    "site",
    "serving",
    "indicators",
    "calculation",
    "consultations",
    "council",
    "binding",
)


def main() -> None:
    """Measure in an empty home of its own, and print one table."""
    wanted = sys.argv[1:] or list(GROUPS)
    unknown = set(wanted) - set(GROUPS)
    if unknown:
        sys.exit(f"Expected some of {', '.join(GROUPS)}; found {', '.join(sorted(unknown))}.")
    with tempfile.TemporaryDirectory(prefix="veikart-bench-") as home:
        prepare(Path(home))
        figures: list[Figure] = []
        for group in GROUPS:
            if group in wanted:
                print(f"Measuring {group} …", file=sys.stderr, flush=True)
                for figure in measure(group):
                    figures.append(figure)
                    print(as_line(figure), file=sys.stderr, flush=True)
    show(figures)
    sys.exit(any(figure.is_reached is False or figure.is_broken for figure in figures))


def prepare(home: Path) -> None:
    """Load the demo's data into `home`, as a new user has them."""
    os.environ |= {"VEIKART_HOME": str(home), "VEIKART_DATABASE": "", "VEIKART_DEMO": "1"}
    from veikart.config.commands.starting import collect_static, make_home, start_django

    start_django()
    make_home()
    collect_static()
    from veikart.config.demo import make_demo

    make_demo(tell=lambda sentence: None)


def measure(group: str) -> Iterator[Figure]:
    """The figures of one group, each when it is known; one that says so if the group breaks off."""
    try:
        yield from import_module(f"bench.{group}").figures()
    except Exception as problem:  # noqa: BLE001 (whatever it was is told, and the rest measured)
        traceback.print_exc()
        yield Figure(
            group=group, what="broken off", value=None, unit="", note=str(problem), is_broken=True
        )


def as_line(figure: Figure) -> str:
    """A figure as it is told when it is known."""
    parts = (figure.what, shown(figure), wanted(figure), REACHED[figure.is_reached], figure.note)
    return " | ".join(part for part in parts if part)


REACHED = {True: "yes", False: "NO", None: "–"}


def show(figures: list[Figure]) -> None:
    """Print the table."""
    table = Table(title="Veikart, measured", title_justify="left", show_lines=False)
    for heading in ("", "what", "measured", "target", "reached", "note"):
        right = heading in ("measured", "target")
        table.add_column(heading, justify="right" if right else "left")
    before = ""
    for figure in figures:
        group = figure.group if figure.group != before else ""
        before = figure.group
        table.add_row(
            group,
            figure.what,
            shown(figure),
            wanted(figure),
            REACHED[figure.is_reached],
            figure.note,
        )
    Console(width=max(120, Console().width)).print(table)


def shown(figure: Figure) -> str:
    """The measured value with its unit."""
    if figure.value is None:
        return "skipped"
    return f"{in_digits(figure.value)} {figure.unit}"


def wanted(figure: Figure) -> str:
    """The target with its unit."""
    if figure.target is None:
        return ""
    return f"{'≥' if figure.at_least else '≤'} {in_digits(figure.target)} {figure.unit}"


def in_digits(value: float) -> str:
    """A number with three digits that count, or all its whole ones."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    main()
