"""What became of the text that points are about, from the edition they were made on to the one being read."""

from django.utils.translation import gettext as _

from veikart.editions.queries import Shelved
from veikart.pages.memory import remembered
from veikart.pages.reading import Reading
from veikart.plan.carrying import Carry, carry_over
from veikart.plan.consultations import Hearing


def heard(reading: Reading, hearing: Hearing) -> Shelved | None:
    """The edition that was heard, or else the first that holds the hearing; None if it is this one."""
    older = [kept for kept in reading.editions if _is_before(kept, reading)]
    named = [kept for kept in older if kept.number == hearing.about_edition]
    holding = [kept for kept in older if hearing.uid in kept.plan.index.hearings]
    return next(iter(named or holding[-1:]), None)


def of(reading: Reading, hearing: Hearing) -> dict[str, Carry]:
    """What became of each anchor of the hearing's points; nothing where there is one edition only."""
    before = heard(reading, hearing)
    if before is None:
        return {}
    points = reading.plan.consultations.points
    anchors = sorted({a for p in points if p.hearing == hearing.uid for a in p.anchors})
    return remembered(
        reading.plan,
        ("carried", hearing.uid, before.number),
        lambda: {one.uid: one for one in carry_over(before.plan, reading.plan, anchors)},
    )


def sentence(carry: Carry, number: str | None) -> str:
    """Whether the text stands as it did in the edition `number`, or what became of it."""
    said = {
        "unchanged": _("unchanged since edition %(number)s"),
        "edited": _("edited since edition %(number)s"),
        "moved": _("moved since edition %(number)s"),
        "removed": _("removed since edition %(number)s"),
    }
    return said[carry.state] % {"number": number}


def _is_before(kept: Shelved, reading: Reading) -> bool:
    """Whether the edition is older than what is read; those of `reading` have the newest first."""
    numbers = [one.number for one in reading.editions]
    if reading.number not in numbers:
        return True
    return numbers.index(kept.number) > numbers.index(reading.number)
