"""What points, outcomes and the things done with them are called on the desk."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from veikart.consultations.models import RespondentKind
from veikart.design import words
from veikart.design.point_words import OUTCOMES, POINT_KINDS
from veikart.engines.handling import actions as do
from veikart.engines.handling.settling import Lack
from veikart.engines.handling.words import WithholdBasis
from veikart.plan.procedure import NORMAL_MONTHS, SHORTEST_DAYS, Finding

BASES: Mapping[WithholdBasis, Promise] = {
    "personal": gettext_lazy("personal matters"),
    "health": gettext_lazy("somebody’s health"),
    "confidential": gettext_lazy("a duty of secrecy by law"),
    "business": gettext_lazy("business secrets"),
    "defamatory": gettext_lazy("words that hurt a named person"),
    "other": gettext_lazy("another basis"),
}
LACKING: Mapping[Lack, Promise] = {
    "confirmation": gettext_lazy("to be confirmed"),
    "outcome": gettext_lazy("lacks an outcome"),
    "reason": gettext_lazy("lacks a reason"),
}
DEEDS: Mapping[str, Promise] = {
    "receive": gettext_lazy("Received"),
    "confirm_reply": gettext_lazy("Confirmed by the respondent"),
    "object_to_reply": gettext_lazy("The respondent says that something is wrong"),
    "clear": gettext_lazy("Cleared for publishing"),
    "withdraw": gettext_lazy("Withdrawn"),
    "confirm": gettext_lazy("Confirmed"),
    "split": gettext_lazy("Split"),
    "merge": gettext_lazy("Merged"),
    "reanchor": gettext_lazy("Anchored anew"),
    "change_kind": gettext_lazy("Kind changed"),
    "mark_missed": gettext_lazy("Missed point marked"),
    "set_aside": gettext_lazy("Set aside"),
    "take_up": gettext_lazy("Taken up again"),
    "make_theme": gettext_lazy("Theme made"),
    "rename_theme": gettext_lazy("Theme renamed"),
    "put_in_theme": gettext_lazy("Put in the theme"),
    "take_out_of_theme": gettext_lazy("Not in the theme"),
    "merge_themes": gettext_lazy("Themes merged"),
    "split_theme": gettext_lazy("Theme split"),
    "remove_theme": gettext_lazy("Theme given up"),
    "decide": gettext_lazy("Outcome decided"),
    "publish": gettext_lazy("Outcomes may be published"),
    "make_area": gettext_lazy("Change area made"),
    "rename_area": gettext_lazy("Change area renamed"),
    "move_themes": gettext_lazy("Moved to another change area"),
    "merge_areas": gettext_lazy("Change areas merged"),
    "remove_area": gettext_lazy("Change area given up"),
    "draft_goal": gettext_lazy("Goal drafted"),
    "reword_goal": gettext_lazy("Draft goal reworded"),
    "trace_goal": gettext_lazy("Said where the draft goal comes from"),
    "link_goal": gettext_lazy("Said what the draft goal became"),
    "remove_goal": gettext_lazy("Draft goal given up"),
    "open_round": gettext_lazy("Members asked to prioritise"),
    "extend_round": gettext_lazy("More time to prioritise"),
    "close_round": gettext_lazy("Votes counted"),
    "cancel_round": gettext_lazy("Round given up"),
    "undo": gettext_lazy("Undone"),
}


def detail(action: do.AnyAction) -> str:
    """What `action` said beside what it is about, as far as a line tells it."""
    if isinstance(action, do.Decide):
        return ": ".join(part for part in (str(OUTCOMES[action.value]), action.reason) if part)
    if isinstance(action, do.ChangeKind):
        return str(POINT_KINDS[action.kind])
    if isinstance(action, do.Undo):
        return _("event %(no)d") % {"no": action.event}
    if isinstance(action, do.Reanchor):
        return ", ".join(anchor.uid for anchor in action.anchors)
    if isinstance(action, do.Receive):
        return _("version %(version)d, %(points)d points") % {
            "version": action.version,
            "points": len(action.points),
        }
    if isinstance(action, do.ObjectToReply):
        return action.said
    if isinstance(action, do.MoveThemes):
        return _("to %(area)s") % {"area": action.to} if action.to else _("to none")
    if isinstance(action, do.LinkGoal):
        return action.uid or _("nothing")
    if isinstance(action, do.CloseRound):
        votes = len(action.papers)
        return ngettext("%(n)d vote", "%(n)d votes", votes) % {"n": votes}
    told = (getattr(action, name, None) for name in ("reason", "title", "text"))
    return str(next((each for each in told if each), ""))


def about(action: do.AnyAction) -> tuple[str, ...]:
    """The uids of what `action` is about, the points first; none where it is the hearing itself."""
    if isinstance(action, do.MakeArea | do.DraftGoal | do.TraceGoal):
        return (action.area if isinstance(action, do.MakeArea) else action.goal,)
    for name in ("points", "themes", "areas"):
        found = getattr(action, name, None)
        if isinstance(found, tuple) and found and all(isinstance(uid, str) for uid in found):
            return found
    for name in ("point", "on", "theme", "reply", "area", "goal", "round"):
        found = getattr(action, name, None)
        if isinstance(found, str):
            return (found,)
    missed = getattr(action, "point", None)
    return (missed.uid,) if isinstance(missed, do.Original) else ()


def finding(one: Finding) -> str:
    """What there is to say of how a hearing was held."""
    if one.code == "new_hearing_proposed":
        return ngettext(
            "%(n)s point led to a change of the text. Material changes are heard again.",
            "%(n)s points led to changes of the text. Material changes are heard again.",
            len(one.uids),
        ) % {"n": words.number(len(one.uids))}
    said = {
        "under_six_weeks": _(
            "The period was %(days)d days; the rules ask for at least %(weeks)d weeks."
        ),
        "under_three_months": _(
            "The period was %(days)d days; %(months)d months is normal, and %(weeks)d weeks the least."
        ),
        "shorter_without_reason": _("No reason is given for the short period."),
        "nobody_of_kind_replied": _("None of the invited of this kind replied: %(kind)s."),
        "nobody_invited": _("Whom the hearing was sent to is not known here."),
    }
    return said[one.code] % {
        "days": one.days or 0,
        "months": NORMAL_MONTHS,
        "weeks": SHORTEST_DAYS // 7,
        "kind": words.inside(str(RespondentKind(one.kind).label)) if one.kind else "",
    }
