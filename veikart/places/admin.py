"""The admin's tables of places: to read, since they come from the reference files."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from veikart.places.models import (
    Change,
    County,
    HealthRegion,
    HospitalArea,
    Municipality,
    Population,
)


class PlaceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A table that those who reach the admin may read, and nobody changes."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Everybody who is let into the admin."""
        return bool(request.user.is_active and request.user.is_staff)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Everybody who is let into the admin."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Municipality)
class MunicipalityAdmin(PlaceAdmin):
    """Municipalities through time."""

    list_display = ("code", "official_name", "county_code", "valid_from", "valid_to")
    list_filter = ("county_code",)
    search_fields = ("code", "name", "official_name")


@admin.register(County)
class CountyAdmin(PlaceAdmin):
    """Counties through time."""

    list_display = ("code", "name", "name_sami_or_kven", "valid_from", "valid_to")
    search_fields = ("code", "name")


@admin.register(HealthRegion)
class HealthRegionAdmin(PlaceAdmin):
    """Health regions."""

    list_display = ("name", "code", "orgnr", "uid")
    search_fields = ("name", "uid")


@admin.register(HospitalArea)
class HospitalAreaAdmin(PlaceAdmin):
    """Hospital areas."""

    list_display = ("name", "code", "region", "uid")
    list_select_related = ("region",)
    search_fields = ("name", "uid")


@admin.register(Population)
class PopulationAdmin(PlaceAdmin):
    """Inhabitants of municipalities."""

    list_display = ("municipality_code", "year", "inhabitants")
    list_filter = ("year",)
    search_fields = ("municipality_code",)


@admin.register(Change)
class ChangeAdmin(PlaceAdmin):
    """What became of municipalities and counties."""

    list_display = ("on", "level", "from_code", "to_code", "kind", "share", "basis")
    list_filter = ("level", "kind", "on")
    search_fields = ("from_code", "to_code", "note")
