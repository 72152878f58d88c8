"""A caution in a template: in the reader's language first, then in the engine's own words."""

from collections.abc import Mapping
from typing import Any

from django import template

from veikart.intake import wording

register = template.Library()


@register.inclusion_tag("intake/caution.html")
def caution(code: str, said: Mapping[str, Any] | str) -> dict[str, Any]:
    """What `code` is called and what to do, and as a detail what the reader `said` itself."""
    detail = said if isinstance(said, str) else f"{said['message']} {said['remedy']}"
    language = wording.detail_language(code)
    return {"words": wording.caution_words(code), "detail": detail, "language": language}
