"""The working tables of the indicators; each mirrors its struct in `veikart.plan.indicators`."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import OptionalCharField, OptionalTextField
from veikart.core.objects import PlanObject
from veikart.documents.models import Document

HASH = r"^[0-9a-f]{64}$"
NOT_A_HASH = _("A SHA-256 is 64 hexadecimal digits.")


class Indicator(PlanObject):
    """What is measured and how. Its versions, breakdowns, targets and breaks lie in tables of their own."""

    class Kind(models.TextChoices):
        SHARE = "share", _("Share")
        COUNT = "count", _("Count")
        COVERAGE = "coverage", _("Coverage")
        RATE = "rate", _("Rate")
        SURVEY_SHARE = "survey_share", _("Share in a survey")
        AMOUNT = "amount", _("Amount")

    class Direction(models.TextChoices):
        UP = "up", _("More is better")
        DOWN = "down", _("Less is better")

    class Cadence(models.TextChoices):
        MONTHLY = "monthly", _("Monthly")
        QUARTERLY = "quarterly", _("Quarterly")
        TERTIAL = "tertial", _("Every four months")
        HALF_YEARLY = "half_yearly", _("Half-yearly")
        YEARLY = "yearly", _("Yearly")
        BIENNIAL = "biennial", _("Every other year")
        IRREGULAR = "irregular", _("Irregular")

    class Method(models.TextChoices):
        PATH = "path", _("Distance to the path")
        OPEN_SDG = "open_sdg", _("Growth ratio, as Open SDG")
        GERMANY = "germany", _("Gap, as Germany")

    class Disclosure(models.TextChoices):
        SUPPRESS = "suppress", _("Small numbers are left blank")
        ROUND = "round", _("All numbers are rounded")

    code = models.CharField(_("code"), max_length=20, unique=True)
    title = OptionalCharField(_("title"), max_length=500)
    title_nn = OptionalCharField(_("title in nynorsk"), max_length=500)
    title_en = OptionalCharField(_("title in English"), max_length=500)
    question = OptionalTextField(_("the question it answers"))
    question_nn = OptionalTextField(_("the question in nynorsk"))
    question_en = OptionalTextField(_("the question in English"))
    version = models.PositiveSmallIntegerField(_("version of the definition"), default=1)
    definition = OptionalTextField(_("definition"))
    kind = OptionalCharField(_("kind"), max_length=20, choices=Kind)
    unit = OptionalCharField(_("unit"), max_length=100)
    direction = OptionalCharField(_("direction"), max_length=10, choices=Direction)
    per = models.PositiveIntegerField(_("per"), null=True, blank=True)
    numerator = OptionalTextField(_("numerator"))
    denominator = OptionalTextField(_("denominator"))
    population = OptionalTextField(_("population"))
    source = OptionalTextField(_("source"))
    source_address = OptionalCharField(_("the source’s address on the web"), max_length=500)
    data_controller = OptionalCharField(_("data controller"), max_length=300)
    cadence = OptionalCharField(_("how often"), max_length=20, choices=Cadence)
    lag_months = models.PositiveSmallIntegerField(_("months of delay"), null=True, blank=True)
    baseline_period = OptionalCharField(_("period of the baseline"), max_length=10)
    baseline_value = models.FloatField(_("value of the baseline"), null=True, blank=True)
    baseline_note = OptionalTextField(_("note on the baseline"))
    ambition = OptionalTextField(_("ambition"))
    owner = OptionalCharField(_("owner"), max_length=300)
    measures = models.JSONField(_("addresses of what it measures"), default=list, blank=True)
    quality = OptionalTextField(_("quality"))
    smallest = models.PositiveSmallIntegerField(
        _("the smallest number of people shown"), null=True, blank=True
    )
    disclosure = models.CharField(
        _("how small numbers are hidden"),
        max_length=20,
        choices=Disclosure,
        default=Disclosure.SUPPRESS,
    )
    method = models.CharField(
        _("how progress is judged"), max_length=20, choices=Method, default=Method.PATH
    )
    note = OptionalTextField(_("note"))

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="indicator_version_from_1",
                condition=Q(version__gte=1),
                violation_error_message=_("The first version of a definition is number 1."),
            ),
            models.CheckConstraint(
                name="indicator_per_goes_with_a_rate",
                condition=Q(per=None) | Q(kind="rate", per__gte=1),
                violation_error_message=_(
                    "Only a rate is per something, such as per 1000 inhabitants. "
                    "Leave it blank, or choose the kind “rate”."
                ),
            ),
            models.CheckConstraint(
                name="indicator_smallest_from_1",
                condition=Q(smallest=None) | Q(smallest__gte=1),
                violation_error_message=_(
                    "The smallest number of people shown is 1 or more. "
                    "Leave it blank if nothing is hidden."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title or ''}".strip()


class Breakdown(models.Model):
    """A way an indicator is divided, such as sex."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="breakdowns", verbose_name=_("indicator")
    )
    no = models.PositiveSmallIntegerField(_("number"))
    column = models.CharField(_("column"), max_length=50)
    label = models.CharField(_("label"), max_length=200)
    label_nn = OptionalCharField(_("label in nynorsk"), max_length=200)
    label_en = OptionalCharField(_("label in English"), max_length=200)
    ordered = models.BooleanField(_("in order"), default=False)

    class Meta:
        verbose_name = _("breakdown")
        verbose_name_plural = _("breakdowns")
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "no"],
                name="breakdown_number_once_in_indicator",
                violation_error_message=_("Two breakdowns have the same number. Number them anew."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "column"],
                name="breakdown_column_once_in_indicator",
                violation_error_message=_("Two breakdowns have the same column. Rename one."),
            ),
            models.CheckConstraint(
                name="breakdown_column_is_a_name",
                condition=Q(column__regex=r"^[a-z][a-z0-9_]*$"),
                violation_error_message=_(
                    "A breakdown’s column is written with small letters, digits and underscores, "
                    "such as age_group."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Category(models.Model):
    """One value of a breakdown, such as women."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="categories", verbose_name=_("indicator")
    )
    no = models.PositiveSmallIntegerField(_("number"))
    column = models.CharField(_("column"), max_length=50)
    code = models.CharField(_("code"), max_length=50)
    label = models.CharField(_("label"), max_length=200)
    label_nn = OptionalCharField(_("label in nynorsk"), max_length=200)
    label_en = OptionalCharField(_("label in English"), max_length=200)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "no"],
                name="category_number_once_in_indicator",
                violation_error_message=_("Two categories have the same number. Number them anew."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "column", "code"],
                name="category_code_once_in_breakdown",
                violation_error_message=_("Two categories of a breakdown have the same code."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Target(models.Model):
    """What is to be reached or kept at the end of a year."""

    class Kind(models.TextChoices):
        REACH = "reach", _("Reach")
        KEEP = "keep", _("Keep")
        BAND = "band", _("Stay between")

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="targets", verbose_name=_("indicator")
    )
    no = models.PositiveSmallIntegerField(_("number"))
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.FloatField(_("value"))
    upper = models.FloatField(_("upper end"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.REACH)
    decided_by = OptionalCharField(_("decided by"), max_length=300)
    note = OptionalTextField(_("note"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "no"],
                name="target_number_once_in_indicator",
                violation_error_message=_("Two targets have the same number. Number them anew."),
            ),
            models.CheckConstraint(
                name="target_upper_goes_with_a_band",
                condition=Q(kind="band", upper__gte=F("value")) | (~Q(kind="band") & Q(upper=None)),
                violation_error_message=_(
                    "A target to stay between two values has an upper end that is not below the "
                    "lower; other targets have none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.value}"


class Break(models.Model):
    """A period from which on values were measured in another way."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="breaks", verbose_name=_("indicator")
    )
    no = models.PositiveSmallIntegerField(_("number"))
    period = models.CharField(_("period"), max_length=10)
    reason = models.TextField(_("reason"))
    comparable = models.BooleanField(_("may still be compared"))

    class Meta:
        verbose_name = _("break in the series")
        verbose_name_plural = _("breaks in the series")
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "no"],
                name="break_number_once_in_indicator",
                violation_error_message=_("Two breaks have the same number. Number them anew."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.reason}"


class DefinitionVersion(models.Model):
    """A version of the definition: since when, and what changed."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="versions", verbose_name=_("indicator")
    )
    no = models.PositiveSmallIntegerField(_("version"))
    since = models.DateField(_("since"))
    change = OptionalTextField(_("what changed"))

    class Meta:
        verbose_name = _("version of the definition")
        verbose_name_plural = _("versions of the definition")
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "no"],
                name="definition_version_once",
                violation_error_message=_("Two versions have the same number. Number them anew."),
            ),
            models.CheckConstraint(
                name="definition_version_says_what_changed",
                condition=Q(no=1) | Q(change__isnull=False),
                violation_error_message=_("Say what changed with the new version."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no}"


class DataSet(PlanObject):
    """An immutable data set: the row says what the Parquet file of that hash is and is from.

    Invariants, kept by the database: the row never changes and is never deleted; the same
    observations are there once for a version of an indicator.
    """

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="data_sets", verbose_name=_("indicator")
    )
    version = models.PositiveSmallIntegerField(_("version of the definition"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    rows = models.PositiveBigIntegerField(_("rows"))
    as_of = models.DateField(_("as of"))
    source = models.TextField(_("source"))
    address = OptionalCharField(_("address on the web"), max_length=500)
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="data_sets", verbose_name=_("document")
    )
    mapping = models.JSONField(_("how the file was read"), default=dict, blank=True)
    query = OptionalTextField(_("what the service was asked"))
    first_period = OptionalCharField(_("first period"), max_length=10)
    last_period = OptionalCharField(_("last period"), max_length=10)
    note = OptionalTextField(_("note"))
    taken_in_at = models.DateTimeField(_("taken in at"))
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken in by"),
    )

    class Meta:
        verbose_name = _("data set")
        verbose_name_plural = _("data sets")
        ordering = ["indicator", "version", "as_of", "taken_in_at"]
        constraints = [
            models.CheckConstraint(
                name="data_set_sha256_is_a_hash",
                condition=Q(sha256__regex=HASH),
                violation_error_message=NOT_A_HASH,
            ),
            models.UniqueConstraint(
                fields=["indicator", "version", "sha256"],
                name="data_set_once_in_version",
                violation_error_message=_("These observations were taken in already."),
            ),
        ]

    def __str__(self) -> str:
        return self.uid


class Withdrawal(models.Model):
    """That a data set was wrong, and why: its row and its file stay, and nothing is computed from it."""

    data_set = models.OneToOneField(
        DataSet, models.PROTECT, related_name="withdrawal", verbose_name=_("data set")
    )
    reason = models.TextField(_("reason"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    class Meta:
        verbose_name = _("withdrawal of a data set")
        verbose_name_plural = _("withdrawals of data sets")
        ordering = ["withdrawn_at", "pk"]

    def __str__(self) -> str:
        return f"{self.data_set_id}: {self.reason}"


class Computed(models.Model):
    """What was computed last for a version of an indicator; `result` is a Result as JSON."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="computed", verbose_name=_("indicator")
    )
    version = models.PositiveSmallIntegerField(_("version of the definition"))
    inputs = models.CharField(_("hash of what went in"), max_length=64)
    engine = models.CharField(_("engine"), max_length=100)
    figures = models.CharField(_("SHA-256 of the figures"), max_length=64)
    result = models.TextField(_("result"))
    computed_at = models.DateTimeField(_("computed at"))

    class Meta:
        verbose_name = _("computed result")
        verbose_name_plural = _("computed results")
        ordering = ["indicator", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "version"],
                name="computed_once_a_version",
                violation_error_message=_("A version of an indicator has one result."),
            ),
            models.CheckConstraint(
                name="computed_figures_is_a_hash",
                condition=Q(figures__regex=HASH),
                violation_error_message=NOT_A_HASH,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}/serie/{self.version}"
