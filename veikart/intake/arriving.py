"""A file that somebody brings, whatever it is: part of the plan, or a reply to a hearing."""

from dataclasses import dataclass

from veikart.consultations import taking_in
from veikart.consultations.taking_in import Taken, Terms
from veikart.engines.readers import choose
from veikart.engines.readers.mail import is_mail
from veikart.intake import reading, services
from veikart.intake.models import Proposal

OF_THE_PLAN = (".csv", ".tsv", ".xlsx", ".json")
"""The names of tables, which are the plan's even where they cannot be read."""


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """What became of a file: a proposal for the plan, or what was received: the one or the other."""

    proposal: Proposal | None = None
    taken: Taken | None = None


def take_in(name: str, content: bytes, terms: Terms) -> Arrived:
    """Take a file in by what is in it. With `terms.hearing`, whatever says something is a reply.

    What is wrong with a reply is listed. Raises Unreadable for a table that cannot be read.
    """
    if terms.hearing or is_mail(content):
        return Arrived(taken=taking_in.take_in(name, content, terms))
    if name.casefold().endswith(OF_THE_PLAN):
        return Arrived(proposal=services.take_in(name, content, by=terms.by))
    found = list(reading.read_all(name, content))
    proposals = [one.proposal for one in found if one.proposal is not None]
    if any(one.reader not in choose.REPLIES for one in proposals):
        return Arrived(proposal=services.take_in(name, content, by=terms.by))
    return Arrived(taken=taking_in.take_in(name, content, terms, read=found))
