"""What the working tables hold of a body, as a document about it is compared with; only values."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from veikart.council.kinds import CaseTerms, MeetingTerms
from veikart.engines.slugs import slug
from veikart.plan.council import Body, Decision, FollowUp, Seat, WorkPlan
from veikart.plan.evaluation import Evaluation
from veikart.plan.model import Organisation


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known beforehand, by uid; of meetings and all that is theirs only those of the document's body.

    `accepted` are the lines of agendas and attendances as they were accepted last, by meeting and field.
    `editions` are the numbers of the editions that are kept.
    """

    bodies: Mapping[str, Body] = field(default_factory=dict)
    organisations: Sequence[Organisation] = ()
    seats: Mapping[str, Seat] = field(default_factory=dict)
    meetings: Mapping[str, MeetingTerms] = field(default_factory=dict)
    cases: Mapping[str, CaseTerms] = field(default_factory=dict)
    papers: Mapping[str, Any] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    follow_ups: Mapping[str, FollowUp] = field(default_factory=dict)
    evaluations: Mapping[str, Evaluation] = field(default_factory=dict)
    work_plans: Mapping[str, WorkPlan] = field(default_factory=dict)
    accepted: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    editions: frozenset[str] = frozenset()


def body_of(name: str | None, bodies: Mapping[str, Body]) -> str | None:
    """The uid of the one body that is, or was, called `name` in any language; None where none is."""
    wanted = slug(name or "")
    found = [uid for uid, body in bodies.items() if wanted and wanted in _names(body)]
    return found[0] if len(found) == 1 else None


def _names(body: Body) -> set[str]:
    said = [body.name, body.short_name, body.translations.nn, body.translations.en]
    said += [earlier.name for earlier in body.earlier_names]
    return {slug(name) for name in said if name}


def organisation_of(
    name: str | None, organisations: Sequence[Organisation], *, on: dt.date | None
) -> str | None:
    """The uid of the one organisation that was called `name` on that day (today's, without a day).

    None where none or several are: an organisation is never invented.
    """
    wanted = slug(name or "")
    called = [one for one in organisations if wanted and slug(one.name) == wanted]
    there = [one for one in called if _exists(one, on)]
    found = there or called
    return found[0].uid if len(found) == 1 else None


def _exists(organisation: Organisation, on: dt.date | None) -> bool:
    if on is None:
        return organisation.valid_to is None
    begun = organisation.valid_from is None or organisation.valid_from <= on
    return begun and (organisation.valid_to is None or on < organisation.valid_to)
