"""The admin's tables of definitions, and of data sets and results to read."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from veikart.indicators import definitions, kinds, services
from veikart.indicators.models import (
    Break,
    Breakdown,
    Category,
    Computed,
    DataSet,
    DefinitionVersion,
    Indicator,
    Target,
)
from veikart.people.editing import AuditedAdmin, PlanForm, ReadOnly, RowsInline, TallRowsInline
from veikart.people.writing import Change


class Breakdowns(RowsInline):
    """The ways an indicator is divided."""

    model = Breakdown


class Categories(RowsInline):
    """The values of its breakdowns."""

    model = Category


class Targets(RowsInline):
    """Its targets."""

    model = Target


class Breaks(RowsInline):
    """The breaks in its series."""

    model = Break


class Versions(TallRowsInline):
    """The versions of its definition: what is said of them; a new one is given in the form."""

    model = DefinitionVersion
    readonly_fields = ("no",)
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class IndicatorForm(PlanForm):
    """A definition, whether it is a new version of it, and whether only its wording is mended."""

    new_since = forms.DateField(
        label=_("A new version, since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Where something else is measured from a day on: it starts a new series."),
    )
    new_change = forms.CharField(
        label=_("What changed with it"), required=False, widget=forms.Textarea({"rows": 2})
    )

    only_wording = forms.BooleanField(
        label=_("Only the wording is mended"),
        required=False,
        help_text=_(
            "Other words for what is measured need a new version, unless they mean the same."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """With both the day and the sentence of a new version, or neither. Raises ValidationError."""
        cleaned = super().clean() or {}
        for name, other in (("new_since", "new_change"), ("new_change", "new_since")):
            if cleaned.get(other) and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("A new version needs its day and what changed."))
        if cleaned.get("new_change") and cleaned.get("only_wording"):
            self.add_error("only_wording", _("Choose either a new version or other words."))
        return cleaned

    @property
    def redefines(self) -> bool:
        """Whether the form gives a new version."""
        return bool(self.cleaned_data.get("new_change"))


@admin.register(Indicator)
class IndicatorAdmin(AuditedAdmin):
    """The indicators. Another thing measured needs a new version, which starts a new series.

    What the form gives as a new version is checked and recorded as `services.redefine` does it.
    """

    kind = kinds.INDICATOR
    writer = services.WRITER
    remove = staticmethod(services.remove)
    form = IndicatorForm
    list_display = ("code", "title", "kind", "version", "uid")
    list_display_links = ("title",)
    list_filter = ("kind", "cadence")
    search_fields = ("code", "title", "question", "uid")
    inlines = (Versions, Targets, Breaks, Breakdowns, Categories)
    readonly_fields = ("version",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the object, with the next version's number where the form gives one."""
        if form.redefines and change:
            obj.version += 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the lists, and check the whole against what it was."""
        if form.redefines:
            _add_version(form)
        super().save_related(request, form, formsets, change)
        value = self.kind.load([form.instance.pk])[form.instance.pk]
        definitions.refuse_versions(form.was, value)
        if form.redefines and form.was:
            definitions.refuse_nothing_redefined(form.was, value)
        if not form.cleaned_data.get("only_wording"):
            definitions.refuse_silent_change(form.was, value)
        for caution in definitions.cautions(value):
            self.message_user(request, caution, "warning")

    def deed(self, form: Any, changed: Change) -> str:
        """A new version has a name of its own in the record."""
        is_new = form.redefines and changed.verb == "changed"
        return services.REDEFINED if is_new else super().deed(form, changed)


def _add_version(form: Any) -> None:
    row = DefinitionVersion(
        indicator=form.instance,
        no=form.instance.version,
        since=form.cleaned_data["new_since"],
        change=form.cleaned_data["new_change"].strip(),
    )
    row.full_clean()
    row.save()


@admin.register(DataSet)
class DataSetAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """The data sets: to read. They are taken in at the desk."""

    list_display = (
        "uid", "indicator", "version", "as_of", "rows", "taken_in_at", "taken_in_by", "withdrawal",
    )  # fmt: skip
    list_select_related = ("indicator", "taken_in_by", "withdrawal")
    list_filter = ("indicator",)
    search_fields = ("uid", "sha256", "source")


@admin.register(Computed)
class ComputedAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """What was computed last: to read."""

    list_display = ("indicator", "version", "engine", "figures", "computed_at")
