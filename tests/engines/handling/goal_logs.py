"""Logs of themes, change areas, draft goals and rounds, drawn at random so that most actions fit."""

import datetime as dt
import random

from tests.engines.handling.logs import HEARING, START, Log, received
from veikart.engines.handling import actions as do
from veikart.engines.handling.stepping import next_uid

TIME = START + dt.timedelta(days=30)
NAMES = ("KS", "Bergen kommune", "FFO", "Legeforeningen")


def drawn_goals(seed: int, length: int) -> Log:
    """A log of four themes and up to `length` random actions on areas, goals and rounds."""
    dice = random.Random(seed)
    log = Log(received(1, "Vi støtter målet", "Begrepet må forklares", "Hvem skal betale"))
    for no in range(1, 5):
        log.add(do.MakeTheme(theme=f"{HEARING}/tema/{no}", title=f"Tema {no}"))
    for _ in range(length):
        log.tries(dice.choice(_MAKERS)(dice, log))
    return log


def item(log: Log, uid: str) -> do.Item:
    """The draft goal `uid` as it is worded now."""
    return do.Item(uid=uid, text=log.state.goals[uid].text)


def _new(log: Log, segment: str, after: int = 0) -> str:
    return next_uid(log.state, HEARING, segment, after=after)


def _theme(dice: random.Random, log: Log) -> str:
    return dice.choice(list(log.state.themes))


def _area(dice: random.Random, log: Log) -> str:
    return dice.choice([*log.state.areas, f"{HEARING}/endringsomrade/1"])


def _goal(dice: random.Random, log: Log) -> str:
    return dice.choice([*log.state.goals, f"{HEARING}/malutkast/1"])


def _round(dice: random.Random, log: Log) -> str:
    return dice.choice([*log.state.rounds, f"{HEARING}/prioritering/1"])


def _open(dice: random.Random, log: Log) -> do.AnyAction:
    return do.OpenRound(
        round=_new(log, "prioritering"),
        title="Rådets møte",
        of="goals",
        method="points",
        items=tuple(item(log, uid) for uid in log.state.goals),
        voters=NAMES,
        closes_at=TIME,
        is_secret=dice.random() < 1 / 2,
        points=3,
        most=2,
    )


def _close(dice: random.Random, log: Log) -> do.AnyAction:
    uid = _round(dice, log)
    asked = log.state.rounds.get(uid)
    goals = [each.uid for each in asked.items] if asked else ["x", "y"]
    papers = []
    for name in NAMES[: dice.randint(2, 4)]:
        first, second = dice.sample(goals, 2)
        voter = None if asked and asked.is_secret else name
        papers.append(do.Paper(voter=voter, points={first: 2, second: 1}))
    return do.CloseRound(round=uid, papers=tuple(papers), voted=NAMES[: len(papers)])


def _split_theme(dice: random.Random, log: Log) -> do.AnyAction:
    parts = tuple(
        do.ThemePart(uid=_new(log, "tema", place), title=f"Del {place}", points=())
        for place in (0, 1)
    )
    return do.SplitTheme(theme=_theme(dice, log), parts=parts)


def _undo(dice: random.Random, log: Log) -> do.AnyAction:
    return do.Undo(event=dice.randint(1, len(log.events)))


_MAKERS = (
    lambda dice, log: do.MakeArea(
        area=_new(log, "endringsomrade"), title="Et område", themes=(_theme(dice, log),)
    ),
    lambda dice, log: do.MakeArea(
        area=_new(log, "endringsomrade"), title="Et område", themes=(_theme(dice, log),)
    ),
    lambda dice, log: do.RenameArea(area=_area(dice, log), title=f"Navn {dice.randint(1, 9)}"),
    lambda dice, log: do.MoveThemes(
        themes=(_theme(dice, log), _theme(dice, log)), to=dice.choice([None, _area(dice, log)])
    ),
    lambda dice, log: do.MoveThemes(themes=(_theme(dice, log),), to=_area(dice, log)),
    lambda dice, log: do.MergeAreas(
        areas=(_area(dice, log), _area(dice, log)),
        into=_new(log, "endringsomrade"),
        title="Samlet",
    ),
    lambda dice, log: do.RemoveArea(area=_area(dice, log), reason="Ikke et område"),
    lambda dice, log: do.DraftGoal(
        goal=_new(log, "malutkast"), areas=(_area(dice, log),), text="Et mål"
    ),
    lambda dice, log: do.DraftGoal(
        goal=_new(log, "malutkast"), areas=(_area(dice, log), _area(dice, log)), text="To"
    ),
    lambda dice, log: do.RewordGoal(
        goal=_goal(dice, log), text=f"Ordlyd {dice.randint(1, 9)}", nn="Ordlyd"
    ),
    lambda dice, log: do.TraceGoal(goal=_goal(dice, log), areas=(_area(dice, log),)),
    lambda dice, log: do.LinkGoal(goal=_goal(dice, log), uid=dice.choice([None, "mal/1", "mal/2"])),
    lambda dice, log: do.RemoveGoal(goal=_goal(dice, log), reason="Dekket"),
    lambda dice, log: do.MergeThemes(
        themes=(_theme(dice, log), _theme(dice, log)), into=_new(log, "tema"), title="Samlet"
    ),
    _split_theme,
    lambda dice, log: do.RemoveTheme(theme=_theme(dice, log), reason="Ikke et tema"),
    _open,
    _close,
    lambda dice, log: do.CancelRound(round=_round(dice, log), reason="For få"),
    _undo,
    _undo,
    _undo,
)
