"""The forms of the intake desk: a file to take in, and what is decided about the rows of a proposal."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from veikart.engines.readers.choose import LARGEST

LARGEST_KEPT = 4 * LARGEST
"""Above so many bytes a file is not even kept."""


class TakeInForm(forms.Form):
    """A file to take in."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "The roadmap register as CSV or XLSX; the strategy document, or a council’s agenda, "
            "minutes or slides, as text, DOCX or PDF; at most %(size)d MB."
        )
        % {"size": LARGEST // 1_000_000},
        error_messages={"required": _("Choose a file first.")},
    )

    def clean_file(self) -> Any:
        """The file. Raises ValidationError for one that is too large to keep."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile) and (file.size or 0) > LARGEST_KEPT:
            raise forms.ValidationError(
                _("Expected a file of at most %(most)d MB, found one of %(found)d MB."),
                code="too_large_to_keep",
                params={"most": LARGEST_KEPT // 1_000_000, "found": (file.size or 0) // 1_000_000},
            )
        return file


class DecisionForm(forms.Form):
    """What to do with which rows."""

    ACCEPT, ACCEPT_ALL, REJECT = "accept", "accept_all", "reject"
    ACCEPT_SOURCE = "accept_source"

    verb = forms.ChoiceField(
        choices=[(verb, "") for verb in (ACCEPT, ACCEPT_ALL, ACCEPT_SOURCE, REJECT)]
    )
    reason = forms.CharField(required=False)
    rows = forms.TypedMultipleChoiceField(coerce=int, required=False)
    groups = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, known: Mapping[str, list[int]], **options: Any) -> None:
        """`known` are the rows by the group in which they are shown."""
        super().__init__(*args, **options)
        self.known = known
        rows = [(pk, "") for one in known.values() for pk in one]
        self.fields["rows"].choices = rows  # type: ignore[attr-defined]
        self.fields["groups"].choices = [(code, "") for code in known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The decision, with the rows of groups that were chosen whole among the rows.

        Raises ValidationError where rows or the reason are missing.
        """
        cleaned = super().clean() or {}
        whole = [pk for code in cleaned.get("groups") or () for pk in self.known[code]]
        cleaned["rows"] = list(dict.fromkeys([*(cleaned.get("rows") or ()), *whole]))
        verb = cleaned.get("verb")
        if verb in (self.ACCEPT, self.REJECT) and not cleaned.get("rows"):
            raise forms.ValidationError(_("Choose at least one row first."), code="no_rows")
        if verb == self.REJECT and not cleaned.get("reason"):
            raise forms.ValidationError(_("Say why the rows are rejected."), code="reason_missing")
        return cleaned


def given_from(filled_in: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """What was filled in for fields that rows lack: fields `give-<row>-<field>`; blanks are left out."""
    given: dict[int, dict[str, str]] = defaultdict(dict)
    for name, value in filled_in.items():
        mark, _dash, rest = name.partition("-")
        row, _dash, field = rest.partition("-")
        if mark == "give" and row.isdecimal() and value.strip():
            given[int(row)][field] = value.strip()
    return dict(given)
