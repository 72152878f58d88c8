"""How strongly members prefer each of several things, from comparisons of two at a time (Bradley–Terry)."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

PRIOR = 1.0
"""So many comparisons with a thing of middle strength, half of them won, are added for each."""
STEPS = 100
CLOSE = 1e-10


def strengths(won: Numbers, start: Numbers | None = None) -> Numbers:
    """The strengths that make the comparisons the most likely, on the scale of log odds.

    The odds that a is preferred to b are exp(s[a] − s[b]). Each thing is also taken to have been compared
    `PRIOR` times with a thing of strength 0 and to have won half; so there is always one answer, and a
    thing that won every time gets a finite strength.

    Args:
        won: n × n; how many times the row was preferred to the column, where neither was: ½ to each.
            The diagonal is 0.
        start: strengths to begin from, such as those of nearly the same votes; 0 if not given.

    Returns:
        One strength for each thing; 0 is the middle. A thing in no comparison has 0.

    Source:
        Bradley and Terry, “Rank Analysis of Incomplete Block Designs” (1952); Newton’s method on the
        log-likelihood, which is strictly concave with the prior.
    """
    games, wins = won + won.T, won.sum(axis=1) + PRIOR / 2
    found = np.zeros(len(won)) if start is None else start.copy()
    worth = _log_likelihood(found, won)
    for _ in range(STEPS):
        chance = _chance(found[:, None] - found[None, :])
        against = _chance(found)
        slope = wins - (games * chance).sum(axis=1) - PRIOR * against
        bend = games * chance * (1 - chance)
        curve = np.diag(bend.sum(axis=1) + PRIOR * against * (1 - against)) - bend
        step = np.linalg.solve(curve, slope)
        if np.abs(step).max() < CLOSE:
            break
        while (better := _log_likelihood(found + step, won)) < worth - CLOSE:
            step /= 2
        found, worth = found + step, better
    return found


def shares(strength: Numbers) -> Numbers:
    """How likely each is to be preferred to one of the others, drawn at random: 0 to 1, ½ on average."""
    chance = _chance(strength[:, None] - strength[None, :])
    np.fill_diagonal(chance, 0)
    share: Numbers = chance.sum(axis=1) / (len(strength) - 1)
    return share


def _chance(odds: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-odds))


def _log_likelihood(strength: Numbers, won: Numbers) -> float:
    lost = np.logaddexp(0, strength[None, :] - strength[:, None])
    prior = np.logaddexp(0, strength) + np.logaddexp(0, -strength)
    return -float((won * lost).sum() + PRIOR / 2 * prior.sum())
