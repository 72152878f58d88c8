"""Files that are kept and read, and that the plan has no place for yet: what a council treats."""

from collections.abc import Callable, Mapping

from django.utils import translation
from django.utils.translation import ngettext

from veikart.engines.proposal import Caution
from veikart.engines.proposal import Proposal as Found
from veikart.engines.readers import choose

# In the order in which they are told.
_KINDS: dict[str, Callable[[int], str]] = {
    "meeting": lambda n: ngettext("%(count)s meeting", "%(count)s meetings", n),
    "seat": lambda n: ngettext("%(count)s seat", "%(count)s seats", n),
    "case": lambda n: ngettext("%(count)s case", "%(count)s cases", n),
    "area_assessment": lambda n: ngettext(
        "%(count)s assessment of an area", "%(count)s assessments of areas", n
    ),
    "question": lambda n: ngettext("%(count)s question", "%(count)s questions", n),
    "attachment": lambda n: ngettext("%(count)s attachment", "%(count)s attachments", n),
    "proposed_decision": lambda n: ngettext(
        "%(count)s proposed decision", "%(count)s proposed decisions", n
    ),
    "top_note": lambda n: ngettext("%(count)s note on a case", "%(count)s notes on cases", n),
    "decision": lambda n: ngettext("%(count)s decision", "%(count)s decisions", n),
    "follow_up": lambda n: ngettext("%(count)s follow-up", "%(count)s follow-ups", n),
    "rating": lambda n: ngettext("%(count)s rating", "%(count)s ratings", n),
    "finding": lambda n: ngettext("%(count)s finding", "%(count)s findings", n),
    "work_stream": lambda n: ngettext(
        "%(count)s part of the work", "%(count)s parts of the work", n
    ),
    "work_plan": lambda n: ngettext("%(count)s work plan", "%(count)s work plans", n),
    "phase": lambda n: ngettext("%(count)s phase", "%(count)s phases", n),
    "milestone": lambda n: ngettext("%(count)s milestone", "%(count)s milestones", n),
}


def is_kept_only(reader: str) -> bool:
    """Whether the plan has no place yet for what this reader finds."""
    return reader in choose.COUNCIL


def found_words(counts: Mapping[str, int]) -> list[str]:
    """What a file holds in the active language, kind by kind: "3 cases"; what is none is left out.

    In an order of our own: PostgreSQL does not keep that of the counts.
    """
    found = {kind: counts[kind] for kind in _KINDS if counts.get(kind)}
    return [_KINDS[kind](n) % {"count": n} for kind, n in found.items()]


def told(found: Found) -> Caution:
    """That a file is kept, what is in it, and that there is nowhere to put it yet."""
    with translation.override("en"):
        said = ", ".join(found_words(found.counts))
    return Caution(
        code="no_place_yet",
        message=f"Found {said}. The file is kept; the plan has no place yet for what a council treats.",
        remedy="Nothing to decide. Take the file in again when councils have their desk; "
        "with --json it shows all that was found.",
    )
