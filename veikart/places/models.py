"""Municipalities, counties, health regions and hospital areas, and what became of them."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import OptionalCharField, OptionalTextField
from veikart.core.objects import PlanObject


class PlaceQuerySet(models.QuerySet["ValidPlace"]):
    """Places with the days they were valid."""

    def valid(self, on: dt.date) -> "PlaceQuerySet":
        """Those in force on the day `on`."""
        return self.filter(valid_from__lte=on).filter(Q(valid_to=None) | Q(valid_to__gt=on))


class ValidPlace(models.Model):
    """A place from a day to a day, the last one exclusive; no last day while it is in force."""

    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        abstract = True


class County(ValidPlace):
    """A county (Norwegian: fylke) under one code and name."""

    code = models.CharField(_("code"), max_length=2)
    name = models.CharField(_("name"), max_length=100)
    name_sami_or_kven = OptionalCharField(_("name in Sami or Kven"), max_length=100)

    class Meta:
        verbose_name = _("county")
        verbose_name_plural = _("counties")
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="county_once_from_a_day",
                violation_error_message=_("This county already begins on that day."),
            ),
            models.CheckConstraint(
                name="county_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("A county must end after the day it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Municipality(ValidPlace):
    """A municipality (Norwegian: kommune) under one code; its county is the code's first two digits."""

    code = models.CharField(_("code"), max_length=4)
    name = models.CharField(_("name"), max_length=100)
    name_sami_or_kven = OptionalCharField(_("name in Sami or Kven"), max_length=100)
    official_name = models.CharField(_("official name"), max_length=200)
    county_code = models.CharField(_("county"), max_length=2)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="municipality_once_from_a_day",
                violation_error_message=_("This municipality already begins on that day."),
            ),
            models.CheckConstraint(
                name="municipality_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("A municipality must end after the day it began."),
            ),
            models.CheckConstraint(
                name="municipality_code_begins_with_county",
                condition=Q(code__startswith=F("county_code")),
                violation_error_message=_(
                    "A municipality's code begins with the code of its county."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class HealthRegion(PlanObject):
    """A health region, run by a regional health authority: `helseregion/nord`.

    `code` is Statistics Norway's; `organisation` is the uid of the authority among the actors.
    """

    code = models.CharField(_("code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100)
    orgnr = models.CharField(_("organisation number"), max_length=9, unique=True)
    organisation = OptionalCharField(_("organisation"), max_length=200)

    class Meta:
        verbose_name = _("health region")
        verbose_name_plural = _("health regions")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class HospitalArea(PlanObject):
    """The municipalities that a health trust serves: `sykehusomrade/stavanger`.

    `code` is what figures by hospital area are kept under. Oslo's hospitals share one area.
    """

    code = models.CharField(_("code"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=100)
    region = models.ForeignKey(
        HealthRegion,
        models.CASCADE,
        related_name="hospital_areas",
        verbose_name=_("health region"),
    )

    class Meta:
        verbose_name = _("hospital area")
        verbose_name_plural = _("hospital areas")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Population(models.Model):
    """The inhabitants of a municipality on 1 January of a year, in the codes of that day."""

    municipality_code = models.CharField(_("municipality"), max_length=4)
    year = models.PositiveSmallIntegerField(_("year"))
    inhabitants = models.PositiveIntegerField(_("inhabitants"))

    class Meta:
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        ordering = ["-year", "municipality_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "municipality_code"],
                name="population_once_a_year",
                violation_error_message=_("A municipality has one population on 1 January."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality_code} {self.year}: {self.inhabitants}"


class CountyRegion(ValidPlace):
    """The health region that a county lies in."""

    county_code = models.CharField(_("county"), max_length=2)
    region = models.ForeignKey(
        HealthRegion, models.CASCADE, related_name="counties", verbose_name=_("health region")
    )

    class Meta:
        verbose_name = _("county of a health region")
        verbose_name_plural = _("counties of health regions")
        ordering = ["county_code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "valid_from"],
                name="county_in_one_region_from_a_day",
                violation_error_message=_("A county lies in one health region at a time."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.county_code} {self.region_id}"


class Change(models.Model):
    """What became of a municipality or county on a day: merged, split, recoded, renamed or cut.

    `share` of the inhabitants of `from_code` went to `to_code`; NULL where nobody knows it.
    A boundary row is beside the main rows and not part of their sum.
    """

    class Level(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        COUNTY = "county", _("County")

    class Kind(models.TextChoices):
        MERGE = "merge", _("Merged")
        SPLIT = "split", _("Split")
        RECODE = "recode", _("Given a new code")
        RENAME = "rename", _("Renamed")
        BOUNDARY = "boundary", _("Boundary moved")

    level = models.CharField(_("level"), max_length=20, choices=Level)
    on = models.DateField(_("on"))
    from_code = models.CharField(_("from"), max_length=4)
    to_code = models.CharField(_("to"), max_length=4)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    share = models.DecimalField(
        _("share of the inhabitants"), max_digits=8, decimal_places=6, null=True, blank=True
    )
    basis = OptionalCharField(_("basis of the share"), max_length=100)
    note = OptionalTextField(_("note"))

    class Meta:
        verbose_name = _("change of places")
        verbose_name_plural = _("changes of places")
        ordering = ["on", "level", "from_code", "to_code"]
        constraints = [
            models.CheckConstraint(
                name="place_change_share_is_a_share",
                condition=Q(share=None) | Q(share__gte=0, share__lte=1),
                violation_error_message=_("A share lies between 0 and 1."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.from_code} → {self.to_code}"
