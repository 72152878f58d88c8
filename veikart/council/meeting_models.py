"""The working tables of meetings, agendas, attendance and minutes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import OptionalCharField, OptionalTextField
from veikart.core.objects import PlanObject
from veikart.council.body_models import Body, SeatRole
from veikart.council.case_models import Case
from veikart.design import words
from veikart.people.models import Organisation

TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class Meeting(PlanObject):
    """A meeting of a body: `mote/<body>/<number>-<year>`.

    `link` is where a video meeting is held, for its members alone.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        SUMMONED = "summoned", _("Summoned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("body"))
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    year = models.PositiveIntegerField(_("year"))
    is_extra = models.BooleanField(_("extra meeting"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    held_on = models.DateField(_("day"), null=True, blank=True)
    starts_at = OptionalCharField(_("from"), max_length=5)
    ends_at = OptionalCharField(_("to"), max_length=5)
    place = OptionalCharField(_("place"), max_length=300)
    sequence = models.PositiveIntegerField(_("changes of day, time or place"), default=0)
    source = OptionalTextField(_("source"))
    link = OptionalCharField(_("address of the video meeting"), max_length=500)

    class Meta:
        app_label = "council"
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "uid"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "number"],
                name="meeting_number_once_a_year",
                violation_error_message=_("Another meeting of the body has this number."),
            ),
            models.CheckConstraint(
                name="meeting_times_are_times",
                condition=(Q(starts_at=None) | Q(starts_at__regex=TIME))
                & (Q(ends_at=None) | Q(ends_at__regex=TIME)),
                violation_error_message=_("Give times such as 10:30."),
            ),
        ]

    def __str__(self) -> str:
        if self.number is not None:
            return f"{self.body} {self.number}/{self.year}"
        return f"{self.body} {words.day(self.held_on) if self.held_on else self.year}"


class AgendaItem(models.Model):
    """A line of a meeting's agenda."""

    class Kind(models.TextChoices):
        CASE = "case", _("Case")
        BREAK = "break", _("Break")
        WITHHELD = "withheld", _("Withheld case")
        OTHER = "other", _("Without a case number")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="agenda", verbose_name=_("meeting")
    )
    no = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("case"),
    )
    title = OptionalCharField(_("title"), max_length=500)
    starts_at = OptionalCharField(_("from"), max_length=5)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    is_continued = models.BooleanField(_("goes on after a break"), default=False)
    presenter = OptionalCharField(_("presented by"), max_length=300)
    basis = OptionalCharField(_("legal basis for withholding it"), max_length=300)

    class Meta:
        app_label = "council"
        verbose_name = _("line of an agenda")
        verbose_name_plural = _("lines of an agenda")
        ordering = ["meeting", "no"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "no"], name="agenda_item_number_once"),
            models.CheckConstraint(
                name="agenda_item_is_a_case_or_has_a_title",
                condition=Q(kind="case", case__isnull=False)
                | (~Q(kind="case") & Q(case=None, title__isnull=False)),
                violation_error_message=_("A line is a case, or has a title."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.case)


class Attendance(models.Model):
    """Somebody who was summoned to a meeting, and whether they came."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="attendance", verbose_name=_("meeting")
    )
    no = models.PositiveIntegerField(_("number"))
    role = models.CharField(_("role"), max_length=20, choices=SeatRole)
    person = OptionalCharField(_("person"), max_length=200)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    organisation_name = OptionalCharField(_("organisation as it is called"), max_length=300)
    stands_in_for = OptionalCharField(_("stands in for"), max_length=200)
    present = models.BooleanField(_("present"), null=True, blank=True)

    class Meta:
        app_label = "council"
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["meeting", "no"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "no"], name="attendance_number_once")
        ]

    def __str__(self) -> str:
        return self.person or "–"


class Minutes(models.Model):
    """The minutes of a meeting: a draft that is written on, then sent, then approved and never changed.

    `notes` are what was said in each case, by the case's uid. `lines` are the text as it was approved, and
    `sha256` that of them; both are empty in a draft. `lines` are without what concerns withheld cases;
    where there are some, `whole_lines` are the text with them, which the members have. The database
    refuses to change and to delete what is approved.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent to the members")
        APPROVED = "approved", _("Approved")

    meeting = models.OneToOneField(
        Meeting, models.PROTECT, related_name="minutes", verbose_name=_("meeting")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    notes = models.JSONField(_("what was said in each case"), default=dict, blank=True)
    lines = models.JSONField(_("the text as approved"), default=list, blank=True)
    sha256 = OptionalCharField(_("SHA-256"), max_length=64)
    whole_lines = models.JSONField(_("the text with withheld cases"), default=list, blank=True)
    whole_sha256 = OptionalCharField(_("SHA-256 of the text with withheld cases"), max_length=64)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_at = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved at the meeting"),
    )

    class Meta:
        app_label = "council"
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                name="minutes_approval_is_whole",
                condition=Q(state="approved", approved_on__isnull=False, sha256__isnull=False)
                | (
                    ~Q(state="approved")
                    & Q(approved_on=None, approved_at=None, sha256=None, whole_sha256=None)
                ),
                violation_error_message=_("Approved minutes have a day and a fingerprint."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)
