"""The admin's tables of the strategy."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from veikart.people.editing import AuditedAdmin, PlanForm, ReadOnly, RowsInline
from veikart.strategy import kinds, services
from veikart.strategy.models import (
    Benefit,
    Delmal,
    OverarchingGoal,
    Prerequisite,
    RelatedStrategy,
    Sdg,
    Source,
    Statement,
    StrategicGoal,
    Strategy,
    TargetGroup,
    Tombstone,
    Vision,
    VisionPhrase,
)


class StrategyObjectAdmin(AuditedAdmin):
    """An object of the strategy."""

    writer = services.WRITER
    remove = staticmethod(services.remove)


class VisionPhrases(RowsInline):
    """The phrases of the vision."""

    model = VisionPhrase


class Benefits(RowsInline):
    """The benefits of a delmål."""

    model = Benefit


class SdgForm(PlanForm):
    """A UN goal, whose most direct contributors are among its contributors."""

    def clean(self) -> Any:
        """The cleaned values. Refuses a goal that contributes the most and not at all."""
        cleaned = super().clean()
        goals, most = (set(self.cleaned_data.get(n) or ()) for n in ("goals", "most_direct"))
        if most - goals:
            self.add_error("most_direct", _("Choose these among the goals, too."))
        return cleaned


@admin.register(Vision)
class VisionAdmin(StrategyObjectAdmin):
    """The vision."""

    kind = kinds.VISION
    list_display = ("text", "uid")
    inlines = (VisionPhrases,)


@admin.register(OverarchingGoal)
class OverarchingGoalAdmin(StrategyObjectAdmin):
    """The overarching goals."""

    kind = kinds.OVERARCHING_GOAL
    list_display = ("number", "title", "uid")
    list_display_links = ("title",)
    search_fields = ("title", "text", "uid")


@admin.register(StrategicGoal)
class StrategicGoalAdmin(StrategyObjectAdmin):
    """The strategic goals."""

    kind = kinds.STRATEGIC_GOAL
    list_display = ("number", "title", "kind", "uid")
    list_display_links = ("title",)
    list_filter = ("kind",)
    search_fields = ("title", "summary", "uid")


@admin.register(Statement)
class StatementAdmin(StrategyObjectAdmin):
    """What is to be achieved."""

    kind = kinds.STATEMENT
    list_display = ("uid", "text")
    list_filter = ("goal",)
    search_fields = ("text", "uid")


@admin.register(Delmal)
class DelmalAdmin(StrategyObjectAdmin):
    """The delmål. Another code is given with the service that keeps the thread, not here."""

    kind = kinds.DELMAL
    list_display = ("code", "title", "goal", "uid")
    list_display_links = ("title",)
    list_filter = ("goal",)
    search_fields = ("code", "title", "uid")
    readonly_fields = ("replaces",)
    inlines = (Benefits,)

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """The code too, once there is one."""
        given = super().get_readonly_fields(request, obj)
        return (*given, "code") if obj else given


@admin.register(Prerequisite)
class PrerequisiteAdmin(StrategyObjectAdmin):
    """Which goal rests on which."""

    kind = kinds.PREREQUISITE
    list_display = ("uid", "goal", "on", "sentence")
    list_filter = ("goal", "on")
    search_fields = ("sentence", "uid")


@admin.register(TargetGroup)
class TargetGroupAdmin(StrategyObjectAdmin):
    """Whom the strategy is for."""

    kind = kinds.TARGET_GROUP
    list_display = ("name", "ring", "uid")
    list_filter = ("ring",)
    search_fields = ("name", "uid")


@admin.register(Sdg)
class SdgAdmin(StrategyObjectAdmin):
    """The UN goals."""

    kind = kinds.SDG
    form = SdgForm
    list_display = ("number", "title", "uid")
    list_display_links = ("title",)
    list_filter = ("goals",)
    search_fields = ("title", "uid")
    filter_horizontal = ("goals", "most_direct")


@admin.register(RelatedStrategy)
class RelatedStrategyAdmin(StrategyObjectAdmin):
    """Other strategies and sources that the strategy leans on."""

    kind = kinds.RELATED_STRATEGY
    list_display = ("title", "publisher", "year", "footnote", "uid")
    list_filter = ("publisher",)
    search_fields = ("title", "publisher", "note", "uid")


@admin.register(Strategy)
class StrategyAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """The versions of the strategy: to read."""

    list_display = ("title", "version", "publisher", "from_year", "to_year", "is_current")


@admin.register(Source)
class SourceAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """What the content came from: to read."""

    list_display = ("title", "version", "publisher", "licence")
    search_fields = ("title", "publisher")


@admin.register(Tombstone)
class TombstoneAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """What was removed: to read."""

    list_display = ("uid", "kind", "name", "reason")
    list_filter = ("kind",)
    search_fields = ("uid", "name", "reason")
