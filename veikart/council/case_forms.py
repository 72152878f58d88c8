"""The forms of cases and papers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veikart.core.text_fields import LinesField, lines
from veikart.council import casework
from veikart.council.fields import CHOOSE, DayField, FilesField, kept
from veikart.council.models import Access, Body, Case, CaseType, Paper
from veikart.council.paper_files import Terms

NEWEST = 200
"""So many cases of other bodies can be chosen from."""


class CaseForm(forms.Form):
    """What a case says."""

    number = forms.CharField(
        label=_("Number"),
        help_text=_("Proposed is the next of the year. A number is never used again."),
        max_length=12,
    )
    title = forms.CharField(label=_("Title"), max_length=500)
    type = forms.ChoiceField(label=_("Type"), choices=[CHOOSE, *CaseType.choices], required=False)
    purpose = forms.CharField(label=_("Purpose"), required=False, widget=lines(3))
    questions = LinesField(label=_("Questions"), help_text=_("One on each line."), rows=3)
    text = forms.CharField(label=_("Text"), required=False, widget=lines(6))
    proposal = forms.CharField(label=_("Proposed decision"), required=False, widget=lines(3))
    presenter = forms.CharField(label=_("Presented by"), max_length=300, required=False)
    case_officer = forms.CharField(label=_("Case officer"), max_length=200, required=False)
    sender = forms.CharField(label=_("From"), max_length=300, required=False)
    came_from = forms.ChoiceField(label=_("Came from the case of another body"), required=False)

    def __init__(self, *args: Any, body: Body, of: Case | None = None, **options: Any) -> None:
        if of is not None:
            names = [name for name in self.base_fields if hasattr(of, name)]
            said = {name: getattr(of, name) for name in names}
            options["initial"] = said | {"questions": [q.text for q in of.questions.all()]}
        super().__init__(*args, **options)
        if of is not None:
            del self.fields["number"]
        origins = _of_others(body, of.came_from if of else None)
        self.fields["came_from"].choices = [CHOOSE, *origins]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What a service keeps."""
        named = (
            "title", "type", "purpose", "text", "proposal", "presenter", "case_officer", "sender",
            "came_from",
        )  # fmt: skip
        said = self.cleaned_data
        return {**kept(said, *named), "questions": casework.questions(said["questions"])}


def _of_others(body: Body, now: str | None) -> list[tuple[str, str]]:
    """The newest cases of other bodies, and the one that it comes from by now."""
    rows = Case.objects.exclude(body=body).filter(fixed=None).select_related("body")
    found = sorted(rows, key=casework.place, reverse=True)
    listed = [case for no, case in enumerate(found) if no < NEWEST or case.pk == now]
    return [(case.pk, f"{case.body.short_name or case.body.name} {case}") for case in listed]


class WithholdForm(forms.Form):
    """Why a case is withheld."""

    basis = forms.CharField(
        label=_("Legal basis"),
        help_text=_("Such as offentleglova § 13, jf. forvaltningsloven § 13. It is published."),
        max_length=300,
        error_messages={"required": _("Give the legal basis for withholding it.")},
    )
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Not published."), required=False, widget=lines(2)
    )


class AccessForm(forms.Form):
    """Who may see a paper. Nothing is chosen beforehand: somebody has to decide."""

    access = forms.ChoiceField(
        label=_("Who may see it"),
        choices=Access.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may see it. Nothing is public by mistake.")},
    )
    public_from = DayField(label=_("Public from"), required=False)
    basis = forms.CharField(
        label=_("Legal basis for withholding it"),
        help_text=_("Such as offentleglova § 13. It is published."),
        max_length=300,
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason for withholding it"),
        help_text=_("Not published."),
        required=False,
        widget=lines(2),
    )

    def __init__(self, *args: Any, of: Paper | None = None, **options: Any) -> None:
        if of is not None:
            names = ("access", "public_from", "basis", "reason")
            options["initial"] = {name: getattr(of, name) for name in names}
        super().__init__(*args, **options)

    @property
    def terms(self) -> Terms:
        """Who may see it, as services take it."""
        said = self.cleaned_data
        return Terms(
            access=said["access"],
            public_from=said["public_from"],
            basis=said["basis"].strip() or None,
            reason=said["reason"].strip() or None,
        )


class PapersForm(AccessForm):
    """Files that are put to a case, and who may see them."""

    chosen = FilesField(
        label=_("Files"), help_text=_("One or several, of any kind. PDFs can be bound together.")
    )
    under = forms.ChoiceField(label=_("Label"), required=False)
    label = forms.CharField(
        label=_("Another label"),
        help_text=_("For one file, such as 1A. Leave it blank to take the proposed one."),
        max_length=4,
        required=False,
    )
    title = forms.CharField(
        label=_("Title"),
        help_text=_("For one file. Left blank, it is called after the file."),
        max_length=500,
        required=False,
    )
    field_order = ("chosen", "under", "label", "title", "access")

    def __init__(self, *args: Any, labels: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["under"].choices = labels  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The files and what they are called. Raises ValidationError for one label of several files."""
        cleaned = super().clean() or {}
        if len(cleaned.get("chosen") or []) > 1:
            for name in ("label", "title"):
                if cleaned.get(name):
                    self.add_error(name, _("You chose several files. Leave this blank."))
        return cleaned


class TitleForm(forms.Form):
    """What a paper is called."""

    title = forms.CharField(label=_("Title"), max_length=500)


class ReplaceForm(forms.Form):
    """Another file in place of the one there is."""

    file = forms.FileField(label=_("File"))


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Reason"), widget=lines(2), error_messages={"required": _("Say why.")}
    )
