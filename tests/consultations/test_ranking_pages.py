"""The page on which a member ranks, and the desk's form for rounds of a case and of options."""

import html
import re

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.consultations.conftest import HEARING
from tests.consultations.voting import (
    CODE,
    GOALS,
    LATER,
    NAMES,
    ROUND,
    address,
    all_vote,
    closed,
    opened,
    rank,
    text,
    voter,
)
from veikart.consultations import queries
from veikart.consultations.prioritising.voting_forms import RankingForm
from veikart.engines.handling.actions import Item
from veikart.engines.handling.state import Round

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.voting_urls")]

CASE = "sak/nasjonalt-e-helserad/2-22"
MEASURES = ("Dokumentdeling", "Kritisk informasjon", "Legemiddelliste")


@pytest.fixture
def ranking_links(goals, editor):
    """A secret round of ranked choice, and each voter’s link."""
    return opened(editor, "ranking", case=CASE)


def numbers(page):
    """The number in each field of the page, in the order they stand: by the thing’s number from 1."""
    fields = re.findall(r'<input type="text" name="n(\d+)"([^>]*)>', page.content.decode())
    found = {int(place) + 1: re.search(r'value="(\d*)"', rest) for place, rest in fields}
    return {no: value[1] if value else "" for no, value in found.items()}


def shown(page):
    return re.search(r'name="shown" value="([\d ]*)"', page.content.decode())[1]


def test_a_member_ranks_some_and_the_page_shows_the_order_then_the_others(client, ranking_links):
    page = client.post(address(ranking_links["Kari"]), {"n2": "1", "n0": "2"}, follow=True)

    assert voter(ranking_links["Kari"]).ballot == [GOALS[2], GOALS[0]]
    assert list(numbers(page).items()) == [(3, "1"), (1, "2"), (2, "")]
    said = text(page)
    assert "Your vote is kept." in said
    assert said.index("Your order") < said.index("Enkel tilgang") < said.index("Without a number")
    assert "Weighed in case 2/22." in said


def test_a_new_number_moves_one_thing_and_the_others_make_room(client, ranking_links):
    token = ranking_links["Kari"]
    rank(token, 1, 2, 3)
    before = client.get(address(token))

    sent = {"shown": shown(before), "n0": "3", "n1": "2", "n2": "3"}
    client.post(address(token), sent)

    assert voter(token).ballot == [GOALS[1], GOALS[2], GOALS[0]]


def test_an_emptied_field_takes_a_thing_out_of_the_order(client, ranking_links):
    token = ranking_links["Kari"]
    rank(token, 1, 2, 3)

    client.post(address(token), {"shown": "0 1 2", "n0": "", "n1": "2", "n2": "3"})

    assert voter(token).ballot == [GOALS[1], GOALS[2]]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Give at least one a number."),
        ({"n0": "1", "n1": "1"}, "Felles språk : “Deling av data” has number 1, too. Give each its own."),
        ({"n0": "x"}, "Write a whole number, or leave it empty."),
        ({"n0": "0"}, "Numbers begin at 1."),
        ({"n0": "4"}, "There are only 3."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_what_was_typed_stays(client, ranking_links, sent, said):
    page = client.post(address(ranking_links["Kari"]), sent)

    assert page.status_code == 422
    assert said in text(page)
    assert all(
        f'name="{name}" value="{typed}"' in page.content.decode() for name, typed in sent.items()
    )
    assert voter(ranking_links["Kari"]).ballot is None


def test_after_the_count_no_order_is_taken(client, ranking_links, editor):
    all_vote("ranking", ranking_links)
    closed(editor)

    page = client.post(address(ranking_links["Per"]), {"n0": "1"})

    assert page.status_code == 409
    assert "Votes are no longer taken. You have not voted." in text(page)


def ranking_form(n, standing, typed):
    """The form of `n` things that stood as in `standing`, with the numbers in `typed` by thing."""
    items = tuple(Item(uid=str(place), text=str(place)) for place in range(n))
    asked = Round(
        uid=ROUND, title="Møte", of="goals", method="ranking", items=items, voters=NAMES, is_secret=True,
        points=None, most=None, opened_at=LATER, closes_at=LATER,
    )  # fmt: skip
    sent = QueryDict(mutable=True)
    sent.update({"shown": " ".join(map(str, standing))})
    sent.update({f"n{place}": str(number) for place, number in typed.items()})
    return RankingForm(sent, asked=asked, given=[])


@given(st.data(), st.integers(1, 8))
@settings(deadline=None, max_examples=150)
def test_moving_is_what_taking_out_and_putting_in_one_by_one_gives(data, n):
    standing = data.draw(st.permutations(range(n)))[: data.draw(st.integers(0, n))]
    had = {place: number for number, place in enumerate(standing, 1)}
    changed = data.draw(st.lists(st.integers(0, n - 1), unique=True, max_size=n))
    new = data.draw(st.permutations(range(1, n + 1)))
    moved = {p: number for p, number in zip(changed, new, strict=False) if had.get(p) != number}
    emptied = {p for p in standing if p not in moved and data.draw(st.booleans())}
    typed = {p: number for p, number in {**had, **moved}.items() if p not in emptied}

    form = ranking_form(n, standing, typed)

    expected = [place for place in standing if place in typed and place not in moved]
    for place, number in sorted(moved.items(), key=lambda each: each[1]):
        expected.insert(number - 1, place)
    assert form.is_valid() is bool(expected)
    if expected:
        assert form.vote() == [str(place) for place in expected]


@pytest.mark.parametrize("sent", ["0 0", "9", "x", "0 -1", "00"])
def test_an_order_shown_that_was_tampered_with_counts_for_nothing(sent):
    form = ranking_form(3, [], {0: 1, 1: 2})
    form.data["shown"] = sent

    again = RankingForm(form.data, asked=form.asked, given=[])

    assert again.is_valid()
    assert again.vote() == ["0", "1"]


def test_whether_the_round_is_open_is_said_before_anybody_votes(client, goals, editor):
    for no, (method, is_secret) in enumerate(
        (m, s) for m in ("points", "pairs", "ranking") for s in (True, False)
    ):
        token = opened(editor, method, is_secret=is_secret)["Kari"]
        said = text(client.get(address(token)))
        is_told = "what you vote is published with your name when the votes are counted" in said
        assert (no, is_told) == (no, not is_secret)
        assert ("The round is secret: that you voted is known" in said) is is_secret


# --- At the desk ------------------------------------------------------------------------------


def to_open(**query):
    return reverse("consultations:rounds", args=[CODE], query=query)


def value_of(page, name):
    page = html.unescape(page.content.decode())
    one = re.search(rf'<input type="text" name="{name}" value="([^"]*)"', page)
    return one[1] if one else re.search(rf'<textarea name="{name}"[^>]*>\n?([^<]*)<', page)[1]


def test_the_form_begins_with_the_case_and_the_voters_of_the_address(client, goals, editor):
    client.force_login(editor)

    page = client.get(to_open(case=CASE, voters="\n".join(NAMES)))

    assert value_of(page, "case") == CASE
    assert value_of(page, "voters").splitlines() == list(NAMES)
    kept = re.search(r'href="\?([^"]*)av=valg"', html.unescape(page.content.decode()))[1]
    assert QueryDict(kept)["case"] == CASE
    assert QueryDict(kept)["voters"] == "\n".join(NAMES)


def test_where_nothing_is_drafted_the_form_asks_for_options(client, hearing, editor):
    client.force_login(editor)

    page = client.get(to_open())

    assert 'name="options"' in page.content.decode()
    assert "Name at least two, one on each line." in text(client.post(to_open(), {"title": ""}))


@pytest.mark.parametrize(
    "case", [CASE, f" {CASE} ", f"https://veikart.example/nn/{CASE}/", f"/utkast/{CASE}?a=b#c"]
)
def test_an_editor_opens_a_round_of_options_in_a_case(client, hearing, editor, case):
    client.force_login(editor)
    sent = {
        "title": "Møte 1/2022", "options": "Dokumentdeling\n\n Kritisk  informasjon \nLegemiddelliste",
        "method": "ranking", "case": case, "voters": "Kari", "last_day": "2022-11-01",
    }  # fmt: skip

    page = client.post(to_open(av="valg"), sent)

    assert len(set(re.findall(r"/stem/([\w-]{43})/", text(page)))) == 1
    asked = queries.state(HEARING).rounds[ROUND]
    assert [(i.uid, i.text) for i in asked.items] == [
        (f"{ROUND}/valg/{no}", each) for no, each in enumerate(MEASURES, 1)
    ]
    assert (asked.case, asked.is_secret, asked.is_public) == (CASE, False, True)
    told = client.get(reverse("consultations:round", args=[CODE, 1]))
    assert "Weighed in case 2/22." in text(told)
    assert f'href="/utkast/{CASE}/"' in told.content.decode().replace("/en/", "/")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"case": "2/22"}, "Expected the address of a case"),
        ({"case": f"{CASE}/vedtak"}, "Expected the address of a case"),
        ({"options": "Dokumentdeling\ndokumentdeling"}, "Name each once."),
        ({"options": "Dokumentdeling"}, "Expected from 2 to 100 options"),
        ({"options": "Dokumentdeling\n" + "x" * 301}, "of at most 300 characters"),
    ],
)
def test_a_wrong_case_and_wrong_options_are_told_at_the_form(client, hearing, editor, wrong, said):
    client.force_login(editor)
    sent = {
        "title": "Møte", "options": "\n".join(MEASURES), "method": "ranking", "case": "",
        "voters": "Kari", "last_day": "2022-11-01", **wrong,
    }  # fmt: skip

    page = client.post(to_open(av="valg"), sent)

    assert page.status_code == 422
    assert said in text(page)
    assert queries.state(HEARING).rounds == {}


def test_the_desk_shows_the_result_of_ranking_and_who_voted_what_where_it_is_open(
    client, goals, editor
):
    client.force_login(editor)
    all_vote("ranking", opened(editor, "ranking", is_secret=False))
    closed(editor)

    page = text(client.get(reverse("consultations:round", args=[CODE, 1])))

    assert "the clearest preferences decide (the method of Schulze)" in page
    assert "1 Felles språk 1 83 % 2 3 2 Deling av data 1–2 50 % 1 2" in page
    assert "Who voted what" in page
    assert "Ola Hansen, FFO 1. Felles språk, 2. Enkel tilgang" in page
    votes = client.get(reverse("consultations:round-file", args=[CODE, 1, "stemmer"]))
    rows = [row.split(",") for row in votes.content.decode("utf-8-sig").split("\r\n")]
    assert f'{ROUND},"Ola Hansen, FFO",{GOALS[2]},,2,,' in [",".join(row) for row in rows]


def test_the_desk_never_shows_who_voted_what_in_a_secret_round(client, ranking_links, editor):
    client.force_login(editor)
    all_vote("ranking", ranking_links)
    closed(editor)

    page = text(client.get(reverse("consultations:round", args=[CODE, 1])))
    votes = client.get(reverse("consultations:round-file", args=[CODE, 1, "stemmer"]))

    assert "Who voted what" not in page
    assert not any(name.split(",")[0] in votes.content.decode() for name in NAMES)
    assert len(votes.content.decode().splitlines()) == 1 + 3 + 2 + 2


def test_the_form_is_sent_to_its_own_kind_also_where_the_address_named_none(client, goals, editor):
    client.force_login(editor)

    page = html.unescape(client.get(to_open(case=CASE)).content.decode())

    found = re.search(r'<form method="post" action="[^"?]*\?([^"]*)"', page)
    assert dict(QueryDict(found[1]).items()) == {"case": CASE, "av": "malutkast"}
