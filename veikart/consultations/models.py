"""The working tables of hearings: what is asked, what was received, and the log of what was done.

What was received (`Reply`, `ReplyFile`) and what was done (`HandlingEvent`) is never changed or
deleted; the database refuses it. Everything else that is known of a reply or a point (confirmed, cleared,
withdrawn, themes, outcomes) is the fold of the log: see `veikart.consultations.queries.state`.
Things of the plan are named by their uid as text, so that nothing done to the plan touches a point.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from veikart.consultations.answering.models import DraftFile, ReplyDraft
from veikart.consultations.prioritising.models import Voter
from veikart.core.fields import OptionalCharField, OptionalTextField
from veikart.core.objects import PlanObject
from veikart.documents.models import Document
from veikart.people.models import Organisation

__all__ = [
    "Contact",
    "DraftFile",
    "HandlingEvent",
    "HandlingHead",
    "Hearing",
    "IntakeItem",
    "Invitation",
    "KeptMessage",
    "Question",
    "Reply",
    "ReplyDraft",
    "ReplyFile",
    "RespondentKind",
    "Stated",
    "Voter",
]


class RespondentKind(models.TextChoices):
    """What kind of respondent somebody is."""

    MINISTRY = "ministry", _("Ministry")
    AGENCY = "agency", _("Agency")
    REGIONAL_HEALTH_AUTHORITY = "regional_health_authority", _("Regional health authority")
    HEALTH_TRUST = "health_trust", _("Health trust")
    MUNICIPALITY = "municipality", _("Municipality")
    COUNTY = "county", _("County")
    GP = "gp", _("General practice")
    VENDOR = "vendor", _("Vendor")
    INTEREST_ORGANISATION = "interest_organisation", _("Interest organisation")
    PATIENT_ORGANISATION = "patient_organisation", _("Patient organisation")
    TRADE_UNION = "trade_union", _("Trade union")
    RESEARCH = "research", _("Research and education")
    COLLABORATION = "collaboration", _("Collaboration")
    INTERNATIONAL = "international", _("International body")
    PRIVATE_PERSON = "private_person", _("Private person")
    OTHER = "other", _("Other")


class Hearing(PlanObject):
    """A hearing, or a round of workshops: what is asked, about what, when and of whom."""

    class Kind(models.TextChoices):
        HEARING = "hearing", _("Hearing")
        WORKSHOP = "workshop", _("Workshops")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.HEARING)
    title = models.CharField(_("title"), max_length=300)
    title_nn = OptionalCharField(_("title in nynorsk"), max_length=300)
    title_en = OptionalCharField(_("title in English"), max_length=300)
    case_number = OptionalCharField(_("case number"), max_length=30, unique=True)
    held_by = OptionalCharField(_("held by"), max_length=300)
    about = OptionalCharField(_("the text it is about"), max_length=300)
    about_edition = OptionalCharField(_("the edition it is about"), max_length=20)
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day for replies"))
    summary = OptionalTextField(_("what it is about"))
    terms = OptionalTextField(_("terms for replies"))
    short_period_reason = OptionalTextField(_("reason for a period of less than three months"))
    follows = OptionalCharField(_("address of the hearing it comes after"), max_length=200)
    address = OptionalCharField(_("address on the web"), max_length=500)
    is_public = models.BooleanField(
        _("shown to the public"),
        default=True,
        help_text=_("With the next edition. Replies are shown only when each is cleared."),
    )

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering = ["-opens_on", "uid"]
        constraints = [
            models.CheckConstraint(
                name="hearing_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("The last day cannot come before the first day."),
            ),
            models.CheckConstraint(
                name="hearing_has_a_case_number",
                condition=Q(kind="workshop", case_number=None)
                | Q(kind="hearing", case_number__isnull=False),
                violation_error_message=_(
                    "A hearing has a case number, and workshops have none. Correct the one or the other."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """What a hearing asks."""

    class Kind(models.TextChoices):
        CHOICE = "choice", _("Choice, with text")
        PER_GOAL = "per_goal", _("Text for each goal")
        TEXT = "text", _("Text")

    hearing = models.ForeignKey(
        Hearing, models.CASCADE, related_name="questions", verbose_name=_("hearing")
    )
    no = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("question"))
    text_nn = OptionalTextField(_("question in nynorsk"))
    text_en = OptionalTextField(_("question in English"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    goals = models.JSONField(_("addresses of the goals"), default=list, blank=True)
    help = OptionalTextField(_("help"))

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "no"],
                name="question_number_once_in_hearing",
                violation_error_message=_("Two questions have the same number. Number them anew."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Invitation(models.Model):
    """Somebody who was asked to reply."""

    hearing = models.ForeignKey(
        Hearing, models.CASCADE, related_name="invited", verbose_name=_("hearing")
    )
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=40, choices=RespondentKind)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "name"],
                name="invited_once_to_hearing",
                violation_error_message=_("This respondent is invited already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Stated(models.Model):
    """A number that a source states of a hearing, such as how many replies came."""

    hearing = models.ForeignKey(
        Hearing, models.CASCADE, related_name="stated", verbose_name=_("hearing")
    )
    what = models.CharField(_("what is counted"), max_length=100)
    number = models.PositiveIntegerField(_("number"))
    source = models.CharField(_("source"), max_length=300)
    address = OptionalCharField(_("the source’s address on the web"), max_length=500)

    class Meta:
        verbose_name = _("stated number")
        verbose_name_plural = _("stated numbers")
        ordering = ["what"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "what"],
                name="stated_once_of_hearing",
                violation_error_message=_("This number is stated already. Correct it instead."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.number}"


class Reply(models.Model):
    """One version of a reply as it was received: `horing/22-414/svar/3`, version 1. Never changed.

    The newest version holds. `fingerprint` is the SHA-256 of all that was received; the receipt
    shows it, and by it the same reply is known again. Contact details lie in a table of their own,
    from which they can be deleted.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("Web form")
        EMAIL = "email", _("E-mail")
        HAND = "hand", _("Handed in")

    class Language(models.TextChoices):
        NB = "nb", _("Bokmål")
        NN = "nn", _("Nynorsk")
        EN = "en", _("English")

    hearing = models.ForeignKey(
        Hearing, models.PROTECT, related_name="replies", verbose_name=_("hearing")
    )
    uid = models.CharField(_("address"), max_length=200, db_index=True)
    no = models.PositiveIntegerField(_("number"))
    version = models.PositiveSmallIntegerField(_("version"))
    respondent = models.CharField(_("respondent"), max_length=300)
    kind_of_respondent = models.CharField(_("kind"), max_length=40, choices=RespondentKind)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    wants_initials = models.BooleanField(_("wants to be shown by initials"), default=False)
    channel = models.CharField(_("received by"), max_length=10, choices=Channel)
    language = OptionalCharField(_("language"), max_length=2, choices=Language)
    received_at = models.DateTimeField(
        _("received at"), null=True, blank=True, help_text=_("Blank where the day is not known.")
    )
    after_deadline = models.BooleanField(_("after the deadline"))
    is_scanned = models.BooleanField(_("read from a scan"), default=False)
    answers = models.JSONField(_("answers"), default=list, blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["hearing", "no", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "no", "version"],
                name="reply_version_once",
                violation_error_message=_("This version of the reply is received already."),
            ),
            models.UniqueConstraint(
                fields=["hearing", "fingerprint"],
                name="reply_received_once",
                violation_error_message=_("The same reply is received already."),
            ),
            models.CheckConstraint(
                name="reply_counted_from_1",
                condition=Q(no__gte=1, version__gte=1),
                violation_error_message=_("Replies and their versions are counted from 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.respondent}"


class ReplyFile(models.Model):
    """A file that a reply came in, or came with. Never changed."""

    class Role(models.TextChoices):
        FORM = "form", _("Reply form")
        LETTER = "letter", _("Letter")
        MESSAGE = "message", _("E-mail message")
        ATTACHMENT = "attachment", _("Attachment")

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="files", verbose_name=_("reply"))
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", verbose_name=_("document")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    name = models.CharField(_("name"), max_length=255)

    class Meta:
        verbose_name = _("file of a reply")
        verbose_name_plural = _("files of replies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "document", "name"],
                name="reply_file_once",
                violation_error_message=_("The reply has this file already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class KeptMessage(models.Model):
    """An e-mail that was kept, known again by what its sender wrote, whichever way it came.

    `fingerprint` is the SHA-256 of its Message-ID, sender, day, subject, text and attachments; what
    servers write on the envelope is no part of it.
    """

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)
    message_id = OptionalCharField(_("Message-ID"), max_length=998)
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", verbose_name=_("document")
    )
    kept_at = models.DateTimeField(_("kept at"))

    class Meta:
        verbose_name = _("kept e-mail")
        verbose_name_plural = _("kept e-mails")
        ordering = ["-kept_at", "-pk"]

    def __str__(self) -> str:
        return self.message_id or self.fingerprint


class Contact(models.Model):
    """How to reach who sent a version of a reply; deleted when it is needed no more."""

    reply = models.OneToOneField(
        Reply, models.CASCADE, related_name="contact", verbose_name=_("reply")
    )
    email = models.EmailField(_("e-mail address"))

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.email


class HandlingEvent(models.Model):
    """One thing that was done with the points of a hearing: an action of `engines/handling`.

    Append-only, numbered from 1 without gaps within the hearing. Each event refers to the one
    before, and the head to the last, so that the database refuses to delete any; and each holds
    a hash of itself and all before it, so that a change shows.
    """

    hearing = models.ForeignKey(
        Hearing, models.PROTECT, related_name="events", verbose_name=_("hearing")
    )
    no = models.PositiveIntegerField(_("number"))
    previous = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="following",
        verbose_name=_("event before"),
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    by_name = OptionalCharField(_("user name"), max_length=150)
    verb = models.CharField(_("what"), max_length=40)
    reply = models.ForeignKey(
        Reply,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the reply that was received"),
    )
    action = models.TextField(_("action, as JSON"))
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["hearing", "no"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "no"],
                name="event_number_once_in_hearing",
                violation_error_message=_("Somebody else was quicker. Try again."),
            ),
            models.CheckConstraint(
                name="event_follows_another",
                condition=Q(no=1, previous=None) | Q(no__gt=1, previous__isnull=False),
                violation_error_message=_("Each event but the first follows another."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.verb}"


class HandlingHead(models.Model):
    """The last event of a hearing: one row each, which a writer locks to add an event."""

    hearing = models.OneToOneField(
        Hearing, models.PROTECT, primary_key=True, related_name="head", verbose_name=_("hearing")
    )
    event = models.OneToOneField(
        HandlingEvent, models.PROTECT, related_name="+", verbose_name=_("last event")
    )

    class Meta:
        verbose_name = _("end of the log")
        verbose_name_plural = _("ends of the logs")

    def __str__(self) -> str:
        return str(self.event)


class IntakeItem(models.Model):
    """Something that came in and needs a person: a code from `needs.py`, and what it is about."""

    hearing = models.ForeignKey(
        Hearing,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("hearing"),
    )
    code = models.CharField(_("what"), max_length=40)
    params = models.JSONField(_("details"), default=dict, blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )
    reply = models.ForeignKey(
        Reply, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("reply")
    )
    at = models.DateTimeField(_("when"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )
    note = OptionalTextField(_("what was done"))

    class Meta:
        verbose_name = _("what needs a person")
        verbose_name_plural = _("what needs a person")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="item_settled_by_somebody",
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False)
                | Q(settled_at__isnull=False, note__isnull=False),
                violation_error_message=_(
                    "Give both when it was settled and who settled it, or what settled it."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.code
