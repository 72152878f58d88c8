"""What `veikart take-in` says of replies: each that was received, and each that needs a person."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from veikart.config.commands.speaking import Trouble, complain, say

if TYPE_CHECKING:
    from veikart.consultations.models import IntakeItem
    from veikart.consultations.taking_in import Taken, Terms
    from veikart.people.models import User

STOPPED = frozenset(
    {
        "another_case",
        "no_case_number",
        "no_hearing",
        "not_a_reply",
        "not_read",
        "several_hearings",
        "waits_for_recognition",
    }
)
"""What keeps a document from being received."""


@dataclass
class Tally:
    """How many replies came, were there before, and need a person; and what was not received."""

    replies: int = 0
    same: int = 0
    items: int = 0
    failed: list[str] = field(default_factory=list)

    def count(self, source: str, taken: "Taken") -> None:
        """Add what became of `source`, and say it."""
        self.replies += len(taken.replies)
        self.same += taken.same
        self.items += len(taken.items)
        for reply in taken.replies:
            say(f"{source}: received as {reply.uid}, from {reply.respondent}.")
        for item in taken.items:
            complain(f"{source}: {in_words(item)}")
        self.failed += [source for item in taken.items if item.code in STOPPED]

    def tell(self) -> None:
        """Say the numbers, if there was any reply."""
        if self.replies or self.same or self.items:
            say(
                f"{self.replies} replies received, {self.same} files were there before, "
                f"{self.items} things need a person."
            )


def in_words(item: "IntakeItem") -> str:
    """What is the matter, and what to do."""
    from veikart.consultations.needs import NEEDS

    need = NEEDS[item.code]
    return f"{need.says % item.params} {need.remedy % item.params}"


def terms_of(*, hearing: str | None, received: dt.datetime | None, by: "User | None") -> "Terms":
    """What holds for all that is taken in. Raises Trouble for an unknown hearing."""
    from django.utils import timezone

    from veikart.consultations.taking_in import Terms
    from veikart.editions import queries
    from veikart.plan.anchor_targets import anchor_targets

    return Terms(
        by=by,
        received_at=timezone.make_aware(received) if received else timezone.now(),
        targets=anchor_targets(queries.draft()),
        hearing=find_hearing(hearing) if hearing else None,
    )


def find_hearing(named: str) -> str:
    """The uid of the hearing of this case number or uid. Raises Trouble if there is none."""
    from veikart.consultations import queries

    hearings = queries.hearings()
    for one in hearings:
        if named in {one.uid, one.case_number}:
            return str(one.uid)
    known = ", ".join(str(one.case_number or one.uid) for one in hearings) or "none"
    raise Trouble(f"Expected the case number of a hearing; found “{named}”. There are: {known}.")


def collect(said: str, terms: "Terms", tally: Tally) -> None:
    """Take in what is new in the mailbox at the address `said`. Raises Trouble."""
    from django.conf import settings

    from veikart.adapters.mailbox import Mailbox, MailboxTrouble, address_of
    from veikart.consultations import collecting
    from veikart.documents import reading

    try:
        address = address_of(said)
        if not settings.MAILBOX_PASSWORD:
            raise Trouble(
                f"Expected the password of {address.user} in VEIKART_MAILBOX_PASSWORD; found none. "
                "Set it where nobody else can read it."
            )
        trusted = settings.MAILBOX_CERTIFICATES
        largest = reading.limits().largest_mailbox
        with Mailbox(
            address, settings.MAILBOX_PASSWORD, trusted=trusted, largest=largest
        ) as mailbox:
            every = collecting.collect(
                mailbox, terms, largest=largest, move_to=settings.MAILBOX_MOVE_TO
            )
            for name, taken in every:
                tally.count(name, taken)
    except MailboxTrouble as trouble:
        raise Trouble(str(trouble)) from trouble


def sentence_of(failed: Sequence[str]) -> str:
    """Which documents were not received, as a list at the end."""
    return "\n".join(["Not taken in:", *(f"  {source}" for source in dict.fromkeys(failed))])
