"""Why an action is refused: a code and what it is about; the sentence for people is made elsewhere."""

from typing import Any, Literal

RefusalCode = Literal[
    "unknown", "gone", "uid_taken", "wrong_uid", "nothing_changes", "empty", "missing_reason",
    "missing_title", "words_lost", "too_few", "another_reply", "set_aside", "old_version",
    "points_left_out", "not_in_theme", "change_missing", "wrong_vote", "wrong_round",
    "too_few_votes", "round_over", "has_goals", "not_all_answered", "not_undoable", "rested_on",
    "stays", "gap",
]  # fmt: skip


class Refusal(ValueError):
    """An action that does not fit the state; `params` names what it is about.

    - `unknown`: there is no such thing (`uid`); `gone`: it was there, and is `how` no more;
    - `uid_taken`, `wrong_uid`: a new thing needs the next address of its kind (`uid`);
    - `nothing_changes`: all of it is so already; `empty`: nothing is named;
    - `missing_reason`, `missing_title`: a text is needed (`uid`);
    - `words_lost`: the pieces do not hold each word of the point (`uid`) exactly once;
    - `too_few`: a merger needs two, and a split two pieces;
    - `another_reply`: the points are of different replies;
    - `set_aside`: the point (`uid`) was set aside, and must be taken up first;
    - `old_version`: the reply (`uid`) has a newer version, or this one was received before;
    - `points_left_out`: points of the theme (`uids`) are in no part;
    - `not_in_theme`: a point (`uid`) is not in the theme that is split;
    - `change_missing`: a sentence that was changed is the same before and after;
    - `wrong_vote`: a vote that the round (`uid`) does not allow: points that do not add up, a comparison
      of something with itself, or something that is not weighed;
    - `wrong_round`: what is asked of members does not add up; `what` says what;
    - `too_few_votes`: the round (`uid`) needs `least` votes for a result, and has `found`;
    - `round_over`: the round (`uid`) is counted or given up;
    - `has_goals`: draft goals (`uids`) come from the change area (`uid`);
    - `not_all_answered`: `lacking` lists the points and what each lacks;
    - `not_undoable`: the event (`event`) is a receipt, an undo, undone already, or not there;
    - `rested_on`: later events (`events`) rest on the event (`event`);
    - `stays`: a round of prioritising, which cannot be undone, rests on the event (`event`);
    - `gap`: an event's number does not follow the one before.
    """

    def __init__(self, code: RefusalCode, **params: Any) -> None:
        self.code: RefusalCode = code
        self.params = params
        told = ", ".join(f"{name} {value}" for name, value in params.items())
        super().__init__(f"{code.replace('_', ' ')}: {told}" if told else code.replace("_", " "))
