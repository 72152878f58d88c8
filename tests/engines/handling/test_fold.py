"""What each action does to the state of a hearing, worked through, and what is refused."""

import pytest

from tests.engines.handling.logs import HEARING, Log, original, received, reply_uid
from veikart.engines.handling import actions as do
from veikart.engines.handling.extracts import cut_at, found_at
from veikart.engines.handling.fold import fold, resting_on
from veikart.engines.handling.refusal import Refusal
from veikart.engines.handling.settling import Lacking, answer_of, counts, lacking
from veikart.engines.handling.withholding import Mask

A, B, C = (f"{reply_uid(1)}/punkt/{no}" for no in (1, 2, 3))
THEME, OTHER = f"{HEARING}/tema/1", f"{HEARING}/tema/2"


def begun(*more):
    return Log(received(1, "Første punkt.", "Andre punkt.", "Tredje"), *more)


def refused(log, action):
    with pytest.raises(Refusal) as refusal:
        log.add(action)
    return refusal.value.code


def decided(on, value="noted", reason="Sett", **more):
    return do.Decide(on=on, value=value, reason=reason, **more)


def tally(log):
    counted = counts(log.state)
    return (counted.received, counted.answered, counted.set_aside, counted.lapsed, counted.open)


def test_counts_follow_what_is_done_and_always_add_up():
    log = begun()
    told = [tally(log)]
    for action in (
        decided(A),
        do.SetAside(point=B, reason="En hilsen"),
        do.TakeUp(point=B),
        decided(C, reason=None),
        received(1, "Ny", version=2, first=4),
    ):
        log.add(action)
        told.append(tally(log))

    assert told == [
        # received, answered, set aside, lapsed, open
        (3, 0, 0, 0, 3),
        (3, 1, 0, 0, 2),
        (3, 1, 1, 0, 1),
        (3, 1, 0, 0, 2),
        (3, 1, 0, 0, 2),
        (4, 0, 0, 3, 1),
    ]


def test_an_original_is_as_far_as_the_part_of_it_that_has_come_the_least():
    log = begun()
    first, second = (
        do.Piece(uid=f"{reply_uid(1)}/punkt/{no}", extracts=extracts)
        for no, extracts in enumerate(cut_at(log.state, log.state.points[A], [6]), 4)
    )
    log.add(do.Split(point=A, pieces=(first, second)))
    log.add(decided(first.uid))

    assert [log.state.text_of(log.state.points[p.uid]) for p in (first, second)] == [
        "Første",
        "punkt.",
    ]
    assert tally(log) == (3, 0, 0, 0, 3)
    log.add(decided(second.uid))
    assert tally(log) == (3, 1, 0, 0, 2)


def test_merging_a_point_that_is_set_aside_does_not_hide_the_other():
    log = begun(do.SetAside(point=A, reason="En hilsen"))
    log.add(do.Merge(points=(A, B), into=f"{reply_uid(1)}/punkt/4"))

    assert log.state.points[f"{reply_uid(1)}/punkt/4"].aside is None
    assert tally(log) == (3, 0, 0, 0, 3)


def test_points_that_become_one_bring_what_each_is_about_and_proposes():
    log = Log(
        do.Receive(
            reply=reply_uid(1),
            version=1,
            kind_of_respondent="agency",
            points=(
                original(1, 1, "Første", proposed_wording="Ny tekst", is_retold=True),
                original(1, 2, "Andre", proposed_wording="Mer ny tekst"),
            ),
        ),
        do.Reanchor(point=A, anchors=(do.Anchor(uid="mal/3"), do.Anchor(uid="mal/1"))),
        do.Reanchor(point=B, anchors=(do.Anchor(uid="mal/1"), do.Anchor(uid="mal/2"))),
        do.Merge(points=(B, A), into=C, kind="wording"),
    )

    (whole,) = log.state.standing()

    assert [anchor.uid for anchor in whole.anchors] == ["mal/1", "mal/2", "mal/3"]
    assert whole.proposed_wording == "Mer ny tekst\n\nNy tekst"
    assert (whole.kind, whole.is_retold, whole.confirmed) == ("wording", True, True)
    assert log.state.text_of(whole) == "Andre\n\nFørste"


def test_pieces_take_over_kind_anchors_and_themes_but_no_outcome():
    log = begun(
        do.ChangeKind(point=A, kind="question"),
        do.Reanchor(point=A, anchors=(do.Anchor(uid="mal/3"),)),
        do.MakeTheme(theme=THEME, title="Data", points=(A,)),
        decided(A),
    )
    pieces = tuple(
        do.Piece(uid=f"{reply_uid(1)}/punkt/{no}", extracts=extracts)
        for no, extracts in enumerate(cut_at(log.state, log.state.points[A], [6]), 4)
    )

    log.add(do.Split(point=A, pieces=pieces))

    new = [log.state.points[piece.uid] for piece in pieces]
    assert [(p.kind, p.anchors[0].uid, p.anchors[0].source, p.outcomes) for p in new] == [
        ("question", "mal/3", "person", ()),
        ("question", "mal/3", "person", ()),
    ]
    assert log.state.said(THEME, yes=True) == [piece.uid for piece in pieces]


@pytest.mark.parametrize(
    "spans",
    [
        [(0, 6)],  # words at the end are lost
        [(0, 8), (6, 13)],  # some words are in both
        [(0, 6), (6, 14)],  # more than there is
        [(0, 13), (6, 6)],  # a piece without words
    ],
)
def test_pieces_must_hold_each_word_once(spans):
    pieces = tuple(
        do.Piece(
            uid=f"{reply_uid(1)}/punkt/{no}",
            extracts=(do.Extract(origin=A, start=start, end=end),),
        )
        for no, (start, end) in enumerate([*spans, *([(6, 6)] if len(spans) == 1 else [])], 4)
    )

    assert refused(begun(), do.Split(point=A, pieces=pieces)) == "words_lost"


def test_a_themes_outcome_covers_its_points_unless_they_have_their_own():
    log = begun(
        do.MakeTheme(theme=THEME, title="Data", points=(A, B)),
        decided(THEME, "followed", "Tatt inn"),
        decided(B, "not_followed", "Nei"),
    )

    answers = [answer_of(log.state, log.state.points[uid]) for uid in (A, B, C)]

    assert [a and (a.decision.value, a.theme) for a in answers] == [
        ("followed", THEME),
        ("not_followed", None),
        None,
    ]
    log.add(do.TakeOutOfTheme(theme=THEME, points=(A,)))
    assert answer_of(log.state, log.state.points[A]) is None


def test_yes_and_no_are_kept_apart_from_what_nobody_has_said():
    log = begun(do.MakeTheme(theme=THEME, title="Data", points=(A,)))
    log.add(do.TakeOutOfTheme(theme=THEME, points=(B,)))

    assert log.state.said(THEME, yes=True) == [A]
    assert log.state.said(THEME, yes=False) == [B]


def test_themes_are_merged_and_split_with_all_their_points():
    log = begun(
        do.MakeTheme(theme=THEME, title="Data", points=(A,)),
        do.MakeTheme(theme=OTHER, title="Deling", points=(A, B)),
        do.MergeThemes(themes=(THEME, OTHER), into=f"{HEARING}/tema/3", title="Datadeling"),
    )
    merged = f"{HEARING}/tema/3"
    parts = (
        do.ThemePart(uid=f"{HEARING}/tema/4", title="En", points=(A,)),
        do.ThemePart(uid=f"{HEARING}/tema/5", title="To", points=()),
    )

    assert log.state.said(merged, yes=True) == [A, B]
    assert refused(log, do.SplitTheme(theme=merged, parts=parts)) == "points_left_out"
    log.add(do.Undo(event=log.state.last))
    assert [theme.uid for theme in log.state.standing_themes()] == [THEME, OTHER]


def test_publishing_is_refused_with_what_each_point_lacks():
    log = begun(decided(A), decided(B, reason=None), do.Confirm(points=(B, C)))

    with pytest.raises(Refusal) as refusal:
        log.add(do.Publish())

    assert refusal.value.params["lacking"] == lacking(log.state)
    assert lacking(log.state) == [
        Lacking(A, "confirmation"),
        Lacking(B, "reason"),
        Lacking(C, "outcome"),
    ]


def test_what_was_in_a_theme_already_rests_on_who_put_it_there_as_well():
    log = begun(do.MakeTheme(theme=THEME, title="Et tema"))
    log.add(do.PutInTheme(theme=THEME, points=(A,)))
    log.add(do.PutInTheme(theme=THEME, points=(A, B)))

    assert refused(log, do.Undo(event=3)) == "rested_on"
    log.add(do.Undo(event=4))
    log.add(do.Undo(event=3))
    assert log.state.said(THEME, yes=True) == []


def test_an_undo_names_what_rests_on_the_event_and_is_not_undone_itself():
    log = begun(do.MakeTheme(theme=THEME, title="Data"), do.PutInTheme(theme=THEME, points=(A,)))

    assert resting_on(log.state, 2) == (3,)
    assert refused(log, do.Undo(event=2)) == "rested_on"
    log.add(do.Undo(event=3))
    log.add(do.Undo(event=2))
    assert log.state.themes == {}
    assert [refused(log, do.Undo(event=no)) for no in (1, 2, 4, 99)] == ["not_undoable"] * 4


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (do.Confirm(points=("x",)), "unknown"),
        (do.Confirm(points=()), "empty"),
        (do.ChangeKind(point=A, kind="proposal"), "nothing_changes"),
        (do.TakeUp(point=A), "nothing_changes"),
        (do.SetAside(point=A, reason="  "), "missing_reason"),
        (do.MakeTheme(theme=THEME, title=" "), "missing_title"),
        (do.MakeTheme(theme="tema/x", title="X"), "wrong_uid"),
        (do.Merge(points=(A,), into=f"{reply_uid(1)}/punkt/4"), "too_few"),
        (do.Merge(points=(A, B), into=f"{reply_uid(1)}/punkt/2"), "uid_taken"),
        (do.Merge(points=(A, B), into=f"{reply_uid(2)}/punkt/9"), "wrong_uid"),
        (received(1, "x", version=1), "old_version"),
        (received(1, "x", version=3, first=4), "old_version"),
        (received(1, "x", version=2, first=1), "uid_taken"),
        (do.Withdraw(reply=reply_uid(9), reason="x"), "unknown"),
        (do.MarkMissed(reply=reply_uid(1), point=original(1, 4, " ")), "empty"),
        (decided(A, led_to=(do.Led(uid="mal/1", before="x", after="x"),)), "change_missing"),
        (do.RemoveTheme(theme=THEME, reason="x"), "unknown"),
        (do.DraftGoal(goal=f"{HEARING}/malutkast/1", areas=("x",), text="y"), "unknown"),
        (do.MoveThemes(themes=(), to=None), "empty"),
        (do.CancelRound(round="x", reason="y"), "unknown"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_code(action, code):
    log = begun()
    before = log.state

    assert refused(log, action) == code
    assert log.state == before


def test_a_log_with_a_gap_is_refused():
    log = begun(decided(A), decided(B))

    with pytest.raises(Refusal) as refusal:
        fold([log.events[0], log.events[2]])

    assert (refusal.value.code, refusal.value.params) == ("gap", {"expected": 2, "found": 3})


def test_what_is_no_action_is_refused():
    with pytest.raises(ValueError, match="Expected an action on a hearing as JSON"):
        do.decode('{"verb":"burn","point":"x"}')


def test_a_piece_is_found_at_its_own_place_in_the_file():
    place = do.FoundAt(page=2, start=100, end=113, file="ab")
    log = Log(
        do.Receive(
            reply=reply_uid(1),
            version=1,
            kind_of_respondent="agency",
            points=(original(1, 1, "Første punkt.", found_at=place),),
        )
    )
    (_first, second) = cut_at(log.state, log.state.points[A], [6])
    pieces = tuple(
        do.Piece(uid=f"{reply_uid(1)}/punkt/{no}", extracts=extracts)
        for no, extracts in ((2, _first), (3, second))
    )
    log.add(do.Split(point=A, pieces=pieces))

    found = found_at(log.state, log.state.points[f"{reply_uid(1)}/punkt/3"])

    assert (found.page, found.start, found.end) == (2, 100 + second[0].start, 113)


def test_withheld_words_are_found_however_they_are_broken():
    mask = Mask(["Kari Nordmann"], mark="X")

    assert (
        mask.of("kari\nNordmann, Kari Nord\u00admann og Kari Nord-\nmanns mor") == "X, X og Xs mor"
    )
    assert mask.of("Kari Normann") == "Kari Normann"
    assert mask.places(["Kari Nordmann", None, "KARI  NORDMANN"]) == 2
