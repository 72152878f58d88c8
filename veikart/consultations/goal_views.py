"""The desk's pages of draft goals: themes gathered in change areas, and goals drafted from those."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from veikart.consultations import draft_goals, services
from veikart.consultations.forms import ChoosingForm, ReasonForm
from veikart.consultations.goal_forms import (
    AreaForm,
    BecameForm,
    DraftForm,
    GatherForm,
    MergeForm,
    MoveForm,
    WordingForm,
)
from veikart.consultations.opening import Opened, for_handlers, last_deed, opened
from veikart.design import priority_words
from veikart.engines.handling import actions as do
from veikart.engines.handling.state import Area, Goal, State, Theme, number
from veikart.people.desk import done

Done = tuple[State, str]
"""The state after, and the address to go on to."""


@for_handlers
def list_areas(request: HttpRequest, code: str) -> HttpResponse:
    """All change areas and draft goals, and the themes that are in no area, to be gathered."""
    at = opened(request, code)
    loose = at.state.themes_in(None)
    areas = [(each.uid, each.title) for each in at.state.standing_areas()]
    form = GatherForm(
        request.POST or None,
        label=_("Themes in no change area"),
        choices=[(each.uid, _theme(at, each)) for each in loose],
        areas=areas,
        auto_id="samle-%s",
    )
    if request.method == "POST" and form.is_valid() and _gathered(at, form):
        messages.success(request, str(_("It is kept.")))
        return redirect("consultations:areas", code=code)
    themes = at.state.standing_themes()
    context = {
        "at": at,
        "themes": len(themes),
        "inside": len(themes) - len(loose),
        "loose": len(loose),
        "areas": [_area_row(at, each) for each in at.state.standing_areas()],
        "goals": [_goal_row(at, each) for each in at.state.standing_goals()],
        "form": form,
        "last": last_deed(at),
        "here": reverse("consultations:areas", args=[code]),
    }
    return render(request, "consultations/areas.html", context, status=422 if form.errors else 200)


@for_handlers
@require_safe
def show_area(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """One change area: its themes, the goals drafted from it, and what can be done with it."""
    at = opened(request, code)
    return _area(request, at, _found_area(at, no))


@for_handlers
@require_POST
def act_on_area(request: HttpRequest, code: str, no: int, verb: str) -> HttpResponse:
    """Do with a change area what the form says."""
    at = opened(request, code)
    area = _found_area(at, no)
    if verb not in AREA_VERBS:
        raise Http404(verb)
    form = _area_forms(at, area, request, verb)[verb]
    to = done(request, form, lambda: AREA_VERBS[verb](at, area, form)[1])
    return redirect(to) if to else _area(request, at, area, bound={verb: form})


@for_handlers
@require_safe
def show_goal(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """One draft goal: where it comes from, where members put it, and what it became."""
    at = opened(request, code)
    return _goal(request, at, _found_goal(at, no))


@for_handlers
@require_POST
def act_on_goal(request: HttpRequest, code: str, no: int, verb: str) -> HttpResponse:
    """Do with a draft goal what the form says."""
    at = opened(request, code)
    goal = _found_goal(at, no)
    if verb not in GOAL_VERBS:
        raise Http404(verb)
    form = _goal_forms(at, goal, request, verb)[verb]
    to = done(request, form, lambda: GOAL_VERBS[verb](at, goal, form)[1])
    return redirect(to) if to else _goal(request, at, goal, bound={verb: form})


def _gathered(at: Opened, form: GatherForm) -> bool:
    said = form.cleaned_data
    try:
        if said["title"]:
            draft_goals.make_area(
                at.hearing.uid, title=said["title"], themes=said["chosen"], by=at.user
            )
        else:
            moved = do.MoveThemes(themes=tuple(said["chosen"]), to=said["to"])
            services.act(at.hearing.uid, moved, by=at.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


# --- What can be done with a change area ------------------------------------------------------


def _rename(at: Opened, area: Area, form: forms.Form) -> Done:
    renamed = do.RenameArea(area=area.uid, title=form.cleaned_data["title"])
    return services.act(at.hearing.uid, renamed, by=at.user), _address(at, area.uid)


def _move(at: Opened, area: Area, form: forms.Form) -> Done:
    said = form.cleaned_data
    moved = do.MoveThemes(themes=tuple(said["chosen"]), to=said["to"] or None)
    return services.act(at.hearing.uid, moved, by=at.user), _address(at, area.uid)


def _merge(at: Opened, area: Area, form: forms.Form) -> Done:
    said = form.cleaned_data
    state = draft_goals.merge_areas(
        at.hearing.uid, [area.uid, *said["chosen"]], title=said["title"], by=at.user
    )
    into = state.standing_area(area.uid)
    return state, _address(at, into.uid if into else area.uid)


def _draft(at: Opened, _area: Area, form: forms.Form) -> Done:
    said = form.cleaned_data
    state = draft_goals.draft_goal(
        at.hearing.uid,
        areas=said["chosen"],
        text=said["text"],
        nn=said["nn"],
        en=said["en"],
        by=at.user,
    )
    return state, _address(at, state.standing_goals()[-1].uid)


def _give_up_area(at: Opened, area: Area, form: forms.Form) -> Done:
    removed = do.RemoveArea(area=area.uid, reason=form.cleaned_data["reason"])
    state = services.act(at.hearing.uid, removed, by=at.user)
    return state, reverse("consultations:areas", args=[at.code])


AREA_VERBS: dict[str, Callable[[Opened, Area, Any], Done]] = {
    "nytt-mal": _draft,
    "flytt": _move,
    "gi-navn": _rename,
    "sla-sammen": _merge,
    "gi-opp": _give_up_area,
}
"""By the last part of the address that it is sent to."""


# --- What can be done with a draft goal -------------------------------------------------------


def _reword(at: Opened, goal: Goal, form: forms.Form) -> Done:
    said = form.cleaned_data
    worded = do.RewordGoal(goal=goal.uid, text=said["text"], nn=said["nn"], en=said["en"])
    return services.act(at.hearing.uid, worded, by=at.user), _address(at, goal.uid)


def _trace(at: Opened, goal: Goal, form: forms.Form) -> Done:
    traced = do.TraceGoal(goal=goal.uid, areas=tuple(form.cleaned_data["chosen"]))
    return services.act(at.hearing.uid, traced, by=at.user), _address(at, goal.uid)


def _link(at: Opened, goal: Goal, form: forms.Form) -> Done:
    uid = form.cleaned_data["uid"]
    state = draft_goals.link_goal(at.hearing.uid, goal.uid, uid=uid, by=at.user)
    return state, _address(at, goal.uid)


def _give_up_goal(at: Opened, goal: Goal, form: forms.Form) -> Done:
    removed = do.RemoveGoal(goal=goal.uid, reason=form.cleaned_data["reason"])
    state = services.act(at.hearing.uid, removed, by=at.user)
    return state, reverse("consultations:areas", args=[at.code])


GOAL_VERBS: dict[str, Callable[[Opened, Goal, Any], Done]] = {
    "ordlyd": _reword,
    "opphav": _trace,
    "ble-til": _link,
    "gi-opp": _give_up_goal,
}
"""By the last part of the address that it is sent to."""


# --- Forms ------------------------------------------------------------------------------------


def _area_forms(
    at: Opened, area: Area, request: HttpRequest, sent: str | None
) -> dict[str, forms.Form]:
    given = {verb: request.POST if verb == sent else None for verb in AREA_VERBS}
    everywhere = [(each.uid, each.title) for each in at.state.standing_areas()]
    others = [(uid, title) for uid, title in everywhere if uid != area.uid]
    inside = [(each.uid, _theme(at, each)) for each in at.state.themes_in(area.uid)]
    named = {"title": area.title}
    return {
        "nytt-mal": DraftForm(
            given["nytt-mal"],
            label=_("From the change areas"),
            choices=everywhere,
            initial={"chosen": [area.uid]},
            auto_id="nytt-mal-%s",
        ),
        "flytt": MoveForm(
            given["flytt"], label=_("Themes"), choices=inside, areas=others, auto_id="flytt-%s"
        ),
        "gi-navn": AreaForm(given["gi-navn"], initial=named, auto_id="gi-navn-%s"),
        "sla-sammen": MergeForm(
            given["sla-sammen"],
            label=_("Change areas"),
            choices=others,
            initial=named,
            auto_id="sla-sammen-%s",
        ),
        "gi-opp": ReasonForm(given["gi-opp"], auto_id="gi-opp-%s"),
    }


def _goal_forms(
    at: Opened, goal: Goal, request: HttpRequest, sent: str | None
) -> dict[str, forms.Form]:
    given = {verb: request.POST if verb == sent else None for verb in GOAL_VERBS}
    worded = {"text": goal.text, "nn": goal.nn or "", "en": goal.en or ""}
    return {
        "ordlyd": WordingForm(given["ordlyd"], initial=worded, auto_id="ordlyd-%s"),
        "opphav": ChoosingForm(
            given["opphav"],
            label=_("From the change areas"),
            choices=[(each.uid, each.title) for each in at.state.standing_areas()],
            initial={"chosen": [each.uid for each in at.state.areas_of(goal)]},
            auto_id="opphav-%s",
        ),
        "ble-til": BecameForm(
            given["ble-til"], initial={"uid": goal.became or ""}, auto_id="ble-til-%s"
        ),
        "gi-opp": ReasonForm(given["gi-opp"], auto_id="gi-opp-%s"),
    }


# --- Pages ------------------------------------------------------------------------------------


def _area(
    request: HttpRequest, at: Opened, area: Area, *, bound: dict[str, forms.Form] | None = None
) -> HttpResponse:
    all_forms = _area_forms(at, area, request, None) | (bound or {})
    context = {
        "at": at,
        "area": area,
        "no": number(area.uid),
        "themes": [_theme_row(at, each) for each in at.state.themes_in(area.uid)],
        "goals": [_goal_row(at, each) for each in at.state.goals_of(area.uid)],
        "has_others": len(at.state.standing_areas()) > 1,
        "forms": {verb.replace("-", "_"): form for verb, form in all_forms.items()},
        "open": next(iter(bound or {}), None),
        "last": last_deed(at),
        "here": _address(at, area.uid),
    }
    return render(request, "consultations/area.html", context, status=422 if bound else 200)


def _goal(
    request: HttpRequest, at: Opened, goal: Goal, *, bound: dict[str, forms.Form] | None = None
) -> HttpResponse:
    all_forms = _goal_forms(at, goal, request, None) | (bound or {})
    context = {
        "at": at,
        "goal": goal,
        "no": number(goal.uid),
        "trail": [
            (_area_row(at, area), [_theme_row(at, each) for each in at.state.themes_in(area.uid)])
            for area in at.state.areas_of(goal)
        ],
        "weighed": [
            (number(each.uid), each.title, priority_words.METHODS[each.method], each.closed_at)
            for each in at.state.rounds.values()
            if each.cancelled is None and goal.uid in {item.uid for item in each.items}
        ],
        "forms": {verb.replace("-", "_"): form for verb, form in all_forms.items()},
        "open": next(iter(bound or {}), None),
        "last": last_deed(at),
        "here": _address(at, goal.uid),
    }
    return render(request, "consultations/draft_goal.html", context, status=422 if bound else 200)


def _found_area(at: Opened, no: int) -> Area:
    area = at.state.areas.get(f"{at.hearing.uid}/endringsomrade/{no}")
    if area is None or area.gone:
        raise Http404(str(no))
    return area


def _found_goal(at: Opened, no: int) -> Goal:
    goal = at.state.goals.get(f"{at.hearing.uid}/malutkast/{no}")
    if goal is None or goal.gone:
        raise Http404(str(no))
    return goal


def _address(at: Opened, uid: str) -> str:
    name = "area" if "/endringsomrade/" in uid else "draft-goal"
    return reverse(f"consultations:{name}", args=[at.code, number(uid)])


def _theme(at: Opened, theme: Theme) -> str:
    """A theme to choose by: its title, and how many points are in it."""
    points = len(at.state.said(theme.uid, yes=True))
    return f"{theme.title} ({points})"


def _theme_row(at: Opened, theme: Theme) -> dict[str, Any]:
    return {
        "no": number(theme.uid),
        "theme": theme,
        "points": len(at.state.said(theme.uid, yes=True)),
    }


def _area_row(at: Opened, area: Area) -> dict[str, Any]:
    themes = at.state.themes_in(area.uid)
    points = {uid for theme in themes for uid in at.state.said(theme.uid, yes=True)}
    return {
        "no": number(area.uid),
        "area": area,
        "themes": len(themes),
        "points": len(points),
        "goals": len(at.state.goals_of(area.uid)),
    }


def _goal_row(at: Opened, goal: Goal) -> dict[str, Any]:
    return {
        "no": number(goal.uid),
        "goal": goal,
        "areas": [(number(each.uid), each.title) for each in at.state.areas_of(goal)],
    }
