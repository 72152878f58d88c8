"""What the database refuses, said to a person: the sentence of the constraint that was broken."""

import re
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.translation import gettext_lazy as _


def explained(refusal: IntegrityError, tables: Iterable[type[models.Model]]) -> ValidationError:
    """The ValidationError for `refusal`, with the name of the broken constraint of `tables` as code."""
    said = str(refusal)
    for table in tables:
        for constraint in table._meta.constraints:
            if _names(said, table, constraint):
                return ValidationError(
                    constraint.violation_error_message or constraint.name, code=constraint.name
                )
        for column in table._meta.concrete_fields:
            if column.unique and _same_columns(said, table, (column.name,)):
                return ValidationError(
                    _("Another %(thing)s has the same %(field)s. Give one that is not taken."),
                    code="taken",
                    params={"thing": table._meta.verbose_name, "field": column.verbose_name},
                )
    return ValidationError(
        _("The database refused the change: %(reason)s. Nothing was changed."),
        code="refused",
        params={"reason": said.strip()},
    )


def _names(said: str, table: type[models.Model], constraint: models.BaseConstraint) -> bool:
    if re.search(rf"\b{re.escape(constraint.name)}\b", said):
        return True
    if isinstance(constraint, models.UniqueConstraint):
        return _same_columns(said, table, constraint.fields)
    return False


def _same_columns(said: str, table: type[models.Model], names: Sequence[str]) -> bool:
    columns = [table._meta.get_field(name).column for name in names]  # type: ignore[union-attr]
    name = table._meta.db_table
    if re.search(rf"UNIQUE constraint failed: {', '.join(f'{name}.{c}' for c in columns)}$", said):
        return True
    detail = re.search(r"Key \(([^)]*)\)=", said)
    return (
        detail is not None
        and re.search(rf'"{name}_', said) is not None
        and [column.strip('"') for column in detail[1].split(", ")] == columns
    )
