"""Signing in and out."""

from django.contrib import auth
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

log_in = LoginView.as_view(template_name="people/log_in.html", next_page="/arbeid/")


@never_cache
@require_http_methods(["GET", "POST"])
def log_out(request: HttpRequest) -> HttpResponse:
    """Ask, and then sign out; a link alone never does."""
    if request.method == "POST":
        auth.logout(request)
        return redirect("/")
    return render(request, "people/log_out.html")
