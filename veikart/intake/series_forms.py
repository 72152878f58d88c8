"""The forms for figures: a file of them, how its columns are read, and what it is to be kept as."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from veikart.plan.indicators import Indicator

if TYPE_CHECKING:
    from veikart.engines.observations.mapping import Mapping

LARGEST = 200_000_000
"""Above so many bytes a file is taken in with the command, not through a page."""

COLUMNS = (
    ("period", _("Column with the period")),
    ("area", _("Column with the area")),
    ("numerator", _("Column with the numerator")),
    ("denominator", _("Column with the denominator")),
    ("value", _("Column with the value")),
    ("n", _("Column with the number of answers")),
    ("answer", _("Column with yes or no")),
    ("status", _("Column that says why a value is missing")),
    ("note", _("Column with notes")),
)
PARTS: dict[str | None, tuple[str, ...]] = {
    "count": ("numerator", "value"),
    "amount": ("numerator", "value"),
    "coverage": ("answer", "numerator", "denominator"),
    "survey_share": ("value", "n", "numerator", "denominator"),
}
"""The columns with numbers that a kind may have; others have a numerator, a denominator, a value."""
PAIR = ("numerator", "denominator", "value")
SCALES = (("share", _("As shares: 0.57")), ("percent", _("As per cent: 57")))
DECIMALS = {".": _("Point: 0.57"), ",": _("Comma: 0,57")}
THOUSANDS = {
    "": _("None: 1234567"),
    " ": _("Space: 1 234 567"),
    ".": _("Point: 1.234.567"),
    ",": _("Comma: 1,234,567"),
    "'": _("Apostrophe: 1'234'567"),
}


class FiguresFileForm(forms.Form):
    """A file of figures for an indicator."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "CSV, XLSX, JSON-stat, SDMX-CSV or Parquet; the template filled in, or your own."
        ),
        error_messages={"required": _("Choose a file first.")},
    )

    def clean_file(self) -> Any:
        """The file. Raises ValidationError for one that is too large for a page."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _(
                    "Expected a file of at most %(most)d MB, found one of %(found)d MB. "
                    "Take it in with the command: veikart indicators take-in"
                ),
                code="too_large",
                params={"most": LARGEST // 1_000_000, "found": (file.size or 0) // 1_000_000},
            )
        return file


class TemplateForm(forms.Form):
    """The year of a template."""

    aar = forms.IntegerField(
        label=_("Year"),
        min_value=1990,
        max_value=2100,
        widget=forms.TextInput({"inputmode": "numeric", "size": 6}),
    )


class MappingForm(forms.Form):
    """How a file's columns are read. `base` carries what the form has no field for."""

    base = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, columns: Iterable[str], indicator: Indicator, **options: Any):
        super().__init__(*args, **options)
        choices = [("", _("None")), *((name, name) for name in columns)]
        numbers = PARTS.get(indicator.kind, PAIR)
        for part, label in COLUMNS:
            if part in (*PAIR, "n", "answer") and part not in numbers:
                continue
            self.fields[part] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields["one_period"] = forms.CharField(
            label=_("One period for all rows"), required=False, max_length=20
        )
        self.fields["one_area"] = forms.CharField(
            label=_("One area for all rows"),
            required=False,
            max_length=40,
            help_text=_("A code, such as 0301; NO for the whole country."),
        )
        for breakdown in indicator.breakdowns:
            self.fields[f"group-{breakdown.column}"] = forms.ChoiceField(
                label=_("Column with the breakdown “%(label)s”") % {"label": breakdown.label},
                choices=choices,
                required=False,
            )
        self.fields["scale"] = forms.ChoiceField(label=_("How shares are written"), choices=SCALES)
        self.fields["times"] = forms.FloatField(
            localize=True,
            label=_("Multiply numbers by"),
            help_text=_("1000000 where the file has millions."),
            widget=forms.TextInput({"inputmode": "decimal"}),
        )
        self.fields["decimal"] = forms.ChoiceField(
            label=_("Decimal mark"), choices=list(DECIMALS.items())
        )
        self.fields["thousands"] = forms.ChoiceField(
            label=_("Between thousands"),
            choices=list(THOUSANDS.items()),
            required=False,
        )

    @classmethod
    def values_of(cls, mapping: "Mapping") -> dict[str, Any]:
        """What the form shows of a mapping that was proposed."""
        from veikart.engines.observations.mapping import encode_mapping  # noqa: PLC0415 (see below)

        names = [part for part, _label in COLUMNS]
        names += ["one_period", "one_area", "scale", "times", "decimal", "thousands"]
        return {
            "base": encode_mapping(mapping),
            **{name: getattr(mapping, name) for name in names},
            **{f"group-{group.column}": group.source for group in mapping.groups},
        }

    def clean(self) -> dict[str, Any]:
        """With `mapping`, the mapping as it was edited. Raises ValidationError."""
        # It loads Arrow, which only those need who take in figures.
        from veikart.engines.observations.mapping import decode_mapping  # noqa: PLC0415

        cleaned = super().clean() or {}
        try:
            base = decode_mapping(cleaned.get("base") or "")
        except ValueError as problem:
            raise forms.ValidationError(str(problem), code="not_a_mapping") from problem
        if not self.errors:
            cleaned["mapping"] = msgspec.structs.replace(base, **self._edits(base, cleaned))
        return cleaned

    def _edits(self, base: "Mapping", cleaned: dict[str, Any]) -> dict[str, Any]:
        from veikart.engines.observations.mapping import Group  # noqa: PLC0415 (as above)

        names = [part for part, _label in COLUMNS] + ["one_period", "one_area"]
        edits: dict[str, Any] = {
            name: cleaned.get(name) or None for name in names if name in self.fields
        }
        for name in ("scale", "times", "decimal", "thousands"):
            edits[name] = cleaned[name]
        before = {group.column: group for group in base.groups}
        groups = []
        for name in self.fields:
            column = name.removeprefix("group-")
            source = cleaned.get(name) if column != name else None
            if source:
                known = before.get(column)
                same = known is not None and known.source == source
                groups.append(known if same else Group(column=column, source=source))
        edits["groups"] = tuple(groups)
        if edits["period"] != base.period:
            edits["wide"] = ()
        if edits.get("value", base.value) != base.value:
            edits["measure"], edits["measures"] = None, {}
        return edits


class WithdrawalForm(forms.Form):
    """Why a data set is withdrawn."""

    reason = forms.CharField(
        label=_("What was wrong with it"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody can read it beside the data set, in all editions to come."),
    )


class KeepFiguresForm(forms.Form):
    """What a data set is kept as."""

    as_of = forms.DateField(
        label=_("The day the figures were true"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    source = forms.CharField(label=_("Source"), max_length=300)
    address = forms.URLField(
        label=_("The source’s address on the web"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput({"inputmode": "url"}),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea({"rows": 2}))
