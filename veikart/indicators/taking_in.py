"""A file of figures becomes a data set: kept whole, read, mapped, checked, and stored for good.

It loads Arrow: import it where figures are taken in, so that other work does without.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from veikart.documents import services as documents
from veikart.engines.observations import canonical
from veikart.engines.observations.mapping import Mapping, decode_mapping, encode_mapping
from veikart.indicators import services, shelf
from veikart.indicators.models import DataSet
from veikart.indicators.previewing import Preview, kind_of, previewed
from veikart.people import audit, rules
from veikart.people.models import User


@dataclass(frozen=True, slots=True)
class Taken:
    """The data set that a file gave, whether it was not there before, and what was found in it."""

    data_set: DataSet
    is_new: bool
    preview: Preview


class Refused(ValidationError):
    """A file with faults that keep it out; `preview` has them, row by row."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        super().__init__(
            _("%(count)d faults keep the file out, the first of them: %(first)s"),
            code="faults",
            params={"count": preview.refusals, "first": next(preview.lines(most=1), "")},
        )


def mapping_of(uid: str, said: Mapping | dict[str, Any] | None) -> Mapping | None:
    """The mapping that `said` gives by field name, for the kind of the indicator; None for None.

    Raises ValueError for a field that does not fit, ValidationError for an unknown indicator.
    """
    if said is None or isinstance(said, Mapping):
        return said
    return decode_mapping(msgspec.json.encode({"kind": kind_of(services.measurable(uid)), **said}))


def take_in_data_set(  # noqa: PLR0913 (what a data set is: each is a fact of its own)
    uid: str,
    name: str,
    content: bytes,
    *,
    as_of: dt.date,
    source: str,
    address: str | None = None,
    query: str | None = None,
    note: str | None = None,
    mapping: Mapping | None = None,
    by: User | None,
) -> Taken:
    """Keep the file and store what it says as a data set of the indicator's version in force.

    The same observations again change nothing and give the data set that is there, withdrawn or
    not. Where it speaks
    of what an older data set spoke of, the newer one counts; nothing is overwritten. The
    document is kept first, whatever becomes of it; then either the Parquet file and its row are
    stored, or neither. Raises PermissionDenied; Unreadable for a file that cannot be read; Refused,
    which is a ValidationError, for faults; and ValidationError for an unknown indicator, one
    without a kind, or a day as of which another data set speaks of the same already.
    """
    if by is not None and not rules.can_edit(by):
        raise PermissionDenied
    definition = services.measurable(uid)
    document = documents.keep_for_editors(name, content, by=by)
    found = previewed(definition, name, content, mapping)
    if found.refused:
        raise Refused(found)
    periods = sorted(set(found.table["period"].to_pylist()))
    row = DataSet(
        indicator_id=uid,
        version=definition.version,
        rows=found.rows,
        as_of=as_of,
        source=source,
        address=address,
        document=document,
        mapping=_as_json(found.mapping),
        query=query,
        first_period=periods[0],
        last_period=periods[-1],
        note=note,
        taken_in_at=timezone.now(),
        taken_in_by=by,
    )
    return _store(row, found, by=by)


@transaction.atomic
def _store(row: DataSet, found: Preview, *, by: User | None) -> Taken:
    """The Parquet file first, then its row: a run that is killed leaves at most a file without one."""
    audit.lock()
    row.sha256 = shelf.keep_data_set(canonical.encode(found.table, layout=found.layout))
    alike = DataSet.objects.filter(indicator=row.indicator_id, version=row.version)
    same = alike.filter(sha256=row.sha256).first()
    if same is not None:
        return Taken(same, is_new=False, preview=found)
    _refuse_same_day(row, found.table, alike)
    row.uid = _free_uid(row.sha256)
    row.full_clean()
    row.save(force_insert=True)
    after = {
        "data_set": row.uid,
        "version": row.version,
        "sha256": row.sha256,
        "rows": row.rows,
        "as_of": row.as_of.isoformat(),
        "document": row.document.sha256,
    }
    audit.record("indicator.data_set_taken_in", row.indicator_id, by=by, after=after)
    return Taken(row, is_new=True, preview=found)


def _refuse_same_day(row: DataSet, table: pa.Table, alike: Any) -> None:
    """Two data sets of one day that speak of the same: nobody could tell which of them holds."""
    others = alike.filter(
        as_of=row.as_of,
        first_period__lte=row.last_period,
        last_period__gte=row.first_period,
        withdrawal=None,
    )
    for other in others:
        kept = canonical.decode(shelf.data_set_path(other.sha256).read_bytes(), name=other.uid)
        if _have_keys_in_common(table, kept):
            raise ValidationError(
                _(
                    "Expected a data set of another day than %(other)s, which has figures of the "
                    "same areas and periods as of %(day)s. Give the day on which these were true: "
                    "the later ones hold."
                ),
                code="same_day",
                params={"other": other.uid, "day": other.as_of},
            )


def _have_keys_in_common(first: pa.Table, second: pa.Table) -> bool:
    keys = [name for name in first.column_names if name not in canonical.AFTER]
    plain = [
        pa.table({name: pc.fill_null(table[name], "") for name in keys})
        for table in (first, second)
        if set(keys) <= set(table.column_names)
    ]
    return len(plain) == 2 and plain[0].join(plain[1], keys, join_type="inner").num_rows > 0


def _free_uid(sha256: str) -> str:
    """The address of a data set; the same observations in another version have a number behind."""
    first = f"datasett/{sha256[:16]}"
    taken = set(DataSet.objects.filter(uid__startswith=first).values_list("uid", flat=True))
    uid, number = first, 1
    while uid in taken:
        number += 1
        uid = f"{first}-{number}"
    return uid


def _as_json(mapping: Mapping) -> Any:
    return msgspec.json.decode(encode_mapping(mapping))
