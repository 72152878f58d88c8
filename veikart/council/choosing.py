"""What a case can be about, and which decisions it can cite: looked for by words, chosen by their addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from veikart.council.models import Decision
from veikart.indicators.models import Indicator
from veikart.roadmap.models import Deliverable
from veikart.strategy.models import Delmal, StrategicGoal, Vision

MOST = 60
"""So many of each kind are shown; more words find fewer."""


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen: its address, what it is called, and what kind of thing it is."""

    uid: str
    name: str
    kind: str


_KINDS: tuple[tuple[type[Model], tuple[str, ...], bool], ...] = (
    (Vision, ("text",), True),
    (StrategicGoal, ("title", "number"), True),
    (Delmal, ("title", "code"), True),
    (Indicator, ("title", "code"), True),
    (Deliverable, ("name", "register_id"), False),
)
"""Tables, the columns that words are looked for in, and whether all are shown before anybody looks for words."""


def about(words: str) -> list[Choice]:
    """What of the plan has all of `words` in its name; without words all but the deliverables. Five queries."""
    return list(_about(words.split()))


def named(uids: Iterable[str]) -> list[Choice]:
    """Those of `uids` that are in the plan, with their names, and those that are not by their address. Five queries."""
    wanted = list(uids)
    found = {
        row.pk: _choice(table, row)
        for table, _columns, _all in _KINDS
        for row in table._default_manager.filter(pk__in=wanted)
    }
    return [found.get(uid) or Choice(uid, uid, str(_("Gone"))) for uid in wanted]


def decisions(words: str) -> list[Choice]:
    """The newest decisions that have all of `words` in their case, title or text. One query."""
    wanted = Q()
    for word in words.split():
        wanted &= (
            Q(text__icontains=word)
            | Q(case__title__icontains=word)
            | Q(case__number__icontains=word)
        )
    rows = Decision.objects.filter(wanted).select_related("case", "body")
    return [_decision(row) for row in rows.order_by("-decided_on", "uid")[:MOST]]


def named_decisions(uids: Iterable[str]) -> list[Choice]:
    """The decisions of `uids`, in their order. One query."""
    wanted = list(uids)
    found = Decision.objects.select_related("case", "body").in_bulk(wanted)
    return [
        _decision(found[uid]) if uid in found else Choice(uid, uid, str(_("Gone")))
        for uid in wanted
    ]


def _about(words: list[str]) -> Iterator[Choice]:
    for table, columns, is_shown in _KINDS:
        if not words and not is_shown:
            continue
        wanted = Q()
        for word in words:
            either = Q()
            for column in columns:
                either |= Q(**{f"{column}__icontains": word})
            wanted &= either
        for row in table._default_manager.filter(wanted)[:MOST]:
            yield _choice(table, row)


def _choice(table: type[Model], row: Model) -> Choice:
    return Choice(str(row.pk), str(row), str(table._meta.verbose_name))


def _decision(row: Decision) -> Choice:
    day = f" ({row.decided_on:%d.%m.%Y})" if row.decided_on else ""
    name = f"{row.case.number}{day} {row.title or row.case.title}"
    return Choice(row.pk, name, row.body.short_name or row.body.name)
