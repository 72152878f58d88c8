"""Who speaks of a theme: by its words, by its meaning, and by what a person said yes and no to."""

import math
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.themes.texts import LETTERS, WORDS, texts
from veikart.engines.themes.compounds import Compounds
from veikart.engines.themes.index import build
from veikart.engines.themes.ranking import Ranked, Theme, rank
from veikart.engines.themes.sentences import sentences, windows
from veikart.engines.themes.words import telling, words

THEMES = st.lists(st.sampled_from(WORDS), max_size=3).map(lambda said: Theme(" ".join(said)))


def ids(ranked: tuple[Ranked, ...]) -> list[str]:
    return [each.id for each in ranked]


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Personellmangel", {"arne", "berit"}),
        ("Mangel på personell", {"arne", "berit"}),
        ("Deling av legemiddellister", {"chris", "dina"}),
        ("Deling av legemiddellistar", {"chris", "dina"}),
        ("Velferdsteknologi i heimen", {"even", "frøya"}),
        ("Teknologi for velferd hjemme", {"even", "frøya"}),
    ],
)
def test_a_theme_is_found_in_both_spellings_in_compounds_and_by_its_meaning(title, first):
    ranked = rank(Theme(title), build(LETTERS), most=2)

    assert set(ids(ranked)) == first


def test_each_text_comes_with_the_sentences_that_speak_of_the_theme_and_their_places():
    (found,) = rank(Theme("Legemiddelliste"), build(LETTERS), most=1)

    assert found.id in {"chris", "dina"}
    best = found.sentences[0]
    assert "egemiddellist" in best.text
    assert LETTERS[found.id][best.start : best.end] == best.text
    assert all(one.score >= other.score for one, other in pairwise(found.sentences))


def test_only_as_many_as_asked_are_explained():
    ranked = rank(Theme("Sykepleiere og legemiddelliste"), build(LETTERS), explained=1)

    assert [bool(each.sentences) for each in ranked] == [True] + [False] * 5


def test_a_yes_brings_up_what_is_like_it_and_a_no_takes_down_what_is_like_that():
    index = build(LETTERS)
    theme = Theme("Kommunen og sykehus")

    taught = ids(rank(theme, index, yes=["even"], no=["chris"]))

    assert taught[:2] == ["even", "frøya"]
    assert taught[-1] == "chris"
    assert taught.index("dina") > ids(rank(theme, index)).index("dina") - 1


def test_three_texts_are_a_theme_without_any_known_word_in_its_title():
    ranked = rank(Theme("Xyzzy"), build(LETTERS), yes=["arne"])

    assert ids(ranked)[:2] == ["arne", "berit"]
    assert ranked[0].judged is True
    assert ranked[1].judged is None


def test_the_same_words_share_a_judgement_and_both_yes_and_no_is_none():
    letters = LETTERS | {"kopi": LETTERS["arne"].replace("\n", "  ").upper()}
    index = build(letters)

    judged = {each.id: each.judged for each in rank(Theme("Helse"), index, no=["kopi"])}
    both = {each.id: each.judged for each in rank(Theme("Helse"), index, no=["kopi"], yes=["arne"])}

    assert [judged["arne"], judged["kopi"], judged["berit"]] == [False, False, None]
    assert set(both.values()) == {None}


def test_an_id_that_is_not_there_is_refused_and_named():
    index = build(LETTERS)

    with pytest.raises(LookupError, match="'gunn'"):
        rank(Theme("Helse"), index, yes=["gunn"])
    with pytest.raises(LookupError, match="'gunn'"):
        rank(Theme("Helse"), build({}), no=["gunn"])


def test_no_texts_empty_texts_and_unknown_words_are_ranked_without_a_fault():
    assert rank(Theme("Helse"), build({})) == ()
    assert ids(rank(Theme("Helse"), build({"a": "", "b": "…", "c": "helse"}))) == ["c", "a", "b"]
    assert {each.score for each in rank(Theme("xyzzy"), build(LETTERS))} == {0.0}


@settings(max_examples=30)
@given(texts(), THEMES, st.data())
def test_the_order_in_which_texts_are_given_changes_nothing(said, theme, data):
    yes = data.draw(st.lists(st.sampled_from(sorted(said)), max_size=2))
    again = dict(data.draw(st.permutations(list(said.items()))))

    assert rank(theme, build(again), yes=yes) == rank(theme, build(said), yes=yes[::-1])


@settings(max_examples=30)
@given(texts(least=2), THEMES, st.data())
def test_a_yes_never_lowers_a_text_of_the_same_words(said, theme, data):
    uid = data.draw(st.sampled_from(sorted(said)))
    said |= {"kopi": said[uid]}
    judged = st.lists(st.sampled_from(sorted(said)), max_size=3)
    yes, no = data.draw(judged), data.draw(judged)
    index = build(said)

    before = ids(rank(theme, index, yes=yes, no=no)).index("kopi")
    after = ids(rank(theme, index, yes=[*yes, uid], no=no)).index("kopi")

    assert after <= before


@settings(max_examples=30)
@given(texts())
def test_every_text_is_ranked_once_from_the_highest_score_on(said):
    ranked = rank(Theme("helse data"), build(said))

    assert sorted(ids(ranked)) == sorted(said)
    assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)


@settings(max_examples=30)
@given(texts())
def test_windows_are_weighed_as_bm25_weighs_them(said):
    """Beside the slow, obvious BM25 of each word in each window, brought to length one."""
    index = build(said)
    pieces = [
        text[start:end]
        for _uid, text in sorted(said.items())
        for start, end in windows(text, sentences(text)) or [(0, 0)]
    ]
    known = Compounds(Counter(word for text in said.values() for word in words(text)))
    counts = [
        Counter(part for word in telling(piece) for part in known.stems(word)) for piece in pieces
    ]
    usual = sum(counted.total() for counted in counts) / len(counts) or 1
    expected = np.zeros(index.written.shape)
    for row, counted in enumerate(counts):
        for part, count in counted.items():
            having = sum(part in other for other in counts)
            weight = math.log(1 + (len(counts) - having + 0.5) / (having + 0.5))
            slack = 1.2 * (1 - 0.75 + 0.75 * counted.total() / usual)
            expected[row, index.vocabulary[part]] = weight * count * 2.2 / (count + slack)
        length = math.hypot(*expected[row])
        expected[row] /= length or 1

    assert np.allclose(index.written.toarray(), expected)


@settings(max_examples=30)
@given(texts(most=6))
def test_where_every_direction_is_kept_meaning_is_the_words_themselves(said):
    """Few windows have no more than fifty directions, so nothing may be lost by turning to them."""
    index = build(said)
    whole = index.written.toarray()

    assert np.allclose(index.meaning @ index.meaning.T, whole @ whole.T, atol=1e-6)
