"""Users with a role, organisations, user groups, and the record of who did what."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import OptionalCharField
from veikart.core.objects import PlanObject


class Organisation(PlanObject):
    """An organisation that owns or takes part in something, while it exists: `aktor/<slug>`."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("Ministry")
        AGENCY = "agency", _("Agency")
        REGIONAL_HEALTH_AUTHORITY = "regional_health_authority", _("Regional health authority")
        HEALTH_TRUST = "health_trust", _("Health trust")
        MUNICIPALITY = "municipality", _("Municipality")
        COUNTY = "county", _("County")
        GP = "gp", _("General practice")
        VENDOR = "vendor", _("Vendor")
        INTEREST_ORGANISATION = "interest_organisation", _("Interest organisation")
        COLLABORATION = "collaboration", _("Collaboration")
        INTERNATIONAL = "international", _("International body")
        GROUP = "group", _("Group of organisations")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=40, choices=Kind)
    organisation_number = OptionalCharField(_("organisation number"), max_length=9)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("The first day it no longer exists.")
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="organisation_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_(
                    "An organisation must end after the day it began. Correct one of the two days."
                ),
            ),
            models.CheckConstraint(
                name="organisation_number_has_nine_digits",
                condition=Q(organisation_number=None) | Q(organisation_number__regex=r"^[0-9]{9}$"),
                violation_error_message=_(
                    "An organisation number has nine digits. Leave it out if it is not known."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserGroup(PlanObject):
    """Those who will use what is delivered: `brukergruppe/<slug>`."""

    name = models.CharField(_("name"), max_length=300)
    name_nn = OptionalCharField(_("name in nynorsk"), max_length=300)
    name_en = OptionalCharField(_("name in English"), max_length=300)

    class Meta:
        verbose_name = _("user group")
        verbose_name_plural = _("user groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in. What they may do follows from their role; see `veikart.people.rules`."""

    class Role(models.TextChoices):
        READER = "reader", _("Reader")
        REPORTER = "reporter", _("Reporter")
        EDITOR = "editor", _("Editor")
        APPROVER = "approver", _("Approver")

    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.READER)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        verbose_name=_("organisation"),
    )
    is_demo = models.BooleanField(
        _("try-out account"),
        default=False,
        help_text=_("Its password has been shown to others. Refused outside a try-out."),
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class AuditEntry(models.Model):
    """One thing that was done: who, when, what, and the values before and after.

    Entries are numbered without gaps, and each holds the hash of the one before, so that a change
    of an old entry shows. The database refuses to change an entry.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    by_name = models.CharField(_("user name"), max_length=150)
    verb = models.CharField(_("what"), max_length=80)
    uid = models.CharField(_("address"), max_length=200)
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-number"]
        indexes = [models.Index(fields=["uid", "number"], name="audit_entry_by_uid")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.uid}"


class AuditHead(models.Model):
    """The last number and hash of the record: one row, which a writer locks to add an entry."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("end of the record")
        verbose_name_plural = _("end of the record")
        constraints = [
            models.CheckConstraint(
                name="audit_head_is_one_row",
                condition=Q(pk=1),
                violation_error_message=_("The record has one end."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"
