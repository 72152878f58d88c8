"""Near-duplicates and campaigns: one text, many senders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.themes.texts import LETTERS, texts
from veikart.engines.themes.duplicates import Alike, likeness, near_duplicates, runs
from veikart.engines.themes.words import words

CAMPAIGN = (
    "Vi ber om at innsyn i egen journal blir likt i hele landet, at opplysningene er til å forstå, og "
    "at den som trenger hjelp til å logge inn, får det i sin kommune."
)


def obvious(said: dict[str, str], alike: float) -> list[Alike]:
    """Every text beside every pattern so far, what most sent word for word first."""
    same: dict[tuple[str, ...], list[str]] = {}
    for uid, text in said.items():
        same.setdefault(tuple(words(text)), []).append(uid)
    same.pop((), None)
    sets: list[tuple[list[str], list[tuple[float, str]]]] = []
    for found in sorted(same, key=lambda found: (-len(same[found]), found)):
        shares = [
            (shared(found, pattern), -place) for place, (pattern, _members) in enumerate(sets)
        ]
        share, place = max(shares, default=(0.0, 0))
        if share >= alike:
            sets[-place][1].extend((share, uid) for uid in same[found])
        else:
            sets.append((list(found), [(1.0, uid) for uid in same[found]]))
    told = []
    for pattern, members in sets:
        members.sort(key=lambda member: (-member[0], member[1]))
        first = min(same[tuple(pattern)])
        told.append(Alike(first, tuple(uid for _, uid in members), tuple(s for s, _ in members)))
    kept = [one for one in told if len(one.ids) > 1]
    return sorted(kept, key=lambda one: (-len(one.ids), one.pattern))


def shared(one: tuple[str, ...], other: list[str]) -> float:
    ours, theirs = (
        {tuple(said[start : start + 4]) for start in range(max(len(said) - 3, 1))}
        for said in (one, other)
    )
    return len(ours & theirs) / len(ours | theirs)


def test_a_campaign_is_one_text_with_all_its_senders():
    letters = LETTERS | {
        "kari": CAMPAIGN,
        "nils": CAMPAIGN.upper(),
        "olga": f"Hei! {CAMPAIGN} Hilsen Olga.",
        "per": CAMPAIGN.replace("i hele landet", "i alle deler av landet"),
    }

    (found,) = near_duplicates(letters)

    assert found.pattern == "kari"
    assert set(found.ids) == {"kari", "nils", "olga", "per"}
    assert found.ids[:2] == ("kari", "nils")
    assert found.likeness[:2] == (1.0, 1.0)
    assert all(0.6 <= share < 1 for share in found.likeness[2:])


def test_letters_of_their_own_are_in_no_campaign():
    assert near_duplicates(LETTERS | {"tom": "", "tomt": "…"}) == ()


def test_no_chain_makes_texts_one_that_are_not_alike():
    numbers = [f"ord{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    steps = {f"{start:02}": " ".join(numbers[start : start + 14]) for start in range(0, 12, 2)}

    found = near_duplicates(steps)

    assert likeness(runs(steps["00"]), runs(steps["10"])) == 1 / 21
    for one in found:
        assert all(likeness(runs(steps[uid]), runs(steps[one.pattern])) >= 0.6 for uid in one.ids)


@pytest.mark.parametrize("alike", [0, -1, 1.01])
def test_a_likeness_that_none_can_have_is_refused(alike):
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        near_duplicates(LETTERS, alike=alike)


@given(texts(most=10), st.sampled_from([0.05, 0.3, 0.5, 0.6, 0.9, 1.0]))
def test_the_fast_way_finds_what_comparing_all_with_all_finds(said, alike):
    assert list(near_duplicates(said, alike=alike)) == obvious(said, alike)


@given(texts(most=10), st.data())
def test_the_order_in_which_texts_are_given_changes_no_set(said, data):
    again = dict(data.draw(st.permutations(list(said.items()))))

    assert near_duplicates(again, alike=0.4) == near_duplicates(said, alike=0.4)
