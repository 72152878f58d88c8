"""A caution in a template: in the reader's language first, then in the engine's own words."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import words
from veikart.intake import wording
from veikart.intake.models import Proposal

register = template.Library()


@register.inclusion_tag("intake/caution.html")
def caution(code: str, said: Mapping[str, Any] | str) -> dict[str, Any]:
    """What `code` is called and what to do, and as a detail what the reader `said` itself."""
    detail = said if isinstance(said, str) else f"{said['message']} {said['remedy']}"
    language = wording.detail_language(code)
    return {"words": wording.caution_words(code), "detail": detail, "language": language}


@register.filter
def counted(proposal: Proposal) -> str:
    """What a proposal would do, in one sentence; what is none is left out."""
    new, changed, gone = proposal.new, proposal.changed, proposal.gone
    said = _each(
        (new, ngettext("%(count)s new", "%(count)s new", new)),
        (changed, ngettext("%(count)s changed", "%(count)s changed", changed)),
        (gone, ngettext("%(count)s gone", "%(count)s gone", gone)),
        (
            proposal.unchanged,
            ngettext("%(count)s unchanged", "%(count)s unchanged", proposal.unchanged),
        ),
    )
    if len(said) < 2:
        return _("%(said)s.") % {"said": words.listed(said) or _("nothing")}
    total = words.number(proposal.total)
    return _("%(said)s: %(total)s in all.") % {"said": words.listed(said), "total": total}


@register.filter
def decisions(proposal: Any) -> str:
    """How many rows of a proposal are decided, and how; what is none is left out."""
    accepted, rejected, pending = proposal.accepted, proposal.rejected, proposal.pending
    said = _each(
        (accepted, ngettext("%(count)s accepted", "%(count)s accepted", accepted)),
        (rejected, ngettext("%(count)s rejected", "%(count)s rejected", rejected)),
        (pending, ngettext("%(count)s not decided", "%(count)s not decided", pending)),
    )
    return ", ".join(said)


def _each(*counts: tuple[int, str]) -> list[str]:
    """Each count in words, where it is not none."""
    return [text % {"count": words.number(count)} for count, text in counts if count]
