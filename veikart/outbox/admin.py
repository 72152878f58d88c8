"""The admin's table of messages: to read. They are approved and discarded at the desk."""

from django.contrib import admin

from veikart.outbox.models import Message
from veikart.people.editing import ReadOnly


@admin.register(Message)
class MessageAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Messages of the outbox."""

    list_display = ("subject", "name", "about", "state", "approved_by", "sent_at")
    list_filter = ("state", "kind", "language")
    search_fields = ("about", "name", "subject", "message_id")
