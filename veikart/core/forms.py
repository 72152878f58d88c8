"""Form fields for what Django has none for: a date as people say it, with its certainty."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from veikart.core.dates import CERTAINTIES, as_typed
from veikart.engines.date_texts import read_date
from veikart.engines.dates import FuzzyDate


class FuzzyDateWidget(forms.MultiWidget):
    """A text and a choice of certainty."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            [forms.TextInput(attrs={"size": 24}), forms.Select(choices=CERTAINTIES)], attrs
        )

    def decompress(self, value: Any) -> list[Any]:
        """The text and the certainty of `value`, as a person would type them."""
        return [as_typed(value), value.certainty] if value else [None, "planned"]


class FuzzyDateFormField(forms.MultiValueField):
    """A date as people say it: “2. kvartal 2026”, “01.07.2026”, “høsten 2027”; and how certain it is."""

    widget = FuzzyDateWidget

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "help_text", _("For example 01.07.2026, 2. kvartal 2026, høsten 2027 or 2028.")
        )
        fields = (forms.CharField(required=False), forms.ChoiceField(choices=CERTAINTIES))
        super().__init__(fields, require_all_fields=False, **options)

    def clean(self, value: Any) -> Any:
        """The FuzzyDate, or None where no text was given. Raises ValidationError."""
        text, certainty = (*(value or []), None, None)[:2]
        if not (text or "").strip() and not self.required:
            return None
        return super().clean([text, certainty or "planned"])

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether a person changed the date; a certainty without a date is nothing."""
        if initial is None:
            return bool(data and (data[0] or "").strip())
        return super().has_changed(initial, data)

    def compress(self, data_list: list[Any]) -> FuzzyDate | None:
        """The FuzzyDate of a text and a certainty. Raises ValidationError for a text it cannot read."""
        text, certainty = data_list
        if not text:
            raise ValidationError(self.error_messages["required"], code="required")
        date = read_date(text, certainty)
        if date is None:
            raise ValidationError(
                _(
                    "Expected a date such as 01.07.2026, 2. kvartal 2026, høsten 2027 or 2028; "
                    "found “%(found)s”. Write it in one of these ways."
                ),
                code="not_a_date",
                params={"found": text},
            )
        return date


class ParagraphsField(forms.CharField):
    """A list of texts, typed as paragraphs with an empty line between."""

    widget = forms.Textarea

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **options: Any) -> None:
        options.setdefault("help_text", _("Paragraphs, with an empty line between."))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """The paragraphs as one text."""
        return "\n\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The paragraphs of a text, without blank ones."""
        if isinstance(value, list):
            return value
        paragraphs = re.split(r"\n\s*\n", (value or "").replace("\r\n", "\n"))
        return [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]


class FuzzyDatesKept:
    """A ModelForm's part: a date that nobody touched keeps the words of its source."""

    def clean(self) -> Any:
        """The cleaned values, with the old dates where the form shows them unchanged."""
        cleaned = super().clean()  # type: ignore[misc]
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            if isinstance(field, FuzzyDateFormField) and name not in self.changed_data:  # type: ignore[attr-defined]
                self.cleaned_data[name] = self.initial.get(name)  # type: ignore[attr-defined]
        return cleaned
