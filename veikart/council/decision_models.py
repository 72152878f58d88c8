"""The working tables of decisions and follow-ups."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from veikart.core.fields import OptionalCharField, OptionalTextField
from veikart.core.objects import PlanObject
from veikart.council.body_models import Body
from veikart.council.case_models import Case
from veikart.council.meeting_models import Meeting
from veikart.people.models import Organisation


class Decision(PlanObject):
    """What a body decided in a case, word for word: `sak/…/vedtak`."""

    class Result(models.TextChoices):
        AS_PROPOSED = "as_proposed", _("As proposed")
        CHANGED = "changed", _("Changed in the meeting")
        POSTPONED = "postponed", _("Postponed")
        REJECTED = "rejected", _("Rejected")
        NOTED = "noted", _("Noted")

    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions", verbose_name=_("body"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions", verbose_name=_("case"))
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("meeting"),
    )
    title = OptionalCharField(_("title"), max_length=500)
    text = models.TextField(_("what was decided"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    proposal = OptionalTextField(_("proposed decision"))
    result = OptionalCharField(_("result"), max_length=20, choices=Result)
    votes_for = models.PositiveIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("votes against"), null=True, blank=True)
    votes_blank = models.PositiveIntegerField(_("blank votes"), null=True, blank=True)
    source = OptionalTextField(_("source"))

    class Meta:
        app_label = "council"
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_on", "uid"]
        constraints = [
            models.CheckConstraint(
                name="decision_votes_are_whole",
                condition=Q(votes_for=None, votes_against=None, votes_blank=None)
                | Q(votes_for__isnull=False, votes_against__isnull=False),
                violation_error_message=_("Give the votes for and against, or none."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.text


class Effect(models.Model):
    """What a decision does to the plan."""

    class Kind(models.TextChoices):
        APPROVES = "approves", _("Approves")
        RECOMMENDS = "recommends", _("Recommends")
        ASKS_FOR_CHANGE = "asks_for_change", _("Asks for a change")
        TAKES_ALONG = "takes_along", _("Asks that what was said is taken along")
        LED_TO = "led_to", _("Led to")

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="effects", verbose_name=_("decision")
    )
    no = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    uid = OptionalCharField(_("address in the plan"), max_length=200)
    edition = OptionalCharField(_("edition"), max_length=20)
    note = OptionalTextField(_("note"))

    class Meta:
        app_label = "council"
        verbose_name = _("effect of a decision")
        verbose_name_plural = _("effects of a decision")
        ordering = ["decision", "no"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "no"], name="effect_number_once"),
            models.CheckConstraint(
                name="effect_is_on_something",
                condition=Q(uid__isnull=False, edition=None)
                | Q(uid=None, edition__isnull=False)
                | Q(uid=None, edition=None, note__isnull=False),
                violation_error_message=_(
                    "Give an address in the plan, or an edition, or at least a note."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid or self.edition or ''}".strip()


class Dissent(models.Model):
    """Somebody who did not agree with a decision."""

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="dissents", verbose_name=_("decision")
    )
    no = models.PositiveIntegerField(_("number"))
    who = models.CharField(_("who"), max_length=300)
    text = OptionalTextField(_("what they had put in the minutes"))

    class Meta:
        app_label = "council"
        verbose_name = _("dissent")
        verbose_name_plural = _("dissents")
        ordering = ["decision", "no"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "no"], name="dissent_number_once")
        ]

    def __str__(self) -> str:
        return self.who


class FollowUp(PlanObject):
    """What somebody is to do after a decision or a meeting."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="follow_ups", verbose_name=_("body")
    )
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("case"),
    )
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("decision"),
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("meeting"),
    )
    what = models.TextField(_("what is to be done"))
    who = OptionalCharField(_("who"), max_length=300)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    due = models.DateField(_("due"), null=True, blank=True)
    due_said = OptionalCharField(_("due, as it was said"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    answer = OptionalTextField(_("answer"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        app_label = "council"
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due", "uid"]
        constraints = [
            models.CheckConstraint(
                name="follow_up_answered_when_settled",
                condition=Q(state="open") | Q(answer__isnull=False),
                violation_error_message=_("Say what became of it."),
            ),
        ]

    def __str__(self) -> str:
        return self.what
