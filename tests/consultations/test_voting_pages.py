"""The pages on which members vote, and the desk on which a round is opened, followed and counted."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.consultations.conftest import HEARING
from tests.consultations.voting import (
    CODE,
    GOALS,
    NAMES,
    ROUND,
    address,
    closed,
    everybody_votes,
    give,
    text,
    voter,
)
from veikart.consultations import queries
from veikart.consultations.models import Voter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.voting_urls")]


def test_a_member_votes_by_points_on_the_page_and_sees_the_vote_again(client, links):
    page = client.post(address(links["Kari"]), {"p0": "6", "p1": "4"}, follow=True)

    assert "Your vote is kept." in text(page)
    assert 'value="6"' in page.content.decode()
    assert voter(links["Kari"]).ballot == {GOALS[0]: 6, GOALS[1]: 4}
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_points_that_are_left_are_told_and_what_was_typed_stays(client, links):
    page = client.post(address(links["Kari"]), {"p0": "6", "p1": "1"})

    assert page.status_code == 422
    assert "You have shared out 7 of 10 points. Share out the 3 that are left." in text(page)
    assert 'value="1"' in page.content.decode()
    assert voter(links["Kari"]).ballot is None


def test_a_member_compares_pair_by_pair_and_can_change_and_skip(client, pair_links):
    token = pair_links["Kari"]

    def pair(no):
        return reverse("prioritising:compare", args=[token, no])

    first = client.post(pair(1), {"valg": "second"})
    client.post(pair(2), {"valg": "equal"})
    last = client.post(pair(3), {"valg": ""})
    client.post(pair(1), {"valg": "first"})

    assert (first.url, last.url) == (pair(2), address(token))
    assert voter(token).ballot == ["first", "equal", None]
    page = text(client.get(address(token)))
    assert "You have answered 2 of 3." in page
    assert client.get(pair(4)).status_code == 404
    assert "Choose the one, the other, or that they are equal." in text(
        client.post(pair(1), {"valg": "begge"})
    )


def test_a_forged_or_cut_link_gets_the_same_page_and_tells_nothing(client, links):
    forged = "A" * 43
    pages = [client.get(address(token)) for token in (forged, links["Kari"][:-1], "x")]

    assert [page.status_code for page in pages] == [404] * 3
    assert len({text(page) for page in pages}) == 1
    assert client.post(address(forged), {"p0": "10"}).status_code == 404
    assert Voter.objects.exclude(ballot=None).count() == 0


def test_after_the_count_the_page_takes_no_vote(client, links, editor):
    everybody_votes(links)
    closed(editor)

    page = client.post(address(links["Per"]), {"p0": "6", "p1": "4"})

    assert page.status_code == 409
    assert "Votes are no longer taken. You have not voted." in text(page)
    assert "You have voted; thank you." in text(client.get(address(links["Kari"])))


def test_an_editor_opens_a_round_and_sees_the_links_once(client, goals, editor):
    client.force_login(editor)
    to = reverse("consultations:rounds", args=[CODE])

    page = client.post(
        to,
        {
            "title": "Møte 1/2022", "items": GOALS[:2], "method": "points", "points": "10",
            "most": "6", "is_secret": "on", "voters": "\n".join(NAMES), "last_day": "2022-11-01",
        },
    )  # fmt: skip

    found = re.findall(r"/stem/([\w-]{43})/", text(page))
    assert len(set(found)) == 4
    asked = queries.state(HEARING).rounds[ROUND]
    assert ([i.uid for i in asked.items], asked.is_secret) == (list(GOALS[:2]), True)
    assert asked.closes_at == dt.datetime(2022, 11, 1, 23, tzinfo=dt.UTC)
    assert "Open until 1 November 2022 at 23:59." in text(
        client.get(reverse("consultations:rounds", args=[CODE]))
    )
    later = text(client.get(reverse("consultations:round", args=[CODE, 1])))
    assert not any(token in later for token in found)
    assert "0 of 4 members voted." in later


def test_the_form_of_a_round_says_what_is_wrong(client, goals, editor):
    client.force_login(editor)

    page = client.post(
        reverse("consultations:rounds", args=[CODE]),
        {"title": "", "items": GOALS, "method": "points", "voters": "Kari\nKari", "last_day": "x"},
    )

    said = text(page)
    assert page.status_code == 422
    for sentence in ("Give it a name.", "Kari is named twice.", "Say how many."):
        assert sentence in said
    assert queries.state(HEARING).rounds == {}


def test_while_a_round_is_open_the_desk_shows_who_has_voted_and_not_what(client, links, editor):
    client.force_login(editor)
    give(links["Kari"], 6, 4, 0)

    page = text(client.get(reverse("consultations:round", args=[CODE, 1])))

    assert "Kari Nordmann, KS has voted" in page
    assert "Ola Hansen, FFO has not voted" in page
    assert "The result" not in page
    for what in ("resultat", "stemmer"):
        to = reverse("consultations:round-file", args=[CODE, 1, what])
        assert client.get(to).status_code == 404


def test_the_desk_counts_and_gives_the_result_and_the_votes_as_csv(client, links, editor):
    client.force_login(editor)
    everybody_votes(links)

    to = reverse("consultations:act-on-round", args=[CODE, 1, "tell-opp"])
    page = text(client.post(to, follow=True))

    assert "Each member shared out 10 points, at most 6 to one. 3 of 4 members voted." in page
    result = client.get(reverse("consultations:round-file", args=[CODE, 1, "resultat"]))
    rows = result.content.decode("utf-8-sig").split("\r\n")
    assert len(rows) == 5
    assert f"{GOALS[0]},Felles språk,1,1,1,0.566667,17,3" in rows[1]
    votes = client.get(reverse("consultations:round-file", args=[CODE, 1, "stemmer"]))
    said = votes.content.decode("utf-8-sig")
    assert "Kari" not in said
    assert sorted(int(row.split(",")[3]) for row in said.split("\r\n")[1:-1]) == [4, 4, 5, 5, 6, 6]


def test_counting_too_few_votes_is_refused_on_the_page(client, links, editor):
    client.force_login(editor)

    to = reverse("consultations:act-on-round", args=[CODE, 1, "tell-opp"])
    refused = client.post(to)

    assert refused.status_code == 422
    assert f"Expected at least 3 votes in {ROUND}; found 0." in text(refused)


def test_more_time_a_new_link_and_giving_up_at_the_desk(client, links, editor):
    client.force_login(editor)

    def on_round(verb, **given):
        return client.post(reverse("consultations:act-on-round", args=[CODE, 1, verb]), given)

    on_round("forleng", last_day="2022-12-01")
    new = client.post(reverse("consultations:renew-link", args=[CODE, 1]), {"velger": "1"})
    token = re.search(r"/stem/([\w-]{43})/", text(new))[1]

    assert queries.state(HEARING).rounds[ROUND].closes_at.month == 12
    assert voter(token).name == NAMES[0]
    assert on_round("gi-opp", reason="").status_code == 422
    on_round("gi-opp", reason="Møtet ble avlyst")
    assert queries.state(HEARING).rounds[ROUND].cancelled == "Møtet ble avlyst"


def test_readers_and_strangers_do_not_get_at_the_desk_of_a_round(client, links, reader):
    pages = [
        reverse("consultations:rounds", args=[CODE]),
        reverse("consultations:round", args=[CODE, 1]),
    ]
    assert [client.get(page).status_code for page in pages] == [302] * 2
    client.force_login(reader)
    assert [client.get(page).status_code for page in pages] == [403] * 2
