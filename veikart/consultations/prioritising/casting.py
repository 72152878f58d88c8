"""Casting a vote by a private link, and changing it as long as the round is open."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.consultations import log
from veikart.consultations.answering.tokens import hash_of, is_token
from veikart.consultations.models import Voter
from veikart.consultations.prioritising.rounds import has_voted, is_late, refuse_over
from veikart.design import words
from veikart.engines.handling.state import Round
from veikart.people import audit

Choice = Literal["first", "second", "equal"]
CHOICES: tuple[Choice, ...] = ("first", "second", "equal")


class Ballot(NamedTuple):
    """A voter and the round, as somebody opened them by the private link."""

    voter: Voter
    asked: Round

    @property
    def is_open(self) -> bool:
        """Whether a vote is taken now."""
        return self.asked.is_open and not is_late(self.asked)

    @property
    def points(self) -> dict[str, int]:
        """The points that were given; none while nothing was voted."""
        return self.voter.ballot or {}

    @property
    def ranking(self) -> list[str]:
        """The uids in the order they were put, the first one first; none while nothing was voted."""
        return self.voter.ballot or []

    @property
    def choices(self) -> list[Choice | None]:
        """The choice for each pair that is asked about; None where none was made."""
        return self.voter.ballot or [None] * len(self.voter.asked)


def find(token: str) -> Ballot | None:
    """What the link with `token` leads to; None for a link that was never given out, or is no more."""
    if not is_token(token):
        return None
    voter = Voter.objects.filter(token_hash=hash_of(token)).first()
    if voter is None:
        return None
    return Ballot(voter, log.state_of(voter.hearing_id).rounds[voter.round])


@transaction.atomic
def cast_points(voter: Voter, points: Mapping[str, int], *, at: dt.datetime | None = None) -> Voter:
    """Vote by sharing out all points; a vote before this one is replaced.

    Raises ValidationError after the round is closed, and for points that do not add up.
    """
    voter, asked = _locked(voter, at)
    known = {item.uid for item in asked.items}
    if asked.method != "points" or not points.keys() <= known:
        raise ValidationError(_("Expected points for what is listed. Open the page anew."))
    _refuse_wrong_sum(asked, points)
    given = {uid: number for uid, number in points.items() if number}
    return _kept(voter, given)


@transaction.atomic
def cast_ranking(voter: Voter, ranking: Sequence[str], *, at: dt.datetime | None = None) -> Voter:
    """Vote by putting things in order, all or some, the first one first; an order before is replaced.

    Raises ValidationError after the round is closed, and for an order that is none.
    """
    voter, asked = _locked(voter, at)
    known = {item.uid for item in asked.items}
    if asked.method != "ranking" or not known.issuperset(ranking):
        raise ValidationError(_("Expected an order of what is listed. Open the page anew."))
    if not ranking or len(set(ranking)) < len(ranking):
        raise ValidationError(_("Give at least one a number, and each its own."), code="no_order")
    return _kept(voter, list(ranking))


@transaction.atomic
def cast_choice(
    voter: Voter, place: int, choice: Choice | None, *, at: dt.datetime | None = None
) -> Voter:
    """Choose between the two of the pair at `place` (from 0); None takes the choice back.

    Raises ValidationError after the round is closed, and for a pair that is not asked about.
    """
    voter, asked = _locked(voter, at)
    if asked.method != "pairs" or not 0 <= place < len(voter.asked):
        raise ValidationError(
            _("Expected one of the pairs that are asked about. Open the page anew.")
        )
    if choice is not None and choice not in CHOICES:
        raise ValidationError(_("Choose the one, the other, or that they are equal."))
    chosen: list[Choice | None] = voter.ballot or [None] * len(voter.asked)
    return _kept(voter, [choice if i == place else old for i, old in enumerate(chosen)])


def _locked(voter: Voter, at: dt.datetime | None) -> tuple[Voter, Round]:
    """The voter's row and the round, which nobody counts meanwhile. Raises ValidationError."""
    audit.lock()
    # By its token, too: a link that was replaced meanwhile casts no vote.
    found = Voter.objects.select_for_update().filter(pk=voter.pk, token_hash=voter.token_hash)
    row = found.first()
    if row is None:
        raise ValidationError(_("This link was replaced by a new one. Use that."), code="replaced")
    asked = refuse_over(row.hearing_id, row.round)
    if is_late(asked, at):
        last = timezone.localtime(asked.last_minute)
        raise ValidationError(
            _("The time for votes was out %(day)s. What you had voted before that counts."),
            code="late",
            params={"day": f"{words.day(last.date())}, {last:%H:%M}"},
        )
    return row, asked


def _refuse_wrong_sum(asked: Round, points: Mapping[str, int]) -> None:
    most, all_points, given = asked.most or 0, asked.points or 0, sum(points.values())
    if any(not 0 <= number <= most for number in points.values()):
        raise ValidationError(
            _("Give each from 0 to %(most)d points."), code="too_many", params={"most": most}
        )
    left = all_points - given
    if left > 0:
        raise ValidationError(
            ngettext(
                "You have shared out %(given)d of %(all)d points. Share out the %(left)d that is left.",
                "You have shared out %(given)d of %(all)d points. Share out the %(left)d that are left.",
                left,
            ),
            code="points_left",
            params={"given": given, "all": all_points, "left": left},
        )
    if left < 0:
        raise ValidationError(
            _("You have given %(given)d points and have %(all)d. Take %(over)d away."),
            code="points_over",
            params={"given": given, "all": all_points, "over": -left},
        )


def _kept(voter: Voter, ballot: object) -> Voter:
    """Keep the vote; the record tells that somebody voted for the first time, and never what."""
    had_voted = has_voted(voter)
    voter.ballot = ballot
    voter.save(update_fields=["ballot"])
    if has_voted(voter) and not had_voted:
        audit.record("handling.voted", voter.round, by=None, after={"voter": voter.no})
    return voter
