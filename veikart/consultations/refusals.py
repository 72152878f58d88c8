"""Why an action on a hearing is refused, said to a person: what was expected, found, and what to do."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.settling import Lacking

SENTENCES: dict[str, Any] = {
    "unknown": _("Expected something in this hearing; found “%(uid)s”. Open the page anew."),
    "gone": _("%(uid)s no longer stands: %(how)s. Open the page anew."),
    "uid_taken": _("Somebody else was quicker: %(uid)s is taken. Try again."),
    "wrong_uid": _("Expected the next address of its kind; found “%(uid)s”."),
    "nothing_changes": _("It is so already; nothing was changed."),
    "empty": _("Nothing is named. Mark something first."),
    "missing_reason": _("Say why, for %(uid)s."),
    "missing_title": _("Give a title or a text, for %(uid)s."),
    "words_lost": _(
        "The pieces of %(uid)s must together hold each of its words once. Cut it anew."
    ),
    "too_few": _("Expected two or more; found %(found)s. Mark at least two."),
    "another_reply": _(
        "Points of different replies cannot become one point. Bring them together in a theme."
    ),
    "set_aside": _("%(uid)s is set aside. Take it up again before giving it an outcome."),
    "old_version": _("%(uid)s has a newer version. Open it anew."),
    "points_left_out": _("Each point must be in one of the new themes; %(uids)s are in none."),
    "not_in_theme": _("%(uid)s is not in the theme that is split."),
    "change_missing": _("The sentence of %(uid)s is the same before and after. Say what changed."),
    "wrong_vote": _(
        "A vote in %(uid)s shares out all points within the limits, or compares two different things, "
        "each pair once."
    ),
    "wrong_round": "%(what)s",
    "too_few_votes": _(
        "Expected at least %(least)s votes in %(uid)s; found %(found)s. "
        "Give members more time, or give the round up."
    ),
    "round_over": _("%(uid)s is counted or given up. Open a new round."),
    "has_goals": _(
        "Draft goals come from %(uid)s: %(uids)s. Say where else they come from, or give them up first."
    ),
    "stays": _(
        "Members were asked about what event %(event)s made, and that stays. Give it up instead."
    ),
    "not_all_answered": _(
        "The outcomes cannot be published yet. %(number)s points lack something: %(points)s"
    ),
    "not_undoable": _(
        "Event %(event)s cannot be undone: a receipt stays, and an undone event too."
    ),
    "rested_on": _("Later events rest on event %(event)s. Undo these first: %(events)s."),
    "gap": _("The log has a gap: expected event %(expected)s, found %(found)s. Compare a backup."),
}
GONE = {
    "split": _("it was split"),
    "merged": _("it was merged with others"),
    "lapsed": _("its reply has a newer version or was withdrawn"),
    "removed": _("it was given up"),
    "withdrawn": _("it was withdrawn"),
}
WRONG_ROUNDS = {
    "items": _("Expected two or more different things to weigh. Mark at least two."),
    "voters": _(
        "Expected the names of those who may vote, each once, and at least three in a secret round."
    ),
    "options": _("Expected options that are numbered from 1, and each text once."),
    "secrecy": _("What each one voted is not published where the round is secret."),
    "case": _("Expected the address of a case, such as sak/nasjonalt-e-helserad/2-22."),
    "closing": _("Expected a last time for votes that is still to come."),
    "points": _(
        "The points must be at least 1, at most the limit for one times the number of things, and the "
        "limit for one no more than all of them."
    ),
}
LACKS = {
    "confirmation": _("nobody has confirmed it"),
    "outcome": _("it has no outcome"),
    "reason": _("its outcome has no reason"),
}
SHOWN = 20
"""So many points are named in one refusal."""


def explained(refusal: Refusal) -> ValidationError:
    """The ValidationError for `refusal`, with the same code."""
    params = dict(refusal.params)
    if refusal.code == "gone":
        params["how"] = GONE[params["how"]]
    if refusal.code == "wrong_round":
        params["what"] = WRONG_ROUNDS[params["what"]]
    if refusal.code in ("rested_on", "points_left_out", "has_goals"):
        name = "events" if refusal.code == "rested_on" else "uids"
        params[name] = ", ".join(str(each) for each in params[name])
    if refusal.code == "not_all_answered":
        params = lacking_params(params["lacking"])
    return ValidationError(SENTENCES[refusal.code], code=refusal.code, params=params)


def lacking_params(lacking: Sequence[Lacking]) -> dict[str, Any]:
    """How many points lack something, and the first of them with what each lacks."""
    named = [f"{each.point} ({LACKS[each.lack]})" for each in lacking[:SHOWN]]
    more = ["…"] if len(lacking) > SHOWN else []
    return {"number": len(lacking), "points": ", ".join([*named, *more])}
