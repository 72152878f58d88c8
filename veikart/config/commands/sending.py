"""`veikart send`: the messages that somebody has approved go out, each once."""

from typing import TYPE_CHECKING

import typer

from veikart.config.commands.speaking import FAILED, Trouble, complain, plainly, say
from veikart.config.commands.starting import need_tables, start_django

if TYPE_CHECKING:
    from veikart.outbox.models import Message


@plainly
def send() -> None:
    """Send the messages of the outbox that somebody has approved at the desk; no other, and none twice.

    Messages that are refused stay in the outbox with the reason, and so do those of which nobody knows
    whether they were sent; then it exits with 1. Example: veikart send
    """
    start_django()
    need_tables()
    from veikart.outbox import sending

    try:
        tally = sending.send_approved(by=None)
    except sending.NoServer as problem:
        raise Trouble(str(problem)) from problem
    for message in tally.troubled:
        complain(in_words(message))
    say(
        f"{tally.endings['sent']} messages sent, {tally.left} to be tried later, "
        f"{len(tally.troubled)} need a person."
    )
    if tally.troubled:
        raise typer.Exit(FAILED)


def in_words(message: "Message") -> str:
    """What became of a message that a person must look at, without its address."""
    what = f"“{message.subject}” to {message.name} ({message.about})"
    return f"{what}: {message.get_state_display()}. {message.said or ''} Decide at /arbeid/utboks/"
