"""Anchors are proposed with a reason and a score: named, by section, alike."""

from hypothesis import given
from hypothesis import strategies as st

from veikart.engines.anchors.proposing import propose
from veikart.engines.anchors.targets import Anchor, Target

GOAL = "Mål 4: Tilgjengelig informasjon og styrket samhandling"
TARGETS = (
    Target(uid="mal/1", kind="strategic_goal", label="1", title="Aktiv medvirkning"),
    Target(uid="mal/4", kind="strategic_goal", label="4", title="Tilgjengelig informasjon"),
    Target(uid="mal/4/oppna/1", kind="statement", parent="mal/4", text="Trygg deling av opplysninger"),
    Target(uid="mal/4/oppna/2", kind="statement", parent="mal/4", text="Felles legemiddelliste for alle"),
    Target(uid="delmal/2D", kind="delmal", label="2D", title="Opplæring", formerly=("delmal/2F",)),
    Target(uid="overordnet-mal/1", kind="overarching_goal", title="Kvalitet og sammenheng i tjenestene"),
    Target(
        uid="indikator/1.4",
        kind="indicator",
        label="1.4",
        title="Antall kommuner som tilbyr velferdsteknologiske løsninger til sine innbyggere",
    ),
)  # fmt: skip


def proposed(text, *path, targets=()):
    (anchors,) = propose([(text, path)], targets)
    return anchors


def test_what_is_named_comes_first_and_the_section_after_it():
    assert proposed(
        "Måleindikator 1.4 bør endres.", "2) Har dere innspill?", "Mål 1: Medvirkning"
    ) == (
        Anchor("indikator/1.4", "named: Måleindikator 1.4", 0.95),
        Anchor("mal/1", "section: Mål 1: Medvirkning", 0.7),
    )


def test_a_bullet_is_that_of_the_goal_it_stands_under():
    assert proposed("Vi foreslår et tillegg i første kulepunkt.", GOAL) == (
        Anchor("mal/4/oppna/1", "named: første kulepunkt (mal/4)", 0.95),
        Anchor("mal/4", f"section: {GOAL}", 0.7),
    )


def test_a_bullet_of_a_goal_that_is_named_is_not_that_of_the_section():
    found = proposed("Andre kulepunkt i mål 2 er uklart.", GOAL)

    assert found[0].uid == "mal/2/oppna/2" or found[1].uid == "mal/2/oppna/2"
    assert "mal/4/oppna/2" not in {anchor.uid for anchor in found}


def test_a_bullet_without_a_goal_is_not_guessed():
    assert proposed("Første kulepunkt er uklart.") == ()


def test_the_last_bullet_is_known_only_where_the_bullets_are():
    assert [a.uid for a in proposed("Siste kulepunkt er bra.", GOAL)] == ["mal/4"]
    found = proposed("Siste kulepunkt er bra.", GOAL, targets=TARGETS)
    assert found[0].uid == "mal/4/oppna/2"


def test_what_the_plan_does_not_have_is_not_proposed():
    assert proposed("Se mål 9 og delmål 5X.", targets=TARGETS) == ()


def test_an_old_code_leads_to_what_took_it_over():
    assert proposed("Delmål 2F er viktig.", targets=TARGETS) == (
        Anchor("delmal/2D", "named: Delmål 2F (now delmal/2D)", 0.95),
    )


def test_a_heading_that_is_a_title_of_the_plan_anchors_what_stands_below_it():
    (anchor,) = proposed("Dette er bra.", "1. Kvalitet og sammenheng i tjenestene", targets=TARGETS)

    assert (anchor.uid, anchor.score) == ("overordnet-mal/1", 0.7)


def test_a_text_that_is_alike_is_proposed_with_the_words_that_are_shared():
    anchors = proposed(
        "Me treng velferdsteknologi: talet på kommunar som tilbyr løsninger til innbyggarar er lågt.",
        targets=TARGETS,
    )

    assert anchors[0].uid == "indikator/1.4"
    assert anchors[0].reason.startswith("alike: ")
    assert "kommunar" in anchors[0].reason
    assert 0 < anchors[0].score <= 0.6


def test_a_text_that_is_unlike_everything_gets_no_anchor():
    assert proposed("Været blir fint i morgen.", targets=TARGETS) == ()


@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=3))
def test_scores_lie_between_0_and_1_and_each_uid_comes_once(text, path):
    found = proposed(text, *path, targets=TARGETS)

    assert all(0 < anchor.score <= 1 for anchor in found)
    assert len({anchor.uid for anchor in found}) == len(found)
    assert {anchor.uid for anchor in found} <= {target.uid for target in TARGETS}
