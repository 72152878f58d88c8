"""Prioritising by private links: opened, voted, counted once, kept as evidence and secret where it is secret."""

import datetime as dt
import html
import json
import re

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.consultations.conftest import HEARING, received
from veikart.consultations import draft_goals, log, queries, services
from veikart.consultations.models import HandlingEvent, Voter
from veikart.consultations.prioritising import casting, rounds
from veikart.consultations.prioritising.rounds import Asking
from veikart.engines.handling import actions as do
from veikart.people import audit
from veikart.people.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.voting_urls")]

CODE = "22-414"
ROUND = f"{HEARING}/prioritering/1"
GOALS = tuple(f"{HEARING}/malutkast/{no}" for no in (1, 2, 3))
NAMES = ("Kari Nordmann, KS", "Ola Hansen, FFO", "Anne Berg, Bergen", "Per Vik, Alta")
LATER = dt.datetime(2022, 11, 1, tzinfo=dt.UTC)


@pytest.fixture
def goals(hearing, editor):
    received(hearing, "Begrepene må forklares.")
    services.make_theme(hearing, title="Begreper", points=[f"{HEARING}/svar/1/punkt/1"], by=editor)
    draft_goals.make_area(hearing, title="Språk", themes=[f"{HEARING}/tema/1"], by=editor)
    for text in ("Felles språk", "Deling av data", "Enkel tilgang"):
        area = f"{HEARING}/endringsomrade/1"
        draft_goals.draft_goal(hearing, areas=[area], text=text, by=editor)
    return GOALS


def opened(editor, method="points", **more):
    """A round of the three goals, and the link of each voter, by first name."""
    values = {
        "title": "Møte 1/2022",
        "of": "goals",
        "items": GOALS,
        "method": method,
        "voters": NAMES,
        "closes_at": LATER,
        "points": 10 if method == "points" else None,
        "most": 6 if method == "points" else None,
        **more,
    }
    made = rounds.open_round(HEARING, Asking(**values), by=editor)
    return {one.name.split()[0]: one.token for one in made.invited}


@pytest.fixture
def links(goals, editor):
    return opened(editor)


@pytest.fixture
def pair_links(goals, editor):
    return opened(editor, "pairs")


def voter(token):
    return casting.find(token).voter


def give(token, *points):
    casting.cast_points(voter(token), dict(zip(GOALS, points, strict=True)))


def choose_all(token, order):
    """Prefer what comes first in `order`, in each pair."""
    for place, (first, second) in enumerate(voter(token).asked):
        first_is_better = order.index(first) < order.index(second)
        casting.cast_choice(voter(token), place, "first" if first_is_better else "second")


def everybody_votes(links):
    for name, points in (("Kari", (6, 4, 0)), ("Ola", (6, 0, 4)), ("Anne", (5, 5, 0))):
        give(links[name], *points)


def closed(editor):
    return rounds.close(HEARING, ROUND, by=editor).rounds[ROUND]


def frozen():
    (found,) = queries.freeze(on=dt.date(2022, 10, 20)).priority_rounds
    return found


def text(response):
    plain = re.sub(r"<[^>]*>", " ", html.unescape(response.content.decode()))
    return " ".join(plain.split())


def address(token):
    return reverse("prioritising:vote", args=[token])


def test_a_counted_round_is_in_the_plan_with_method_voters_scores_and_day(links, editor):
    everybody_votes(links)

    closed(editor)

    result = frozen()
    assert (result.method, result.voters, result.voted, result.is_secret) == ("points", 4, 3, True)
    assert (result.closed_on, result.points, result.most) == (dt.date(2022, 10, 20), 10, 6)
    assert [(p.item, p.rank, p.got, p.given, p.share) for p in result.priorities] == [
        (GOALS[0], 1, 17, 3, pytest.approx(17 / 30, abs=1e-6)),
        (GOALS[1], 2, 9, 2, pytest.approx(9 / 30, abs=1e-6)),
        (GOALS[2], 3, 4, 1, pytest.approx(4 / 30, abs=1e-6)),
    ]


def test_pairs_are_counted_and_what_all_prefer_comes_first(pair_links, editor):
    for token in pair_links.values():
        choose_all(token, (GOALS[2], GOALS[0], GOALS[1]))

    closed(editor)

    assert [(p.item, p.rank, p.got, p.given) for p in frozen().priorities] == [
        (GOALS[2], 1, 8, 8),
        (GOALS[0], 2, 4, 8),
        (GOALS[1], 3, 0, 8),
    ]


def test_a_vote_is_changed_until_the_round_is_counted_and_counts_once(links, editor):
    everybody_votes(links)
    give(links["Kari"], 0, 4, 6)

    counted = closed(editor)

    assert len(counted.papers) == 3
    assert sum(sum(paper.points.values()) for paper in counted.papers) == 30
    assert Voter.objects.filter(round=ROUND).count() == 4


def test_a_secret_round_keeps_who_voted_and_not_who_voted_what(links, editor):
    everybody_votes(links)

    counted = closed(editor)

    assert counted.voted == tuple(sorted(NAMES[:3]))
    assert [paper.voter for paper in counted.papers] == [None] * 3
    assert set(Voter.objects.values_list("ballot", flat=True)) == {None}
    event = json.loads(HandlingEvent.objects.order_by("-no")[0].action)
    assert all("voter" not in paper or paper["voter"] is None for paper in event["papers"])
    told = json.dumps([[e.before, e.after] for e in AuditEntry.objects.all()])
    assert "malutkast/1" not in told


def test_the_papers_of_a_secret_round_lie_in_the_same_order_whoever_gave_them(goals, editor):
    found = []
    for turned in (False, True):
        links = opened(editor)
        votes = [(6, 4, 0), (6, 0, 4), (0, 5, 5)]
        names = ("Kari", "Ola", "Anne")
        for name, points in zip(names, votes[::-1] if turned else votes, strict=True):
            give(links[name], *points)
        uid = f"{HEARING}/prioritering/{int(turned) + 1}"
        found.append(rounds.close(HEARING, uid, by=editor).rounds[uid].papers)

    assert found[0] == found[1]


def test_an_open_round_keeps_each_vote_with_its_name(goals, editor):
    links = opened(editor, is_secret=False)
    give(links["Kari"], 6, 4, 0)

    counted = closed(editor)

    assert [(p.voter, p.points) for p in counted.papers] == [(NAMES[0], {GOALS[0]: 6, GOALS[1]: 4})]


def test_too_few_votes_are_not_counted(links, editor):
    give(links["Kari"], 6, 4, 0)
    give(links["Ola"], 6, 4, 0)

    with pytest.raises(ValidationError, match="Expected at least 3 votes") as refusal:
        closed(editor)

    assert refusal.value.code == "too_few_votes"
    assert voter(links["Kari"]).ballot == {GOALS[0]: 6, GOALS[1]: 4}


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ((6, 3, 0), "points_left"),
        ((6, 5, 0), "points_over"),
        ((7, 3, 0), "too_many"),
        ((-1, 6, 5), "too_many"),
    ],
)
def test_points_that_do_not_add_up_are_refused(links, points, code):
    with pytest.raises(ValidationError) as refusal:
        give(links["Kari"], *points)

    assert refusal.value.code == code
    assert voter(links["Kari"]).ballot is None


def test_a_vote_after_the_time_is_out_or_after_the_count_is_refused(links, editor):
    everybody_votes(links)
    with (
        time_machine.travel(LATER),
        pytest.raises(ValidationError, match="out 1 November 2022, 00:59") as late,
    ):
        give(links["Per"], 6, 4, 0)
    closed(editor)
    with pytest.raises(ValidationError) as over:
        give(links["Per"], 6, 4, 0)

    assert (late.value.code, over.value.code) == ("late", "round_over")
    assert frozen().voted == 3


def test_more_time_lets_members_vote(links, editor):
    rounds.extend(HEARING, ROUND, closes_at=LATER + dt.timedelta(days=7), by=editor)

    with time_machine.travel(LATER):
        give(links["Kari"], 6, 4, 0)

    assert rounds.has_voted(voter(links["Kari"]))


def test_a_new_link_voids_the_old_one_and_its_vote(links, editor):
    give(links["Kari"], 6, 4, 0)
    old = voter(links["Kari"])

    invited = rounds.renew_link(HEARING, ROUND, old.no, by=editor)

    assert casting.find(links["Kari"]) is None
    assert voter(invited.token).ballot is None
    with pytest.raises(ValidationError) as refusal:
        casting.cast_points(old, {GOALS[0]: 6, GOALS[1]: 4})
    assert refusal.value.code == "replaced"


def test_a_later_round_does_not_overwrite_an_earlier_one(links, editor):
    everybody_votes(links)
    first = closed(editor)
    services.act(HEARING, do.RewordGoal(goal=GOALS[0], text="Ny ordlyd"), by=editor)
    again = opened(editor)
    for name in ("Kari", "Ola", "Anne"):
        give(again[name], 0, 4, 6)
    rounds.close(HEARING, f"{HEARING}/prioritering/2", by=editor)

    one, two = queries.freeze(on=dt.date(2022, 10, 20)).priority_rounds
    assert log.state_of(HEARING).rounds[ROUND] == first
    assert (one.priorities[0].item, one.priorities[0].text) == (GOALS[0], "Felles språk")
    assert [p.text for p in two.priorities if p.item == GOALS[0]] == ["Ny ordlyd"]


def test_neither_a_count_nor_what_was_weighed_is_undone(links, editor):
    everybody_votes(links)
    closed(editor)
    last = log.state_of(HEARING).last
    drafted = HandlingEvent.objects.filter(verb="draft_goal").first().no

    for event, code in ((last, "not_undoable"), (drafted, "stays")):
        with pytest.raises(ValidationError) as refusal:
            services.undo(HEARING, event, by=editor)
        assert refusal.value.code == code


def test_a_round_that_is_given_up_keeps_no_vote_and_has_no_result(links, editor):
    give(links["Kari"], 6, 4, 0)

    rounds.cancel(HEARING, ROUND, reason="Møtet ble avlyst", by=editor)

    assert voter(links["Kari"]).ballot is None
    assert queries.freeze(on=dt.date(2022, 10, 20)).priority_rounds == ()
    assert audit.verify() == []


def test_a_round_that_does_not_add_up_is_refused(goals, editor, reader):
    for more, said in (
        ({"items": GOALS[:1]}, "two or more different things"),
        ({"voters": NAMES[:2]}, "at least three in a secret round"),
        ({"most": 2}, "at most the limit for one"),
        ({"closes_at": dt.datetime(2022, 1, 1, tzinfo=dt.UTC)}, "still to come"),
    ):
        with pytest.raises(ValidationError, match=said):
            opened(editor, **more)
    with pytest.raises(PermissionDenied):
        opened(reader)
    assert Voter.objects.count() == 0


@given(
    votes=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 6), st.integers(0, 6), st.integers(0, 6)),
        max_size=12,
    )
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_however_members_vote_and_vote_again_each_counts_once_and_no_point_is_lost(
    goals, editor, votes
):
    links = list(opened(editor, is_secret=False).values())
    uid = max(log.state_of(HEARING).rounds, key=lambda uid: int(uid.rpartition("/")[2]))
    last = {}
    for who, *points in votes:
        try:
            give(links[who], *points)
        except ValidationError:
            continue
        last[who] = points
    if not last:
        return

    counted = rounds.close(HEARING, uid, by=editor).rounds[uid]

    assert len(counted.papers) == len(last)
    assert sum(sum(p.points.values()) for p in counted.papers) == 10 * len(last)
    given_points = {NAMES[who]: points for who, points in last.items()}
    assert {
        p.voter: [p.points.get(uid, 0) for uid in GOALS] for p in counted.papers
    } == given_points


# --- Pages ------------------------------------------------------------------------------------


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
    assert sorted(int(row.split(",")[2]) for row in said.split("\r\n")[1:-1]) == [4, 4, 5, 5, 6, 6]


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
