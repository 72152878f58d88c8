"""Fields of the forms by which meetings are prepared: days, times, and texts one on each line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from veikart.engines.readers.agenda_words import slot_in

CHOOSE = ("", _("Not chosen"))


class DayField(forms.DateField):
    """A day that a calendar has: 2026-06-09 as browsers send it, or 09.06.2026."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], **options)

    def to_python(self, value: Any) -> Any:
        """The day. Raises ValidationError for one that no calendar has, such as 31.02."""
        try:
            return super().to_python(value)
        except ValidationError as refusal:
            raise ValidationError(
                _("Expected a day that the calendar has, such as 09.06.2026; found “%(found)s”."),
                code="not_a_day",
                params={"found": value},
            ) from refusal


class TimeField(forms.CharField):
    """A time of day such as 10:30; also typed 10.30 or 9.05."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"size": 5, "maxlength": 5})
        super().__init__(widget=widget, max_length=5, **options)

    def clean(self, value: Any) -> str | None:
        """The time, or None. Raises ValidationError for what no clock shows."""
        said = super().clean(value)
        return time_of(said) if said else None


def time_of(said: str) -> str:
    """The time that was typed, as 10:30. Raises ValidationError for what no clock shows."""
    slot, before, after = slot_in(said)
    if slot is None or slot.starts_at is None or slot.ends_at or before or after:
        raise ValidationError(
            _("Expected a time such as 10:30; found “%(found)s”."),
            code="not_a_time",
            params={"found": said},
        )
    return slot.starts_at


class FilesInput(forms.ClearableFileInput):
    """A field of a page in which several files can be chosen."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files. Raises ValidationError for none, and for an empty one."""
        one = super().clean
        return [one(each, initial) for each in (data or [None])]


def line(mode: str) -> forms.TextInput:
    """A field of one line that screens with keys of their own show the right keys for: url, email, numeric."""
    return forms.TextInput(attrs={"inputmode": mode})


def kept(said: dict[str, Any], *names: str) -> dict[str, Any]:
    """Those of the values that were typed, with None for an empty text."""
    return {name: said[name] if said[name] != "" else None for name in names}
