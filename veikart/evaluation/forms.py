"""The forms of an evaluation and its parts, of principles, and of holding principles against a draft."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from veikart.core.text_fields import LinesField, lines
from veikart.council.fields import DayField
from veikart.design.evaluation_words import SCALE
from veikart.evaluation import models
from veikart.plan import evaluation as plan
from veikart.plan.part import Translations

MOST_ROWS = 100
NOT_CHOSEN = ("", "–")


def _text(label: Any, *, rows: int = 2, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=lines(rows), **options)


class EvaluationForm(forms.Form):
    """What was evaluated, when, by whom and how."""

    title = forms.CharField(label=_("Title"), max_length=300)
    title_nn = forms.CharField(label=_("Title in nynorsk"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    about = forms.CharField(label=_("What was evaluated"), max_length=300, required=False)
    as_of = DayField(label=_("As of"))
    by = forms.CharField(label=_("Evaluated by"), max_length=300, required=False)
    method = _text(_("Method"), rows=3)
    case = forms.RegexField(
        label=_("The case it was treated in"),
        help_text=_("Its address, such as sak/nuit/2-26."),
        regex=r"^sak/[a-z0-9-]+/[0-9]+-[0-9]{2}$",
        max_length=200,
        required=False,
        error_messages={"invalid": _("Expected the address of a case, such as sak/nuit/2-26.")},
    )

    def values(self) -> dict[str, Any]:
        """The fields of the Plan, blanks as None."""
        return _with_translations(self.cleaned_data)


class AreaForm(forms.Form):
    """How an area does. A row without a goal is none."""

    goal = _text(_("Goal of the area"))
    title = forms.CharField(label=_("Area"), max_length=300, required=False)
    value = forms.ChoiceField(
        label=_("Progress"),
        choices=[NOT_CHOSEN, *models.AreaAssessment.Value.choices],
        required=False,
    )
    comment = _text(_("Comment"), rows=3)

    def part(self, no: int, before: plan.AreaAssessment | None) -> plan.AreaAssessment:
        """The area with its number; what the source said of its status stays."""
        said = self.cleaned_data
        return plan.AreaAssessment(
            no=no,
            goal=said["goal"],
            title=said["title"] or None,
            comment=said["comment"] or None,
            value=said["value"] or None,
            status_said=before.status_said if before else None,
        )


class QuestionForm(forms.Form):
    """What an evaluation asks. A row without text is none."""

    text = _text(_("Question"))

    def part(self, no: int, before: Any) -> plan.EvaluationQuestion:
        """The question with its number."""
        return plan.EvaluationQuestion(no=no, text=self.cleaned_data["text"])


class RatingForm(forms.Form):
    """A rating, of a question where it is known which. A row without a rating is none."""

    value = forms.ChoiceField(
        label=_("Rating"), choices=[NOT_CHOSEN, *models.Scale.choices], required=False
    )
    question = forms.IntegerField(
        label=_("Number of the question"),
        help_text=_("Leave it out where the source does not tell which question it answers."),
        min_value=1,
        required=False,
    )
    said = forms.CharField(label=_("Rating, as it was said"), max_length=200, required=False)
    comment = _text(_("Comment"))
    evidence = _text(_("Evidence"))
    by = forms.CharField(label=_("Rated by"), max_length=300, required=False)
    given_on = DayField(label=_("Rated on"), required=False)

    def part(self, no: int, before: Any) -> plan.Rating:
        """The rating with its number; without words of its own, those of the scale."""
        said: dict[str, Any] = {name: v or None for name, v in self.cleaned_data.items()}
        # Texts of the plan are in its own language, whatever the editor reads in.
        with translation.override(settings.LANGUAGE_CODE):
            words = said.pop("said") or str(SCALE[said["value"]])
        return plan.Rating(no=no, said=words, **said)


class FindingForm(forms.Form):
    """What was found. A row without text is none."""

    text = _text(_("Finding"))
    grounds = LinesField(label=_("What it rests on, one on each line"), rows=4)

    def part(self, no: int, before: Any) -> plan.Finding:
        """The finding with its number."""
        said = self.cleaned_data
        return plan.Finding(no=no, text=said["text"], grounds=tuple(said["grounds"]))


PARTS: dict[str, tuple[type[forms.Form], str, Any]] = {
    "areas": (AreaForm, "goal", _("Areas")),
    "questions": (QuestionForm, "text", _("Questions")),
    "ratings": (RatingForm, "value", _("Ratings")),
    "findings": (FindingForm, "text", _("Findings")),
}
"""Each list of an evaluation: its form, the field without which a row is none, and its heading."""


class Parts:
    """The forms of all lists of an evaluation."""

    def __init__(self, data: Any = None, *, of: plan.Evaluation | None = None) -> None:
        self.before = {name: getattr(of, name) if of else () for name in PARTS}
        self.formsets = {
            name: forms.formset_factory(form, extra=1, max_num=MOST_ROWS)(
                data, initial=[_typed(row) for row in self.before[name]], prefix=name
            )
            for name, (form, _field, _heading) in PARTS.items()
        }

    def is_valid(self) -> bool:
        """Whether every row can be kept."""
        return all(formset.is_valid() for formset in self.formsets.values())

    def values(self) -> dict[str, tuple[Any, ...]]:
        """The rows of each list, numbered from 1 in their order."""
        return {name: self._rows(name) for name in PARTS}

    def sections(self) -> list[tuple[str, Any, Any]]:
        """Name, heading and formset of each list, for the page."""
        return [(n, heading, self.formsets[n]) for n, (_f, _r, heading) in PARTS.items()]

    def _rows(self, name: str) -> tuple[Any, ...]:
        field, before = PARTS[name][1], self.before[name]
        filled = [
            (form, before[at] if at < len(before) else None)
            for at, form in enumerate(self.formsets[name])
            if form.cleaned_data.get(field)
        ]
        return tuple(form.part(no, old) for no, (form, old) in enumerate(filled, start=1))  # type: ignore[attr-defined]  # (all forms of PARTS have it)


class PrincipleForm(forms.Form):
    """A principle that a strategy is held against."""

    number = forms.IntegerField(label=_("Number"), min_value=1)
    title = forms.CharField(label=_("Principle"), max_length=300)
    title_nn = forms.CharField(label=_("Principle in nynorsk"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Principle in English"), max_length=300, required=False)
    text = _text(_("What it means"), rows=3)
    decision = forms.RegexField(
        label=_("The decision on it"),
        help_text=_("Its address, such as sak/nasjonalt-e-helserad/40-21/vedtak."),
        regex=r"^sak/[a-z0-9-]+/[0-9]+-[0-9]{2}/vedtak(/[0-9]+)?$",
        max_length=200,
        required=False,
        error_messages={"invalid": _("Expected the address of a decision.")},
    )

    def values(self) -> dict[str, Any]:
        """The fields of the Plan, blanks as None."""
        return _with_translations(self.cleaned_data)


class CheckForm(forms.Form):
    """One principle held against a draft: the answer and why."""

    value = forms.ChoiceField(
        label=_("Answer"),
        choices=models.PrincipleCheck.Value.choices,
        initial=models.PrincipleCheck.Value.NOT_ASSESSED,
    )
    comment = _text(_("Why"))

    def clean(self) -> dict[str, Any]:
        """The answer. Raises ValidationError where a principle is not met and nothing says why."""
        cleaned = super().clean() or {}
        if cleaned.get("value") in ("partly", "not_met") and not cleaned.get("comment"):
            self.add_error("comment", _("Say what is lacking."))
        return cleaned


def checklist(
    principles: Iterable[plan.Principle], data: Any = None
) -> Sequence[tuple[plan.Principle, CheckForm]]:
    """A form for each principle, in their order."""
    return [
        (principle, CheckForm(data, prefix=f"prinsipp-{principle.number}"))
        for principle in sorted(principles, key=lambda each: each.number)
    ]


def principle_form(data: Any = None, *, of: plan.Principle | None, number: int) -> PrincipleForm:
    """The form of the principle `of`, or of a new one with the next `number`."""
    if of is None:
        return PrincipleForm(data, initial={"number": number})
    form = PrincipleForm(data, initial=_typed(of))
    form.fields["number"].disabled = True
    return form


def evaluation_form(data: Any = None, *, of: plan.Evaluation | None = None) -> EvaluationForm:
    """The form of the evaluation `of`, or of a new one."""
    return EvaluationForm(data, initial=_typed(of) if of else None)


def _with_translations(typed: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: value or None for name, value in typed.items()}
    titles = Translations(nn=said.pop("title_nn"), en=said.pop("title_en"))
    return {**said, "translations": titles}


def _typed(value: Any) -> dict[str, Any]:
    """What the plan holds, as the fields of a form."""
    said = {name: getattr(value, name) for name in value.__struct_fields__}
    translations = said.pop("translations", None)
    if translations:
        said |= {"title_nn": translations.nn, "title_en": translations.en}
    return said
