"""The forms of prioritising at the desk: opening a round, and giving it more time."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from veikart.consultations.forms import Choices
from veikart.design.priority_words import METHODS
from veikart.engines.handling.steps_rounds import CASE

MOST_VOTERS = 500
MOST_OPTIONS = 100
LONGEST_OPTION = 300


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
    options = forms.CharField(
        label=_("To be weighed"),
        help_text=_(
            "One on each line, such as the measures of a portfolio. The public will see them."
        ),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Name at least two, one on each line.")},
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
        help_text=_(
            "If it is not, what each one voted is published with the name when the votes are counted. "
            "Members are told so before they vote."
        ),
        initial=True,
        required=False,
    )
    case = forms.CharField(
        label=_("Case it is weighed in"),
        help_text=_(
            "Its address, such as sak/nasjonalt-e-helserad/2-22. Leave it empty if there is none."
        ),
        max_length=500,
        required=False,
    )
    voters = forms.CharField(
        label=_("Who may vote"),
        help_text=_("One on each line, such as Kari Nordmann, KS."),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Name those who may vote.")},
    )
    field_order = (
        "title", "case", "items", "options", "method", "points", "most", "is_secret", "voters", "last_day",
    )  # fmt: skip

    def __init__(self, *args: Any, items: Choices | None, **options: Any) -> None:
        """`items` are what can be marked; None where the round itself names its options."""
        super().__init__(*args, **options)
        del self.fields["options" if items is not None else "items"]
        if items is not None:
            self.fields["items"].choices = items  # type: ignore[attr-defined]
            self.fields["items"].initial = [uid for uid, _text in items]

    def clean_case(self) -> str | None:
        """The case's uid, also out of a whole web address. Raises ValidationError for anything else."""
        said = self.cleaned_data["case"].strip()
        found = re.search(rf"(?<![^/]){CASE.pattern}(?=/?(?:[?#].*)?$)", said)
        if said and found is None:
            raise ValidationError(
                _("Expected the address of a case, such as sak/nasjonalt-e-helserad/2-22."),
                code="no_case",
            )
        return found[0] if found else None

    def clean_options(self) -> list[str]:
        """What each option says, one on each line. Raises ValidationError for too few, and for one twice."""
        found = _lines(self.cleaned_data["options"])
        kept = [line.casefold() for line in found]
        twice = sorted({line for line in found if kept.count(line.casefold()) > 1})
        if twice:
            raise ValidationError(
                _("%(text)s stands there twice. Name each once."),
                code="option_twice",
                params={"text": ", ".join(twice)},
            )
        if not 2 <= len(found) <= MOST_OPTIONS or any(len(one) > LONGEST_OPTION for one in found):
            raise ValidationError(
                _("Expected from 2 to %(most)d options of at most %(longest)d characters."),
                code="wrong_options",
                params={"most": MOST_OPTIONS, "longest": LONGEST_OPTION},
            )
        return found

    def clean_voters(self) -> list[str]:
        """The names, one on each line. Raises ValidationError for one that is named twice."""
        names = _lines(self.cleaned_data["voters"])
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


def _lines(text: str) -> list[str]:
    """The lines of `text` that are not blank, with single blanks."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]
