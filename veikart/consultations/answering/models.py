"""The tables of replies that are still being written: private to who has the link, and to nobody else.

They lie among the tables of consultations (see `veikart.consultations.models`), and no page of the
desk and no administration shows them. What is sent becomes a `Reply`; a draft never is one.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import OptionalCharField, OptionalTextField


class ReplyDraft(models.Model):
    """A reply that somebody is writing on the web.

    The link to it holds a token of which only the SHA-256 is kept: who reads this table cannot open
    a draft. `content` is what was typed, by field (`asking.py`), whole, even where it cannot be sent
    so. `version` counts the times it was saved. `reply` is what was sent last, and `sent_hash` tells
    what that was. What is ended (deleted, or long past the last day) keeps its row, and nothing in it.
    """

    hearing = models.ForeignKey(
        "consultations.Hearing",
        models.PROTECT,
        related_name="drafts",
        verbose_name=_("hearing"),
    )
    token_hash = models.CharField(_("hash of the link’s token"), max_length=64, unique=True)
    content = models.JSONField(_("what was typed"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    started_at = models.DateTimeField(_("begun at"))
    saved_at = models.DateTimeField(_("saved at"))
    reply = models.ForeignKey(
        "consultations.Reply",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reply"),
    )
    sent_hash = OptionalCharField(_("hash of what was sent"), max_length=64)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        app_label = "consultations"
        verbose_name = _("draft of a reply")
        verbose_name_plural = _("drafts of replies")
        ordering = ["started_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reply_draft_ended_is_empty",
                condition=Q(ended_at=None) | Q(content={}),
                violation_error_message=_("Nothing is kept of a draft that is ended."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.pk}"


class DraftFile(models.Model):
    """A file attached to a draft.

    Its bytes lie here until the reply is sent, and among the documents from then on: what was not
    sent is for nobody to see, and can be deleted. `trouble` is why it could not be opened, as a code
    of the readers, and `problem` what they say of it; both are missing where nothing is wrong.
    """

    draft = models.ForeignKey(
        ReplyDraft, models.CASCADE, related_name="files", verbose_name=_("draft of a reply")
    )
    name = models.CharField(_("name"), max_length=255)
    size = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content = models.BinaryField(_("content"), null=True)
    document = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )
    trouble = OptionalCharField(_("why it was not read"), max_length=40)
    problem = OptionalTextField(_("what the reader says"))
    at = models.DateTimeField(_("attached at"))

    class Meta:
        app_label = "consultations"
        verbose_name = _("file of a draft")
        verbose_name_plural = _("files of drafts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "name", "sha256"],
                name="draft_file_once",
                violation_error_message=_("This file is attached already."),
            ),
            models.CheckConstraint(
                name="draft_file_lies_in_one_place",
                condition=Q(content=None, document__isnull=False)
                | Q(content__isnull=False, document=None),
                violation_error_message=_("A file lies in the draft or among the documents."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
