"""The forms of bodies and seats."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from veikart.core.text_fields import lines
from veikart.council.bodies import Holder
from veikart.council.fields import CHOOSE, DayField, kept, line
from veikart.council.models import Body, Seat, SeatRole
from veikart.people.models import Organisation, User
from veikart.plan.part import Translations


class BodyForm(forms.Form):
    """What is said of a body."""

    name = forms.CharField(label=_("Name"), max_length=200)
    renamed_on = DayField(
        label=_("First day of the new name"),
        help_text=_("The name until then is kept. Leave it blank if you only correct a slip."),
        required=False,
    )
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    slug = forms.SlugField(
        label=_("Last part of its address"),
        help_text=_(
            "Small letters, digits and hyphens, such as nuit. It stays when the name changes."
        ),
        max_length=60,
    )
    name_nn = forms.CharField(label=_("Name in nynorsk"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    level = forms.ChoiceField(
        label=_("Level"), choices=[CHOOSE, *Body.Level.choices], required=False
    )
    mandate = forms.CharField(label=_("Mandate"), required=False, widget=lines(5))
    prepares_for = forms.ChoiceField(label=_("Its cases go on to"), required=False)
    secretariat = forms.CharField(label=_("Secretariat"), max_length=300, required=False)
    address = forms.URLField(
        label=_("Address on the web"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=line("url"),
    )

    def __init__(self, *args: Any, of: Body | None = None, **options: Any) -> None:
        if of is not None:
            names = [name for name in self.base_fields if hasattr(of, name)]
            options["initial"] = {name: getattr(of, name) for name in names}
        super().__init__(*args, **options)
        del self.fields["renamed_on" if of is None else "slug"]
        others = Body.objects.exclude(pk=of.pk if of else "").values_list("pk", "name")
        self.fields["prepares_for"].choices = [CHOOSE, *others]  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        """The part of the address, in small letters."""
        slug: str = self.cleaned_data["slug"].lower().replace("_", "-")
        return slug

    def values(self) -> dict[str, Any]:
        """What a service keeps."""
        said = self.cleaned_data
        named = ("short_name", "level", "mandate", "prepares_for", "secretariat", "address")
        names = Translations(nn=said["name_nn"] or None, en=said["name_en"] or None)
        return {"name": said["name"], **kept(said, *named), "translations": names}


class HolderForm(forms.Form):
    """Who has a seat, and how they are reached; account and address are never published."""

    person = forms.CharField(label=_("Person"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Where summons are sent. Never published."),
        required=False,
        widget=line("email"),
    )
    user = forms.ModelChoiceField(
        label=_("Account"),
        help_text=_("With it the member reads the papers, those that are withheld too."),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Not chosen"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        accounts = User.objects.filter(is_active=True).order_by("username")
        self.fields["user"].queryset = accounts  # type: ignore[attr-defined]

    @property
    def holder(self) -> Holder:
        """Account and address."""
        return Holder(self.cleaned_data["user"], self.cleaned_data["email"] or None)


class SeatForm(HolderForm):
    """A seat: whose it is, from when, and who holds it."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Not chosen"),
    )
    organisation_name = forms.CharField(
        label=_("Organisation as it is called"),
        help_text=_("Leave it blank if it is called as the one chosen."),
        max_length=300,
        required=False,
    )
    role = forms.ChoiceField(label=_("Role"), choices=SeatRole.choices)
    from_day = DayField(label=_("First day"), required=False)
    until_day = DayField(
        label=_("First day it is no longer theirs"),
        help_text=_("Leave it blank as long as it is theirs."),
        required=False,
    )
    substitutes_for = forms.ChoiceField(
        label=_("Stands in for"), help_text=_("For substitutes."), required=False
    )
    field_order = ("organisation", "organisation_name", "role", "person")

    def __init__(self, *args: Any, body: Body, of: Seat | None = None, **options: Any) -> None:
        if of is not None:
            options["initial"] = {name: getattr(of, name) for name in _SEAT}
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = Organisation.objects.all()  # type: ignore[attr-defined]
        others = Seat.objects.filter(body=body).exclude(role=SeatRole.SUBSTITUTE)
        choices = [(seat.pk, str(seat)) for seat in others if of is None or seat.pk != of.pk]
        self.fields["substitutes_for"].choices = [CHOOSE, *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The seat. Raises ValidationError at the field for what does not fit."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_day"), cleaned.get("until_day")
        if first and last and last <= first:
            self.add_error(
                "until_day",
                _("A seat must end after the day it began. Correct one of the two days."),
            )
        if not (cleaned.get("organisation") or cleaned.get("organisation_name")):
            self.add_error(
                "organisation", _("Choose the organisation, or write what it is called.")
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        """What a service keeps."""
        said = self.cleaned_data
        organisation = said["organisation"]
        return {
            **kept(said, "person", "role", "from_day", "until_day", "substitutes_for"),
            "organisation": organisation and organisation.pk,
            "organisation_name": said["organisation_name"] or str(organisation),
        }


_SEAT = (
    "organisation", "organisation_name", "role", "person", "from_day", "until_day",
    "substitutes_for", "email", "user",
)  # fmt: skip


class EndForm(HolderForm):
    """The day from which a seat is no longer theirs, and who has it then, if anybody."""

    on = DayField(label=_("First day it is no longer theirs"))
    is_taken_over = forms.BooleanField(
        label=_("Somebody else of the same organisation has it from that day"), required=False
    )
    field_order = ("on", "is_taken_over", "person")

    def __init__(self, *args: Any, of: Seat, **options: Any) -> None:
        self.of = of
        super().__init__(*args, **options)

    def clean_on(self) -> Any:
        """The day. Raises ValidationError for one that is not after the seat began."""
        on = self.cleaned_data["on"]
        if self.of.from_day and on <= self.of.from_day:
            raise ValidationError(
                _("A seat must end after the day it began. Correct one of the two days."),
                code="ends_before_it_begins",
            )
        return on
