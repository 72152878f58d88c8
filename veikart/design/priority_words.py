"""What rounds of prioritising are called, and what one says of a thing that was weighed in it."""

from collections.abc import Mapping

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from veikart.design import words
from veikart.engines.handling.words import Method, Weighing
from veikart.plan.consultations import Ballot, Priority, PriorityRound

METHODS: dict[Method, Promise] = {
    "points": pgettext_lazy("method of prioritising", "Points shared out"),
    "pairs": pgettext_lazy("method of prioritising", "Pair by pair"),
    "ranking": pgettext_lazy("method of prioritising", "Ranked by each"),
}
WEIGHINGS: dict[Weighing, Promise] = {
    "goals": pgettext_lazy("what is weighed", "Draft goals"),
    "areas": pgettext_lazy("what is weighed", "Change areas"),
    "options": pgettext_lazy("what is weighed", "Options"),
}


def sentence(said: PriorityRound, one: Priority) -> str:
    """Where members put one thing in a round: its rank, by what method, when, and how many voted."""
    facts = {
        "rank": one.rank,
        "of": len(said.priorities),
        "day": words.day(said.closed_on),
        "turnout": turnout(said.voters, said.voted),
    }
    if one.rank is None:
        return _("Not compared on %(day)s. %(turnout)s") % facts
    if said.method == "points":
        told = _("Number %(rank)d of %(of)d by points on %(day)s. %(turnout)s") % facts
    elif said.method == "ranking":
        told = _("Number %(rank)d of %(of)d as members ranked on %(day)s. %(turnout)s") % facts
    else:
        told = _("Number %(rank)d of %(of)d pair by pair on %(day)s. %(turnout)s") % facts
    return f"{told} {span(one)}".strip()


def turnout(voters: int, voted: int) -> str:
    """How many of those who could vote did."""
    said = ngettext(
        "%(voted)s of %(voters)s member voted.", "%(voted)s of %(voters)s members voted.", voters
    )
    return said % {"voted": words.number(voted), "voters": words.number(voters)}


def span(one: Priority) -> str:
    """How far the rank moves without any one of the members; nothing where it does not, or nobody knows."""
    if one.best == one.worst:
        return ""
    facts = {"best": one.best, "worst": one.worst}
    return _("Without any one member: number %(best)d to %(worst)d.") % facts


def span_short(one: Priority) -> str:
    """The same in a cell of a table."""
    if one.best is None or one.worst is None:
        return "–"
    return str(one.best) if one.best == one.worst else f"{one.best}–{one.worst}"


def cells(one: Priority) -> dict[str, str]:
    """Points, share and comparisons won, as a table shows them."""
    won = (
        words.number(int(one.got)) if one.got == int(one.got) else formats.number_format(one.got, 1)
    )
    share = "–" if one.share is None else _("%(n)d %%") % {"n": round(one.share * 100)}
    return {
        "points": words.number(int(one.got)),
        "share": share,
        "won": _("%(won)s of %(all)s") % {"won": won, "all": words.number(one.given)},
    }


def explained(said: PriorityRound) -> str:
    """How a round was held, in a few sentences."""
    if said.method == "points":
        told = ngettext(
            "Each member shared out %(points)d point, at most %(most)d to one.",
            "Each member shared out %(points)d points, at most %(most)d to one.",
            said.points or 0,
        ) % {"points": said.points or 0, "most": said.most or 0}
    elif said.method == "ranking":
        told = _(
            "Each member put as many in order as they liked. What more members prefer to another comes "
            "before it; where that goes in a circle, the clearest preferences decide (the method of Schulze)."
        )
    else:
        told = _("Members chose between two at a time. The order follows from all their choices.")
    secret = _("Who voted is known, what each one voted is not.") if said.is_secret else ""
    is_open = (
        _("What each one voted is published, as members were told before they voted.")
        if said.ballots
        else ""
    )
    parts = (told, turnout(said.voters, said.voted), secret, is_open)
    return " ".join(part for part in parts if part)


def weighed_in(case: str | None) -> str:
    """In which case of a council a round was held, by its number; nothing where there is none."""
    return _("Weighed in case %(number)s.") % {"number": case_number(case)} if case else ""


def case_number(case: str) -> str:
    """The number of the case with this uid, as people say it: 2/22."""
    return case.rpartition("/")[2].replace("-", "/")


def vote(said: Ballot, texts: Mapping[str, str]) -> str:
    """What one member voted, in words; pairs, which are many, are counted. `texts` are by uid."""
    if said.points:
        most_first = sorted(said.points, key=lambda given: -given.points)
        return ", ".join(f"{texts[given.item]}: {given.points}" for given in most_first)
    if said.ranking:
        return ", ".join(f"{no}. {texts[uid]}" for no, uid in enumerate(said.ranking, 1))
    told = ngettext(
        "%(pairs)s choice between two.", "%(pairs)s choices between two.", len(said.pairs)
    )
    return told % {"pairs": words.number(len(said.pairs))}
