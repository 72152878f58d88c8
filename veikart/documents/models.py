"""Files kept whole with their hash, the names they came under, and who may see them."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from veikart.people import rules
from veikart.people.models import User


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, as far as somebody may see them."""

    def visible_to(self, user: User | AnonymousUser) -> "DocumentQuerySet":
        """Those `user` may read: the public ones, the internal ones for who may read the draft, and
        all of them for who may read what figures were read from.
        """
        levels = Document.Visibility
        if rules.can_read_what_figures_rest_on(user):
            return self
        if rules.can_read_draft(user):
            return self.filter(visibility__in=(levels.INTERNAL, levels.PUBLIC))
        return self.filter(visibility=levels.PUBLIC)


class Document(models.Model):
    """A file that was taken in, kept byte for byte under its SHA-256.

    What figures are read from may hold numbers that are too small to be shown: it is for editors.
    """

    class Visibility(models.TextChoices):
        EDITORS = "editors", _("Editors only")
        INTERNAL = "internal", _("Internal")
        PUBLIC = "public", _("Public")

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=255)
    size = models.BigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("media type"), max_length=100)
    taken_in_at = models.DateTimeField(_("taken in at"))
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken in by"),
    )
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.INTERNAL
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-taken_in_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="document_sha256_is_a_hash",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message=_("A SHA-256 is 64 hexadecimal digits."),
            ),
            models.CheckConstraint(
                name="document_size_not_negative",
                condition=Q(size__gte=0),
                violation_error_message=_("A file cannot have fewer than 0 bytes."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DocumentName(models.Model):
    """A name that the same bytes came under."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="names", verbose_name=_("document")
    )
    name = models.CharField(_("name"), max_length=255)
    first_seen_at = models.DateTimeField(_("first seen"))

    class Meta:
        verbose_name = _("name of a document")
        verbose_name_plural = _("names of documents")
        ordering = ["first_seen_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "name"],
                name="document_name_once",
                violation_error_message=_("The document is already known by this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
