"""The admin's tables of hearings, and of what was received and done, to read."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from veikart.consultations import kinds, services
from veikart.consultations.models import (
    HandlingEvent,
    Hearing,
    IntakeItem,
    Invitation,
    Question,
    Reply,
    Stated,
)
from veikart.people.editing import AuditedAdmin, ReadOnly, RowsInline, TallRowsInline


class Questions(TallRowsInline):
    """What a hearing asks."""

    model = Question
    formfield_overrides = AuditedAdmin.formfield_overrides


class Invitations(RowsInline):
    """Whom a hearing invites."""

    model = Invitation
    autocomplete_fields = ("organisation",)


class StatedNumbers(RowsInline):
    """Numbers that sources state of a hearing."""

    model = Stated


@admin.register(Hearing)
class HearingAdmin(AuditedAdmin):
    """Hearings and workshops."""

    kind = kinds.HEARING
    writer = services.WRITER
    inlines = (Questions, Invitations, StatedNumbers)
    list_display = ("title", "case_number", "opens_on", "closes_on", "is_public")
    list_filter = ("kind", "is_public")
    search_fields = ("title", "case_number")


@admin.register(Reply)
class ReplyAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Replies as they were received."""

    list_display = ("uid", "version", "respondent", "kind_of_respondent", "received_at", "channel")
    list_filter = ("hearing", "kind_of_respondent", "channel", "after_deadline")
    search_fields = ("uid", "respondent")


@admin.register(HandlingEvent)
class HandlingEventAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """The log of each hearing."""

    list_display = ("hearing", "no", "verb", "at", "by_name")
    list_filter = ("hearing", "verb")


@admin.register(IntakeItem)
class IntakeItemAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """What came in and needs a person; it is settled at the desk."""

    list_display = ("code", "hearing", "document", "reply", "at", "settled_at", "settled_by")
    list_filter = ("hearing", "code")

    def get_queryset(self, request: HttpRequest) -> QuerySet[IntakeItem]:
        """With what the list shows."""
        rows: QuerySet[IntakeItem] = super().get_queryset(request)
        return rows.select_related("hearing", "document", "reply", "settled_by")
