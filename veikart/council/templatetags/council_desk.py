"""Filters of the desk of councils: where something lies on the desk."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from veikart.council.models import Meeting
from veikart.council.opening import address

register = template.Library()


@register.filter
def desk_address(thing: Any, name: str) -> str:
    """The address of the desk's page `name` about `thing`: a row of a table, or a uid."""
    return address(name, getattr(thing, "pk", thing))


@register.filter
def meeting_name(meeting: Meeting) -> str:
    """What a meeting of a body is called: by its number, or by its year where it has none."""
    number = f"{meeting.number}/{meeting.year}" if meeting.number else str(meeting.year)
    name = _("Extra meeting %(number)s") if meeting.is_extra else _("Meeting %(number)s")
    return name % {"number": number}
