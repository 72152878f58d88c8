"""The forms of meetings: planning and changing one, cancelling it, and summoning to it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from veikart.core.text_fields import lines
from veikart.council.bodies import number
from veikart.council.fields import DayField, TimeField, kept, line
from veikart.council.meetings import refuse_times
from veikart.council.models import Meeting, Seat
from veikart.outbox.models import Message


class MeetingForm(forms.Form):
    """When and where a meeting is. The link to a video meeting is for its members alone."""

    number = forms.IntegerField(
        label=_("Number in the year"), min_value=1, max_value=999, widget=line("numeric")
    )
    is_extra = forms.BooleanField(label=_("Extra meeting"), required=False)
    held_on = DayField(label=_("Day"))
    starts_at = TimeField(label=_("From"), help_text=_("Such as 10:30."), required=False)
    ends_at = TimeField(label=_("To"), required=False)
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    link = forms.URLField(
        label=_("Address of the video meeting"),
        help_text=_("For the members alone. Never published."),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=line("url"),
    )

    def __init__(self, *args: Any, of: Meeting | None = None, **options: Any) -> None:
        if of is not None:
            options["initial"] = {name: getattr(of, name) for name in self.base_fields}
        super().__init__(*args, **options)
        if of is not None:
            del self.fields["number"]

    def clean(self) -> dict[str, Any]:
        """When and where. Raises ValidationError for a meeting that ends before it begins."""
        cleaned = super().clean() or {}
        if "starts_at" in cleaned and "ends_at" in cleaned:
            refuse_times(cleaned)
        return cleaned

    def values(self) -> dict[str, Any]:
        """What a service keeps."""
        return kept(self.cleaned_data, "is_extra", "held_on", "starts_at", "ends_at", "place")


class CancelForm(forms.Form):
    """Why a meeting is cancelled."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=lines(2),
        error_messages={"required": _("Say why it is cancelled.")},
    )


class SummonsForm(forms.Form):
    """Who is summoned, and in which language."""

    seats = forms.MultipleChoiceField(
        label=_("To"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    language = forms.ChoiceField(label=_("Language"), choices=Message.Language.choices)

    def __init__(
        self, *args: Any, reachable: Iterable[Seat], usual: Iterable[str], **options: Any
    ) -> None:
        listed = list(reachable)
        roles = set(usual)
        options.setdefault(
            "initial", {"seats": [s.pk for s in listed if s.role in roles], "language": "nb"}
        )
        super().__init__(*args, **options)
        choices = [(seat.pk, _recipient(seat)) for seat in listed]
        self.fields["seats"].choices = choices  # type: ignore[attr-defined]


class OtherwiseForm(forms.Form):
    """How a meeting was summoned, if not by messages of Veikart."""

    how = forms.CharField(
        label=_("How it was summoned"),
        help_text=_("Such as “By letter on 3 March” or “By the calendar of the directorate”."),
        max_length=300,
        error_messages={"required": _("Say how it was summoned, such as by letter.")},
    )


def _recipient(seat: Seat) -> str:
    name = seat.person or f"{_('Seat')} {number(seat)}"
    return f"{name}, {seat.organisation_name} ({seat.get_role_display()}), {seat.email}"


class BreakForm(forms.Form):
    """A break, and after which line it comes."""

    title = forms.CharField(label=_("What it is called"), max_length=100, initial="Pause")
    minutes = forms.IntegerField(
        label=pgettext_lazy("of time", "Minutes"),
        min_value=1,
        max_value=600,
        initial=15,
        widget=line("numeric"),
    )
    after = forms.TypedChoiceField(label=_("After"), coerce=int)

    def __init__(self, *args: Any, places: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["after"].choices = list(places)  # type: ignore[attr-defined]


class ContinueForm(BreakForm):
    """A case that goes on after a break, and after which line."""

    title = None  # type: ignore[assignment]
    case = forms.ChoiceField(label=_("Case"))
    minutes = forms.IntegerField(
        label=pgettext_lazy("of time", "Minutes"),
        min_value=1,
        max_value=600,
        required=False,
        widget=line("numeric"),
    )
    field_order = ("case", "minutes", "after")

    def __init__(self, *args: Any, cases: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["case"].choices = list(cases)  # type: ignore[attr-defined]


class AddCaseForm(forms.Form):
    """A case that waits."""

    case = forms.ChoiceField(label=_("Case"))

    def __init__(self, *args: Any, cases: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["case"].choices = list(cases)  # type: ignore[attr-defined]


class MakeForm(forms.Form):
    """The cases that a new agenda takes besides what every meeting has."""

    cases = forms.MultipleChoiceField(
        label=_("Cases that wait"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, cases: Iterable[tuple[str, str]], **options: Any) -> None:
        listed = list(cases)
        options.setdefault("initial", {"cases": [uid for uid, _title in listed]})
        super().__init__(*args, **options)
        self.fields["cases"].choices = listed  # type: ignore[attr-defined]


def minutes_of(said: str) -> int | None:
    """The minutes that were typed for a line; None for none. Raises ValidationError for what are no minutes."""
    text = said.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:5]) <= 600):
        raise ValidationError(
            _("Expected minutes from 1 to 600; found “%(found)s”."),
            code="not_minutes",
            params={"found": said},
        )
    return int(text)
