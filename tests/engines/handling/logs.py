"""Logs of events for tests: written one action at a time, or drawn at random so that most of them fit."""

import datetime as dt
import random

import msgspec

from veikart.engines.handling import actions as do
from veikart.engines.handling.extracts import cut_at
from veikart.engines.handling.fold import fold
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.state import EMPTY, State
from veikart.engines.handling.stepping import next_uid
from veikart.engines.handling.words import OUTCOME_VALUES, POINT_KINDS

HEARING = "horing/22-414"
START = dt.datetime(2022, 10, 3, 8, 0, tzinfo=dt.UTC)


def reply_uid(no: int) -> str:
    return f"{HEARING}/svar/{no}"


def original(reply: int, no: int, text: str, **more) -> do.Original:
    kind = more.pop("kind", "proposal")
    return do.Original(uid=f"{reply_uid(reply)}/punkt/{no}", text=text, kind=kind, **more)


def received(no: int, *texts: str, version: int = 1, first: int = 1) -> do.Receive:
    return do.Receive(
        reply=reply_uid(no),
        version=version,
        kind_of_respondent="agency",
        points=tuple(original(no, first + place, text) for place, text in enumerate(texts)),
    )


class Log:
    """A log that grows by the actions that fit."""

    def __init__(self, *taken: do.AnyAction) -> None:
        self.events: list[do.Event] = []
        self.state: State = EMPTY
        for action in taken:
            self.add(action)

    def add(self, action: do.AnyAction, by: str = "kari") -> State:
        no = len(self.events) + 1
        event = do.Event(no=no, at=START + dt.timedelta(minutes=no), by=by, action=action)
        self.state = fold([event], self.state)
        self.events.append(event)
        return self.state

    def tries(self, action: do.AnyAction) -> None:
        """Do it if it fits; a refusal leaves the state as it was."""
        before = self.state
        try:
            self.add(action)
        except Refusal:
            assert self.state is before


def drawn(seed: int, length: int) -> Log:
    """A log of three replies and up to `length` random actions, more or less sensible ones."""
    dice = random.Random(seed)
    log = Log(
        received(1, "Vi støtter målet. Men begrepet må forklares.", "Ny tekst: data skal deles"),
        received(2, "Hvem skal betale", "Innbyggere framfor kommuner", "En prioritering er nyttig"),
        received(3, "Takk"),
    )
    for _ in range(length):
        log.tries(_any_action(dice, log))
    return log


def _any_action(dice: random.Random, log: Log) -> do.AnyAction:
    if dice.random() < 0.03:
        return dice.choice((_withdraw, _receive_again))(dice, log)
    return dice.choice(_MAKERS)(dice, log)


def _point(dice: random.Random, log: Log) -> str:
    return dice.choice(list(log.state.points))


def _points(dice: random.Random, log: Log) -> tuple[str, ...]:
    return tuple(_point(dice, log) for _ in range(dice.randint(1, 3)))


def _theme(dice: random.Random, log: Log) -> str:
    return dice.choice([*log.state.themes, f"{HEARING}/tema/1"])


def _next_theme(log: Log, after: int = 0) -> str:
    return next_uid(log.state, HEARING, "tema", after=after)


def _split(dice: random.Random, log: Log) -> do.AnyAction:
    point = log.state.points[_point(dice, log)]
    length = len(log.state.text_of(point))
    cut = cut_at(log.state, point, [dice.randint(0, length) for _ in range(dice.randint(1, 2))])
    pieces = tuple(
        do.Piece(uid=next_uid(log.state, point.reply, "punkt", after=place), extracts=extracts)
        for place, extracts in enumerate(cut)
    )
    return do.Split(point=point.uid, pieces=pieces)


def _lossy_split(dice: random.Random, log: Log) -> do.AnyAction:
    """A cut in which a piece is left out, or some of its words stand twice: it must not fit."""
    cut = _split(dice, log)
    assert isinstance(cut, do.Split)
    first = cut.pieces[0]
    if dice.random() < 0.5:
        return msgspec.structs.replace(cut, pieces=(*cut.pieces[1:], first)[:-1])
    twice = msgspec.structs.replace(first, extracts=first.extracts * 2)
    return msgspec.structs.replace(cut, pieces=(twice, *cut.pieces[1:]))


def _merge(dice: random.Random, log: Log) -> do.AnyAction:
    point = log.state.points[_point(dice, log)]
    fellows = [other.uid for other in log.state.standing() if other.reply == point.reply]
    chosen = tuple(dice.sample(fellows, min(len(fellows), 2)))
    return do.Merge(points=chosen, into=next_uid(log.state, point.reply, "punkt"))


def _decide(dice: random.Random, log: Log) -> do.AnyAction:
    on = _theme(dice, log) if dice.random() < 0.3 else _point(dice, log)
    reason = dice.choice(["Det er tatt inn.", "Hører ikke hjemme her.", None])
    return do.Decide(on=on, value=dice.choice(OUTCOME_VALUES), reason=reason)


def _split_theme(dice: random.Random, log: Log) -> do.AnyAction:
    theme = _theme(dice, log)
    inside = tuple(log.state.said(theme, yes=True))
    parts = tuple(
        do.ThemePart(uid=_next_theme(log, place), title=f"Del {place}", points=points)
        for place, points in enumerate((inside[:1], inside[1:]))
    )
    return do.SplitTheme(theme=theme, parts=parts)


def _withdraw(dice: random.Random, log: Log) -> do.AnyAction:
    return do.Withdraw(reply=reply_uid(dice.randint(1, 3)), reason="Ønsker det")


def _receive_again(dice: random.Random, log: Log) -> do.AnyAction:
    no = dice.randint(1, 3)
    reply = log.state.replies[reply_uid(no)]
    first = log.state.used.get(f"{reply.uid}/punkt", 0) + 1
    return received(no, "Ny versjon", "av svaret", version=reply.version + 1, first=first)


def _version(log: Log) -> int:
    """The version that holds of the first reply."""
    return log.state.replies[reply_uid(1)].version


_MAKERS = (
    lambda dice, log: do.Confirm(points=_points(dice, log)),
    _split,
    _split,
    _lossy_split,
    _merge,
    lambda dice, log: do.Reanchor(
        point=_point(dice, log), anchors=(do.Anchor(uid=f"mal/{dice.randint(1, 5)}"),)
    ),
    lambda dice, log: do.ChangeKind(point=_point(dice, log), kind=dice.choice(POINT_KINDS)),
    lambda dice, log: do.MarkMissed(
        reply=reply_uid(1),
        point=do.Original(
            uid=next_uid(log.state, reply_uid(1), "punkt"), text="Oversett", kind="question"
        ),
    ),
    lambda dice, log: do.SetAside(point=_point(dice, log), reason="Bare en hilsen"),
    lambda dice, log: do.TakeUp(point=_point(dice, log)),
    lambda dice, log: do.Clear(
        reply=reply_uid(1), version=_version(log), shown_as=dice.choice(["Kari", "K. N."])
    ),
    lambda dice, log: do.ConfirmReply(reply=reply_uid(1), version=_version(log)),
    lambda dice, log: do.ObjectToReply(
        reply=reply_uid(1),
        version=_version(log),
        said=dice.choice(["Siste side mangler.", "Feil navn."]),
    ),
    lambda dice, log: do.MakeTheme(
        theme=_next_theme(log), title="Et tema", points=_points(dice, log)
    ),
    lambda dice, log: do.RenameTheme(theme=_theme(dice, log), title="Et annet navn"),
    lambda dice, log: do.PutInTheme(theme=_theme(dice, log), points=_points(dice, log)),
    lambda dice, log: do.TakeOutOfTheme(theme=_theme(dice, log), points=_points(dice, log)),
    lambda dice, log: do.MergeThemes(
        themes=(_theme(dice, log), _theme(dice, log)), into=_next_theme(log), title="Samlet"
    ),
    _split_theme,
    lambda dice, log: do.RemoveTheme(theme=_theme(dice, log), reason="Ikke et tema"),
    _decide,
    _decide,
    lambda dice, log: do.Publish(),
    lambda dice, log: do.Undo(event=dice.randint(1, len(log.events))),
    lambda dice, log: do.Undo(event=dice.randint(1, len(log.events))),
    lambda dice, log: do.Undo(event=len(log.events)),
)
