"""What a person does to one thing in the roadmap: move, rename, split, merge, state and recode."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from veikart.core.kinds import Kind
from veikart.engines.dates import Certainty, FuzzyDate
from veikart.engines.slugs import slug
from veikart.people import audit
from veikart.people.models import User
from veikart.people.writing import Change
from veikart.plan import model as plan
from veikart.roadmap import kinds
from veikart.roadmap.models import Deliverable, Dependency, Grouping
from veikart.roadmap.services import WRITER, known, put, put_many, remove
from veikart.strategy import kinds as strategy_kinds
from veikart.strategy import services as strategy
from veikart.strategy.models import Strategy


def move_period(
    deliverable_uid: str,
    no: int,
    *,
    start: FuzzyDate | None,
    end: FuzzyDate | None,
    certainty: Certainty,
    by: User | None,
) -> Change:
    """Give the period `no` of a deliverable new dates and a certainty.

    Raises ValidationError if there is no such period.
    """
    values = {"start": start, "end": end, "certainty": certainty}
    return _change_period(deliverable_uid, no, values, by=by, verb="phase_period.moved")


def change_phase(
    deliverable_uid: str,
    no: int,
    *,
    first_phase: str | None,
    last_phase: str | None,
    by: User | None,
) -> Change:
    """Let the period `no` of a deliverable be in another phase, or span from one to another.

    Raises ValidationError if there is no such period or phase, or the span runs backwards.
    """
    values = {"first_phase": first_phase, "last_phase": last_phase}
    return _change_period(deliverable_uid, no, values, by=by, verb="phase_period.phase_changed")


def rename(uid: str, *, to: str, by: User | None) -> Change:
    """Give the deliverable or the grouping `uid` another name; its address stays.

    Raises ValidationError if it is unknown, or the name is empty.
    """
    kind = _kind_of(uid, (kinds.DELIVERABLE, kinds.GROUPING))
    field = "name" if kind is kinds.DELIVERABLE else "title"
    return WRITER.put(kind.name, uid, {field: to}, by=by, verb=f"{kind.name}.renamed")


def set_owners(
    uid: str, owners: Iterable[plan.Ownership | Mapping[str, Any]], *, by: User | None
) -> Change:
    """Say who owns the deliverable or the grouping `uid`, and in which role.

    Raises ValidationError if it or an organisation is unknown.
    """
    kind = _kind_of(uid, (kinds.DELIVERABLE, kinds.GROUPING))
    values = {"owners": list(owners)}
    return WRITER.put(kind.name, uid, values, by=by, verb=f"{kind.name}.owners_set")


@transaction.atomic
def state_dependency(
    subject: str,
    *,
    on: str | None = None,
    on_text: str | None = None,
    state: plan.DependencyState = "proposed",
    reason: str | None = None,
    by: User | None,
) -> Change:
    """Say that `subject` waits for `on`, or for something outside the plan, `on_text`.

    Stating the same again changes its state and reason. Raises ValidationError unless exactly one
    of the two is given and both ends are known.
    """
    audit.lock()
    those = Dependency.objects.filter(subject=subject, on=on, on_text=on_text)
    uid = those.values_list("pk", flat=True).first() or _free_uid(
        f"avhengighet/{slug(_tail(subject))[:60]}-{slug(_tail(on or on_text or ''))[:60]}".rstrip(
            "-"
        )
    )
    values = {"subject": subject, "on": on, "on_text": on_text, "state": state, "reason": reason}
    return WRITER.put("dependency", uid, values, by=by, verb="dependency.stated")


@transaction.atomic
def split_deliverable(
    uid: str, *, into: Iterable[Mapping[str, Any]], reason: str, by: User | None
) -> list[Change]:
    """Let several new deliverables take the place of `uid`, which leaves a stone.

    Each of `into` has a `register_id`, and what differs from the old one. Answers the new ones
    and then the removal. Raises ValidationError with fewer than two, or a number that is taken.
    """
    audit.lock()
    old = _loaded(kinds.DELIVERABLE, uid)
    parts = [{**_inherited(old), **values} for values in into]
    uids = [_new_deliverable_uid(values) for values in parts]
    if len(set(uids)) < 2:
        raise ValidationError(
            _("Expected at least two deliverables to split %(uid)s into; found %(found)d."),
            code="too_few",
            params={"uid": uid, "found": len(set(uids))},
        )
    made = [("deliverable", new, values) for new, values in zip(uids, parts, strict=True)]
    changes = put_many(made, by=by)
    return [*changes, remove("deliverable", uid, reason=reason, successors=uids, by=by)]


@transaction.atomic
def merge_deliverables(
    uids: Collection[str], *, into: Mapping[str, Any], reason: str, by: User | None
) -> list[Change]:
    """Let one deliverable take the place of several, which leave stones with the same successor.

    `into` has a `register_id`: a new one, or that of one of `uids`, which then stays; what it does
    not give is taken from that one, or from the first. Raises ValidationError with fewer than two.
    """
    audit.lock()
    if len(set(uids)) < 2:
        raise ValidationError(
            _("Expected at least two deliverables to merge; found %(found)d."),
            code="too_few",
            params={"found": len(set(uids))},
        )
    olds = {uid: _loaded(kinds.DELIVERABLE, uid) for uid in uids}
    heir = f"leveranse/{into.get('register_id')}"
    if heir in olds:
        changes = [put("deliverable", heir, into, by=by)]
    else:
        values = {**_inherited(next(iter(olds.values()))), **into}
        changes = [put("deliverable", _new_deliverable_uid(values), values, by=by)]
    for uid in olds:
        if uid != heir:
            gone = remove("deliverable", uid, reason=reason, successors=[heir], by=by)
            changes.append(gone)
    return changes


@transaction.atomic
def recode_delmal(uid: str, *, code: str, title: str | None = None, by: User | None) -> Change:
    """Give a delmål another code, as a new version of the strategy does, and keep the thread.

    A new delmål `delmal/<code>` takes over the groupings, the deliverables, the benefits and the
    dependencies, and `replaces` the old one, which leaves a stone. If that address was used
    before, it is `delmal/<code>-<version of the strategy>`. Raises ValidationError if the delmål
    is unknown or the code is in use.
    """
    audit.lock()
    old = _loaded(strategy_kinds.DELMAL, uid)
    taken = strategy_kinds.DELMAL.model._default_manager.filter(code=code).exclude(pk=uid)
    if taken.exists() or code == old.code:
        raise ValidationError(
            _("Expected a code that no delmål has; found %(code)s. Recode that delmål first."),
            code="taken",
            params={"code": code},
        )
    new = f"delmal/{code}"
    if known([new]):
        version = Strategy.objects.filter(is_current=True).values_list("version", flat=True).first()
        new = _free_uid(f"{new}-{slug(version or '2')}")
    values = {**msgspec.structs.asdict(old), "code": code, "replaces": [uid]}
    values |= {"title": title} if title else {}
    del values["uid"]
    change = strategy.put("delmal", new, values, by=by)
    _move_under(uid, new, by=by)
    reason = f"{old.code} → {code}"
    strategy.remove("delmal", uid, reason=reason, successors=[new], by=by)
    return change


def _move_under(old: str, new: str, *, by: User | None) -> None:
    groupings = Grouping.objects.filter(delmal=old).values_list("pk", flat=True)
    deliverables = Deliverable.objects.filter(delmal=old).values_list("pk", flat=True)
    others = Deliverable.objects.filter(other_delmal=old).values_list("pk", flat=True)
    also_under = {
        uid: [new if other == old else other for other in value.other_delmal]
        for uid, value in kinds.DELIVERABLE.load(list(others)).items()
    }
    put_many(
        [
            *(("grouping", uid, {"delmal": new}) for uid in groupings),
            *(("deliverable", uid, {"delmal": new}) for uid in deliverables),
            *(("deliverable", uid, {"other_delmal": codes}) for uid, codes in also_under.items()),
            *_dependency_moves(old, new),
        ],
        by=by,
    )


def _dependency_moves(old: str, new: str) -> Iterable[tuple[str, str, dict[str, str]]]:
    for field in ("subject", "on"):
        for pk in Dependency.objects.filter(**{field: old}).values_list("pk", flat=True):
            yield "dependency", pk, {field: new}


def _change_period(
    deliverable_uid: str, no: int, values: Mapping[str, Any], *, by: User | None, verb: str
) -> Change:
    with transaction.atomic():
        audit.lock()
        deliverable = _loaded(kinds.DELIVERABLE, deliverable_uid)
        if no not in {period.no for period in deliverable.periods}:
            raise ValidationError(
                _("Expected a period of %(uid)s; found no number %(no)d among its %(count)d."),
                code="unknown_object",
                params={"uid": deliverable_uid, "no": no, "count": len(deliverable.periods)},
            )
        uid = kinds.PHASE_PERIOD.uid(deliverable_uid, no)
        return WRITER.put("phase_period", uid, values, by=by, verb=verb)


def _kind_of(uid: str, kinds_: Iterable[Kind]) -> Kind:
    for kind in kinds_:
        if kind.fits(uid):
            _loaded(kind, uid)
            return kind
    raise _unknown(uid)


def _loaded(kind: Kind, uid: str) -> Any:
    found = kind.load([uid]).get(uid)
    if found is None:
        raise _unknown(uid)
    return found


def _unknown(uid: str) -> ValidationError:
    return ValidationError(
        _("Expected the address of something in the roadmap; found “%(uid)s”. Look it up again."),
        code="unknown_object",
        params={"uid": uid},
    )


def _inherited(old: Any) -> dict[str, Any]:
    values = msgspec.structs.asdict(old)
    del values["uid"], values["register_id"]
    return values


def _new_deliverable_uid(values: Mapping[str, Any]) -> str:
    uid = f"leveranse/{values.get('register_id')}"
    if not values.get("register_id") or known([uid]):
        raise ValidationError(
            _("Expected a register_id that no deliverable has or had; found “%(found)s”."),
            code="taken",
            params={"found": values.get("register_id")},
        )
    return uid


def _tail(uid: str) -> str:
    return uid.split("/", 1)[-1]


def _free_uid(wanted: str) -> str:
    uid, number = wanted, 1
    while known([uid]):
        number += 1
        uid = f"{wanted}-{number}"
    return uid
