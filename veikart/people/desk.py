"""What the desk's pages share: who may open one, and doing what a form says."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from veikart.people.models import User

View = Callable[..., HttpResponse]


def for_those_who(may: Callable[[User | AnonymousUser], bool]) -> Callable[[View], View]:
    """A decorator: the view for those who `may`; who is not signed in is asked to, all others are refused."""

    def decorated(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            if not may(request.user):
                raise PermissionDenied
            return view(request, *args, **options)

        return cast(View, login_required(checked))

    return decorated


def done(request: HttpRequest, form: forms.Form, act: Callable[[], str]) -> str | None:
    """Do what a form says: the address that `act` leads on to, once it is kept.

    None if the form is not valid or `act` was refused, which the form then says.
    """
    if not form.is_valid():
        return None
    try:
        to = act()
    except ValidationError as refusal:
        told(form, refusal)
        return None
    messages.success(request, _("It is kept."))
    return to


def told(form: forms.Form, refusal: ValidationError) -> None:
    """Let `form` say why it was refused, at the fields where the refusal names some it has."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
