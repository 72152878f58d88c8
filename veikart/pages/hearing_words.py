"""What hearings and their counts are called in words."""

from collections import Counter
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from veikart.consultations.models import RespondentKind
from veikart.design import words
from veikart.design.point_words import OUTCOMES
from veikart.engines.handling.words import (
    OUTCOME_VALUES,
    Channel,
    Language,
    OutcomeValue,
    Stage,
)
from veikart.plan.consultations import Hearing, Point, Tally

STAGES: dict[Stage, Promise] = {
    "planned": pgettext_lazy("stage of a hearing", "Planned"),
    "open": pgettext_lazy("stage of a hearing", "Open for replies"),
    "handling": pgettext_lazy("stage of a hearing", "Being handled"),
    "answered": pgettext_lazy("stage of a hearing", "Answered"),
}
CHANNELS: dict[Channel, Promise] = {
    "web": gettext_lazy("By the form on the web"),
    "email": gettext_lazy("By e-mail"),
    "hand": gettext_lazy("Handed in"),
}
LANGUAGES: dict[Language, Promise] = {
    "nb": pgettext_lazy("language of a reply", "Bokmål"),
    "nn": pgettext_lazy("language of a reply", "Nynorsk"),
    "en": pgettext_lazy("language of a reply", "English"),
}


def respondent_kind(kind: str) -> str:
    """What a kind of respondent is called."""
    return str(RespondentKind(kind).label)


def period(hearing: Hearing) -> str:
    """When one can or could reply, as a sentence."""
    facts = {"opens": words.day(hearing.opens_on), "closes": words.day(hearing.closes_on)}
    if hearing.kind == "workshop":
        return _("The meetings were held from %(opens)s to %(closes)s.") % facts
    if hearing.stage == "planned":
        return _("The hearing opens %(opens)s, and the last day for replies is %(closes)s.") % facts
    if hearing.stage == "open":
        return _("The hearing is open: the last day for replies is %(closes)s.") % facts
    return _("The hearing was open from %(opens)s to %(closes)s.") % facts


def tally_sentence(tally: Tally) -> str:
    """What was received is what is handled and what is open, in one sentence."""
    if not tally.received:
        return _("No points have been taken in yet.")
    said = ngettext(
        "%(received)s point is received: %(handled)s handled and %(open)s open.",
        "%(received)s points are received: %(handled)s handled and %(open)s open.",
        tally.received,
    )
    return said % {
        "received": words.number(tally.received),
        "handled": words.number(tally.handled),
        "open": words.number(tally.open),
    }


def handled_sentence(tally: Tally) -> str | None:
    """How those handled were handled, where some were set aside or lapsed."""
    if not tally.set_aside and not tally.lapsed:
        return None
    said = [
        ngettext("%(n)s is answered", "%(n)s are answered", tally.answered) % _n(tally.answered)
    ]
    if tally.set_aside:
        said.append(
            ngettext(
                "%(n)s was set aside as no point to answer",
                "%(n)s were set aside as no points to answer",
                tally.set_aside,
            )
            % _n(tally.set_aside)
        )
    if tally.lapsed:
        said.append(
            ngettext(
                "%(n)s was in a reply that was withdrawn or replaced",
                "%(n)s were in replies that were withdrawn or replaced",
                tally.lapsed,
            )
            % _n(tally.lapsed)
        )
    return _("Of those handled, %(said)s.") % {"said": words.listed(said)}


def outcome_counts(points: Iterable[Point]) -> list[tuple[OutcomeValue, int, str]]:
    """How many of `points` each outcome has, and what it is called; those that occur."""
    counted = Counter(point.outcome.value for point in points if point.outcome)
    return [
        (value, counted[value], str(OUTCOMES[value])) for value in OUTCOME_VALUES if counted[value]
    ]


def outcomes_said(points: Iterable[Point]) -> str:
    """The outcomes in running text: 3 tatt til følge, 1 delvis; empty where there are none."""
    counts = outcome_counts(points)
    return words.listed([f"{words.number(n)} {words.inside(name)}" for _value, n, name in counts])


def points_sentence(count: int) -> str:
    """So many points."""
    return ngettext("%(n)s point", "%(n)s points", count) % _n(count)


def _n(count: int) -> dict[str, str]:
    return {"n": words.number(count)}
