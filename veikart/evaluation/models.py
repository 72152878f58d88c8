"""The working tables of evaluations: what was asked, rated and found, and principles checked on drafts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import OptionalCharField, OptionalTextField
from veikart.core.objects import PlanObject
from veikart.design import evaluation_words as words


class Evaluation(PlanObject):
    """An evaluation of a strategy: `evaluering/2021`."""

    title = models.CharField(_("title"), max_length=300)
    title_nn = OptionalCharField(_("title in nynorsk"), max_length=300)
    title_en = OptionalCharField(_("title in English"), max_length=300)
    about = OptionalCharField(_("what was evaluated"), max_length=300)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    by = OptionalCharField(_("evaluated by"), max_length=300)
    method = OptionalTextField(_("method"))
    case = OptionalCharField(_("address of the case it was treated in"), max_length=200)
    source = OptionalTextField(_("source"))

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["-as_of", "uid"]

    def __str__(self) -> str:
        return self.title


class AreaAssessment(models.Model):
    """How an area of a strategy does."""

    class Value(models.TextChoices):
        NONE = "none", words.PROGRESS["none"]
        WEAK = "weak", words.PROGRESS["weak"]
        SOME = "some", words.PROGRESS["some"]
        GOOD = "good", words.PROGRESS["good"]
        REACHED = "reached", words.PROGRESS["reached"]

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="areas", verbose_name=_("evaluation")
    )
    no = models.PositiveIntegerField(_("number"))
    goal = models.TextField(_("goal"))
    title = OptionalCharField(_("title"), max_length=300)
    comment = OptionalTextField(_("comment"))
    value = OptionalCharField(_("progress"), max_length=10, choices=Value)
    status_said = OptionalCharField(_("status, as it was said"), max_length=200)

    class Meta:
        verbose_name = _("assessment of an area")
        verbose_name_plural = _("assessments of areas")
        ordering = ["evaluation", "no"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "no"], name="area_assessment_number_once")
        ]

    def __str__(self) -> str:
        return self.title or self.goal


class EvaluationQuestion(models.Model):
    """A question that an evaluation asks."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="questions", verbose_name=_("evaluation")
    )
    no = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("question of an evaluation")
        verbose_name_plural = _("questions of an evaluation")
        ordering = ["evaluation", "no"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "no"], name="evaluation_question_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Scale(models.TextChoices):
    """To what degree."""

    SMALL = "small", words.SCALE["small"]
    LIMITED = "limited", words.SCALE["limited"]
    SOME = "some", words.SCALE["some"]
    LARGE = "large", words.SCALE["large"]


class Rating(models.Model):
    """A rating; `question` is the number of the one it answers, NULL where nothing tells which."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="ratings", verbose_name=_("evaluation")
    )
    no = models.PositiveIntegerField(_("number"))
    value = models.CharField(_("rating"), max_length=10, choices=Scale)
    said = models.CharField(_("rating, as it was said"), max_length=200)
    question = models.PositiveIntegerField(_("number of the question"), null=True, blank=True)
    comment = OptionalTextField(_("comment"))
    evidence = OptionalTextField(_("evidence"))
    by = OptionalCharField(_("rated by"), max_length=300)
    given_on = models.DateField(_("rated on"), null=True, blank=True)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["evaluation", "no"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "no"], name="rating_number_once")
        ]

    def __str__(self) -> str:
        return self.said


class Finding(models.Model):
    """Something that an evaluation found, and what it rests on."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="findings", verbose_name=_("evaluation")
    )
    no = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    grounds = models.JSONField(_("what it rests on"), default=list, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["evaluation", "no"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "no"], name="finding_number_once")
        ]

    def __str__(self) -> str:
        return self.text


class Principle(PlanObject):
    """A principle that the whole of a strategy is held against: `evalueringsprinsipp/3`."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    title = models.CharField(_("title"), max_length=300)
    title_nn = OptionalCharField(_("title in nynorsk"), max_length=300)
    title_en = OptionalCharField(_("title in English"), max_length=300)
    text = OptionalTextField(_("text"))
    decision = OptionalCharField(_("address of the decision on it"), max_length=200)

    class Meta:
        verbose_name = _("evaluation principle")
        verbose_name_plural = _("evaluation principles")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.title


class PrincipleCheck(PlanObject):
    """A principle held against a draft or an edition: `evalueringsprinsipp/3/sjekk/1`."""

    class Value(models.TextChoices):
        MET = "met", words.CHECKS["met"]
        PARTLY = "partly", words.CHECKS["partly"]
        NOT_MET = "not_met", words.CHECKS["not_met"]
        NOT_ASSESSED = "not_assessed", words.CHECKS["not_assessed"]

    principle = models.ForeignKey(
        Principle, models.PROTECT, related_name="checks", verbose_name=_("evaluation principle")
    )
    value = models.CharField(_("answer"), max_length=20, choices=Value)
    checked_on = models.DateField(_("checked on"))
    edition = OptionalCharField(_("edition"), max_length=20)
    comment = OptionalTextField(_("comment"))
    by = OptionalCharField(_("checked by"), max_length=300)

    class Meta:
        verbose_name = _("check of a principle")
        verbose_name_plural = _("checks of principles")
        ordering = ["principle", "checked_on"]

    def __str__(self) -> str:
        return f"{self.principle}: {self.value}"
