"""The try-out as the command tells of it: what was made, and who can sign in."""

from collections.abc import Callable

from veikart.editions import queries
from veikart.intake.datasets.demo import Account, prepare_demo
from veikart.intake.models import ProposalState


def make_demo(*, tell: Callable[[str], None]) -> list[Account]:
    """Make what the try-out lacks, and give its accounts new passwords.

    Raises what loading, freezing and approving raise.
    """
    ready = prepare_demo()
    current = queries.current()
    if current:
        roadmap = current.plan.roadmap
        tell(f"{len(roadmap.deliverables)} deliverables in {len(roadmap.groupings)} groupings.")
        tell(f"Edition {current.number} is approved.")
    waiting = sum(proposal.state == ProposalState.OPEN for proposal in ready.proposals)
    if waiting:
        tell(f"{waiting} proposals wait at /arbeid/inntak/.")
    return list(ready.accounts)
