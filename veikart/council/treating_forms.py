"""The forms of what is done in and after a meeting: who came, what was decided, what is to be followed up."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veikart.core.text_fields import lines
from veikart.council.attending import stood_in
from veikart.council.fields import CHOOSE, DayField
from veikart.council.models import Body, FollowUp, Meeting, SeatRole
from veikart.people.models import Organisation
from veikart.plan.council import Attendance

MOST_PEOPLE = 200
CAME = (("", _("Not entered")), ("ja", _("Came")), ("nei", _("Absent")))
_CAME = {"": None, "ja": True, "nei": False}


def _named(label: Any) -> forms.TextInput:
    """A field of a table, which tells its own name: the head of its column is far away on a telephone."""
    return forms.TextInput(attrs={"aria-label": label, "placeholder": label})


class AttendanceRow(forms.Form):
    """Somebody who was summoned, or came. A row without a person and an organisation is none."""

    person = forms.CharField(
        label=_("Person"), max_length=400, required=False, widget=_named(_("Person"))
    )
    organisation_name = forms.CharField(
        label=_("Organisation"), max_length=300, required=False, widget=_named(_("Organisation"))
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=SeatRole.choices,
        initial=SeatRole.OTHER,
        widget=forms.Select(attrs={"aria-label": _("Role")}),
    )
    present = forms.ChoiceField(
        label=_("Came"),
        choices=CAME,
        required=False,
        widget=forms.Select(attrs={"aria-label": _("Came")}),
    )
    organisation = forms.CharField(required=False, widget=forms.HiddenInput)

    def row(self, no: int, *, otherwise: bool | None) -> Attendance:
        """The person; `otherwise` is whether one of whom nothing is entered came."""
        said = self.cleaned_data
        person, stands_in_for = stood_in(said["person"])
        present = _CAME[said["present"]]
        is_same = not self.has_changed() or "organisation_name" not in self.changed_data
        return Attendance(
            no=no,
            role="substitute" if stands_in_for else said["role"],
            person=person or None,
            organisation=said["organisation"] or None if is_same else None,
            organisation_name=said["organisation_name"] or None,
            stands_in_for=stands_in_for,
            present=otherwise if present is None else present,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nobody is in the row."""
        said = self.cleaned_data
        return not (said.get("person") or said.get("organisation_name"))


def attendance_forms(data: Any, rows: Sequence[Attendance]) -> Any:
    """The rows of a meeting's attendance, and room for more."""
    made = forms.formset_factory(AttendanceRow, extra=3, max_num=MOST_PEOPLE)
    return made(data, initial=[_typed(row) for row in rows], prefix="plass")


def attendance_of(formset: Any, *, otherwise: bool | None) -> tuple[Attendance, ...]:
    """The people in valid forms, numbered in their order."""
    filled = [form for form in formset if form.cleaned_data and not form.is_empty]
    return tuple(form.row(no, otherwise=otherwise) for no, form in enumerate(filled, start=1))


def _typed(row: Attendance) -> dict[str, Any]:
    person = row.person or ""
    if row.stands_in_for:
        person = f"{person} pva {row.stands_in_for}"
    came = {None: "", True: "ja", False: "nei"}[row.present]
    return {
        "person": person,
        "organisation_name": row.organisation_name or "",
        "organisation": row.organisation or "",
        "role": row.role,
        "present": came,
    }


class FollowUpForm(forms.Form):
    """What is asked of whom, and until when."""

    what = forms.CharField(label=_("What is to be done"), widget=lines(3))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.all(),
        required=False,
        empty_label=str(CHOOSE[1]),
        help_text=_("Those who report for it, and its members, can answer."),
    )
    who = forms.CharField(
        label=_("Who, in words"),
        max_length=300,
        required=False,
        help_text=_("As it was said, such as the secretariat, or a person."),
    )
    due = DayField(label=_("Due"), required=False)
    due_said = forms.CharField(
        label=_("Due, in words"),
        max_length=200,
        required=False,
        help_text=_("As it was said, such as before the next meeting."),
    )

    def clean(self) -> dict[str, Any]:
        """What is asked. One who is to do it is needed; an organisation names itself."""
        cleaned = super().clean() or {}
        organisation = cleaned.get("organisation")
        if organisation is None and not cleaned.get("who"):
            self.add_error("who", _("Say who is to do it: choose an organisation, or write it."))
        return cleaned


class AnswerForm(forms.Form):
    """What became of something that was to be done."""

    answer = forms.CharField(label=_("What became of it"), widget=lines(4))
    is_done = forms.TypedChoiceField(
        label=_("How far it has come"),
        choices=(("ja", _("It is done")), ("nei", _("It is under way"))),
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is done.")},
    )


class SaidForm(forms.Form):
    """Why somebody dropped it, or took it up again."""

    reason = forms.CharField(label=_("Reason"), widget=lines(2))


class FilterForm(forms.Form):
    """Which follow-ups are listed."""

    body = forms.ModelChoiceField(
        label=_("Body"), queryset=Body.objects.all(), required=False, empty_label=str(_("All"))
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=(("", _("All")), *FollowUp.State.choices, ("overdue", _("Overdue"))),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].to_field_name = "uid"  # type: ignore[attr-defined]


class ApproveMinutesForm(forms.Form):
    """When minutes were approved, and at which meeting."""

    on = DayField(label=_("Approved on"))
    at = forms.ModelChoiceField(
        label=_("At the meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=str(_("At no meeting, in writing")),
    )

    def __init__(self, *args: Any, of: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        later = Meeting.objects.filter(body=of.body_id, held_on__gte=of.held_on).exclude(pk=of.pk)
        rows = later.select_related("body").order_by("held_on") if of.held_on else later.none()
        self.fields["at"].queryset = rows  # type: ignore[attr-defined]


class SendOnForm(forms.Form):
    """Where a case goes, and what it takes along."""

    to = forms.ModelChoiceField(
        label=_("To"), queryset=Body.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    number = forms.CharField(
        label=_("Number there"),
        max_length=12,
        required=False,
        help_text=_("Left blank, it has the next of the year."),
    )
    carrying = forms.MultipleChoiceField(
        label=_("It takes along"),
        choices=(
            ("text", _("Purpose, text, questions and note")),
            ("proposal", _("The proposed decision")),
            ("about", _("What it is about in the plan")),
            ("papers", _("Papers: the same files, with the same access")),
        ),
        initial=["text", "about", "papers"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **options: Any) -> None:
        super().__init__(*args, **options)
        to = self.fields["to"]
        to.queryset = Body.objects.filter(pk__in=[body.pk for body in bodies])  # type: ignore[attr-defined]
        to.choices = [(body.pk, body.name) for body in bodies]  # type: ignore[attr-defined]
        to.initial = bodies[0].pk if bodies else None
