"""The desk's page on how far each area is along the way to an indicator's target."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from veikart.design import amounts
from veikart.design.progress_classes import CLASSES, class_words
from veikart.indicators import queries, results, shelf
from veikart.people import rules
from veikart.places import queries as places
from veikart.plan.figures import Figures, LevelName

if TYPE_CHECKING:
    from veikart.indicators.area_progress import AreaProgress

LEVELS: tuple[tuple[LevelName, str | Promise], ...] = (
    ("county", _("Counties")),
    ("municipality", _("Municipalities")),
)


@login_required
@require_safe
def show_areas(request: HttpRequest, code: str) -> HttpResponse:
    """How far counties and municipalities are on their way to the target."""
    if not rules.can_read_draft(request.user):
        raise PermissionDenied
    standing = queries.standing(f"indikator/{code}")
    figures = shelf.figures(standing.result.figures) if standing and standing.result else None
    if standing is None or figures is None:
        raise Http404(code)
    context = {"standing": standing, "levels": _levels(standing, figures)}
    return render(request, "intake/series_areas.html", context)


def _levels(standing: queries.Standing, figures: Figures) -> list[dict[str, Any]]:
    # It loads the calculation engine, which takes a second.
    from veikart.indicators import area_progress  # noqa: PLC0415

    definition = standing.indicator
    if not area_progress.is_told(definition):
        return []
    names = _names(figures)
    backend = results.Backend().get()
    levels = []
    for level, title in LEVELS:
        found = area_progress.progress_of_areas(definition, figures, level=level, backend=backend)
        listed = [_row(names, standing, each) for each in sorted(found, key=_most_urgent)]
        if listed:
            levels.append({"name": level, "title": title, "rows": listed})
    return levels


def _most_urgent(one: "AreaProgress") -> tuple[int, float]:
    return list(CLASSES).index(one.verdict), one.progress or 0.0


def _row(names: dict[str, str], standing: queries.Standing, one: "AreaProgress") -> dict[str, Any]:
    kind = standing.indicator.kind
    return {
        "name": names.get(one.area, one.area),
        "period": amounts.period(one.period),
        "value": amounts.cell(kind, one.value),
        "expected": None if one.expected is None else amounts.cell(kind, one.expected),
        "verdict": class_words(one.verdict),
    }


def _names(figures: Figures) -> dict[str, str]:
    rows = [*places.counties(figures.borders), *places.municipalities(figures.borders)]
    return {place.code: place.name for place in rows}
