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
    """The versions of its definition."""

    model = DefinitionVersion


class IndicatorForm(PlanForm):
    """A definition, and whether only its wording is mended."""

    only_wording = forms.BooleanField(
        label=_("Only the wording is mended"),
        required=False,
        help_text=_(
            "Other words for what is measured need a new version, unless they mean the same."
        ),
    )


@admin.register(Indicator)
class IndicatorAdmin(AuditedAdmin):
    """The indicators. Another thing measured needs a new version, which starts a new series."""

    kind = kinds.INDICATOR
    writer = services.WRITER
    remove = staticmethod(services.remove)
    form = IndicatorForm
    list_display = ("code", "title", "kind", "version", "uid")
    list_display_links = ("title",)
    list_filter = ("kind", "cadence")
    search_fields = ("code", "title", "question", "uid")
    inlines = (Versions, Targets, Breaks, Breakdowns, Categories)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the lists, and check the whole against what it was."""
        super().save_related(request, form, formsets, change)
        value = self.kind.load([form.instance.pk])[form.instance.pk]
        definitions.refuse_versions(form.was, value)
        if not form.cleaned_data.get("only_wording"):
            definitions.refuse_silent_change(form.was, value)
        for caution in definitions.cautions(value):
            self.message_user(request, caution, "warning")


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
