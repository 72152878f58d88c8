"""The forms of change areas and draft goals."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from veikart.consultations import pointing
from veikart.consultations.forms import LONGEST, Choices, ChoosingForm

LONGEST_TITLE = 200


class AreaForm(forms.Form):
    """What a change area is called."""

    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Give it a title.")},
    )


class GatherForm(ChoosingForm):
    """Some themes, and the change area to put them in: a new one by its title, or one there is."""

    title = forms.CharField(
        label=_("Into a new change area called"), max_length=LONGEST_TITLE, required=False
    )
    to = forms.ChoiceField(label=_("Or into"), required=False)
    field_order = ("chosen", "title", "to")

    def __init__(self, *args: Any, areas: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [("", _("Not chosen")), *areas]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """All of it. Raises ValidationError unless one area is said, the new or the other."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("title")) == bool(cleaned.get("to")):
            raise ValidationError(
                _("Give a new change area a title, or choose one of those there are."),
                code="one_area",
            )
        return cleaned


class MoveForm(ChoosingForm):
    """Some themes, and the change area to move them to, or none."""

    to = forms.ChoiceField(label=_("Move to"), required=False)

    def __init__(self, *args: Any, areas: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [("", _("No change area")), *areas]  # type: ignore[attr-defined]


class MergeForm(ChoosingForm, AreaForm):
    """Other change areas, and what all of them are called together."""

    field_order = ("chosen", "title")


class WordingForm(forms.Form):
    """What a draft goal says, in bokmål and perhaps in nynorsk and English."""

    text = forms.CharField(
        label=_("The goal, in bokmål"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what the goal is.")},
    )
    nn = forms.CharField(
        label=_("In nynorsk (optional)"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    en = forms.CharField(
        label=_("In English (optional)"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DraftForm(WordingForm, ChoosingForm):
    """A new draft goal and the change areas it comes from."""

    field_order = ("text", "chosen", "nn", "en")


class BecameForm(forms.Form):
    """What a draft goal became in the strategy."""

    uid = forms.CharField(
        label=_("Address in the plan"),
        help_text=_("Such as mal/3 or mal/3/oppna/1. Leave it blank if it has become nothing."),
        max_length=200,
        required=False,
    )

    def clean_uid(self) -> str | None:
        """The address, or None. Raises ValidationError if the plan holds no such sentence."""
        uid: str = self.cleaned_data["uid"].strip().strip("/")
        if uid:
            pointing.refuse_unknown(uid)
        return uid or None
