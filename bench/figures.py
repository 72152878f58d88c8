"""One figure of the table: what was measured, what is wanted, and whether it was reached."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`value` in `unit`; `target` is the most it may be, or the least where `at_least` is set.

    One that `is_broken` stands for all that was not measured, and why is in its note.
    """

    group: str
    what: str
    value: float | None
    unit: str
    target: float | None = None
    at_least: bool = False
    note: str = ""
    is_broken: bool = False

    @property
    def is_reached(self) -> bool | None:
        """Whether the target was reached; None where there is none, or nothing was measured."""
        if self.value is None or self.target is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target


def cpu(work: Callable[[], object], *, times: int = 5) -> float:
    """The median of seconds of this process's CPU that `work` takes.

    With a core to itself, so many seconds pass; what else a machine does is not counted.
    """
    return median(_seconds(work) for _ in range(times))


def growth(sizes: list[int], seconds: list[float]) -> float:
    """The exponent of growth from the first to the last: 1 is linear, 2 quadratic."""
    return math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
