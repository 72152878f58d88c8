"""How the command speaks: results to standard output, trouble to standard error, never a traceback."""

import functools
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import typer
from django.core.exceptions import PermissionDenied, ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Given = ParamSpec("Given")
Made = TypeVar("Made")

FAILED = 1
_COMMANDS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Trouble(Exception):
    """Expected trouble: the message says what was expected, what was found and what to do."""


def say(sentence: str = "") -> None:
    """Print a result, without cutting lines or reading anything into what it holds."""
    Console(highlight=False, markup=False, soft_wrap=True, emoji=False).print(_harmless(sentence))


def complain(sentence: str) -> None:
    """Print trouble."""
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True, emoji=False)
    console.print(_harmless(sentence), style="red")


def _harmless(sentence: str) -> str:
    """`sentence` with a mark for each sign that commands a terminal, or turns what stands after it."""
    return _COMMANDS.sub("\ufffd", sentence)


def print_bytes(content: bytes) -> None:
    """Print JSON just as it is, for other programs."""
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def plainly(command: Callable[Given, Made]) -> Callable[Given, Made]:
    """Let `command` fail with a sentence and exit code 1 when there is expected trouble."""

    @functools.wraps(command)
    def spoken(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        try:
            return command(*args, **kwargs)
        except Trouble as trouble:
            complain(str(trouble))
        except ValidationError as refusal:
            complain("\n".join(refusal.messages))
        except PermissionDenied as refusal:
            complain(str(refusal) or "This user may not do that. Name one who may with --by.")
        except OSError as problem:
            complain(f"{problem.filename or 'A file'}: {problem.strerror or problem}.")
        raise typer.Exit(FAILED)

    return spoken


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error for a person, nothing for cron: call it with (done, of how many)."""
    columns = [
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    ]
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)

        def show(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield show
