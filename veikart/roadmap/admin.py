"""The admin's tables of the roadmap."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from veikart.core.dates import as_typed
from veikart.people.editing import AuditedAdmin, PlanForm, ReadOnly, RowsInline, TallRowsInline
from veikart.roadmap import kinds, services
from veikart.roadmap.models import (
    Cause,
    Deliverable,
    Dependency,
    Grouping,
    KeyDate,
    Milestone,
    Ownership,
    Phase,
    PhasePeriod,
)


class RoadmapObjectAdmin(AuditedAdmin):
    """An object of the roadmap."""

    writer = services.WRITER
    remove = staticmethod(services.remove)


class PhasePeriodForm(PlanForm):
    """A period, which spans forwards if it spans at all."""

    def clean(self) -> Any:
        """The cleaned values. Refuses a span from a later phase to an earlier one."""
        cleaned = super().clean()
        first, last = (self.cleaned_data.get(name) for name in ("first_phase", "last_phase"))
        if first and last and first.number > last.number:
            self.add_error("last_phase", _("This phase comes before the first. Swap the two."))
        return cleaned


class DependencyForm(PlanForm):
    """A dependency between things that the plan knows."""

    def clean(self) -> Any:
        """The cleaned values. Refuses an address that never was in the plan."""
        cleaned = super().clean()
        for name in ("subject", "on"):
            uid = self.cleaned_data.get(name)
            if uid and uid not in services.known([uid]):
                self.add_error(
                    name,
                    _("Expected the address of something in the plan, such as leveranse/7."),
                )
        return cleaned


class Periods(TallRowsInline):
    """The periods of a deliverable."""

    model = PhasePeriod
    form = PhasePeriodForm
    fields = (
        ("no", "first_phase", "last_phase"),
        ("start", "end"),
        ("certainty", "phase_text"),
        "source",
    )


class Milestones(RowsInline):
    """The milestones of a deliverable."""

    model = Milestone


class KeyDates(RowsInline):
    """The key dates of a grouping."""

    model = KeyDate


class GroupingOwners(RowsInline):
    """The owners of a grouping."""

    model = Ownership
    fk_name = "grouping"
    fields = ("organisation", "role", "note")
    autocomplete_fields = ("organisation",)


class DeliverableOwners(GroupingOwners):
    """The owners of a deliverable."""

    fk_name = "deliverable"


@admin.register(Phase)
class PhaseAdmin(RoadmapObjectAdmin):
    """The phases."""

    kind = kinds.PHASE
    list_display = ("number", "name", "short_name", "pattern", "uid")
    list_display_links = ("name",)
    search_fields = ("name", "uid")


@admin.register(Grouping)
class GroupingAdmin(RoadmapObjectAdmin):
    """The groupings."""

    kind = kinds.GROUPING
    list_display = ("title", "delmal", "uid")
    list_select_related = ("delmal",)
    list_filter = ("delmal", "user_groups", "regions")
    search_fields = ("title", "purpose", "uid")
    autocomplete_fields = ("delmal", "user_groups", "regions")
    fields = ("title", "delmal", "purpose", "user_groups", "regions", "portfolio_measure")
    inlines = (GroupingOwners, KeyDates)


@admin.register(Deliverable)
class DeliverableAdmin(RoadmapObjectAdmin):
    """The deliverables, with their periods, milestones and owners."""

    kind = kinds.DELIVERABLE
    list_display = ("name", "delmal_code", "grouping", "periods_in_words", "uid")
    list_select_related = ("delmal", "grouping")
    list_filter = (
        "delmal",
        "periods__first_phase",
        "periods__certainty",
        "owners__role",
        "user_groups",
        "regions",
        "lifecycle",
    )
    search_fields = ("name", "description", "register_id", "grouping__title", "uid")
    autocomplete_fields = ("grouping", "delmal", "other_delmal", "user_groups", "regions")
    fieldsets = (
        (None, {"fields": ("name", "description", "grouping", "delmal", "other_delmal")}),
        (_("For whom and where"), {"fields": ("user_groups", "regions")}),
        (_("In the register"), {"fields": ("register_id", "register_version", "lifecycle")}),
    )
    inlines = (Periods, Milestones, DeliverableOwners)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """With the periods that the list shows."""
        return super().get_queryset(request).prefetch_related("periods__last_phase")

    @admin.display(description=_("main delmål"), ordering="delmal")
    def delmal_code(self, deliverable: Deliverable) -> str:
        """The code of the main delmål."""
        return deliverable.delmal.code

    @admin.display(description=_("periods"))
    def periods_in_words(self, deliverable: Deliverable) -> str:
        """Each period as phase, dates and certainty."""
        return "; ".join(_in_words(period) for period in deliverable.periods.all())


@admin.register(Dependency)
class DependencyAdmin(RoadmapObjectAdmin):
    """What waits for what."""

    kind = kinds.DEPENDENCY
    form = DependencyForm
    list_display = ("uid", "subject", "on", "on_text", "state")
    list_filter = ("state",)
    search_fields = ("subject", "on", "on_text", "reason", "uid")


@admin.register(Cause)
class CauseAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Why dates moved: to read. Causes are given where an edition is frozen."""

    list_display = ("what", "code", "text", "since")
    list_filter = ("since", "code")
    search_fields = ("what", "text")


def _in_words(period: PhasePeriod) -> str:
    phase = period.last_phase.short_name if period.last_phase else period.phase_text or "–"
    dates = " – ".join(as_typed(date) if date else "…" for date in (period.start, period.end))
    return f"{phase} {dates} ({period.get_certainty_display()})"
