"""Filters of the desk of councils: where something lies on the desk."""

from typing import Any

from django import template

from veikart.council.opening import address

register = template.Library()


@register.filter
def desk_address(thing: Any, name: str) -> str:
    """The address of the desk's page `name` about `thing`: a row of a table, or a uid."""
    return address(name, getattr(thing, "pk", thing))
