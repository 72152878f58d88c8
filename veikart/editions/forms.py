"""The forms of the editions' desk: freeze, approve, discard, and why dates moved."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from veikart.council.queries import Approving
from veikart.design import words
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
    """Who approved an edition, and when; and the decision, if the council's desk has one.

    `decisions` are the council's decisions that approve it: the first fills in the form.
    """

    decision = forms.ChoiceField(
        label=_("The decision"),
        required=False,
        help_text=_("Its words go into the approval, and readers see the case it was made in."),
    )
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

    def __init__(
        self, data: Any = None, *, decisions: Sequence[Approving] = (), **options: Any
    ) -> None:
        super().__init__(data, **options)
        if not decisions:
            del self.fields["decision"]
            return
        listed = [
            (
                each.uid,
                _("Case %(case)s, %(body)s, %(day)s: %(text)s")
                % {
                    "case": each.case,
                    "body": each.body,
                    "day": words.day(each.on) if each.on else "–",
                    "text": Truncator(each.text).chars(80),
                },
            )
            for each in decisions
        ]
        choices = [*listed, ("", _("Approve it without naming a decision"))]
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]
        newest = decisions[0]
        self.initial = {
            "decision": newest.uid,
            "body": newest.body,
            "on": newest.on,
            **self.initial,
        }


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
