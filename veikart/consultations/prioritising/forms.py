"""The forms of prioritising: opening a round, giving it more time, and voting by points."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from veikart.consultations.forms import Choices
from veikart.design.priority_words import METHODS
from veikart.engines.handling.state import Round

MOST_VOTERS = 500


def _whole() -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "ds-input", "inputmode": "numeric"})


class LastDayForm(forms.Form):
    """Until when votes are taken."""

    last_day = forms.DateField(
        label=_("Last day for votes"),
        help_text=_("Votes are taken until midnight."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give the last day for votes.")},
    )

    def closes_at(self) -> dt.datetime:
        """The midnight after the last day."""
        after: dt.date = self.cleaned_data["last_day"] + dt.timedelta(days=1)
        return timezone.make_aware(dt.datetime.combine(after, dt.time.min))


class RoundForm(LastDayForm):
    """What is asked of whom."""

    title = forms.CharField(
        label=_("What the round is called"),
        help_text=_("For example the meeting it is for. The public will see it."),
        max_length=200,
        error_messages={"required": _("Give it a name.")},
    )
    items = forms.MultipleChoiceField(
        label=_("To be weighed"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Mark at least two.")},
    )
    method = forms.ChoiceField(label=_("Method"), choices=list(METHODS.items()))
    points = forms.IntegerField(
        label=_("Points for each member"),
        help_text=_("Where points are shared out."),
        min_value=1,
        max_value=1000,
        initial=10,
        required=False,
        widget=_whole(),
    )
    most = forms.IntegerField(
        label=_("At most to one"),
        min_value=1,
        max_value=1000,
        initial=5,
        required=False,
        widget=_whole(),
    )
    is_secret = forms.BooleanField(
        label=_("Secret: who voted is known, what each one voted is not"),
        initial=True,
        required=False,
    )
    voters = forms.CharField(
        label=_("Who may vote"),
        help_text=_("One on each line, such as Kari Nordmann, KS."),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Name those who may vote.")},
    )
    field_order = ("title", "items", "method", "points", "most", "is_secret", "voters", "last_day")

    def __init__(self, *args: Any, items: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["items"].choices = items  # type: ignore[attr-defined]
        self.fields["items"].initial = [uid for uid, _text in items]

    def clean_voters(self) -> list[str]:
        """The names, one on each line. Raises ValidationError for one that is named twice."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["voters"].splitlines()]
        names = [line for line in lines if line]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValidationError(
                _("%(name)s is named twice. Each member has one vote."),
                code="named_twice",
                params={"name": ", ".join(twice)},
            )
        if len(names) > MOST_VOTERS or any(len(name) > 200 for name in names):
            raise ValidationError(
                _("Expected at most %(most)d names of at most 200 characters."),
                code="too_many_voters",
                params={"most": MOST_VOTERS},
            )
        return names

    def clean(self) -> dict[str, Any]:
        """All of it. Raises ValidationError where points are asked for and not given."""
        cleaned = super().clean() or {}
        for name in ("points", "most"):
            is_missing = cleaned.get(name) is None and name not in self.errors
            if cleaned.get("method") == "points" and is_missing:
                self.add_error(name, _("Say how many."))
        return cleaned


class PointsForm(forms.Form):
    """Points for each of what is weighed; the fields are named by the place in the list."""

    def __init__(self, *args: Any, asked: Round, given: dict[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        for place, item in enumerate(asked.items):
            self.fields[f"p{place}"] = forms.IntegerField(
                label=item.text,
                min_value=0,
                max_value=asked.most,
                required=False,
                initial=given.get(item.uid),
                widget=_whole(),
            )

    def points(self) -> dict[str, int]:
        """What was given, by uid; blank is 0."""
        return {
            item.uid: self.cleaned_data.get(f"p{place}") or 0
            for place, item in enumerate(self.asked.items)
        }
