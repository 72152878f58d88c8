"""The forms of the editions' desk: freeze, approve, discard, and why dates moved."""

from collections.abc import Mapping

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from veikart.editions.moves import GivenCause


def _day(**attributes: str) -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attributes})


class FreezeForm(forms.Form):
    """What a new edition is called, and the day its content was true."""

    title = forms.CharField(label=_("Title"), max_length=300)
    as_of = forms.DateField(
        label=_("The content is as of"),
        widget=_day(),
        initial=timezone.localdate,
        help_text=_("The day on which the plan was as it is now. Its year begins the number."),
    )
    note = forms.CharField(
        label=_("Note (optional)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What readers should know about this edition. It is frozen with it."),
    )


class ApproveForm(forms.Form):
    """Who approved an edition, and when."""

    body = forms.CharField(
        label=_("Approving body"),
        max_length=200,
        help_text=_("For example Nasjonalt e-helseråd."),
    )
    on = forms.DateField(label=_("Day of the decision"), widget=_day())
    note = forms.CharField(
        label=_("Note on the decision (optional)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example the case number and what was decided."),
    )


class DiscardForm(forms.Form):
    """Why an edition is given up."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


def causes_from(filled_in: Mapping[str, str]) -> list[GivenCause]:
    """The causes in a filled-in list of moved dates: fields `what-1`, `code-1`, `text-1` and so on.

    Rows without code and text are left out: they stay unexplained.
    """
    numbers = [name.removeprefix("what-") for name in filled_in if name.startswith("what-")]
    given = [
        GivenCause(
            what=filled_in[f"what-{number}"],
            code=filled_in.get(f"code-{number}", "").strip(),
            text=filled_in.get(f"text-{number}", "").strip(),
        )
        for number in numbers
    ]
    return [cause for cause in given if cause.code or cause.text]
