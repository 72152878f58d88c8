"""Editions: the frozen plans, in the order they follow one another, and who approved each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SHA256 = 64


class State(models.TextChoices):
    """What has become of an edition."""

    FROZEN = "frozen", _("Frozen, not approved")
    APPROVED = "approved", _("Approved")
    DISCARDED = "discarded", _("Discarded")


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions, the newest first."""

    def kept(self) -> "EditionQuerySet":
        """Those that are approved or wait for it: not the discarded."""
        return self.exclude(state=State.DISCARDED)

    def approved(self) -> "EditionQuerySet":
        """Those that were approved."""
        return self.filter(state=State.APPROVED)


class Edition(models.Model):
    """One frozen plan: its number, the fingerprint of its file, and its approval.

    The content is in the file; this row says which file, and who approved it. Invariants, kept by
    the database:
    - a number is used once, also when its edition is discarded;
    - one edition at most follows another, and one at most is the first;
    - one edition at most waits for approval;
    - approver, body and day are given together, and exactly when it is approved;
    - a decision that approved it, as it was then, only when it is approved;
    - an approved row never changes, and a frozen one keeps number, content and place in the chain.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveSmallIntegerField(_("running number in the year"))
    title = models.CharField(_("title"), max_length=300)
    as_of = models.DateField(_("as of"))
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.FROZEN)
    sha256 = models.CharField(_("SHA-256"), max_length=SHA256)
    file_name = models.CharField(_("file name"), max_length=60)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers"
    )
    previous_sha256 = models.CharField(_("SHA-256 before"), max_length=SHA256, blank=True)
    frozen_at = models.DateTimeField(_("frozen at"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("frozen by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approver"),
    )
    approver_name = models.CharField(_("the approver's name"), max_length=200, blank=True)
    approved_body = models.CharField(_("approving body"), max_length=200, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    decision_note = models.TextField(_("note on the decision"), blank=True)
    decision = models.JSONField(_("decision that approved it"), null=True, blank=True)
    discard_reason = models.TextField(_("reason for discarding"), blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="edition_serial_once_a_year"),
            models.UniqueConstraint(
                fields=["previous_sha256"],
                condition=~Q(state="discarded"),
                name="edition_followed_by_one",
                violation_error_message=_("Another edition already follows the one before."),
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state="frozen"),
                name="edition_one_waits",
                violation_error_message=_("Another edition is frozen and waits for approval."),
            ),
            models.CheckConstraint(
                name="edition_approval_is_whole",
                condition=(
                    Q(state="approved", approved_by__isnull=False, approved_on__isnull=False)
                    & ~Q(approved_body="")
                    & ~Q(approver_name="")
                )
                | (
                    ~Q(state="approved")
                    & Q(
                        approved_by__isnull=True,
                        approved_on__isnull=True,
                        approved_body="",
                        approver_name="",
                    )
                ),
                violation_error_message=_("Give the approver, the body and the day together."),
            ),
            models.CheckConstraint(
                name="edition_decided_when_approved",
                condition=Q(state="approved") | Q(decision__isnull=True),
                violation_error_message=_("Only an approved edition has a decision."),
            ),
            models.CheckConstraint(
                name="edition_discarded_for_a_reason",
                condition=(Q(state="discarded") & ~Q(discard_reason=""))
                | (~Q(state="discarded") & Q(discard_reason="")),
                violation_error_message=_("Say why the edition is discarded."),
            ),
            models.CheckConstraint(
                name="edition_previous_with_its_sha256",
                condition=Q(previous__isnull=True, previous_sha256="")
                | (Q(previous__isnull=False) & ~Q(previous_sha256="")),
                violation_error_message=_("Give the edition before together with its SHA-256."),
            ),
        ]

    def __str__(self) -> str:
        return self.number
