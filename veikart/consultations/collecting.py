"""Collecting e-mail from a mailbox on a server: each message is kept and taken in before it is marked."""

from collections.abc import Iterator

from veikart.adapters.mailbox import Mailbox, messages
from veikart.consultations.receiving import need
from veikart.consultations.taking_in import Taken, Terms, take_in


def collect(
    mailbox: Mailbox, terms: Terms, *, largest: int, move_to: str | None = None
) -> Iterator[tuple[str, Taken]]:
    """Take in each message that is not marked, and mark it; with `move_to`, it is also moved there.

    Gives what each is called and what became of it. What is interrupted goes on where it stopped:
    a message that was kept and not marked is known again. One larger than `largest` bytes is
    listed, and stays in the mailbox. Raises MailboxTrouble.
    """
    place = f"{mailbox.address.user}, {mailbox.address.folder}"
    for uid, content, size in messages(mailbox, largest=largest):
        name = f"melding-{uid}.eml"
        if content is None:
            taken = _too_large(f"{name} ({place})", size, largest)
        else:
            taken = take_in(name, content, terms)
        mailbox.mark(uid)
        if move_to and content is not None:
            mailbox.move(uid, move_to)
        yield name, taken


def _too_large(name: str, size: int, largest: int) -> Taken:
    problem = (
        f"Expected a message of at most {largest // 1_000_000} MB; it has {size // 1_000_000} MB. "
        "It lies in the mailbox still."
    )
    return Taken(items=[need("not_read", name=name, problem=problem, why="too_large")])
