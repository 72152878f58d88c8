"""Tags of the pages on which meetings are treated: addresses of the desk by uid."""

from django import template
from django.urls import reverse

from veikart.council import opening

register = template.Library()


@register.simple_tag
def desk(name: str, uid: str, *more: object) -> str:
    """The address of the desk's page `name` about `uid`."""
    return opening.address(name, uid, *more)


@register.simple_tag
def correct_address(uid: str) -> str:
    """Where a decision can be corrected: `sak/nuit/2-26/vedtak` is its first, `…/vedtak/2` its second."""
    case, _vedtak, number = uid.partition("/vedtak")
    return reverse("council:correct", args=[*opening.parts(case), number.strip("/") or 1])


@register.filter
def last_part(uid: str) -> str:
    """The last part of a uid: `2-26` of `sak/nuit/2-26`."""
    return uid.rpartition("/")[2]
