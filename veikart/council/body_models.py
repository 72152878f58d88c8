"""The working tables of bodies, and of seats in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import OptionalCharField, OptionalTextField
from veikart.core.objects import PlanObject
from veikart.people.models import Organisation


class Body(PlanObject):
    """A council or committee: `organ/<slug>`."""

    class Level(models.TextChoices):
        TOP_LEADERS = "top_leaders", _("Top leaders")
        LEADERS = "leaders", _("Leaders")
        PROFESSIONALS = "professionals", _("Professionals")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=200)
    name_nn = OptionalCharField(_("name in nynorsk"), max_length=200)
    name_en = OptionalCharField(_("name in English"), max_length=200)
    short_name = OptionalCharField(_("short name"), max_length=60)
    level = OptionalCharField(_("level"), max_length=20, choices=Level)
    mandate = OptionalTextField(_("mandate"))
    prepares_for = OptionalCharField(_("address of the body its cases go on to"), max_length=200)
    secretariat = OptionalCharField(_("secretariat"), max_length=300)
    address = OptionalCharField(_("address on the web"), max_length=500)
    source = OptionalTextField(_("source"))

    class Meta:
        app_label = "council"
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BodyName(models.Model):
    """What a body was called before."""

    body = models.ForeignKey(
        Body, models.CASCADE, related_name="earlier_names", verbose_name=_("body")
    )
    no = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    from_day = models.DateField(_("first day"), null=True, blank=True)
    until_day = models.DateField(_("first day it was no longer so"), null=True, blank=True)

    class Meta:
        app_label = "council"
        verbose_name = _("earlier name")
        verbose_name_plural = _("earlier names")
        ordering = ["body", "no"]
        constraints = [models.UniqueConstraint(fields=["body", "no"], name="body_name_number_once")]

    def __str__(self) -> str:
        return self.name


class SeatRole(models.TextChoices):
    """What somebody is in a body or at a meeting."""

    MEMBER = "member", _("Member")
    LEADER = "leader", _("Leader")
    OBSERVER = "observer", _("Observer")
    SUBSTITUTE = "substitute", _("Substitute")
    SECRETARY = "secretary", _("Secretary")
    OTHER = "other", _("Other")


class Seat(PlanObject):
    """A seat in a body, from a day until a day: `organ/<slug>/plass/<no>`.

    `user` is the account of the person who has it, `email` where summons are sent; neither is published.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats", verbose_name=_("body"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    organisation_name = models.CharField(_("organisation as it is called"), max_length=300)
    person = OptionalCharField(_("person"), max_length=200)
    role = models.CharField(_("role"), max_length=20, choices=SeatRole)
    from_day = models.DateField(_("first day"), null=True, blank=True)
    until_day = models.DateField(_("first day it is no longer theirs"), null=True, blank=True)
    seen_on = models.DateField(_("day on which a source shows it"), null=True, blank=True)
    substitutes_for = OptionalCharField(_("address of the seat it stands in for"), max_length=200)
    source = OptionalTextField(_("source"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("account"),
    )
    email = models.EmailField(_("e-mail address"), null=True, blank=True)  # noqa: DJ001 (NULL: none)

    class Meta:
        app_label = "council"
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["body", "uid"]
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_begins",
                condition=Q(from_day=None) | Q(until_day=None) | Q(until_day__gt=F("from_day")),
                violation_error_message=_(
                    "A seat must end after the day it began. Correct one of the two days."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or '–'} ({self.organisation_name})"
