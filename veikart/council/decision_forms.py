"""The forms of a decision: its words, the vote, who did not agree, and what it does to the plan."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veikart.core.text_fields import lines
from veikart.council import from_editions
from veikart.council.deciding import Said
from veikart.council.fields import CHOOSE, DayField, kept
from veikart.council.models import Decision, Effect, Meeting
from veikart.plan import council as plan

MOST_ROWS = 60


def _count() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "size": 4})


class DecisionForm(forms.Form):
    """What was decided, how, and when."""

    text = forms.CharField(
        label=_("What was decided"),
        widget=lines(5),
        help_text=_(
            "What was proposed is filled in. Change it to what was decided, word for word."
        ),
    )
    result = forms.ChoiceField(
        label=_("Result"),
        choices=[("", _("As the texts tell")), *Decision.Result.choices],
        required=False,
        help_text=_("Left as it is, it is as proposed or changed, whichever the two texts tell."),
    )
    title = forms.CharField(label=_("Short title (optional)"), max_length=500, required=False)
    decided_on = DayField(label=_("Day of the decision"), required=False)
    votes_for = forms.IntegerField(
        label=_("Votes for"), min_value=0, required=False, widget=_count()
    )
    votes_against = forms.IntegerField(
        label=_("Votes against"), min_value=0, required=False, widget=_count()
    )
    votes_blank = forms.IntegerField(
        label=_("Blank votes"), min_value=0, required=False, widget=_count()
    )
    minutes = forms.ModelMultipleChoiceField(
        label=_("It approves the minutes of"),
        queryset=Meeting.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are frozen then, and never change again."),
    )
    reason = forms.CharField(label=_("Why it is corrected"), widget=lines(2), required=False)

    def __init__(
        self, *args: Any, minutes: Sequence[Meeting] = (), is_given: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if not minutes:
            del self.fields["minutes"]
        else:
            those = Meeting.objects.filter(pk__in=[meeting.pk for meeting in minutes])
            field = self.fields["minutes"]
            field.queryset = those.select_related("body")  # type: ignore[attr-defined]
        if not is_given:
            del self.fields["reason"]
        elif self.fields["reason"]:
            self.fields["reason"].required = True

    def clean(self) -> dict[str, Any]:
        """The decision. Votes for and against are given together, or not at all."""
        cleaned = super().clean() or {}
        votes = [cleaned.get(name) for name in ("votes_for", "votes_against")]
        if (None in votes) and any(v is not None for v in (*votes, cleaned.get("votes_blank"))):
            self.add_error("votes_against", _("Give the votes for and against, or none."))
        return cleaned

    def said(self, proposal: str | None, dissents: Any, effects: Any) -> Said:
        """What services take, of this and the forms of those who did not agree and of effects.

        `proposal` is what had been proposed.
        """
        names = (
            "text", "result", "title", "decided_on", "votes_for", "votes_against", "votes_blank",
        )  # fmt: skip
        return Said(
            **kept(self.cleaned_data, *names),
            proposal=proposal,
            dissents=tuple(rows(dissents)),
            effects=tuple(rows(effects)),
        )


class DissentForm(forms.Form):
    """Somebody who did not agree. A row without a name is none."""

    who = forms.CharField(label=_("Who did not agree"), max_length=300, required=False)
    text = forms.CharField(
        label=_("What they had put in the minutes (optional)"), required=False, widget=lines(2)
    )

    def clean(self) -> dict[str, Any]:
        """The dissent. Words are somebody's."""
        cleaned = super().clean() or {}
        if cleaned.get("text") and not cleaned.get("who"):
            self.add_error("who", _("Say who did not agree."))
        return cleaned

    def part(self, no: int) -> plan.Dissent | None:
        """The dissent with its number; None for an empty row."""
        said = self.cleaned_data
        if not said.get("who"):
            return None
        return plan.Dissent(no=no, who=said["who"], text=said["text"] or None)


class EffectForm(forms.Form):
    """What a decision does. A row without a kind is none."""

    kind = forms.ChoiceField(
        label=_("What it does"), choices=[CHOOSE, *Effect.Kind.choices], required=False
    )
    edition = forms.ChoiceField(label=_("An edition"), required=False)
    uid = forms.CharField(
        label=_("Or something in the plan"),
        max_length=200,
        required=False,
        help_text=_("Its address, such as delmal/2D or leveranse/568."),
    )
    note = forms.CharField(label=_("Note (optional)"), required=False, widget=lines(2))

    def __init__(self, *args: Any, editions: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        now = self.initial.get("edition")
        known = {number for number, _label in editions}
        held = [(now, now)] if now and now not in known else []
        self.fields["edition"].choices = [CHOOSE, *editions, *held]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The effect. It is on one thing: an edition, something in the plan, or what the note says."""
        cleaned = super().clean() or {}
        edition, uid = cleaned.get("edition"), cleaned.get("uid", "").strip("/ ")
        cleaned["uid"] = uid
        if not cleaned.get("kind"):
            if edition or uid or cleaned.get("note"):
                self.add_error("kind", _("Choose what the decision does, or empty the row."))
        elif edition and uid:
            self.add_error("uid", _("Give an edition or something in the plan, not both."))
        elif not (edition or uid or cleaned.get("note")):
            self.add_error("uid", _("Say what it is about: an edition, an address, or a note."))
        return cleaned

    def part(self, no: int) -> plan.Effect | None:
        """The effect with its number; None for an empty row."""
        said = self.cleaned_data
        if not said.get("kind"):
            return None
        named = {name: said[name] or None for name in ("uid", "edition", "note")}
        return plan.Effect(no=no, kind=said["kind"], **named)


def rows(formset: Any) -> list[Any]:
    """The filled-in rows of valid forms, numbered in their order."""
    found: list[Any] = []
    for form in formset:
        part = form.part(len(found) + 1) if form.cleaned_data else None
        if part is not None:
            found.append(part)
    return found


def dissent_forms(data: Any = None, *, of: Iterable[plan.Dissent] = ()) -> Any:
    """The forms of those who did not agree, and room for one more."""
    made = forms.formset_factory(DissentForm, extra=1, max_num=MOST_ROWS)
    initial = [{"who": one.who, "text": one.text or ""} for one in of]
    return made(data, initial=initial, prefix="dissens")


def effect_forms(data: Any = None, *, of: Iterable[plan.Effect] = ()) -> Any:
    """The forms of what a decision does, and room for more."""
    made = forms.formset_factory(EffectForm, extra=2, max_num=MOST_ROWS)
    names = ("kind", "uid", "edition", "note")
    initial = [{name: getattr(one, name) or "" for name in names} for one in of]
    options = {"editions": editions()}
    return made(data, initial=initial, prefix="virkning", form_kwargs=options)


def editions() -> list[tuple[str, str]]:
    """The editions that a decision can be about, those that wait first by their number."""
    return [
        (
            each.number,
            f"{each.number} {each.title}"
            if each.is_approved
            else _("%(edition)s (waits for approval)") % {"edition": f"{each.number} {each.title}"},
        )
        for each in from_editions.known()
    ]
