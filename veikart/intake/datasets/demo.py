"""The try-out: the e-health case loaded, one edition approved, and sixteen questions left open."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from veikart.editions import queries
from veikart.editions import services as editions
from veikart.editions.models import Edition, State
from veikart.indicators import queries as indicators
from veikart.indicators import results
from veikart.intake import services as intake
from veikart.intake.datasets import files
from veikart.intake.datasets.loading import Progress, folder_of, load
from veikart.intake.models import Proposal
from veikart.people import services as people
from veikart.people.models import User

DATASET = "ehelse"
BODY = "Nasjonalt e-helseråd (prøvedata)"
"""So that nobody takes the try-out's approval for a decision of the council."""


class Account(NamedTuple):
    """A try-out account, with the password that was just given to it."""

    username: str
    password: str
    role: str


@dataclass(frozen=True, kw_only=True)
class DemoReady:
    """What the try-out has: an account a role, the approved edition, and its proposals."""

    accounts: tuple[Account, ...]
    edition: Edition
    proposals: tuple[Proposal, ...]


def prepare_demo(*, progress: Progress | None = None) -> DemoReady:
    """Make what the try-out lacks, and give its accounts new passwords.

    Can be run again, also after a run that was stopped: what is there stays as people left it.
    Raises ValidationError if the working plan holds something else.
    """
    _refuse_other_plan()
    accounts = tuple(Account(*made) for made in people.make_demo_accounts())
    users = {user.role: user for user in User.objects.filter(is_demo=True)}
    editor, approver = users[User.Role.EDITOR], users[User.Role.APPROVER]
    folder = folder_of(DATASET)
    edition = Edition.objects.approved().last()
    if edition is None:
        edition = _first_edition(folder, editor, approver, progress)
    return DemoReady(
        accounts=accounts,
        edition=edition,
        proposals=tuple(_proposal(path, by=editor) for path in _notes(folder)),
    )


def _refuse_other_plan() -> None:
    """The try-out is for an empty place, or one that it was made in before."""
    title = queries.draft().strategy.title
    wanted = files.read_toml(folder_of(DATASET) / "strategy.toml", files.StrategyFile).title
    if queries.draft().strategy.goals and title != wanted:
        raise ValidationError(
            _(
                "Expected an empty working plan, or that of the try-out; found the strategy "
                "“%(title)s”. Name another folder in VEIKART_HOME for the try-out."
            ),
            code="another_plan",
            params={"title": title},
        )


def _first_edition(
    folder: Path, editor: User, approver: User, progress: Progress | None
) -> Edition:
    """The dataset's edition, approved; one that a stopped run has left waiting is approved now."""
    with transaction.atomic():
        edition = Edition.objects.filter(state=State.FROZEN).first()
        if edition is None:
            load(DATASET, by=editor, progress=progress)
            _compute(by=editor)
            wanted = files.read_toml(folder / "dataset.toml", files.DatasetEntry).edition
            edition = editions.freeze(
                by=editor, as_of=wanted.as_of, title=wanted.title, note=wanted.note or ""
            )
        return editions.approve(edition, by=approver, body=BODY, on=timezone.localdate())


def _compute(*, by: User) -> None:
    """The figures of all indicators. Raises ValidationError that says which could not be computed."""
    uids = [standing.indicator.uid for standing in indicators.standings()]
    failed = [each for each in results.compute_many(uids, by=by) if each.verb == "failed"]
    if failed:
        raise ValidationError([f"{each.indicator}: {each.problem}" for each in failed])


def _notes(folder: Path) -> list[Path]:
    return sorted((folder / "disagreements").glob("*.toml"))


def _proposal(path: Path, *, by: User) -> Proposal:
    """The proposal of these notes: the one that was made before, or a new one."""
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    made = Proposal.objects.filter(document__sha256=sha256).order_by("pk").first()
    return made or intake.take_in(path.name, content, by=by)
