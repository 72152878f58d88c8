"""What was decided and done between two editions, in words: a section of its own in a comparison."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.pages import decision_told, follow_ups
from veikart.pages.reading import Reading
from veikart.plan.decided_since import DecidedSince, News

SHOWN = 30
"""So many decisions are here; more are in the register."""


def of(reading: Reading, since: DecidedSince) -> dict[str, Any] | None:
    """The section as the later plan, `reading`, tells it; None where nothing happened."""
    if since.is_empty:
        return None
    index = reading.plan.index
    decided = [index.decisions[one.uid] for one in since.decided]
    return {
        "lead": lead(since),
        "decided": decision_told.told(reading, decided[:SHOWN]),
        "more": max(len(decided) - SHOWN, 0),
        "changed": [_changed(reading, one) for one in since.changed],
        "gone": [one.name for one in since.gone],
        "settled": _rows(reading, since.settled),
        "given": _rows(reading, since.given),
        "fell_due": _rows(reading, since.fell_due),
        "register": reading.address("vedtak"),
    }


def lead(since: DecidedSince) -> str:
    """The counts as one sentence."""
    said = [
        text % {"n": words.number(len(listed))}
        for listed, text in (
            (since.decided, ngettext("%(n)s new decision", "%(n)s new decisions", len(since.decided))),
            (since.changed, ngettext("%(n)s decision corrected", "%(n)s decisions corrected", len(since.changed))),
            (since.gone, ngettext("%(n)s decision no longer shown", "%(n)s decisions no longer shown", len(since.gone))),
            (since.settled, ngettext("%(n)s follow-up settled", "%(n)s follow-ups settled", len(since.settled))),
            (since.given, ngettext("%(n)s new follow-up", "%(n)s new follow-ups", len(since.given))),
            (since.fell_due, ngettext("%(n)s follow-up now overdue", "%(n)s follow-ups now overdue", len(since.fell_due))),
        )
        if listed
    ]  # fmt: skip
    return words.listed(said)


def _changed(reading: Reading, one: News) -> tuple[decision_told.Told, str]:
    (told,) = decision_told.told(reading, [reading.plan.index.decisions[one.uid]])
    named = list(dict.fromkeys(_field(name) for name in one.fields))
    return told, _("Corrected: %(fields)s.") % {"fields": words.listed(named)}


def _field(name: str) -> str:
    """What a field of a decision is called where it changed."""
    return {
        "text": _("the wording"),
        "title": _("the title"),
        "proposal": _("what was proposed"),
        "decided_on": _("the day"),
        "meeting": _("the meeting"),
        "result": _("what became of the proposal"),
        "effects": _("what it does"),
        "dissents": _("the dissent"),
        "votes_for": _("the vote"),
        "votes_against": _("the vote"),
        "votes_blank": _("the vote"),
    }.get(name, _("where it comes from"))


def _rows(reading: Reading, listed: tuple[News, ...]) -> list[follow_ups.Row]:
    known = reading.plan.index.follow_ups
    return [follow_ups.row(reading, known[one.uid]) for one in listed]
