"""The working tables of the strategy; each mirrors its struct in `veikart.plan.model`."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import OptionalCharField, OptionalTextField
from veikart.core.objects import PlanObject


class Strategy(models.Model):
    """A version of the strategy: what it is called, whose it is, and the years it is for."""

    title = models.CharField(_("title"), max_length=300)
    version = models.CharField(_("version"), max_length=100, unique=True)
    publisher = OptionalCharField(_("publisher"), max_length=300)
    from_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    is_current = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["-is_current", "-from_year", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="strategy_one_in_force",
                violation_error_message=_("Only one version of the strategy can be in force."),
            ),
            models.CheckConstraint(
                name="strategy_ends_after_it_begins",
                condition=Q(from_year=None) | Q(to_year=None) | Q(to_year__gte=F("from_year")),
                violation_error_message=_("The last year cannot come before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class Vision(PlanObject):
    """The vision: one sentence."""

    text = models.TextField(_("text"))
    text_nn = OptionalTextField(_("text in nynorsk"))
    text_en = OptionalTextField(_("text in English"))

    class Meta:
        verbose_name = _("vision")
        verbose_name_plural = _("visions")
        constraints = [
            models.CheckConstraint(
                name="vision_is_one",
                condition=Q(uid="visjon"),
                violation_error_message=_("A plan has one vision, with the address visjon."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class VisionPhrase(models.Model):
    """A phrase of the vision with its explanation."""

    vision = models.ForeignKey(
        Vision, models.CASCADE, related_name="phrases", verbose_name=_("vision")
    )
    no = models.PositiveSmallIntegerField(_("number"))
    phrase = models.TextField(_("phrase"))
    explanation = OptionalTextField(_("explanation"))

    class Meta:
        verbose_name = _("phrase of the vision")
        verbose_name_plural = _("phrases of the vision")
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(
                fields=["vision", "no"],
                name="vision_phrase_number_once",
                violation_error_message=_("Two phrases have the same number. Number them anew."),
            )
        ]

    def __str__(self) -> str:
        return self.phrase


class OverarchingGoal(PlanObject):
    """What effects the strategy is to have."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    title = models.CharField(_("title"), max_length=500)
    title_nn = OptionalCharField(_("title in nynorsk"), max_length=500)
    title_en = OptionalCharField(_("title in English"), max_length=500)
    text = OptionalTextField(_("text"))

    class Meta:
        verbose_name = _("overarching goal")
        verbose_name_plural = _("overarching goals")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.title


class StrategicGoal(PlanObject):
    """An area that the sector works on together."""

    class Kind(models.TextChoices):
        DIRECT = "direct", _("Direct")
        ENABLING = "enabling", _("Enabling")

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    title = models.CharField(_("title"), max_length=500)
    title_nn = OptionalCharField(_("title in nynorsk"), max_length=500)
    title_en = OptionalCharField(_("title in English"), max_length=500)
    kind = OptionalCharField(_("kind"), max_length=20, choices=Kind)
    summary = OptionalTextField(_("summary"))
    background = models.JSONField(_("background"), default=list, blank=True)
    attainment = OptionalTextField(_("attainment"))
    conditions = models.JSONField(_("conditions"), default=list, blank=True)
    footnotes = models.JSONField(_("footnotes"), default=list, blank=True)

    class Meta:
        verbose_name = _("strategic goal")
        verbose_name_plural = _("strategic goals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Statement(PlanObject):
    """One of the things to be achieved."""

    goal = models.ForeignKey(
        StrategicGoal, models.PROTECT, related_name="statements", verbose_name=_("goal")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["goal", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "number"],
                name="statement_number_once_in_goal",
                violation_error_message=_("The goal has a statement of that number already."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Delmal(PlanObject):
    """A delmål, a part of a strategic goal. Its code may change; then it replaces the one before."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    title = models.CharField(_("title"), max_length=500)
    title_nn = OptionalCharField(_("title in nynorsk"), max_length=500)
    title_en = OptionalCharField(_("title in English"), max_length=500)
    goal = models.ForeignKey(
        StrategicGoal, models.PROTECT, related_name="delmal", verbose_name=_("goal")
    )
    replaces = models.JSONField(_("replaces"), default=list, blank=True)
    title_variants = models.JSONField(_("variants of the title"), default=list, blank=True)

    class Meta:
        verbose_name = _("delmål")
        verbose_name_plural = _("delmål")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Benefit(models.Model):
    """What a delmål is good for."""

    class Basis(models.TextChoices):
        BULLET = "bullet", _("Listed in the source")
        PROSE = "prose", _("Told in prose")

    delmal = models.ForeignKey(
        Delmal, models.CASCADE, related_name="benefits", verbose_name=_("delmål")
    )
    no = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"))
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)

    class Meta:
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(
                fields=["delmal", "no"],
                name="benefit_number_once_in_delmal",
                violation_error_message=_("Two benefits have the same number. Number them anew."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Prerequisite(PlanObject):
    """A goal that cannot be reached without another, with the sentence that says so."""

    goal = models.ForeignKey(
        StrategicGoal, models.PROTECT, related_name="prerequisites", verbose_name=_("goal")
    )
    on = models.ForeignKey(
        StrategicGoal, models.PROTECT, related_name="enables", verbose_name=_("rests on")
    )
    sentence = models.TextField(_("sentence"))
    also_stated = models.JSONField(_("also stated"), default=list, blank=True)

    class Meta:
        verbose_name = _("prerequisite")
        verbose_name_plural = _("prerequisites")
        ordering = ["goal", "on"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "on"],
                name="prerequisite_once_for_two_goals",
                violation_error_message=_(
                    "That the one goal rests on the other is stated already."
                ),
            ),
            models.CheckConstraint(
                name="prerequisite_on_another_goal",
                condition=~Q(goal=F("on")),
                violation_error_message=_("A goal cannot rest on itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class TargetGroup(PlanObject):
    """Whom the strategy is for."""

    class Ring(models.TextChoices):
        CARRIES_OUT = "carries_out", _("Carries it out")
        COLLABORATES = "collaborates", _("Collaborates")
        BENEFITS = "benefits", _("Benefits")

    name = models.CharField(_("name"), max_length=300)
    name_nn = OptionalCharField(_("name in nynorsk"), max_length=300)
    name_en = OptionalCharField(_("name in English"), max_length=300)
    ring = models.CharField(_("ring"), max_length=20, choices=Ring)

    class Meta:
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Sdg(PlanObject):
    """A UN sustainable development goal and the strategic goals that contribute to it."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    title = models.CharField(_("title"), max_length=300)
    title_nn = OptionalCharField(_("title in nynorsk"), max_length=300)
    title_en = OptionalCharField(_("title in English"), max_length=300)
    goals = models.ManyToManyField(
        StrategicGoal, blank=True, related_name="sdgs", verbose_name=_("goals")
    )
    most_direct = models.ManyToManyField(
        StrategicGoal, blank=True, related_name="+", verbose_name=_("contributing the most")
    )
    text = OptionalTextField(_("text"))

    class Meta:
        verbose_name = _("UN sustainable development goal")
        verbose_name_plural = _("UN sustainable development goals")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="sdg_number_from_1_to_17",
                condition=Q(number__gte=1, number__lte=17),
                violation_error_message=_("The UN has goals from 1 to 17."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class RelatedStrategy(PlanObject):
    """Another strategy, plan or source that the strategy leans on."""

    title = models.CharField(_("title"), max_length=500)
    publisher = OptionalCharField(_("publisher"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    period = OptionalCharField(_("period"), max_length=50)
    footnote = models.PositiveSmallIntegerField(_("footnote"), null=True, blank=True)
    note = OptionalTextField(_("note"))

    class Meta:
        verbose_name = _("related strategy")
        verbose_name_plural = _("related strategies")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    """A file or a page that the plan's content came from."""

    title = models.CharField(_("title"), max_length=300)
    publisher = OptionalCharField(_("publisher"), max_length=300)
    version = OptionalCharField(_("version"), max_length=100)
    sha256 = OptionalCharField(_("SHA-256"), max_length=64)
    address = OptionalCharField(_("address on the web"), max_length=500)
    licence = OptionalCharField(_("licence"), max_length=200)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "version"],
                name="source_once_a_version",
                violation_error_message=_("This version of the source is named already."),
            ),
            models.UniqueConstraint(
                fields=["title"],
                condition=Q(version=None),
                name="source_once_without_version",
                violation_error_message=_("This source is named already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Tombstone(PlanObject):
    """What was removed stays as a stone: why, and what took its place."""

    kind = models.CharField(_("kind"), max_length=40)
    name = models.TextField(_("name"))
    reason = models.TextField(_("reason"))
    successors = models.JSONField(_("successors"), default=list, blank=True)

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")
        ordering = ["uid"]

    def __str__(self) -> str:
        return self.name
