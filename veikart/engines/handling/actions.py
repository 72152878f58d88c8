"""What people do with the points of a hearing, as values; the log of a hearing is a list of these.

Each action carries the uids of what it makes, so that the log alone gives the state. A uid is
made of its owner's and a running number (`horing/22-414/svar/3/punkt/7`), and is used once.
Characters are counted in code points from 0, and `end` is the first one that is not part.
"""

import datetime as dt

import msgspec

from veikart.engines.handling.words import (
    AnchorSource,
    Method,
    OutcomeValue,
    PointKind,
    RespondentKind,
    Weighing,
    WithholdBasis,
)


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all parts of an action have in common: immutable, named fields only, nothing unknown."""


class Anchor(Value, frozen=True, kw_only=True):
    """What a point is about: a uid of the plan, why it is thought so, and how sure (0 to 1)."""

    uid: str
    reason: str | None = None
    score: float | None = None
    source: AnchorSource = "reader"


class FoundAt(Value, frozen=True, kw_only=True):
    """Where a point was found: the file by its SHA-256, the page from 1, and characters in it."""

    start: int
    end: int
    page: int | None = None
    file: str | None = None


class Original(Value, frozen=True, kw_only=True):
    """A point as it was read; it never changes.

    `goal` is set where the point answers a question for that goal. `is_retold`: the text is not
    the respondent's own words.
    """

    uid: str
    text: str
    kind: PointKind
    heading_path: tuple[str, ...] = ()
    proposed_wording: str | None = None
    question: int | None = None
    goal: str | None = None
    found_at: FoundAt | None = None
    anchors: tuple[Anchor, ...] = ()
    is_retold: bool = False


class Extract(Value, frozen=True, kw_only=True):
    """Some of the words of an original: those from `start` to `end`."""

    origin: str
    start: int
    end: int


class Piece(Value, frozen=True, kw_only=True):
    """A point to be made of parts of another."""

    uid: str
    extracts: tuple[Extract, ...]
    kind: PointKind | None = None


class ThemePart(Value, frozen=True, kw_only=True):
    """A theme to be made of some of the points of another."""

    uid: str
    title: str
    points: tuple[str, ...]
    sentence: str | None = None


class Led(Value, frozen=True, kw_only=True):
    """A change that an outcome led to: the uid, and the sentence before and after."""

    uid: str
    before: str | None = None
    after: str | None = None


class Withheld(Value, frozen=True, kw_only=True):
    """Words not to be published, wherever they stand in the reply, with the basis and the reason."""

    words: str
    basis: WithholdBasis
    reason: str


# --- Replies ----------------------------------------------------------------------------------


class Action(Value, frozen=True, kw_only=True, tag_field="verb"):
    """What all actions have in common: in JSON, `verb` tells which it is."""


class Receive(Action, frozen=True, kw_only=True, tag="receive"):
    """A reply came in, or a newer version of one; the points of the older version lapse."""

    reply: str
    version: int
    kind_of_respondent: RespondentKind
    points: tuple[Original, ...]


class ConfirmReply(Action, frozen=True, kw_only=True, tag="confirm_reply"):
    """The respondent confirmed what was read of this version."""

    reply: str
    version: int


class ObjectToReply(Action, frozen=True, kw_only=True, tag="object_to_reply"):
    """The respondent says that something of this version was read wrong, in own words."""

    reply: str
    version: int
    said: str


class Clear(Action, frozen=True, kw_only=True, tag="clear"):
    """A person cleared this version for publishing, `shown_as` being the respondent's name there."""

    reply: str
    version: int
    shown_as: str
    is_initials: bool = False
    has_consent: bool = False
    withheld: tuple[Withheld, ...] = ()


class Withdraw(Action, frozen=True, kw_only=True, tag="withdraw"):
    """The respondent withdrew the reply; it leaves a stone with the reason, and its points lapse."""

    reply: str
    reason: str


# --- Points -----------------------------------------------------------------------------------


class Confirm(Action, frozen=True, kw_only=True, tag="confirm"):
    """A person looked at these points and says that they were read right."""

    points: tuple[str, ...]


class Split(Action, frozen=True, kw_only=True, tag="split"):
    """One point becomes several, which together hold all its words."""

    point: str
    pieces: tuple[Piece, ...]


class Merge(Action, frozen=True, kw_only=True, tag="merge"):
    """Several points of one reply become one, in this order. (Those of several become a theme.)"""

    points: tuple[str, ...]
    into: str
    kind: PointKind | None = None


class Reanchor(Action, frozen=True, kw_only=True, tag="reanchor"):
    """A person says what a point is about."""

    point: str
    anchors: tuple[Anchor, ...]


class ChangeKind(Action, frozen=True, kw_only=True, tag="change_kind"):
    """A person says of which kind a point is."""

    point: str
    kind: PointKind


class MarkMissed(Action, frozen=True, kw_only=True, tag="mark_missed"):
    """A person marked a point that the reader had missed."""

    reply: str
    point: Original


class SetAside(Action, frozen=True, kw_only=True, tag="set_aside"):
    """This is no point to be answered, such as a greeting, for a reason."""

    point: str
    reason: str


class TakeUp(Action, frozen=True, kw_only=True, tag="take_up"):
    """A point that was set aside is to be answered after all."""

    point: str


# --- Themes -----------------------------------------------------------------------------------


class MakeTheme(Action, frozen=True, kw_only=True, tag="make_theme"):
    """A person makes a theme: a title, perhaps a sentence, perhaps some points."""

    theme: str
    title: str
    sentence: str | None = None
    points: tuple[str, ...] = ()


class RenameTheme(Action, frozen=True, kw_only=True, tag="rename_theme"):
    """A theme gets another title and sentence."""

    theme: str
    title: str
    sentence: str | None = None


class PutInTheme(Action, frozen=True, kw_only=True, tag="put_in_theme"):
    """Yes: these points speak of the theme."""

    theme: str
    points: tuple[str, ...]


class TakeOutOfTheme(Action, frozen=True, kw_only=True, tag="take_out_of_theme"):
    """No: these points do not speak of the theme, whether or not they were in it."""

    theme: str
    points: tuple[str, ...]


class MergeThemes(Action, frozen=True, kw_only=True, tag="merge_themes"):
    """Several themes become one with all their points."""

    themes: tuple[str, ...]
    into: str
    title: str
    sentence: str | None = None


class SplitTheme(Action, frozen=True, kw_only=True, tag="split_theme"):
    """One theme becomes several; each of its points is in one of them, or in more."""

    theme: str
    parts: tuple[ThemePart, ...]


class RemoveTheme(Action, frozen=True, kw_only=True, tag="remove_theme"):
    """A theme is given up, for a reason; its points stay."""

    theme: str
    reason: str


# --- Outcomes ---------------------------------------------------------------------------------


class Decide(Action, frozen=True, kw_only=True, tag="decide"):
    """What becomes of a point, or of all points of a theme that have no outcome of their own.

    Without a reason it is noted down only: what it is about stays open. Decided again, the new
    outcome holds, and the old ones are kept.
    """

    on: str
    value: OutcomeValue
    reason: str | None = None
    led_to: tuple[Led, ...] = ()
    case: str | None = None


class Publish(Action, frozen=True, kw_only=True, tag="publish"):
    """The outcomes may be published. Refused while a point lacks one, or a reason."""


# --- Change areas and draft goals --------------------------------------------------------------


class MakeArea(Action, frozen=True, kw_only=True, tag="make_area"):
    """A change area: some themes that ask for the same change; they leave the areas they were in."""

    area: str
    title: str
    themes: tuple[str, ...] = ()


class RenameArea(Action, frozen=True, kw_only=True, tag="rename_area"):
    """A change area gets another title."""

    area: str
    title: str


class MoveThemes(Action, frozen=True, kw_only=True, tag="move_themes"):
    """These themes are in the change area `to` from now on; None: in no area."""

    themes: tuple[str, ...]
    to: str | None


class MergeAreas(Action, frozen=True, kw_only=True, tag="merge_areas"):
    """Several change areas become one, with all their themes and draft goals."""

    areas: tuple[str, ...]
    into: str
    title: str


class RemoveArea(Action, frozen=True, kw_only=True, tag="remove_area"):
    """A change area is given up, for a reason; its themes stay, in no area."""

    area: str
    reason: str


class DraftGoal(Action, frozen=True, kw_only=True, tag="draft_goal"):
    """A goal is drafted from change areas, in bokmål and perhaps in nynorsk and English."""

    goal: str
    areas: tuple[str, ...]
    text: str
    nn: str | None = None
    en: str | None = None


class RewordGoal(Action, frozen=True, kw_only=True, tag="reword_goal"):
    """A draft goal gets another text, in all languages."""

    goal: str
    text: str
    nn: str | None = None
    en: str | None = None


class TraceGoal(Action, frozen=True, kw_only=True, tag="trace_goal"):
    """A person says which change areas a draft goal comes from."""

    goal: str
    areas: tuple[str, ...]


class LinkGoal(Action, frozen=True, kw_only=True, tag="link_goal"):
    """A draft goal became something in the strategy; `uid` None takes that back."""

    goal: str
    uid: str | None


class RemoveGoal(Action, frozen=True, kw_only=True, tag="remove_goal"):
    """A draft goal is given up, for a reason."""

    goal: str
    reason: str


# --- Prioritising -----------------------------------------------------------------------------


class Item(Value, frozen=True, kw_only=True):
    """A draft goal, a change area or an option as members weighed it, with the words it had then."""

    uid: str
    text: str


class Comparison(Value, frozen=True, kw_only=True):
    """A member prefers `better` to `worse`; with `equal`, neither to the other."""

    better: str
    worse: str
    equal: bool = False


class Paper(Value, frozen=True, kw_only=True):
    """What one member voted; `voter` is None in a secret round. `ranking` are uids, the first one first."""

    voter: str | None = None
    points: dict[str, int] = {}
    pairs: tuple[Comparison, ...] = ()
    ranking: tuple[str, ...] = ()


class OpenRound(Action, frozen=True, kw_only=True, tag="open_round"):
    """Members are asked to weigh draft goals, change areas or options (`of`).

    By points, each shares out `points`, at most `most` to one; both are None by the other methods.
    `voters` are names. `is_public`: voters were told that what each one voted is published with the name when
    it is counted. `case` is the uid of the council case that it is weighed in.
    """

    round: str
    title: str
    of: Weighing
    method: Method
    items: tuple[Item, ...]
    voters: tuple[str, ...]
    closes_at: dt.datetime
    is_secret: bool = False
    points: int | None = None
    most: int | None = None
    is_public: bool = False
    case: str | None = None


class ExtendRound(Action, frozen=True, kw_only=True, tag="extend_round"):
    """Members may vote until another time."""

    round: str
    closes_at: dt.datetime


class CloseRound(Action, frozen=True, kw_only=True, tag="close_round"):
    """The votes are counted: `papers`, sorted by what they say, and the names of who `voted`."""

    round: str
    papers: tuple[Paper, ...]
    voted: tuple[str, ...]


class CancelRound(Action, frozen=True, kw_only=True, tag="cancel_round"):
    """A round is given up without a result, for a reason; its votes are not kept."""

    round: str
    reason: str


class Undo(Action, frozen=True, kw_only=True, tag="undo"):
    """The event of this number is undone, as if it had not been; it stays in the log."""

    event: int


AnyAction = (
    Receive | ConfirmReply | ObjectToReply | Clear | Withdraw
    | Confirm | Split | Merge | Reanchor | ChangeKind | MarkMissed | SetAside | TakeUp
    | MakeTheme | RenameTheme | PutInTheme | TakeOutOfTheme | MergeThemes | SplitTheme | RemoveTheme
    | Decide | Publish
    | MakeArea | RenameArea | MoveThemes | MergeAreas | RemoveArea
    | DraftGoal | RewordGoal | TraceGoal | LinkGoal | RemoveGoal
    | OpenRound | ExtendRound | CloseRound | CancelRound
    | Undo
)  # fmt: skip

LASTING = (Receive, OpenRound, ExtendRound, CloseRound, CancelRound)
"""What cannot be undone: others have been told of it, or have acted on it."""


class Event(Value, frozen=True, kw_only=True):
    """An action in the log: its number, counted from 1 without gaps, when, and by whom.

    `by` is a user's name; None for the system and for respondents.
    """

    no: int
    at: dt.datetime
    by: str | None
    action: AnyAction


def verb_of(action: AnyAction) -> str:
    """The word for what `action` does, such as `split`."""
    return str(action.__struct_config__.tag)


encode = msgspec.json.encode
"""An action as JSON."""

_decoder = msgspec.json.Decoder(AnyAction)


def decode(document: bytes | str) -> AnyAction:
    """The action in `document`. Raises ValueError for anything else."""
    try:
        found: AnyAction = _decoder.decode(document)
    except msgspec.DecodeError as problem:
        raise ValueError(f"Expected an action on a hearing as JSON; {problem}.") from problem
    return found
