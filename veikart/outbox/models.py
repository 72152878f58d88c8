"""The table of messages that are to be sent, and of those that were.

What a message says never changes: a wrong one is discarded and made anew. The database itself refuses
to change it, to send what nobody has approved, and to send anew what was sent; see the migration
`0002_guard`. The address alone can be deleted.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import OptionalCharField, OptionalTextField
from veikart.documents.models import Document


class State(models.TextChoices):
    """How far a message has come."""

    DRAFT = "draft", _("Waits for approval")
    APPROVED = "approved", _("Approved, not sent yet")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    UNCLEAR = "unclear", _("Nobody knows whether it was sent")
    DISCARDED = "discarded", _("Discarded")


NEEDS_ADDRESS = (State.DRAFT, State.APPROVED)
"""In these states a message is still to be sent, so it cannot be without an address."""


class Message(models.Model):
    """One message to one address, in one language, about one thing.

    `about` is the uid of what it is about, with `version` where there are several; `page` is
    where that is on the desk. `kind` is the owner's word for what it is for. `attempt` counts how
    often it was handed to the mail server, and `said` is what the server answered last.
    """

    class Language(models.TextChoices):
        NB = "nb", _("Bokmål")
        NN = "nn", _("Nynorsk")
        EN = "en", _("English")

    kind = models.SlugField(_("what it is for"), max_length=40)
    about = models.CharField(_("about"), max_length=200, db_index=True)
    version = models.PositiveSmallIntegerField(_("version"), null=True, blank=True)
    page = OptionalCharField(_("page on the desk"), max_length=300)
    name = models.CharField(_("name"), max_length=300)
    address = models.EmailField(_("e-mail address"), null=True, blank=True)  # noqa: DJ001 (NULL: deleted)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    sha256 = models.CharField(_("SHA-256 of what it says"), max_length=64)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    attempt = models.PositiveSmallIntegerField(_("attempts"), default=0)
    began_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    said = OptionalTextField(_("what was said of the last attempt"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "id"], name="message_by_state")]
        constraints = [
            models.CheckConstraint(
                name="message_approved_by_somebody",
                condition=Q(state__in=(State.DRAFT, State.DISCARDED))
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                violation_error_message=_("Nothing is sent that nobody has approved."),
            ),
            models.CheckConstraint(
                name="message_to_send_has_an_address",
                condition=~Q(state__in=NEEDS_ADDRESS) | Q(address__isnull=False),
                violation_error_message=_("A message that is to be sent needs an address."),
            ),
            models.CheckConstraint(
                name="message_sent_at_some_time",
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at=None)),
                violation_error_message=_("Give the time when, and only when, it was sent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.name}"


class Attachment(models.Model):
    """A document that goes with a message, under the name it has there."""

    message = models.ForeignKey(
        Message, models.PROTECT, related_name="attachments", verbose_name=_("message")
    )
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", verbose_name=_("document")
    )
    name = models.CharField(_("name"), max_length=255)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "name"],
                name="attachment_name_once_in_message",
                violation_error_message=_("Two attachments have the same name. Rename one."),
            )
        ]

    def __str__(self) -> str:
        return self.name
