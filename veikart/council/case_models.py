"""The working tables of cases, their questions, notes, papers, and comments in advance."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import OptionalCharField, OptionalTextField
from veikart.core.objects import PlanObject
from veikart.council.body_models import Body, Seat
from veikart.documents.models import Document


class CaseType(models.TextChoices):
    """What a body is asked for."""

    APPROVAL = "approval", _("Approval")
    INFORMATION = "information", _("Information")
    DISCUSSION = "discussion", _("Discussion")
    RECOMMENDATION = "recommendation", _("Recommendation")
    ENDORSEMENT = "endorsement", _("Endorsement")
    DECISION = "decision", _("Decision in the case")


class Fixed(models.TextChoices):
    """The cases that every meeting has."""

    SUMMONS = "summons", _("Approval of summons and agenda")
    MINUTES = "minutes", _("Approval of minutes")
    INFORMATION = "information", _("Information from the secretariat")
    OTHER_BUSINESS = "other_business", _("Any other business")


class Case(PlanObject):
    """A case of a body: `sak/<body>/<serial>-<yy>`.

    A case that is not public has not been summoned for yet. One with a `basis` is withheld, and its papers with
    it; the public sees the basis alone.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="cases", verbose_name=_("body"))
    number = models.CharField(_("number"), max_length=12)
    title = models.CharField(_("title"), max_length=500)
    type = OptionalCharField(_("type"), max_length=20, choices=CaseType)
    fixed = OptionalCharField(_("fixed case"), max_length=20, choices=Fixed)
    purpose = OptionalTextField(_("purpose"))
    text = OptionalTextField(_("text"))
    proposal = OptionalTextField(_("proposed decision"))
    presenter = OptionalCharField(_("presented by"), max_length=300)
    case_officer = OptionalCharField(_("case officer"), max_length=200)
    sender = OptionalCharField(_("from"), max_length=300)
    came_from = OptionalCharField(_("address of the case it came from"), max_length=200)
    about = models.JSONField(_("addresses of what it is about"), default=list, blank=True)
    cites = models.JSONField(_("addresses of earlier decisions"), default=list, blank=True)
    source = OptionalTextField(_("source"))
    is_public = models.BooleanField(_("shown to the public"), default=True)
    basis = OptionalCharField(_("legal basis for withholding it"), max_length=300)
    reason = OptionalTextField(_("reason for withholding it"))

    class Meta:
        app_label = "council"
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["body", "uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number"],
                name="case_number_once_in_body",
                violation_error_message=_("Another case of the body has this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class CaseQuestion(models.Model):
    """A question that a case asks."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="questions", verbose_name=_("case"))
    no = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))

    class Meta:
        app_label = "council"
        verbose_name = _("question of a case")
        verbose_name_plural = _("questions of a case")
        ordering = ["case", "no"]
        constraints = [
            models.UniqueConstraint(fields=["case", "no"], name="case_question_number_once")
        ]

    def __str__(self) -> str:
        return self.text


class NoteSection(models.Model):
    """A section of the note that presents a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="sections", verbose_name=_("case"))
    no = models.PositiveIntegerField(_("number"))
    heading = OptionalCharField(_("heading"), max_length=500)
    text = OptionalTextField(_("text"))

    class Meta:
        app_label = "council"
        verbose_name = _("section of a note")
        verbose_name_plural = _("sections of a note")
        ordering = ["case", "no"]
        constraints = [
            models.UniqueConstraint(fields=["case", "no"], name="note_section_number_once")
        ]

    def __str__(self) -> str:
        return self.heading or "–"


class Access(models.TextChoices):
    """Who may see a paper."""

    PUBLIC = "public", _("Public")
    FROM_DAY = "from_day", _("Public from a day")
    WITHHELD = "withheld", _("Withheld")


class Paper(PlanObject):
    """A paper of a case: `sak/…/vedlegg/<label>`. Its file is a document, known only by its title where NULL."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers", verbose_name=_("case"))
    no = models.PositiveIntegerField(_("number"))
    label = models.CharField(_("label"), max_length=20)
    title = OptionalCharField(_("title"), max_length=500)
    address = OptionalCharField(_("address on the web"), max_length=500)
    access = models.CharField(_("access"), max_length=10, choices=Access, default=Access.PUBLIC)
    public_from = models.DateField(_("public from"), null=True, blank=True)
    basis = OptionalCharField(_("legal basis for withholding it"), max_length=300)
    reason = OptionalTextField(_("reason for withholding it"))
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )
    file_name = OptionalCharField(_("file name"), max_length=300)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)

    class Meta:
        app_label = "council"
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["case", "no"]
        constraints = [
            models.CheckConstraint(
                name="paper_withheld_on_a_basis",
                condition=(Q(access="withheld", basis__isnull=False))
                | (~Q(access="withheld") & Q(basis=None)),
                violation_error_message=_(
                    "Give the legal basis of what is withheld, and only then."
                ),
            ),
            models.CheckConstraint(
                name="paper_public_from_a_day",
                condition=~Q(access="from_day") | Q(public_from__isnull=False),
                violation_error_message=_("Give the day from which the paper is public."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title or ''}".strip()


class Comment(models.Model):
    """What a member says of a case in advance: for the members and the secretariat, never in the Plan."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="comments", verbose_name=_("case"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="comments", verbose_name=_("seat"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        app_label = "council"
        verbose_name = _("comment in advance")
        verbose_name_plural = _("comments in advance")
        ordering = ["case", "written_at"]

    def __str__(self) -> str:
        return self.text
