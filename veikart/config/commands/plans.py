"""Finding the plan that a person names: an edition by its number, the draft, or a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from veikart.config.commands.speaking import Trouble
from veikart.plan import codec

if TYPE_CHECKING:
    from veikart.plan.model import Plan
    from veikart.plan.trace import Approval

DRAFT = ("draft", "utkast")
WHICH = "An edition's number, such as 2026-1; “draft” for the working plan; or a plan's JSON file."


def find_plan(named: str) -> "Plan":
    """The plan called `named`. Files need no database. Raises Trouble where there is none."""
    return read_plan(Path(named)) if is_file(named) else _kept_plan(named)


def current_plan() -> "Plan":
    """The plan of the last approved edition. Raises Trouble if no edition is approved yet."""
    from veikart.config.commands.starting import need_tables, start_django

    start_django()
    need_tables()
    from veikart.editions import queries

    edition = queries.current()
    if edition is None:
        raise Trouble(
            "Expected an approved edition, found none. Freeze and approve one first, "
            "or name the working plan: draft"
        )
    return edition.plan


def kept_approvals() -> "tuple[Approval, ...]":
    """What is kept beside the approved editions: who approved each, and by which decision."""
    from veikart.editions import queries
    from veikart.plan.trace import Approval

    return tuple(
        Approval(
            edition=str(kept.number),
            body=kept.approved_body,
            on=kept.approved_on,
            decision=kept.decision.uid if kept.decision else None,
            case=kept.decision.case if kept.decision else None,
            text=kept.decision.text if kept.decision else None,
        )
        for kept in queries.editions()
    )


def is_file(named: str) -> bool:
    """Whether `named` is a plan's file, which needs no database, rather than a kept edition."""
    path = Path(named)
    return path.suffix == ".json" or path.is_file()


def read_plan(path: Path) -> "Plan":
    """The plan in the file at `path`. Raises Trouble if there is none."""
    if not path.is_file():
        raise Trouble(f"Expected a plan's JSON file at {path}, found no file. Check the name.")
    try:
        return codec.decode(path.read_bytes())
    except ValueError as problem:
        raise Trouble(f"{path}: {problem}") from problem


def _kept_plan(named: str) -> "Plan":
    from veikart.config.commands.starting import need_tables, start_django

    start_django()
    need_tables()
    from veikart.editions import queries

    if named.casefold() in DRAFT:
        return queries.draft()
    edition = queries.edition(named)
    if edition is None:
        known = ", ".join(reversed([str(e.number) for e in queries.editions(with_waiting=True)]))
        raise Trouble(
            f"Expected the number of an edition, “draft”, or a plan's JSON file; found “{named}”. "
            f"Editions here: {known or 'none yet'}."
        )
    return edition.plan
