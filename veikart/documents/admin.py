"""The admin's table of documents."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from veikart.documents import services
from veikart.documents.models import Document
from veikart.people import rules
from veikart.people.editing import ReadOnly


@admin.register(Document)
class DocumentAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """The documents: to read, and to decide who else may."""

    list_display = ("name", "media_type", "size", "taken_in_at", "taken_in_by", "visibility")
    list_filter = ("visibility", "media_type")
    search_fields = ("name", "names__name", "sha256")
    actions = ("make_public", "make_internal", "make_for_editors")

    @admin.action(description=_("Let everybody see them"))
    def make_public(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        """Make the chosen documents public."""
        self._set(request, queryset, Document.Visibility.PUBLIC)

    @admin.action(description=_("Let only those see them who may read the draft"))
    def make_internal(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        """Make the chosen documents internal."""
        self._set(request, queryset, Document.Visibility.INTERNAL)

    @admin.action(description=_("Let only editors see them"))
    def make_for_editors(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        """Make the chosen documents visible to editors alone."""
        self._set(request, queryset, Document.Visibility.EDITORS)

    def _set(self, request: HttpRequest, queryset: "QuerySet[Any]", visibility: str) -> None:
        for document in queryset:
            services.set_visibility(
                document, visibility=visibility, by=rules.signed_in(request.user)
            )
