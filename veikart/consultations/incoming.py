"""What a reader found in a reply, as what is received: answers, points and who sent it."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import msgspec

from veikart.consultations.models import Hearing
from veikart.consultations.receiving import File, Incoming
from veikart.engines.anchors.targets import Target
from veikart.engines.handling.actions import Anchor, FoundAt, Original
from veikart.engines.handling.words import Channel
from veikart.engines.proposal import Item, Proposal
from veikart.engines.readers.reply_items import anchored
from veikart.people.models import Organisation
from veikart.plan.consultations import Answer

LONGEST_NAME = 300
DOUBTS = (
    "no_respondent",
    "other_case",
    "questions_missing",
    "empty_form",
    "no_choice",
    "several_choices",
    "waiting_for_recognition",
    "recognised",
    "no_date",
)
"""The cautions of readers that a person has to look at."""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """How a reply came and from whom, as far as what carried it tells."""

    channel: Channel
    received_at: dt.datetime
    name: str | None = None
    address: str | None = None


def incoming(
    hearing: Hearing,
    proposal: Proposal,
    *,
    sender: Sender,
    files: Sequence[File],
    targets: Sequence[Target] = (),
) -> Incoming:
    """The reply in `proposal` as `receive` takes it, its points anchored to `targets`."""
    head = head_of(proposal)
    respondent = (head.get("respondent") or sender.name or sender.address or proposal.file.name)[
        :LONGEST_NAME
    ]
    if targets:
        proposal = anchored(proposal, targets)
    asked = set(hearing.questions.values_list("no", flat=True))
    return Incoming(
        respondent=respondent,
        kind_of_respondent=head.get("kind_of_respondent") or "other",
        organisation=organisation_of(respondent),
        channel=sender.channel,
        received_at=sender.received_at,
        email=sender.address,
        language=head.get("language"),
        is_scanned=bool(head.get("scanned")),
        answers=tuple(_answers(proposal.items, asked)),
        points=tuple(points_in(proposal, asked)),
        files=tuple(files),
    )


def head_of(proposal: Proposal) -> dict[str, Any]:
    """What the reply says of itself; nothing for what is no reply."""
    return next((item.values for item in proposal.items if item.kind == "reply"), {})


def doubts(proposal: Proposal) -> str:
    """What to look at twice in what was read, in the reader's words; empty if there is nothing."""
    return " ".join(each.message for each in proposal.warnings if each.code in DOUBTS)


def organisation_of(name: str) -> str | None:
    """The uid of the one organisation that is called `name` today; None where none or several are."""
    rows = Organisation.objects.filter(name__iexact=name, valid_to=None)
    uids = list(rows.values_list("uid", flat=True)[:2])
    return uids[0] if len(uids) == 1 else None


def _answers(items: Iterable[Item], asked: Collection[int]) -> Iterator[Answer]:
    for values in (item.values for item in items if item.kind == "answer"):
        if values["question"] not in asked or values["empty"]:
            continue
        goals = [one for one in values.get("goals") or () if one["text"]]
        for one in goals:
            yield Answer(question=values["question"], goal=one["goal"], text=one["text"])
        if not goals or values["choice"]:
            yield Answer(
                question=values["question"],
                choice=values["choice"],
                text=None if goals else values["text"],
            )


def points_in(proposal: Proposal, asked: Collection[int]) -> Iterator[Original]:
    """The points that a reader found, as they are received; `asked` are the numbers of the questions."""
    for item in proposal.items:
        if item.kind != "point" or not item.values["text"].strip():
            continue
        values, place = item.values, item.found_at
        yield Original(
            uid="",
            text=values["text"],
            kind=values["kind"],
            heading_path=tuple(values["heading_path"]),
            proposed_wording=values["proposed_wording"],
            question=values["question"] if values["question"] in asked else None,
            found_at=FoundAt(
                start=cast("int", place.start),
                end=cast("int", place.end),
                page=place.page,
                file=proposal.file.sha256,
            ),
            anchors=tuple(msgspec.convert(values["anchors"], tuple[Anchor, ...])),
        )
