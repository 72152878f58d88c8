"""The pages about the service: the method, the accessibility statement, the data sources."""

from typing import Any

from django.utils.translation import gettext as _

from veikart.design.point_words import OUTCOMES
from veikart.engines.handling.words import OutcomeValue
from veikart.pages.indicator_judgement import thresholds
from veikart.pages.reading import Reading
from veikart.pages.standing import tally


def method(reading: Reading) -> dict[str, Any]:
    """How the plan is made and what the words on the pages mean."""
    return {
        "phases": reading.plan.index.phases,
        "classes": thresholds(),
        "outcomes": [(value, OUTCOMES[value], meaning) for value, meaning in _meanings().items()],
        "columns": _columns(),
    }


def _meanings() -> dict[OutcomeValue, str]:
    """What each outcome of a point means."""
    return {
        "followed": _("What the point asks for is done. The changed sentence is shown where there is one."),
        "partly": _("Some of what it asks for is done, or it is done in another way. The reason says what."),
        "not_followed": _("It was considered and is not done. The reason says why."),
        "outside": _("It is about something that this text cannot settle. The reason says where it belongs."),
        "noted": _("It asks for nothing to be done, such as support or information. It was read."),
    }  # fmt: skip


def _columns() -> list[tuple[str, str]]:
    """What each column of the register of decisions holds, in their order."""
    return [
        (_("Id"), _("The permanent address of the decision.")),
        (_("Body"), _("The council or committee that decided, by the name it has now.")),
        (_("Case number"), _("The number of the case in that body.")),
        (_("Case"), _("The title of the case.")),
        (_("Type of case"), _("What the body was asked for: approval, endorsement, recommendation, discussion, information.")),
        (_("Decided on"), _("The day of the decision, or else that of its meeting; empty where neither is known.")),
        (_("Meeting"), _("The permanent address of the meeting.")),
        (_("Title"), _("The decision's own title, where it has one.")),
        (_("Decision"), _("What was decided, word for word.")),
        (_("Proposed decision"), _("What was proposed, by the decision or by its case.")),
        (_("Result"), _("What became of the proposal.")),
        (_("Votes for"), _("How many voted for; empty where there was no vote. The next two columns tell those against, and blank votes.")),
        (_("Dissent"), _("Who did not agree, and what they had put in the minutes.")),
        (_("Effects"), _("What the decision does, to which address in the plan or which edition, and the note; one on each line.")),
        (_("The case is about"), _("The addresses in the plan that the case is about.")),
        (_("Follow-up"), _("How far what follows from it has come, on the day of the data.")),
        (_("Open follow-ups"), _("How many are open. The next column tells how many of those are overdue.")),
        (_("Next deadline"), _("The earliest deadline of those that are open.")),
        (_("Source"), _("The document it was taken from.")),
    ]  # fmt: skip


def accessibility(reading: Reading) -> dict[str, Any]:
    """How accessible the pages are, and whom to tell where they are not."""
    return {}


def sources(reading: Reading) -> dict[str, Any]:
    """Where the content comes from, and what is missing in it."""
    plan = reading.plan
    deliverables = plan.roadmap.deliverables
    periods = [period for deliverable in deliverables for period in deliverable.periods]
    return {
        "sources": plan.sources,
        "counted": tally(plan, deliverables),
        "without_end": sum(all(p.end is None for p in d.periods) for d in deliverables),
        "without_start": sum(all(p.start is None for p in d.periods) for d in deliverables),
        "without_phase": sum(period.first_phase is None for period in periods),
        "without_owner": sum(not plan.index.owning(d) for d in deliverables),
        "related": plan.strategy.related_strategies,
    }
