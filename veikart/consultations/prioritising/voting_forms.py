"""The forms on which members vote: points for each, and each one's place in an order."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from veikart.engines.handling.state import Round


class PointsForm(forms.Form):
    """Points for each of what is weighed; the fields are named by the place in the list."""

    def __init__(self, *args: Any, asked: Round, given: Mapping[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        for place, item in enumerate(asked.items):
            self.fields[f"p{place}"] = forms.IntegerField(
                label=item.text,
                min_value=0,
                max_value=asked.most,
                required=False,
                initial=given.get(item.uid),
                widget=forms.NumberInput(attrs={"class": "ds-input", "inputmode": "numeric"}),
            )

    def vote(self) -> dict[str, int]:
        """What was given, by uid; blank is 0."""
        return {
            item.uid: self.cleaned_data.get(f"p{place}") or 0
            for place, item in enumerate(self.asked.items)
        }


class _Moved(NamedTuple):
    """What got another number than it had, or its first one."""

    number: int
    place: int


class RankingForm(forms.Form):
    """A number for each of what is weighed, 1 for the first; what has none comes after those that have.

    The fields come in the order that stands, then the others as they are listed. `shown` (a hidden field)
    tells that order, so that what a member changed is known from what was only shown: what got a
    new number gets that place, and the others close up around it in the order they had.
    """

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Round, given: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        places = {item.uid: place for place, item in enumerate(asked.items)}
        self.standing = self._sent() if self.is_bound else [places[uid] for uid in given]
        self.initial["shown"] = " ".join(str(place) for place in self.standing)
        rest = [place for place in range(len(asked.items)) if place not in self.standing]
        for place in (*self.standing, *rest):
            self.fields[_name(place)] = self._field(place)

    @property
    def numbered(self) -> list[forms.BoundField]:
        """The fields of what stood in the order, the first one first."""
        return [self[_name(place)] for place in self.standing]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields of what had no number."""
        kept = {"shown", *(_name(place) for place in self.standing)}
        return [self[name] for name in self.fields if name not in kept]

    def clean(self) -> dict[str, Any]:
        """The numbers. Raises ValidationError where there is none, or two things got the same."""
        cleaned = super().clean() or {}
        by_number: dict[int, int] = {}
        for number, place in self._moved():
            other = by_number.setdefault(number, place)
            if other != place:
                self._refuse_twice(number, other, place)
        if not self.errors and not any(
            cleaned.get(name) for name in self.fields if name != "shown"
        ):
            raise ValidationError(_("Give at least one a number."), code="no_order")
        return cleaned

    def vote(self) -> list[str]:
        """The uids in order, the first one first."""
        moved = sorted(self._moved())
        gone = {place for _number, place in moved}
        kept = [p for p in self.standing if p not in gone and self._number(p) is not None]
        found: list[int] = []
        while moved or kept:
            is_next = bool(moved) and (not kept or moved[0].number <= len(found) + 1)
            found.append(moved.pop(0).place if is_next else kept.pop(0))
        return [self.asked.items[place].uid for place in found]

    def _field(self, place: int) -> forms.IntegerField:
        is_standing = place in self.standing
        return forms.IntegerField(
            label=self.asked.items[place].text,
            min_value=1,
            max_value=len(self.asked.items),
            required=False,
            initial=self.standing.index(place) + 1 if is_standing else None,
            widget=forms.TextInput(
                attrs={"class": "ds-input", "inputmode": "numeric", "autocomplete": "off"}
            ),
            error_messages={
                "invalid": gettext_lazy("Write a whole number, or leave it empty."),
                "min_value": gettext_lazy("Numbers begin at %(limit_value)s."),
                "max_value": gettext_lazy("There are only %(limit_value)s."),
            },
        )

    def _moved(self) -> list[_Moved]:
        """What got a number that it did not have."""
        had = {place: number for number, place in enumerate(self.standing, 1)}
        return [
            _Moved(number, place)
            for place in range(len(self.asked.items))
            if (number := self._number(place)) is not None and number != had.get(place)
        ]

    def _number(self, place: int) -> int | None:
        found: int | None = self.cleaned_data.get(_name(place))
        return found

    def _refuse_twice(self, number: int, one: int, other: int) -> None:
        for place, same in ((one, other), (other, one)):
            if not self.has_error(_name(place), "same_number"):
                said = _("“%(text)s” has number %(number)d, too. Give each its own.")
                facts = {"text": self.asked.items[same].text, "number": number}
                self.add_error(
                    _name(place), ValidationError(said, code="same_number", params=facts)
                )

    def _sent(self) -> list[int]:
        """The order that the page showed, as it is sent back; nothing where it was tampered with."""
        parts = str(self.data.get("shown", "")).split()
        known = {str(place): place for place in range(len(self.asked.items))}
        if len(set(parts)) < len(parts) or not set(parts) <= known.keys():
            return []
        return [known[part] for part in parts]


def _name(place: int) -> str:
    return f"n{place}"
