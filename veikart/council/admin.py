"""The admin's tables of councils: bodies and seats to correct; what is done at the desk alone, to read."""

from django.contrib import admin

from veikart.council import kinds, services
from veikart.council.models import (
    Body,
    BodyName,
    Case,
    Decision,
    FollowUp,
    Meeting,
    Minutes,
    Paper,
    Seat,
    WorkPlan,
)
from veikart.people.editing import AuditedAdmin, ReadOnly, RowsInline


class BodyNames(RowsInline):
    """What a body was called before."""

    model = BodyName


@admin.register(Body)
class BodyAdmin(AuditedAdmin):
    """Councils and committees."""

    kind = kinds.BODY
    writer = services.WRITER
    inlines = (BodyNames,)
    list_display = ("name", "short_name", "level", "prepares_for")
    search_fields = ("name", "short_name")


@admin.register(Seat)
class SeatAdmin(AuditedAdmin):
    """Seats. Whose account and address they are is kept at the desk, where the record stays without them."""

    kind = kinds.SEAT
    writer = services.WRITER
    exclude = ("user", "email")
    autocomplete_fields = ("organisation",)
    list_display = ("organisation_name", "person", "role", "body", "from_day", "until_day")
    list_filter = ("body", "role")
    list_select_related = ("body",)
    search_fields = ("organisation_name", "person")


@admin.register(Meeting)
class MeetingAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Meetings; they are moved and summoned at the desk, where those who are to know of it are told."""

    exclude = ("link",)
    list_display = ("uid", "body", "held_on", "state", "sequence")
    list_filter = ("body", "state")
    list_select_related = ("body",)
    search_fields = ("uid", "place")


@admin.register(Case)
class CaseAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Cases; they become public, and are withheld, at the desk, where it takes effect everywhere."""

    list_display = ("number", "title", "body", "type", "is_public", "basis")
    list_filter = ("body", "type", "is_public")
    list_select_related = ("body",)
    search_fields = ("number", "title")


@admin.register(Paper)
class PaperAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Papers; who may see one is decided at the desk."""

    list_display = ("uid", "label", "title", "access", "public_from", "basis")
    list_filter = ("access",)
    search_fields = ("uid", "title")


@admin.register(Decision)
class DecisionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Decisions; they are corrected at the desk, with a reason."""

    list_display = ("uid", "body", "decided_on", "result")
    list_filter = ("body", "result")
    list_select_related = ("body",)
    search_fields = ("uid", "text", "title")


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """What is to be done, by whom and when, and what became of it."""

    list_display = ("what", "who", "due", "state", "body")
    list_filter = ("body", "state")
    list_select_related = ("body",)
    search_fields = ("what", "who")


@admin.register(Minutes)
class MinutesAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Minutes; they are written at the desk and never changed once they are approved."""

    list_display = ("meeting", "state", "approved_on")
    list_filter = ("state",)
    list_select_related = ("meeting__body",)


@admin.register(WorkPlan)
class WorkPlanAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Plans for the work."""

    list_display = ("title", "uid")
