"""Freezing the hearings: the Plan holds what a person has cleared, and no word that was withheld.

A reply is in the Plan once it is cleared, and its points once they are confirmed, too. Outcomes are in
the Plan once it was said that they may be published, and while no point lacks anything. Until
then the hearing stands there with its questions and counts. Everything in a reply, and all that was
written about it, passes through the masks of `veikart.consultations.hiding`.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
from django.utils import timezone

from veikart.consultations import freezing_goals, hiding, kinds, log
from veikart.consultations.models import Hearing, Reply
from veikart.engines.handling import state as handling
from veikart.engines.handling.actions import Withheld
from veikart.engines.handling.extracts import found_at
from veikart.engines.handling.settling import answer_of, counts, lacking
from veikart.engines.handling.state import Decision, State, number
from veikart.engines.handling.withholding import Mask, mask
from veikart.engines.handling.words import RESPONDENT_KINDS, Stage
from veikart.plan import consultations as plan
from veikart.plan.model import Tombstone

_TERMS = tuple(
    name for name in kinds.HearingTerms.__struct_fields__ if name in plan.Hearing.__struct_fields__
)


def freeze(*, on: dt.date) -> plan.Consultations:
    """The public hearings as of the day `on`, with what is cleared, each collection by uid."""
    found = [_Frozen(terms, on) for terms in kinds.HEARING.all() if terms.is_public]
    return plan.Consultations(
        hearings=_sorted(one.hearing for one in found),
        replies=_sorted(reply for one in found for reply in one.replies),
        points=_sorted(point for one in found for point in one.points),
        themes=_sorted(theme for one in found for theme in one.themes),
        change_areas=_sorted(area for one in found for area in one.drafting.areas),
        draft_goals=_sorted(goal for one in found for goal in one.drafting.goals),
        priority_rounds=_sorted(each for one in found for each in one.drafting.rounds),
    )


def as_held(hearing: str, *, on: dt.date) -> plan.Consultations:
    """Of one public hearing what tells how it was held: its terms and counts, the replies that are
    cleared, and of its points those whose outcome led to a change. Nothing if it is not public.
    """
    every = (terms for terms in kinds.HEARING.all() if terms.is_public and terms.uid == hearing)
    found = [_Frozen(terms, on) for terms in every]
    return plan.Consultations(
        hearings=_sorted(one.hearing for one in found),
        replies=_sorted(reply for one in found for reply in one.replies),
        points=_sorted(point for one in found for point in one.changing),
    )


def tombstones() -> tuple[Tombstone, ...]:
    """A stone for each withdrawn reply to a public hearing; it does not say whose it was."""
    return _sorted(
        stone
        for uid in Hearing.objects.filter(is_public=True).values_list("uid", flat=True)
        for stone in _stones(uid)
    )


def _stones(hearing: str) -> list[Tombstone]:
    replies = log.state_of(hearing).replies.values()
    if all(reply.withdrawn is None for reply in replies):
        return []
    return hiding.stones(hiding.of_hearing(hearing))


def _sorted(things: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(things, key=lambda thing: thing.uid))


@dataclass(frozen=True)
class _Frozen:
    """One hearing on its way into the Plan."""

    terms: kinds.HearingTerms
    on: dt.date

    @cached_property
    def state(self) -> State:
        return log.state_of(self.terms.uid)

    @cached_property
    def rows(self) -> dict[str, Reply]:
        """The version that holds of each reply."""
        rows = Reply.objects.filter(hearing=self.terms.uid).order_by("no", "version")
        rows = rows.select_related("organisation")
        return {row.uid: row for row in rows}

    @cached_property
    def stage(self) -> Stage:
        if self.on < self.terms.opens_on:
            return "planned"
        if self.on <= self.terms.closes_on:
            return "open"
        is_answered = self.state.published_at is not None and not lacking(self.state)
        return "answered" if is_answered else "handling"

    @cached_property
    def hidden(self) -> hiding.Hiding:
        """What the replies withhold."""
        return hiding.of_hearing(self.terms.uid, self.rows.values())

    @property
    def hearing(self) -> plan.Hearing:
        """The hearing with its counts."""
        told = {name: getattr(self.terms, name) for name in _TERMS}
        counted = counts(self.state)
        answered = self.state.published_at if self.stage == "answered" else None
        return plan.Hearing(
            **told,
            stage=self.stage,
            replies=len(self.state.replies),
            tally=plan.Tally(**msgspec.structs.asdict(counted)),
            answered_on=timezone.localdate(answered) if answered else None,
        )

    # --- Replies ------------------------------------------------------------------------------

    @cached_property
    def cleared(self) -> dict[str, handling.Reply]:
        """The replies that are cleared and were not withdrawn."""
        return {
            uid: reply
            for uid, reply in self.state.replies.items()
            if reply.clearance and reply.withdrawn is None
        }

    @property
    def replies(self) -> list[plan.Reply]:
        """The cleared replies, less what they withhold."""
        return [self._reply(reply) for reply in self.cleared.values()]

    def _reply(self, reply: handling.Reply) -> plan.Reply:
        row, clearance = self.rows[reply.uid], reply.clearance
        if clearance is None:
            raise ValueError(f"Expected {reply.uid} to be cleared; it is not.")
        hidden = self.hidden.of(reply.uid)
        is_whole = not clearance.withheld and not clearance.is_initials
        is_own = row.channel == Reply.Channel.WEB  # written in the form: nobody had to read it
        confirmed = reply.confirmed_at or (row.received_at if is_own else None)
        return plan.Reply(
            uid=reply.uid,
            hearing=self.terms.uid,
            no=row.no,
            version=reply.version,
            respondent=clearance.shown_as,
            kind_of_respondent=reply.kind_of_respondent,
            received_on=timezone.localdate(row.received_at) if row.received_at else None,
            channel=row.channel,  # type: ignore[arg-type]  # (a word of its choices)
            organisation=self._organisation(row, clearance),
            is_initials=clearance.is_initials,
            after_deadline=row.after_deadline,
            confirmed_on=timezone.localdate(confirmed) if confirmed else None,
            language=row.language,  # type: ignore[arg-type]  # (a word of its choices)
            fingerprint=row.fingerprint if is_whole else None,
            answers=tuple(_answer(answer, hidden) for answer in row.answers),
            redactions=self._redactions(reply, row, clearance.withheld),
        )

    def _organisation(self, row: Reply, clearance: handling.Clearance) -> str | None:
        """The respondent in the plan; None where its name is not shown, or is withheld."""
        if clearance.is_initials or row.organisation is None:
            return None
        is_hidden = self.hidden.of(row.uid).places([row.respondent, row.organisation.name])
        return None if is_hidden else row.organisation_id

    def _redactions(
        self, reply: handling.Reply, row: Reply, withheld: Iterable[Withheld]
    ) -> tuple[plan.Redaction, ...]:
        """What was withheld on which basis; the name of who is shown by initials comes last."""
        texts = [text for answer in row.answers for text in (answer["choice"], answer["text"])]
        texts += [
            text
            for point in self.state.standing()
            if point.reply == reply.uid
            for text in (self.state.text_of(point), point.proposed_wording, *point.heading_path)
        ]
        said = [
            plan.Redaction(
                basis=each.basis,
                reason=self.hidden.about_reply(reply.uid).of(each.reason),
                places=mask([each], mark="").places(texts),
            )
            for each in withheld
        ]
        name = self.hidden.name_of(reply.uid)
        places = Mask((), mark="", names=(name,)).places(texts) if name else 0
        if places:
            said.append(plan.Redaction(basis="personal", reason=plan.NAME_HIDDEN, places=places))
        return tuple(said)

    # --- Points -------------------------------------------------------------------------------

    @cached_property
    def published(self) -> dict[str, handling.Point]:
        """The points that may be shown: confirmed, not set aside, of cleared replies."""
        return {
            point.uid: point
            for point in self.state.standing()
            if point.reply in self.cleared and point.confirmed and point.aside is None
        }

    @property
    def points(self) -> list[plan.Point]:
        """The points that may be shown, with outcomes once those may be."""
        return [self._point(point) for point in self.published.values()]

    @property
    def changing(self) -> list[plan.Point]:
        """Those of them that may be shown to have led to a change."""
        if self.stage != "answered":
            return []
        answers = ((point, answer_of(self.state, point)) for point in self.published.values())
        return [self._point(point) for point, held in answers if held and held.decision.led_to]

    def _point(self, point: handling.Point) -> plan.Point:
        hidden = self.hidden.of(point.reply)
        text = self.hidden.text_of(point)
        answer = answer_of(self.state, point) if self.stage == "answered" else None
        is_whole = text == self.state.text_of(point)
        place = found_at(self.state, point) if is_whole else None
        themes = [theme.uid for theme in self.state.themes_of(point.uid)]
        return plan.Point(
            uid=point.uid,
            hearing=self.terms.uid,
            reply=point.reply,
            no=number(point.uid),
            kind=point.kind,
            text=text,
            heading_path=tuple(hidden.of(heading) for heading in point.heading_path),
            proposed_wording=hidden.of_any(point.proposed_wording),
            question=point.question,
            anchors=tuple(anchor.uid for anchor in point.anchors),
            themes=tuple(themes),
            origins=() if point.origins == (point.uid,) else point.origins,
            found_at=plan.Place(page=place.page, start=place.start, end=place.end)
            if place
            else None,
            is_retold=point.is_retold,
            outcome=_outcome(answer.decision, self.hidden.about_reply(point.reply))
            if answer
            else None,
            outcome_of_theme=answer.theme if answer else None,
        )

    # --- Themes -------------------------------------------------------------------------------

    @property
    def themes(self) -> list[plan.Theme]:
        """The themes that stand, with who is behind them."""
        return [self._theme(theme) for theme in self.state.standing_themes()]

    def _theme(self, theme: handling.Theme) -> plan.Theme:
        inside = self.state.said(theme.uid, yes=True)
        decision = theme.outcome if self.stage == "answered" else None
        return plan.Theme(
            uid=theme.uid,
            hearing=self.terms.uid,
            no=number(theme.uid),
            title=self.hidden.about.of(theme.title),
            sentence=self.hidden.about.of_any(theme.sentence),
            points=tuple(sorted(uid for uid in inside if uid in self.published)),
            by_kind=self._by_kind(inside),
            outcome=_outcome(decision, self.hidden.about) if decision else None,
        )

    def _by_kind(self, inside: Iterable[str]) -> tuple[plan.KindCount, ...]:
        points: Counter[str] = Counter()
        respondents: dict[str, set[str]] = defaultdict(set)
        for uid in inside:
            reply = self.state.points[uid].reply
            kind = self.state.replies[reply].kind_of_respondent
            points[kind] += 1
            respondents[kind].add(reply)
        return tuple(
            plan.KindCount(kind=kind, respondents=len(respondents[kind]), points=points[kind])
            for kind in RESPONDENT_KINDS
            if points[kind]
        )

    @cached_property
    def drafting(self) -> freezing_goals.Drafting:
        """What the themes led to."""
        return freezing_goals.Drafting(self.terms.uid, self.state, self.hidden.about)


def _answer(values: dict[str, Any], hidden: Mask) -> plan.Answer:
    answer = msgspec.convert(values, plan.Answer)
    return msgspec.structs.replace(
        answer, choice=hidden.of_any(answer.choice), text=hidden.of_any(answer.text)
    )


def _outcome(decision: Decision, hidden: Mask) -> plan.Outcome | None:
    """The outcome as it is published; None for one without a reason, which is only noted."""
    if decision.reason is None:
        return None
    return plan.Outcome(
        value=decision.value,
        reason=hidden.of(decision.reason),
        decided_on=timezone.localdate(decision.at),
        led_to=tuple(
            plan.LedTo(
                uid=led.uid, before=hidden.of_any(led.before), after=hidden.of_any(led.after)
            )
            for led in decision.led_to
        ),
        case=hidden.of_any(decision.case),
    )
