"""The working tables of the roadmap; each mirrors its struct in `veikart.plan.model`."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import FuzzyDateField, OptionalCharField, OptionalTextField
from veikart.core.objects import PlanObject
from veikart.people.models import Organisation, UserGroup
from veikart.places.models import HealthRegion
from veikart.strategy.models import Delmal


class Certainty(models.TextChoices):
    """How certain a date or a period is."""

    DECIDED = "decided", _("Decided")
    PLANNED = "planned", _("Planned")
    TENTATIVE = "tentative", _("Tentative")


class Phase(PlanObject):
    """A step in the value chain; `pattern` names how its bar is drawn."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_nn = OptionalCharField(_("name in nynorsk"), max_length=200)
    name_en = OptionalCharField(_("name in English"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=50)
    short_name_nn = OptionalCharField(_("short name in nynorsk"), max_length=50)
    short_name_en = OptionalCharField(_("short name in English"), max_length=50)
    meaning = OptionalTextField(_("meaning"))
    pattern = models.CharField(_("pattern"), max_length=50)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name


class Grouping(PlanObject):
    """One figure of the official roadmap."""

    title = models.CharField(_("title"), max_length=500)
    delmal = models.ForeignKey(
        Delmal, models.PROTECT, related_name="groupings", verbose_name=_("delmål")
    )
    purpose = OptionalTextField(_("purpose"))
    user_groups = models.ManyToManyField(
        UserGroup, blank=True, related_name="groupings", verbose_name=_("user groups")
    )
    regions = models.ManyToManyField(
        HealthRegion, blank=True, related_name="groupings", verbose_name=_("health regions")
    )
    portfolio_measure = OptionalTextField(_("measure in the portfolio"))

    class Meta:
        verbose_name = _("grouping")
        verbose_name_plural = _("groupings")
        ordering = ["delmal", "title"]

    def __str__(self) -> str:
        return self.title


class KeyDate(models.Model):
    """A date that the grouping's text names."""

    grouping = models.ForeignKey(
        Grouping, models.CASCADE, related_name="key_dates", verbose_name=_("grouping")
    )
    no = models.PositiveSmallIntegerField(_("number"))
    date = FuzzyDateField(_("date"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("key date")
        verbose_name_plural = _("key dates")
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(
                fields=["grouping", "no"],
                name="key_date_number_once_in_grouping",
                violation_error_message=_("Two key dates have the same number. Number them anew."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Deliverable(PlanObject):
    """A leveranse of the register. Without owners, user groups or regions, its grouping's hold."""

    class Lifecycle(models.TextChoices):
        IDEA = "idea", _("Idea")
        PLANNED = "planned", _("Planned")
        ONGOING = "ongoing", _("Ongoing")
        ON_HOLD = "on_hold", _("On hold")
        COMPLETED = "completed", _("Completed")

    register_id = models.CharField(_("number in the register"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=500)
    grouping = models.ForeignKey(
        Grouping, models.PROTECT, related_name="deliverables", verbose_name=_("grouping")
    )
    delmal = models.ForeignKey(
        Delmal, models.PROTECT, related_name="deliverables", verbose_name=_("main delmål")
    )
    other_delmal = models.ManyToManyField(
        Delmal, blank=True, related_name="other_deliverables", verbose_name=_("other delmål")
    )
    description = OptionalTextField(_("description"))
    user_groups = models.ManyToManyField(
        UserGroup, blank=True, related_name="deliverables", verbose_name=_("user groups")
    )
    regions = models.ManyToManyField(
        HealthRegion, blank=True, related_name="deliverables", verbose_name=_("health regions")
    )
    lifecycle = OptionalCharField(_("state"), max_length=20, choices=Lifecycle)
    register_version = OptionalCharField(_("version of the register"), max_length=50)

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["delmal", "grouping", "name"]

    def __str__(self) -> str:
        return self.name


class PhasePeriod(models.Model):
    """A bar: one phase, or a span of phases, from a date to a date.

    Both phases are missing where the source names none. The end may come before the start: sources
    hold such rows, and they are kept.
    """

    deliverable = models.ForeignKey(
        Deliverable, models.CASCADE, related_name="periods", verbose_name=_("deliverable")
    )
    no = models.PositiveSmallIntegerField(_("number"))
    first_phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("phase")
    )
    last_phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to phase")
    )
    phase_text = OptionalCharField(_("phase, as the source says it"), max_length=200)
    start = FuzzyDateField(_("start"), null=True, blank=True)
    end = FuzzyDateField(_("end"), null=True, blank=True)
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty)
    source = OptionalCharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(
                fields=["deliverable", "no"],
                name="period_number_once_in_deliverable",
                violation_error_message=_("Two periods have the same number. Number them anew."),
            ),
            models.CheckConstraint(
                name="period_phases_both_or_neither",
                condition=Q(first_phase=None, last_phase=None)
                | Q(first_phase__isnull=False, last_phase__isnull=False),
                violation_error_message=_(
                    "Give the first and the last phase, or neither. They are equal for one phase."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable_id} {self.no}"


class Milestone(models.Model):
    """A point on the line: a service available, an introduction completed, a decision, a law."""

    class Kind(models.TextChoices):
        AVAILABLE = "available", _("Available")
        INTRODUCED = "introduced", _("Introduced")
        DECISION = "decision", _("Decision")
        LAW = "law", _("Law")
        OTHER = "other", _("Other")

    deliverable = models.ForeignKey(
        Deliverable, models.CASCADE, related_name="milestones", verbose_name=_("deliverable")
    )
    no = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=500)
    date = FuzzyDateField(_("date"))

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(
                fields=["deliverable", "no"],
                name="milestone_number_once_in_deliverable",
                violation_error_message=_("Two milestones have the same number. Number them anew."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Ownership(models.Model):
    """An organisation and its role in a grouping or in a deliverable."""

    class Role(models.TextChoices):
        ACCOUNTABLE = "accountable", _("Accountable")
        DEVELOPS = "develops", _("Develops")
        ADAPTS = "adapts", _("Adapts")
        INTRODUCES = "introduces", _("Introduces")
        INVOLVED = "involved", _("Involved")

    grouping = models.ForeignKey(
        Grouping,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="owners",
        verbose_name=_("grouping"),
    )
    deliverable = models.ForeignKey(
        Deliverable,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="owners",
        verbose_name=_("deliverable"),
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="ownerships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    note = OptionalTextField(_("note"))

    class Meta:
        verbose_name = _("owner")
        verbose_name_plural = _("owners")
        ordering = ["role", "organisation"]
        constraints = [
            models.CheckConstraint(
                name="ownership_of_grouping_or_deliverable",
                condition=Q(grouping__isnull=False, deliverable=None)
                | Q(grouping=None, deliverable__isnull=False),
                violation_error_message=_("Give either a grouping or a deliverable."),
            ),
            models.UniqueConstraint(
                fields=["grouping", "organisation", "role"],
                name="ownership_once_in_grouping",
                violation_error_message=_("The organisation has this role already."),
            ),
            models.UniqueConstraint(
                fields=["deliverable", "organisation", "role"],
                name="ownership_once_in_deliverable",
                violation_error_message=_("The organisation has this role already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role}"


class Dependency(PlanObject):
    """`subject` waits for `on`, another object's uid, or for `on_text`, something outside the plan."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        DISPUTED = "disputed", _("Disputed")
        RESOLVED = "resolved", _("Resolved")
        BROKEN = "broken", _("Broken")

    subject = models.CharField(_("what waits"), max_length=200, db_index=True)
    on = OptionalCharField(_("waits for"), max_length=200, db_index=True)
    on_text = OptionalTextField(_("waits for, outside the plan"))
    state = models.CharField(_("state"), max_length=20, choices=State)
    reason = OptionalTextField(_("reason"))

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        ordering = ["subject", "uid"]
        constraints = [
            models.CheckConstraint(
                name="dependency_on_object_or_text",
                condition=Q(on__isnull=False, on_text=None) | Q(on=None, on_text__isnull=False),
                violation_error_message=_(
                    "Give either the object it waits for or, outside the plan, a text."
                ),
            ),
            models.CheckConstraint(
                name="dependency_on_another",
                condition=Q(on=None) | ~Q(on=F("subject")),
                violation_error_message=_("Nothing can wait for itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.on or self.on_text}"


class Cause(models.Model):
    """Why a date moved since an approved edition: `what` is the changed field's address."""

    class Code(models.TextChoices):
        FUNDING = "funding", _("Funding")
        SUPPLIER = "supplier", _("Supplier")
        REGULATION = "regulation", _("Regulation")
        CAPACITY = "capacity", _("Capacity")
        DEPENDENCY = "dependency", _("Dependency")
        CHANGED_NEED = "changed_need", _("Changed need")
        BETTER_KNOWLEDGE = "better_knowledge", _("Better knowledge")
        CORRECTION = "correction", _("Correction")
        REPRIORITISED = "reprioritised", _("Reprioritised")

    what = models.CharField(_("what moved"), max_length=300)
    code = models.CharField(_("cause"), max_length=20, choices=Code)
    text = OptionalTextField(_("explanation"))
    since = models.CharField(_("since edition"), max_length=20)

    class Meta:
        verbose_name = _("cause")
        verbose_name_plural = _("causes")
        ordering = ["since", "what"]
        constraints = [
            models.UniqueConstraint(
                fields=["what", "since"],
                name="cause_once_since_an_edition",
                violation_error_message=_("This move is explained already. Change its cause."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.code}"
