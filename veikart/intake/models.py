"""Proposals: what a file would change in the working plan, row by row, and what people decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from veikart.documents.models import Document


class ProposalState(models.TextChoices):
    """Whether something is still to be decided."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Change(models.TextChoices):
    """What a row would do to the working plan."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    GONE = "gone", _("Gone")


class RowState(models.TextChoices):
    """What was decided about a row."""

    PENDING = "pending", _("Not decided")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


class Proposal(models.Model):
    """What one file would change in the working plan as it was when the file was read.

    What the file has in common with the plan is counted as `unchanged` and has no rows: the file
    itself is kept. Invariants, kept by the database:
    - a document has one open proposal at most;
    - the numbers of new, changed, unchanged and gone add up to the total.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="proposals")
    reader = models.CharField(_("reader"), max_length=60)
    title = models.CharField(_("title"), max_length=300)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState, default=ProposalState.OPEN
    )
    counts = models.JSONField(_("what the reader counted"), default=dict)
    cautions = models.JSONField(_("cautions"), default=list)
    total = models.PositiveIntegerField(_("total"))
    new = models.PositiveIntegerField(_("new"))
    changed = models.PositiveIntegerField(_("changed"))
    unchanged = models.PositiveIntegerField(_("unchanged"))
    gone = models.PositiveIntegerField(_("gone"))
    base_stamp = models.CharField(_("state of the plan it was compared with"), max_length=200)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state="open"),
                name="proposal_one_open_per_document",
                violation_error_message=_("This file already has an open proposal."),
            ),
            models.CheckConstraint(
                name="proposal_counts_add_up",
                condition=Q(total=F("new") + F("changed") + F("unchanged") + F("gone")),
                violation_error_message=_("The counts of the proposal must add up to its total."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("intake:proposal", args=[self.pk])


class ProposalRow(models.Model):
    """One object that the file has otherwise than the plan, or lacks.

    `values` holds only the fields that differ (for a new object all that the file says), `before`
    what the plan had in them; `decided` holds what the file says of other fields, about which people
    decided before; `given` those values that a person gave where the file was blank, `asked` the fields that
    a person has to give, with what is suggested. Rows with the same `belongs_to` (the address of a case, a
    meeting, an evaluation) are accepted together or not at all. Invariants, kept by the database:
    - an object has one row at most in a proposal;
    - a row is decided exactly when it says when; nobody is named where the system decided;
    - a rejected row, and an accepted one for something gone, says why.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=300)
    name = models.CharField(_("name"), max_length=300)
    change = models.CharField(_("change"), max_length=10, choices=Change)
    values = models.JSONField(_("values"), default=dict)
    before = models.JSONField(_("before"), default=dict)
    given = models.JSONField(_("given by a person"), default=dict)
    asked = models.JSONField(_("to be given by a person"), default=dict)
    belongs_to = models.CharField(
        _("address of what it stands or falls with"), max_length=300, blank=True
    )
    decided = models.JSONField(_("decided before, and not proposed"), default=dict)
    found_at = models.JSONField(_("found at"), default=dict)
    only_source = models.BooleanField(
        _("only the version or the source"),
        default=False,
        help_text=_("The values are as before; they were read in another version or source."),
    )
    state = models.CharField(_("state"), max_length=10, choices=RowState, default=RowState.PENDING)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    problem = models.TextField(_("why it could not be accepted"), blank=True)
    rejected_before = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("row of a proposal")
        verbose_name_plural = _("rows of proposals")
        ordering = ["position"]
        indexes = [models.Index(fields=["kind", "key"], name="proposalrow_kind_key")]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "kind", "key"], name="proposalrow_once_in_proposal"
            ),
            models.CheckConstraint(
                name="proposalrow_decided_at_a_time",
                condition=Q(state="pending", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
                violation_error_message=_("Say when the row was decided, if it was."),
            ),
            models.CheckConstraint(
                name="proposalrow_says_why",
                condition=~Q(reason="")
                | Q(state="pending")
                | (Q(state="accepted") & ~Q(change="gone")),
                violation_error_message=_(
                    "Say why the row is rejected, or why the object is gone."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FailedReading(models.Model):
    """A file that was kept but could not be read, and what the reader said about it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="failed_readings")
    code = models.CharField(_("code"), max_length=60)
    message = models.TextField(_("message"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )

    class Meta:
        verbose_name = _("failed reading")
        verbose_name_plural = _("failed readings")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.message
