"""Model fields for what Django has none for: fuzzy dates, and texts that are missing rather than empty."""

from typing import TYPE_CHECKING, Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from veikart.core.forms import FuzzyDateFormField
from veikart.engines.dates import FuzzyDate

if TYPE_CHECKING:
    _CharField = models.CharField[str | None, str | None]
    _TextField = models.TextField[str | None, str | None]
    _FuzzyField = models.TextField[FuzzyDate | None, FuzzyDate | None]
else:
    _CharField, _TextField, _FuzzyField = models.CharField, models.TextField, models.TextField

_decode = msgspec.json.Decoder(FuzzyDate).decode


class OptionalCharField(_CharField):
    """A line of text that may be missing; then it is NULL and never an empty text."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.update(null=True, blank=True)
        super().__init__(*args, **options)

    def get_prep_value(self, value: Any) -> Any:
        """The text for the database; NULL for an empty one."""
        return super().get_prep_value(value) or None


class OptionalTextField(_TextField):
    """A text that may be missing; then it is NULL and never an empty text."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.update(null=True, blank=True)
        super().__init__(*args, **options)

    def get_prep_value(self, value: Any) -> Any:
        """The text for the database; NULL for an empty one."""
        return super().get_prep_value(value) or None

    def formfield(self, **options: Any) -> Any:
        """Django's own, with None for an empty text."""
        return super().formfield(**{"empty_value": None, **options})


class FuzzyDateField(_FuzzyField):
    """A FuzzyDate, stored as JSON text so that nothing of what was said is lost."""

    description = _("A date, as precisely as it was said")
    default_error_messages = {
        "not_a_fuzzy_date": _(
            "Expected a date with earliest, latest, precision, certainty and text; found “%(found)s”. "
            "Read the text with veikart.engines.date_texts first."
        )
    }

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """The FuzzyDate of what the database holds."""
        return None if value is None else _decode(value)

    def to_python(self, value: Any) -> Any:
        """The FuzzyDate of `value`: itself, a mapping, or JSON. Raises ValidationError."""
        if value is None or isinstance(value, FuzzyDate):
            return value
        try:
            if isinstance(value, str):
                return _decode(value)
            return msgspec.convert(value, FuzzyDate)
        except (msgspec.DecodeError, ValueError) as problem:
            raise ValidationError(
                self.error_messages["not_a_fuzzy_date"],
                code="not_a_fuzzy_date",
                params={"found": value},
            ) from problem

    def get_prep_value(self, value: Any) -> str | None:
        """The JSON text for the database."""
        found = self.to_python(value)
        return None if found is None else msgspec.json.encode(found).decode()

    def value_to_string(self, obj: models.Model) -> str:
        """The JSON text, for Django's own dumps."""
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **options: Any) -> Any:
        """A text with its certainty beside it."""
        options.pop("widget", None)
        said = {"help_text": self.help_text} if self.help_text else {}
        return FuzzyDateFormField(
            required=not self.blank, label=capfirst(self.verbose_name), **said
        )
