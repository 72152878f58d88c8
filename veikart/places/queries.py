"""What others may read of places: who was where on a day, and the regions of the Plan."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from veikart.places.models import County, HealthRegion, Municipality
from veikart.plan.model import Region


def municipalities(on: dt.date) -> "QuerySet[Any]":
    """The municipalities in force on the day `on`, by code."""
    return Municipality.objects.valid(on=on).order_by("code")


def counties(on: dt.date) -> "QuerySet[Any]":
    """The counties in force on the day `on`, by code."""
    return County.objects.valid(on=on).order_by("code")


def freeze() -> tuple[Region, ...]:
    """The health regions, by uid."""
    columns = ("uid", "code", "name", "organisation")
    regions = (Region(**values) for values in HealthRegion.objects.values(*columns))
    return tuple(sorted(regions, key=lambda region: region.uid))
