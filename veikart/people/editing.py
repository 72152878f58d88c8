"""The admin's tables for editors: who may use them, and that every save leaves an entry in the record."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from veikart.core.forms import FuzzyDatesKept, ParagraphsField
from veikart.core.kinds import Kind
from veikart.people import audit, rules
from veikart.people.writing import Change, Writer, difference


class EditorsOnly:
    """Those who may edit the plan see and change; nobody else does."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the app is shown."""
        return rules.can_edit(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the table is shown."""
        return rules.can_edit(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether rows can be added."""
        return rules.can_edit(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether rows can be changed."""
        return rules.can_edit(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether rows can be removed."""
        return rules.can_edit(request.user)


class ReadOnly(EditorsOnly):
    """Those who may edit the plan see it; nobody changes it here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class PlanForm(FuzzyDatesKept, forms.ModelForm):  # type: ignore[type-arg]
    """A form for an object or a row of the plan."""


OVERRIDES: dict[Any, Any] = {
    models.JSONField: {"form_class": ParagraphsField},
    # As people write numbers: 0,8 in Norwegian.
    models.FloatField: {"localize": True},
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
}
"""How fields are edited where Django's own way will not do."""
IN_A_LINE = OVERRIDES | {
    models.CharField: {"widget": forms.TextInput({"size": 18})},
    models.FloatField: {"localize": True, "widget": forms.TextInput({"size": 8})},
    models.TextField: {"widget": forms.Textarea({"rows": 2, "cols": 24})},
}
"""As `OVERRIDES`, where a row of fields is to fit the screen."""


class RowsInline(EditorsOnly, admin.TabularInline):  # type: ignore[type-arg]
    """A list inside an object, such as the periods of a deliverable."""

    form = PlanForm
    formfield_overrides: ClassVar[dict[Any, Any]] = IN_A_LINE
    extra = 0


class TallRowsInline(EditorsOnly, admin.StackedInline):  # type: ignore[type-arg]
    """A list inside an object whose rows have too many fields for a line."""

    form = PlanForm
    formfield_overrides: ClassVar[dict[Any, Any]] = OVERRIDES
    extra = 0


class RemovalForm(forms.Form):
    """Why something is removed, and what takes its place."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    successors = forms.CharField(
        label=_("Addresses of what takes its place"),
        required=False,
        help_text=_("With spaces between, for example leveranse/71 leveranse/72."),
    )


class AuditedAdmin(EditorsOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """The table of one kind of object. A save is checked as a service checks, and recorded.

    `writer` knows the kind; `remove` is the service that takes an object out, or None.
    """

    form = PlanForm
    kind: ClassVar[Kind]
    writer: ClassVar[Writer]
    remove: ClassVar[Callable[..., Change] | None] = None
    formfield_overrides: ClassVar[dict[Any, Any]] = OVERRIDES

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The uid too, once there is one."""
        given = super().get_readonly_fields(request, obj)
        return (*given, "uid") if obj else given

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the uid first, also where the fields are named one by one."""
        fieldsets = super().get_fieldsets(request, obj)
        (title, options), *rest = fieldsets
        others = [name for name in options["fields"] if name != "uid"]
        return [(title, {**options, "fields": ["uid", *others]}), *rest]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only where there is a service for it, one object at a time."""
        return self.remove is not None and rules.can_edit(request.user)

    def get_actions(self, request: HttpRequest) -> Any:
        """All but the removal of many at once, which would ask for no reason."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """Django's own; a refusal at the last moment is shown, and nothing is saved."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, *args, **options)
        except ValidationError as refusal:
            for message in refusal.messages:
                messages.error(request, message)
            return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the object, having seen what it was."""
        audit.lock()
        form.was = self.kind.load([obj.pk]).get(obj.pk)
        if form.was is None:
            self.writer.refuse_new(self.kind, {obj.pk})
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the lists, check the whole, and record what changed."""
        super().save_related(request, form, formsets, change)
        uid = form.instance.pk
        value = self.kind.load([uid])[uid]
        self.writer.check(self.kind, [value])
        changed = difference(self.kind.name, uid, form.was, value)
        if changed.verb != "unchanged":
            audit.record(
                self.deed(form, changed),
                uid,
                by=rules.signed_in(request.user),
                before=changed.before,
                after=changed.after,
            )

    def deed(self, form: Any, changed: Change) -> str:
        """What the record calls the change that the form made."""
        return f"{self.kind.name}.{changed.verb}"

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Ask for the reason, and remove the object through its service."""
        obj = get_object_or_404(self.model, pk=unquote(object_id))
        remove = type(self).remove
        if remove is None or not self.has_delete_permission(request, obj):
            raise PermissionDenied
        form = RemovalForm(request.POST or None)
        if form.is_valid():
            try:
                remove(
                    self.kind.name,
                    obj.pk,
                    reason=form.cleaned_data["reason"],
                    successors=form.cleaned_data["successors"].split(),
                    by=rules.signed_in(request.user),
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("%(uid)s was removed.") % {"uid": obj.pk})
                return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        back = reverse(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change",
            args=[quote(obj.pk)],
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take out of the plan"),
            "object": obj,
            "form": form,
            "opts": self.opts,
            "back": back,
        }
        return TemplateResponse(request, "people/remove.html", context)
