"""The forms of the desk: what a person says of a point."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from veikart.consultations import pointing
from veikart.consultations.words import BASES
from veikart.design.point_words import OUTCOMES, POINT_KINDS
from veikart.engines.handling.actions import Led

KINDS = list(POINT_KINDS.items())
LONGEST = 5000
Choices = list[tuple[str, str]]


class NothingMore(forms.Form):
    """What needs nothing said."""


class KindForm(forms.Form):
    """Of which kind a point is."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)


class SplitForm(forms.Form):
    """Where a point is cut: before some of its sentences, or before words that are given."""

    places = forms.TypedMultipleChoiceField(
        label=_("Cut before"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(label=_("Or before these words"), required=False)

    def __init__(self, *args: Any, text: str, starts: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.text = text
        self.fields["places"].choices = starts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The places. Raises ValidationError where nothing is given, or the words are not there."""
        cleaned = super().clean() or {}
        places, words = list(cleaned.get("places") or ()), cleaned.get("words") or ""
        if words:
            place = self.text.casefold().find(words.casefold())
            if place < 1:
                raise ValidationError(
                    _("Expected words from within the point; “%(words)s” are not. Copy them."),
                    code="not_there",
                    params={"words": words},
                )
            places.append(place)
        if not places:
            raise ValidationError(_("Say where to cut it."), code="no_place")
        return {"places": places}


class ChoosingForm(forms.Form):
    """Some of several things."""

    chosen = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, label: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chosen"].label = label
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]


class SplitThemeForm(ChoosingForm):
    """Some points of a theme, and what the theme of them is called."""

    title = forms.CharField(label=_("Title of the new theme"), max_length=200)


class ThemeForm(forms.Form):
    """What a theme is called, and perhaps a sentence that says more."""

    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Give it a title.")}
    )
    sentence = forms.CharField(
        label=_("What it is about (optional)"), max_length=1000, required=False
    )


class MissedForm(forms.Form):
    """A point that the reader had missed."""

    text = forms.CharField(
        label=_("The words"),
        help_text=_("Copy them from the original; so their place is known."),
        max_length=LONGEST * 4,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Copy the words of the point.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why.")},
    )


class OutcomeForm(forms.Form):
    """What becomes of a point, why, and perhaps what it changed."""

    value = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", _("Not chosen")), *OUTCOMES.items()],
        error_messages={"required": _("Choose an outcome.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The respondent will read it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why. The respondent will read it.")},
    )
    uid = forms.CharField(
        label=_("What it changed (optional)"),
        help_text=_("An address in the plan, such as mal/3/oppna/1."),
        max_length=200,
        required=False,
    )
    before = forms.CharField(
        label=_("The sentence before"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    after = forms.CharField(
        label=_("The sentence after"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_uid(self) -> str:
        """The address. Raises ValidationError if the plan holds no sentence and no deliverable there."""
        uid: str = self.cleaned_data["uid"].strip().strip("/")
        if uid:
            pointing.refuse_unknown(uid)
        return uid

    def clean(self) -> dict[str, Any]:
        """The outcome. Raises ValidationError for sentences that changed nowhere."""
        cleaned = super().clean() or {}
        sentences = cleaned.get("before") or cleaned.get("after")
        if sentences and "uid" not in self.errors and not cleaned.get("uid"):
            self.add_error("uid", _("Say where the sentence stands."))
        return cleaned

    def led_to(self) -> tuple[Led, ...]:
        """The change that it led to, if one is given."""
        said = self.cleaned_data
        if not said["uid"]:
            return ()
        return (Led(uid=said["uid"], before=said["before"] or None, after=said["after"] or None),)


class ObjectionForm(forms.Form):
    """What was read wrong."""

    said = forms.CharField(
        label=_("What is wrong?"),
        help_text=_(
            "For example: a page is missing, or a sentence is not ours. A person will read it."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say what is wrong, so that we can mend it.")},
    )


class AddressForm(forms.Form):
    """Where to reach who sent a reply."""

    email = forms.EmailField(
        label=_("E-mail address of who sent it"),
        help_text=_("It is never shown outside the desk. It can be deleted at any time."),
        error_messages={
            "required": _("Write an address, such as post@example.no."),
            "invalid": _("Write one address, such as post@example.no."),
        },
    )


class ClearForm(forms.Form):
    """Under what name a reply is shown."""

    shown_as = forms.CharField(
        label=_("Shown as"), max_length=300, error_messages={"required": _("Say under what name.")}
    )
    is_initials = forms.BooleanField(label=_("These are initials"), required=False)
    has_consent = forms.BooleanField(
        label=_("The person has consented to being named"), required=False
    )


class WithheldForm(forms.Form):
    """Words that are not to be published, on what basis and why."""

    words = forms.CharField(label=_("Words to withhold"), max_length=LONGEST)
    basis = forms.ChoiceField(label=_("Basis"), choices=[("", _("Not chosen")), *BASES.items()])
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, error_messages={"required": _("Say why.")}
    )


WithheldRows = forms.formset_factory(WithheldForm, extra=3, can_delete=True, max_num=100)
"""As many as are withheld, and three more."""
