"""The desk's pages of themes: making them, who speaks of each, and the outcome for all of a theme."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from veikart.consultations import services, theming
from veikart.consultations.acting import brief
from veikart.consultations.forms import (
    ChoosingForm,
    OutcomeForm,
    ReasonForm,
    SplitThemeForm,
    ThemeForm,
)
from veikart.consultations.opening import Opened, for_handlers, last_deed, opened, short
from veikart.design.point_words import OUTCOMES
from veikart.engines.handling import actions as do
from veikart.engines.handling.settling import counts
from veikart.engines.handling.state import State, Theme, number
from veikart.people.desk import done

MOST_GROUPS = 30
POINTS_A_PAGE = 50


@for_handlers
def list_themes(request: HttpRequest, code: str) -> HttpResponse:
    """All themes, what came from many, and a first set of groups; a theme that is posted is made."""
    at = opened(request, code)
    form = ThemeForm(request.POST or None, auto_id="ny-%s")
    if request.method == "POST" and form.is_valid():
        state = _made(at, form, request.POST.getlist("punkt"))
        if state:
            messages.success(request, str(_("The theme is made.")))
            made = max(state.themes.keys() - at.state.themes.keys(), key=number)
            return redirect("consultations:theme", code=code, no=number(made))
    return _list(request, at, form)


@for_handlers
@require_safe
def show_theme(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """One theme: its points, those that may belong to it, and its outcome."""
    at = opened(request, code)
    return _theme(request, at, _found(at, no))


@for_handlers
@require_POST
def act_on_theme(request: HttpRequest, code: str, no: int, verb: str) -> HttpResponse:
    """Do with a theme what the form says."""
    at = opened(request, code)
    theme = _found(at, no)
    if verb not in VERBS:
        raise Http404(verb)
    form = _forms(at, theme, request, verb)[verb]
    to = done(request, form, lambda: _after(at, VERBS[verb](at, theme, form), theme))
    return redirect(to) if to else _theme(request, at, theme, bound={verb: form})


def _made(at: Opened, form: ThemeForm, points: list[str]) -> State | None:
    said = form.cleaned_data
    sentence = said["sentence"] or None
    try:
        return services.make_theme(
            at.hearing.uid, title=said["title"], sentence=sentence, points=points, by=at.user
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


def _found(at: Opened, no: int) -> Theme:
    theme = at.state.themes.get(f"{at.hearing.uid}/tema/{no}")
    if theme is None or theme.gone:
        raise Http404(str(no))
    return theme


def _after(at: Opened, state: State, theme: Theme) -> str:
    """The theme again; the one that was made of it; else the list."""
    made = sorted(map(number, state.themes.keys() - at.state.themes.keys()))
    if made:
        return reverse("consultations:theme", args=[at.code, made[0]])
    if state.themes[theme.uid].gone:
        return reverse("consultations:themes", args=[at.code])
    return reverse("consultations:theme", args=[at.code, number(theme.uid)])


# --- What can be done with a theme ------------------------------------------------------------


def _rename(at: Opened, theme: Theme, form: forms.Form) -> State:
    said = form.cleaned_data
    sentence = said["sentence"] or None
    renamed = do.RenameTheme(theme=theme.uid, title=said["title"], sentence=sentence)
    return services.act(at.hearing.uid, renamed, by=at.user)


def _put(at: Opened, theme: Theme, form: forms.Form) -> State:
    points = tuple(form.cleaned_data["chosen"])
    return services.act(at.hearing.uid, do.PutInTheme(theme=theme.uid, points=points), by=at.user)


def _take_out(at: Opened, theme: Theme, form: forms.Form) -> State:
    points = tuple(form.cleaned_data["chosen"])
    taken = do.TakeOutOfTheme(theme=theme.uid, points=points)
    return services.act(at.hearing.uid, taken, by=at.user)


def _merge(at: Opened, theme: Theme, form: forms.Form) -> State:
    themes = [theme.uid, *form.cleaned_data["chosen"]]
    return services.merge_themes(
        at.hearing.uid, themes, title=theme.title, sentence=theme.sentence, by=at.user
    )


def _split(at: Opened, theme: Theme, form: forms.Form) -> State:
    said = form.cleaned_data
    chosen = set(said["chosen"])
    rest = [each.uid for each in theming.members(at.state, theme) if each.uid not in chosen]
    parts = [(theme.title, rest), (said["title"], list(said["chosen"]))]
    return services.split_theme(at.hearing.uid, theme.uid, parts=parts, by=at.user)


def _give_up(at: Opened, theme: Theme, form: forms.Form) -> State:
    removed = do.RemoveTheme(theme=theme.uid, reason=form.cleaned_data["reason"])
    return services.act(at.hearing.uid, removed, by=at.user)


def _decide(at: Opened, theme: Theme, form: Any) -> State:
    said = form.cleaned_data
    decided = do.Decide(
        on=theme.uid, value=said["value"], reason=said["reason"], led_to=form.led_to()
    )
    return services.act(at.hearing.uid, decided, by=at.user)


VERBS: dict[str, Callable[[Opened, Theme, Any], State]] = {
    "ja": _put,
    "nei": _take_out,
    "utfall": _decide,
    "gi-navn": _rename,
    "sla-sammen": _merge,
    "del": _split,
    "gi-opp": _give_up,
}
"""By the last part of the address that it is sent to."""


def _forms(
    at: Opened, theme: Theme, request: HttpRequest, sent: str | None
) -> dict[str, forms.Form]:
    """The form of each verb; the one that was sent is bound."""
    given = {verb: request.POST if verb == sent else None for verb in VERBS}
    inside = [(each.uid, _named(at, each.uid)) for each in theming.members(at.state, theme)]
    points = [(uid, "") for uid in at.state.points] if sent in ("ja", "nei") else []
    others = [
        (each.uid, each.title) for each in at.state.standing_themes() if each.uid != theme.uid
    ]
    held = theme.outcome
    initial = {"value": held.value, "reason": held.reason} if held else {}
    named = {"title": theme.title, "sentence": theme.sentence or ""}
    return {
        "ja": ChoosingForm(given["ja"], label="", choices=points),
        "nei": ChoosingForm(given["nei"], label="", choices=points),
        "utfall": OutcomeForm(given["utfall"], initial=initial, auto_id="utfall-%s"),
        "gi-navn": ThemeForm(given["gi-navn"], initial=named, auto_id="gi-navn-%s"),
        "sla-sammen": ChoosingForm(
            given["sla-sammen"], label=_("Themes"), choices=others, auto_id="sla-sammen-%s"
        ),
        "del": SplitThemeForm(
            given["del"], label=_("Points of the new theme"), choices=inside, auto_id="del-%s"
        ),
        "gi-opp": ReasonForm(given["gi-opp"], auto_id="gi-opp-%s"),
    }


def _problems(bound: dict[str, forms.Form]) -> list[str]:
    """Why yes or no was refused; all other forms say it themselves."""
    refused = [form for verb, form in bound.items() if verb in ("ja", "nei")]
    return [str(error) for form in refused for errors in form.errors.values() for error in errors]


def _named(at: Opened, uid: str) -> str:
    return f"{short(at, uid)}: {brief(at.state.text_of(at.state.points[uid]))}"


# --- Pages ------------------------------------------------------------------------------------


def _list(request: HttpRequest, at: Opened, form: ThemeForm) -> HttpResponse:
    asked = request.GET.get("grupper", "")
    k = min(int(asked), MOST_GROUPS) if asked.isascii() and asked.isdecimal() else 0
    listed = [
        {
            "no": number(theme.uid),
            "theme": theme,
            "points": len(at.state.said(theme.uid, yes=True)),
            "outcome": OUTCOMES[theme.outcome.value] if theme.outcome else None,
        }
        for theme in at.state.standing_themes()
    ]
    context = {
        "at": at,
        "counts": counts(at.state),
        "listed": listed,
        "form": form,
        "campaigns": theming.campaigns(at.state)[:MOST_GROUPS],
        "k": k or 8,
        "groups": theming.first_groups(at.state, k) if k else [],
        "last": last_deed(at),
        "here": reverse("consultations:themes", args=[at.code]),
    }
    status = 422 if form.errors else 200
    return render(request, "consultations/themes.html", context, status=status)


def _theme(
    request: HttpRequest, at: Opened, theme: Theme, *, bound: dict[str, forms.Form] | None = None
) -> HttpResponse:
    points = theming.members(at.state, theme)
    page = Paginator(points, POINTS_A_PAGE).get_page(request.GET.get("side"))
    inside = [
        theming.Proposed(each.uid, at.state.text_of(each), "yes", ()) for each in page.object_list
    ]
    all_forms = _forms(at, theme, request, None) | (bound or {})
    context = {
        "at": at,
        "theme": theme,
        "no": number(theme.uid),
        "outcome": OUTCOMES[theme.outcome.value] if theme.outcome else None,
        "total": len(points),
        "page": page,
        "inside": inside,
        "proposed": theming.proposals(at.state, theme),
        "forms": {verb.replace("-", "_"): form for verb, form in all_forms.items()},
        "open": next(iter(bound or {}), None),
        "problems": _problems(bound or {}),
        "last": last_deed(at),
        "here": reverse("consultations:theme", args=[at.code, number(theme.uid)]),
    }
    return render(request, "consultations/theme.html", context, status=422 if bound else 200)
