"""The admin's tables of organisations, user groups, users and the record."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from veikart.people import audit, kinds, rules, services
from veikart.people.editing import AuditedAdmin, ReadOnly
from veikart.people.models import AuditEntry, Organisation, User, UserGroup

admin.site.site_header = _("Veikart: the working tables")
admin.site.site_title = _("Veikart")
admin.site.index_title = _("What do you want to edit?")


@admin.register(Organisation)
class OrganisationAdmin(AuditedAdmin):
    """Organisations. One that no longer exists gets a last day and a successor; it is not removed."""

    kind, writer = kinds.ORGANISATION, services.WRITER
    list_display = ("name", "kind", "organisation_number", "valid_from", "valid_to", "uid")
    list_filter = ("kind",)
    search_fields = ("name", "organisation_number", "uid")
    autocomplete_fields = ("successor",)


@admin.register(UserGroup)
class UserGroupAdmin(AuditedAdmin):
    """Those who will use what is delivered."""

    kind, writer = kinds.USER_GROUP, services.WRITER
    list_display = ("name", "name_nn", "name_en", "uid")
    search_fields = ("name", "name_nn", "name_en", "uid")


@admin.register(User)
class PeopleAdmin(UserAdmin):  # type: ignore[type-arg]
    """Accounts; for superusers. A role decides what one may do, also here."""

    list_display = ("username", "first_name", "last_name", "role", "organisation", "is_active")
    list_filter = ("role", "is_demo", "is_active")
    autocomplete_fields = ("organisation",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email", "organisation")}),
        (_("Access"), {"fields": ("role", "is_active", "is_superuser", "is_demo")}),
    )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the account, let its role decide on the desk's tables, and record it."""
        audit.lock()
        obj.is_staff = services.is_staff(obj)
        super().save_model(request, obj, form, change)
        after = {name: str(form.cleaned_data[name]) for name in form.changed_data if name in SHOWN}
        verb = "user.changed" if change else "user.created"
        audit.record(verb, f"bruker/{obj.username}", by=rules.signed_in(request.user), after=after)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: the record names the account. Make it inactive instead."""
        return False


SHOWN = ("username", "role", "is_active", "is_superuser", "is_demo", "organisation")
"""What the record tells of an account; never its password."""


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """The record: to read."""

    list_display = ("number", "at", "by_name", "verb", "uid")
    list_filter = ("at",)
    search_fields = ("uid", "verb", "by_name")
    show_full_result_count = False
