"""How long it takes to read the register, 1, 10 and 100 times its size."""

from collections.abc import Iterator
from functools import partial

from bench import registers
from bench.figures import Figure, cpu, growth
from veikart.engines.readers.register import read_register

TIMES = (1, 10, 100)
MOST_SECONDS = 5.0


def figures() -> Iterator[Figure]:
    """One figure for each form and size, and how it grows."""
    for form, make in (("csv", registers.as_csv), ("xlsx", registers.as_xlsx)):
        seconds = []
        for times in TIMES:
            content = make(times)
            proposal = read_register(f"register.{form}", content)
            assert proposal.counts["deliverable"] == 263 * times
            read = partial(read_register, f"register.{form}", content)
            seconds.append(cpu(read, times=3 if times < 100 else 1))
            yield Figure(
                group="reading",
                what=f"register {form.upper()}, {263 * times:,} rows",
                value=seconds[-1],
                unit="s CPU",
                target=MOST_SECONDS if times == 100 else None,
            )
        yield Figure(
            group="reading",
            what=f"register {form.upper()}, growth (1 is linear)",
            value=growth(list(TIMES), seconds),
            unit="",
            target=1.2,
        )
