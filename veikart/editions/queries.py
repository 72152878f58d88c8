"""What may be read of editions: those kept, one of them, the working draft, and a thing's history."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from django.contrib.auth.models import AnonymousUser

from veikart.editions import building, opened, shown
from veikart.editions.models import Edition, State
from veikart.editions.shelf import ApprovingDecision
from veikart.editions.verification import Problem, decision_of, verify, verify_figures
from veikart.people import audit, rules
from veikart.people.models import User
from veikart.plan import codec
from veikart.plan.index import Thing
from veikart.plan.model import Plan, Tombstone

__all__ = [
    "ApprovingDecision",
    "Moment",
    "Problem",
    "Shelved",
    "current",
    "draft",
    "edition",
    "editions",
    "first",
    "history",
    "plan",
    "shelved",
    "verify",
    "verify_figures",
    "waiting",
    "waiting_for",
    "working",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A plan and what is known of it as an edition. The draft has no number, hash or approval.

    `plan` and `file_problem` are read from the file when they are asked for. A file that cannot be
    read as a plan gives a plan without content, and `file_problem` says so.
    """

    number: str | None
    title: str
    state: Literal["draft", "frozen", "approved"]
    as_of: dt.date
    note: str | None = None
    sha256: str | None = None
    previous: str | None = None
    frozen_at: dt.datetime | None = None
    approved_by: str | None = None
    approved_body: str | None = None
    approved_on: dt.date | None = None
    decision_note: str | None = None
    decision: ApprovingDecision | None = None
    file_name: str | None = None
    working_plan: Plan | None = field(default=None, repr=False)
    looked_up: dict[int, Plan] = field(default_factory=dict, repr=False, compare=False)

    @property
    def plan(self) -> Plan:
        """The plan as it may be shown: without replies that were withdrawn, and words withheld, since."""
        if self.working_plan is not None:
            return self.working_plan
        found = opened.open_file(self.file_name or "").plan
        if found is None:
            return building.empty_plan(
                number=self.number, title=self.title, as_of=self.as_of, frozen_at=self.frozen_at
            )
        key = id(found)
        if key not in self.looked_up:
            self.looked_up[key] = shown.of(found)
        return self.looked_up[key]

    @property
    def is_lessened(self) -> bool:
        """Whether less is shown than the file holds, since something was withdrawn or withheld later."""
        return self.working_plan is None and self.plan is not (
            opened.open_file(self.file_name or "").plan or self.plan
        )

    @property
    def shown_sha256(self) -> str | None:
        """The SHA-256 of the plan as it may be downloaded: of the file itself, or of what is left of it."""
        return codec.fingerprint(codec.encode(self.plan)) if self.is_lessened else self.sha256

    @property
    def file_problem(self) -> str | None:
        """What is wrong with the file, as a sentence for people; None if its bytes are as frozen."""
        if self.file_name is None or self.sha256 is None:
            return None
        return opened.file_problem(self.file_name, self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing as an edition has it: there, gone with its stone, or (both None) not known to it."""

    edition: Shelved
    thing: Thing | None
    tombstone: Tombstone | None


def editions(*, with_waiting: bool = False) -> list[Shelved]:
    """The approved editions, the newest first; one query. `with_waiting` adds the one that is not."""
    rows = Edition.objects.kept() if with_waiting else Edition.objects.approved()
    return [shelved(row) for row in rows.select_related("previous")]


def current() -> Shelved | None:
    """The last approved edition; None before there is one. One query."""
    row = Edition.objects.approved().select_related("previous").first()
    return shelved(row) if row else None


def first() -> Shelved | None:
    """The first approved edition: what slip is counted from. One query."""
    row = Edition.objects.approved().select_related("previous").last()
    return shelved(row) if row else None


def waiting() -> Shelved | None:
    """The edition that is frozen and waits for approval; None if none does. One query."""
    row = Edition.objects.filter(state=State.FROZEN).select_related("previous").first()
    return shelved(row) if row else None


def waiting_for(user: User | AnonymousUser, number: str) -> Shelved | None:
    """The edition called `number` if it waits for approval and `user` may read what is not public."""
    found = waiting()
    if found is None or found.number != number or not rules.can_read_draft(user):
        return None
    return found


def edition(number: str) -> Shelved | None:
    """The edition called `number`, approved or waiting; None if there is none. One query."""
    rows = Edition.objects.kept().select_related("previous")
    row = rows.filter(number=number).first()
    return shelved(row) if row else None


def plan(number: str) -> Plan | None:
    """The plan of the edition called `number`; None if there is no such edition. One query."""
    found = edition(number)
    return found.plan if found else None


def draft() -> Plan:
    """The working tables as a plan. One query while nothing has changed since it was last built."""
    return building.working_plan(stamp=audit.stamp())


def working() -> Shelved:
    """The working tables as something that a page can show like an edition."""
    made = draft()
    return Shelved(
        number=None,
        title=made.head.title,
        state="draft",
        as_of=made.head.as_of,
        previous=made.head.previous,
        working_plan=made,
    )


def history(uid: str) -> list[Moment]:
    """The thing called `uid` in every approved edition, the oldest first. One query."""
    return [
        Moment(
            edition=each,
            thing=each.plan.index.by_uid.get(uid),
            tombstone=each.plan.index.tombstones.get(uid),
        )
        for each in reversed(editions())
    ]


def shelved(row: Edition) -> Shelved:
    """The edition of `row` as pages show it; `row` has its `previous` selected, too."""
    return Shelved(
        number=row.number,
        title=row.title,
        state="approved" if row.state == State.APPROVED else "frozen",
        as_of=row.as_of,
        note=row.note or None,
        sha256=row.sha256,
        previous=row.previous.number if row.previous else None,
        frozen_at=row.frozen_at,
        approved_by=row.approver_name or None,
        approved_body=row.approved_body or None,
        approved_on=row.approved_on,
        decision_note=row.decision_note or None,
        decision=decision_of(row),
        file_name=row.file_name,
    )
