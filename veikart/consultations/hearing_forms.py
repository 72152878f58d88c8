"""The forms by which an office opens a hearing: its terms, its questions, and whom it invites."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from veikart.consultations.kinds import HEARING
from veikart.consultations.models import Hearing, Question, RespondentKind
from veikart.core.text_fields import LinesField, lines
from veikart.engines.handling.words import RESPONDENT_KINDS
from veikart.engines.readers.respondents import kind_of_respondent
from veikart.engines.slugs import slug
from veikart.people.models import Organisation
from veikart.plan import consultations as plan
from veikart.plan.part import Translations
from veikart.plan.procedure import is_short
from veikart.strategy import queries as strategy

QUESTIONS_AT_FIRST = 4
MOST_QUESTIONS = 100


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class InvitedField(LinesField):
    """Whom a hearing invites, one on each line; the kind may follow after a semicolon."""

    def prepare_value(self, value: Any) -> Any:
        """The invited as lines with their kinds."""
        if isinstance(value, list | tuple):
            kinds = dict(RespondentKind.choices)
            return "\n".join(f"{one.name}; {kinds[one.kind]}" for one in value)
        return value

    def clean(self, value: Any) -> Any:
        """The plan's invitations. Raises ValidationError, with the line, for an unknown kind."""
        return _invited(super().clean(value))


class HearingForm(forms.Form):
    """What is heard, when, and on which terms."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Hearing.Kind.choices)
    case_number = forms.RegexField(
        label=_("Case number"),
        help_text=_(
            "As in the archive, such as 26/1234. Replies are known by it. Workshops have none."
        ),
        regex=r"^[0-9]{2}/[0-9]+$",
        max_length=30,
        required=False,
        error_messages={"invalid": _("Expected a year, a stroke and a number, such as 26/1234.")},
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    title_nn = forms.CharField(label=_("Title in nynorsk"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    held_by = forms.CharField(label=_("Held by"), max_length=300, required=False)
    about = forms.CharField(label=_("The text it is about"), max_length=300, required=False)
    about_edition = forms.RegexField(
        label=_("The edition it is about"),
        help_text=_("Its number, such as 2026-1, if it is about one."),
        regex=r"^[0-9]{4}-[0-9]+$",
        max_length=20,
        required=False,
        error_messages={"invalid": _("Expected the number of an edition, such as 2026-1.")},
    )
    opens_on = forms.DateField(label=_("First day"), widget=_day())
    closes_on = forms.DateField(label=_("Last day for replies"), widget=_day())
    short_period_reason = forms.CharField(
        label=_("Reason for a short period"),
        help_text=_("Where it is under three months. Under six weeks is against the instructions."),
        required=False,
        widget=lines(2),
    )
    summary = forms.CharField(label=_("What it is about"), required=False, widget=lines(3))
    terms = forms.CharField(label=_("Terms for replies"), required=False, widget=lines(3))
    invited = InvitedField(
        label=_("Invited"),
        help_text=_(
            "One on each line. Add the kind after a semicolon where the name does not tell it: "
            "Oslo legekontor; general practice."
        ),
        rows=6,
    )
    is_public = forms.BooleanField(
        label=_("Show it to the public, and let it be answered on the web"),
        required=False,
        initial=True,
    )

    def clean(self) -> dict[str, Any]:
        """The terms. Each refusal says at its field what is expected."""
        cleaned = super().clean() or {}
        kind, case_number = cleaned.get("kind"), cleaned.get("case_number")
        if kind == "hearing" and not case_number:
            self.add_error("case_number", _("A hearing has a case number. Give it."))
        if kind == "workshop" and case_number:
            self.add_error("case_number", _("Workshops have no case number. Take it away."))
        self._clean_period(cleaned)
        return cleaned

    def _clean_period(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if not (first and last):
            return
        if last < first:
            self.add_error("closes_on", _("The last day cannot come before the first day."))
        elif self._lacks_reason(cleaned, first, last):
            self.add_error(
                "short_period_reason",
                _("The period is under three months. Say why, or give more time."),
            )

    def _lacks_reason(self, cleaned: dict[str, Any], first: dt.date, last: dt.date) -> bool:
        short = cleaned.get("kind") == "hearing" and is_short(first, last)
        return short and not cleaned.get("short_period_reason")

    @property
    def new_uid(self) -> str:
        """The uid of a new hearing with these terms."""
        said = self.cleaned_data
        if said["kind"] == "hearing":
            return f"horing/{said['case_number'].replace('/', '-')}"
        return f"arbeidsmote/{slug(said['title'], longest=60)}"

    def values(self, *, invited: Iterable[plan.Invitation] = ()) -> dict[str, Any]:
        """The terms by the names of `kinds.HearingTerms`, blanks as None.

        Those of `invited` who stay keep their organisation; of others it is told by their name.
        """
        said: dict[str, Any] = {
            key: value if value != "" else None for key, value in self.cleaned_data.items()
        }
        titles = {"nn": said.pop("title_nn"), "en": said.pop("title_en")}
        known = {one.name: one.organisation for one in invited if one.organisation}
        said["invited"] = _with_organisations(said["invited"], known)
        return {**said, "translations": Translations(**titles)}


class QuestionForm(forms.Form):
    """What is asked. A row without a question is none."""

    text = forms.CharField(label=_("Question"), required=False, widget=lines(2))
    kind = forms.ChoiceField(
        label=_("How it is answered"), choices=Question.Kind.choices, initial=Question.Kind.TEXT
    )
    choices = LinesField(label=_("Choices, one on each line"), help_text=_("For a choice."), rows=3)
    goals = forms.MultipleChoiceField(
        label=_("Goals"),
        help_text=_("For a text on each goal."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text_nn = forms.CharField(label=_("In nynorsk"), required=False, widget=lines(2))
    text_en = forms.CharField(label=_("In English"), required=False, widget=lines(2))
    help = forms.CharField(label=_("Help (optional)"), required=False, widget=lines(2))

    def __init__(self, *args: Any, goals: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["goals"].choices = goals  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The question. Raises ValidationError where its kind lacks choices or goals."""
        cleaned = super().clean() or {}
        if not cleaned.get("text"):
            if cleaned.get("choices") or cleaned.get("goals") or cleaned.get("help"):
                self.add_error("text", _("Write the question, or empty the row."))
        elif cleaned.get("kind") == "choice" and len(cleaned.get("choices") or ()) < 2:
            self.add_error("choices", _("Give at least two choices."))
        elif cleaned.get("kind") == "per_goal" and not cleaned.get("goals"):
            self.add_error("goals", _("Choose the goals that are asked about."))
        return cleaned

    def question(self, no: int) -> plan.Question:
        """The question with its number; what belongs to another kind is left out."""
        said = self.cleaned_data
        return plan.Question(
            no=no,
            text=said["text"],
            kind=said["kind"],
            choices=said["choices"] if said["kind"] == "choice" else (),
            goals=tuple(said["goals"]) if said["kind"] == "per_goal" else (),
            help=said["help"] or None,
            translations=Translations(nn=said["text_nn"] or None, en=said["text_en"] or None),
        )


def questions_forms(data: Any = None, *, asked: Iterable[plan.Question] = ()) -> Any:
    """The forms of a hearing's questions: those asked, and room for more."""
    initial = [_typed(question) for question in asked]
    extra = 2 if initial else QUESTIONS_AT_FIRST
    made = forms.formset_factory(QuestionForm, extra=extra, max_num=MOST_QUESTIONS)
    options = {"goals": _goals()}
    return made(data, initial=initial, prefix="sporsmal", form_kwargs=options)


def questions(formset: Any) -> tuple[plan.Question, ...]:
    """The questions of valid forms, numbered from 1 in their order."""
    asked = [form for form in formset if form.cleaned_data.get("text")]
    return tuple(form.question(no) for no, form in enumerate(asked, start=1))


def terms_form(data: Any = None, *, of: Any = None) -> HearingForm:
    """The form of a hearing's terms; `of` is a `kinds.HearingTerms` to begin with."""
    if of is None:
        return HearingForm(data)
    said = {name: getattr(of, name) for name in HearingForm.base_fields if hasattr(of, name)}
    titles = {"title_nn": of.translations.nn, "title_en": of.translations.en}
    form = HearingForm(data, initial={**said, **titles})
    for fixed in ("kind", "case_number"):
        form.fields[fixed].disabled = True
    return form


def terms_of(uid: str) -> Any:
    """The `kinds.HearingTerms` of a hearing that there is."""
    return HEARING.load([uid])[uid]


def _typed(question: plan.Question) -> dict[str, Any]:
    titles = {"text_nn": question.translations.nn, "text_en": question.translations.en}
    named = ("text", "kind", "choices", "goals", "help")
    return {**{name: getattr(question, name) for name in named}, **titles}


def _goals() -> list[tuple[str, str]]:
    goals = strategy.freeze().goals
    return [(goal.uid, f"{goal.number} {goal.title}") for goal in goals]


def _with_organisations(
    invited: Iterable[plan.Invitation], known: Mapping[str, str]
) -> tuple[plan.Invitation, ...]:
    listed = list(invited)
    rows = Organisation.objects.filter(name__in=[one.name for one in listed])
    found = {**dict(rows.values_list("name", "uid")), **known}
    return tuple(replace(one, organisation=found.get(one.name)) for one in listed)


def _invited(lines: Iterable[str]) -> tuple[plan.Invitation, ...]:
    by_name = {str(RespondentKind(kind).label).casefold(): kind for kind in RESPONDENT_KINDS}
    found: dict[str, plan.Invitation] = {}
    for no, line in enumerate(lines, start=1):
        name, _semicolon, said = (part.strip() for part in line.partition(";"))
        kind = by_name.get(said.casefold()) if said else kind_of_respondent(name) or "other"
        if kind is None:
            raise ValidationError(
                _("Line %(no)d: expected one of %(kinds)s after the semicolon; found “%(found)s”."),
                code="unknown_kind",
                params={"no": no, "kinds": ", ".join(by_name), "found": said},
            )
        found[name.casefold()] = plan.Invitation(name=name, kind=kind)
    return tuple(found.values())
