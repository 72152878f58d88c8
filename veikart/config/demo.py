"""The try-out: Norway's e-health roadmap loaded, frozen, approved, and open questions waiting."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils import timezone

from veikart.editions import queries
from veikart.editions import services as editions
from veikart.intake import services as intake
from veikart.intake.datasets import files, loading
from veikart.intake.models import Proposal
from veikart.people import services as people
from veikart.people.models import User

DATASET = "ehelse"
NOTES = "notes"
BODY = "Prøveutgave, ikke et vedtak"
"""Who approved the demo's edition: nobody did, and it says so."""


class Account(NamedTuple):
    """A try-out account, with the password that was just given to it."""

    username: str
    password: str
    role: str


def make_demo(*, tell: Callable[[str], None]) -> list[Account]:
    """Make what is not there yet, and give the accounts new passwords.

    Raises what loading, freezing and approving raise.
    """
    loaded = loading.load(DATASET, by=None)
    tell(f"{loaded.counts['deliverable']} deliverables in {loaded.counts['grouping']} groupings.")
    accounts = [Account(*made) for made in people.make_demo_accounts()]
    users = {user.role: user for user in User.objects.filter(is_demo=True)}
    if queries.current() is None:
        approve_first_edition(users)
    if not Proposal.objects.filter(reader=NOTES).exists():
        proposed = propose_disagreements(users[User.Role.EDITOR])
        tell(f"{proposed} proposals wait at /arbeid/inntak/.")
    current = queries.current()
    if current:
        tell(f"Edition {current.number} is approved.")
    return accounts


def approve_first_edition(users: dict[str, User]) -> None:
    """Freeze the dataset's edition, and approve it."""
    folder = loading.folder_of(DATASET)
    wanted = files.read_toml(folder / "dataset.toml", files.DatasetEntry).edition
    edition = editions.freeze(
        by=users[User.Role.EDITOR],
        as_of=wanted.as_of,
        title=wanted.title,
        note=wanted.note or "",
    )
    today = timezone.localdate()
    editions.approve(edition, by=users[User.Role.APPROVER], body=BODY, on=today)


def propose_disagreements(editor: User) -> int:
    """Take in what the published document says differently from the register; answers how many."""
    notes = sorted((loading.folder_of(DATASET) / "disagreements").glob("*.toml"))
    for path in notes:
        intake.take_in(path.name, path.read_bytes(), by=editor)
    return len(notes)
