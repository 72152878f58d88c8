"""The working tables of plans for the work: parts of the work, phases, dates and who is shown it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import OptionalCharField, OptionalTextField
from veikart.core.objects import PlanObject


class WorkPlan(PlanObject):
    """A plan for the work on a strategy: `arbeidsplan/2021-2022`."""

    title = models.CharField(_("title"), max_length=300)
    quarters = models.JSONField(_("quarters"), default=list, blank=True)
    aim = OptionalTextField(_("aim"))
    source = OptionalTextField(_("source"))

    class Meta:
        app_label = "council"
        verbose_name = _("work plan")
        verbose_name_plural = _("work plans")
        ordering = ["uid"]

    def __str__(self) -> str:
        return self.title


class WorkStream(models.Model):
    """A part of the work."""

    plan = models.ForeignKey(
        WorkPlan, models.CASCADE, related_name="streams", verbose_name=_("work plan")
    )
    no = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    questions = models.JSONField(_("questions"), default=list, blank=True)

    class Meta:
        app_label = "council"
        verbose_name = _("part of the work")
        verbose_name_plural = _("parts of the work")
        ordering = ["plan", "no"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "no"], name="work_stream_number_once")
        ]

    def __str__(self) -> str:
        return self.title


class WorkPhase(models.Model):
    """A phase of the work, or who is involved beside it."""

    class Kind(models.TextChoices):
        PHASE = "phase", _("Phase of the work")
        INVOLVEMENT = "involvement", _("Involvement")
        HEARING = "hearing", _("Hearing of the draft")

    plan = models.ForeignKey(
        WorkPlan, models.CASCADE, related_name="phases", verbose_name=_("work plan")
    )
    no = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PHASE)
    description = OptionalTextField(_("description"))
    from_quarter = OptionalCharField(_("from the quarter"), max_length=7)
    to_quarter = OptionalCharField(_("to the quarter"), max_length=7)

    class Meta:
        app_label = "council"
        verbose_name = _("phase of the work")
        verbose_name_plural = _("phases of the work")
        ordering = ["plan", "no"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "no"], name="work_phase_number_once")
        ]

    def __str__(self) -> str:
        return self.title


class WorkDate(models.Model):
    """A dated point of the work."""

    plan = models.ForeignKey(
        WorkPlan, models.CASCADE, related_name="dates", verbose_name=_("work plan")
    )
    no = models.PositiveIntegerField(_("number"))
    day_said = models.CharField(_("day, as it was said"), max_length=60)
    day = models.DateField(_("day"), null=True, blank=True)
    what = OptionalTextField(_("what"))
    body = models.ForeignKey(
        "council.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("body"),
    )
    meeting = models.ForeignKey(
        "council.Meeting",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("meeting"),
    )

    class Meta:
        app_label = "council"
        verbose_name = _("date in the work")
        verbose_name_plural = _("dates in the work")
        ordering = ["plan", "no"]
        constraints = [models.UniqueConstraint(fields=["plan", "no"], name="work_date_number_once")]

    def __str__(self) -> str:
        return self.day_said


class Checkpoint(models.Model):
    """Somebody to whom the work is shown."""

    plan = models.ForeignKey(
        WorkPlan, models.CASCADE, related_name="checkpoints", verbose_name=_("work plan")
    )
    no = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    times = models.PositiveIntegerField(_("times"))

    class Meta:
        app_label = "council"
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ["plan", "no"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "no"], name="checkpoint_number_once")
        ]

    def __str__(self) -> str:
        return self.name
