"""A data set that proves wrong is withdrawn: it stays, with the reason, and nothing rests on it."""

import msgspec
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from veikart.indicators.models import Computed, DataSet, Withdrawal
from veikart.people import audit, rules
from veikart.people.models import User
from veikart.plan.indicators import Result


@transaction.atomic
def withdraw(uid: str, *, reason: str, by: User | None) -> Withdrawal:
    """Take the data set `uid` out of all that is computed from now on; `reason` says what was wrong.

    Its row and its file stay, so that editions that rest on it can be computed again. A result
    that rests on it goes; compute the indicator anew from what is left. Raises PermissionDenied,
    and ValidationError if there is no such data set, no reason is given, or it was withdrawn before.
    """
    if by is not None and not rules.can_edit(by):
        raise PermissionDenied
    audit.lock()
    data_set = DataSet.objects.filter(pk=uid).first()
    if data_set is None:
        raise ValidationError(
            _("Expected a known data set, such as datasett/0123456789abcdef; found “%(uid)s”."),
            code="unknown_object",
            params={"uid": uid},
        )
    _refuse_withdrawn(data_set)
    row = Withdrawal(
        data_set=data_set, reason=reason.strip(), withdrawn_at=timezone.now(), withdrawn_by=by
    )
    row.full_clean()
    row.save(force_insert=True)
    after = {"data_set": uid, "reason": row.reason, "results_gone": _drop_results(data_set)}
    audit.record("indicator.data_set_withdrawn", data_set.indicator_id, by=by, after=after)
    return row


def _refuse_withdrawn(data_set: DataSet) -> None:
    before = Withdrawal.objects.filter(data_set=data_set).first()
    if before is not None:
        raise ValidationError(
            _("%(uid)s was withdrawn before: %(reason)s"),
            code="withdrawn_before",
            params={"uid": data_set.uid, "reason": before.reason},
        )


def _drop_results(data_set: DataSet) -> list[str]:
    """Delete what was computed from the data set; answers which results that were."""
    gone = []
    for row in Computed.objects.filter(indicator=data_set.indicator_id, version=data_set.version):
        result = msgspec.json.decode(row.result, type=Result)
        if data_set.uid in result.data_sets:
            gone.append(result.uid)
            row.delete()
    return gone
