"""What themes led to, for the public: draft goals with their trail, rounds of prioritising, and a table of them."""

import csv
import html
import io
import json
import re

import msgspec
import pytest
from msgspec.structs import replace

from tests.pages import hearing_samples as hearings
from tests.pages import readings
from veikart.pages.render import render
from veikart.plan.consultations import Ballot, Preference, Priority, PriorityRound
from veikart.plan.council import Case, Council
from veikart.publishing import addresses, hearing_data

HEARING = hearings.HEARING
GOALS = [f"{HEARING}/malutkast/{no}" for no in (1, 2)]


def words_of(text):
    main = text.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def with_pairs(language="en"):
    """The sample with a second round, pair by pair, in which the other goal came first."""
    plan = hearings.answered_plan()
    said = plan.consultations
    (first,) = said.priority_rounds
    one, two = first.priorities
    pairs = replace(
        first,
        uid=f"{HEARING}/prioritering/2",
        no=2,
        title="Møte 2",
        method="pairs",
        is_secret=False,
        points=None,
        most=None,
        priorities=(
            replace(two, rank=1, share=0.75, got=3.5, given=5, best=1, worst=1),
            replace(one, rank=None, share=None, got=0, given=0, best=None, worst=None),
        ),
    )
    said = replace(said, priority_rounds=(first, pairs))
    return readings.alone(language, replace(plan, consultations=said))


def test_a_theme_tells_the_draft_goals_it_led_to_and_their_priority():
    said = words_of(render(hearings.answered("en"), f"{HEARING}/tema/1").html)

    assert "The draft goals that it led to Alle ser sin journal" in said
    assert "Number 1 of 2 by points on 10 June 2026. 5 of 6 members voted." in said
    assert "It became Goal 1, bullet 1 ." in said


def test_each_round_is_shown_the_newest_first_and_the_goals_by_the_newest():
    page = render(with_pairs(), HEARING).html
    said = words_of(page)

    assert page.index('id="prioritering-2"') < page.index('id="prioritering-1"')
    assert page.index('id="malutkast-2"') < page.index('id="malutkast-1"')
    assert "Members chose between two at a time." in said
    assert "Fewer forms 1 1 75 % 3.5 of 5 Alle ser sin journal – – – 0 of 0" not in said
    assert re.search(r"Færre skjemaer 1 1 75 % 3.5 of 5 Alle ser sin journal – – – 0 of 0", said)
    assert "Not compared on 10 June 2026." in said
    assert "Who voted is known, what each one voted is not." in said


def test_an_earlier_round_stands_unchanged_beside_a_later_one():
    said = words_of(render(with_pairs(), HEARING).html)

    assert "Rådets møte 3. juni , 10 June 2026 Each member shared out 10 points" in said
    assert "Alle ser sin journal 1 1–2 30 5 Færre skjemaer 2 1–2 20 4" in said


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_all_rounds_are_given_out_as_one_table(language):
    content = hearing_data.priorities(with_pairs(language), HEARING, "csv")

    heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert len({len(row) for row in (heads, *rows)}) == 1
    assert [(row[0], row[10], row[12], row[15]) for row in rows] == [
        (f"{HEARING}/prioritering/1", GOALS[0], "1", "0.6"),
        (f"{HEARING}/prioritering/1", GOALS[1], "2", "0.4"),
        (f"{HEARING}/prioritering/2", GOALS[1], "1", "0.75"),
        (f"{HEARING}/prioritering/2", GOALS[0], "", ""),
    ]


def test_only_the_table_of_a_hearing_of_the_edition_is_given_out():
    reading = hearings.answered("en")

    for uid, ending in (("horing/99-1", "csv"), (HEARING, "xlsx")):
        with pytest.raises(LookupError, match="Expected a hearing"):
            hearing_data.priorities(reading, uid, ending)
    files = dict(hearing_data.files(reading))
    assert {f"{HEARING}/prioriteringer.{ending}" for ending in ("csv", "json")} <= files.keys()
    assert f"{HEARING}/stemmer.csv" not in files
    with pytest.raises(LookupError, match="Expected a hearing with an open round"):
        hearing_data.votes(reading, HEARING, "csv")


OPTIONS = [f"{HEARING}/prioritering/2/valg/{no}" for no in (1, 2, 3)]


def with_open_ranking(language="en", **changed):
    """The sample with an open round of ranked options beside the secret one by points, weighed in a case."""
    plan = hearings.answered_plan()
    said = plan.consultations
    (first,) = said.priority_rounds
    orders = {"Anne Berg, Bergen": (2, 1), "Kari Nordmann, KS": (2, 3, 1)}
    ranking = PriorityRound(
        uid=f"{HEARING}/prioritering/2",
        hearing=HEARING,
        no=2,
        title="Møte 2",
        of="options",
        method="ranking",
        is_secret=False,
        opened_on=first.opened_on,
        closed_on=first.closed_on,
        voters=3,
        voted=2,
        case="sak/nasjonalt-e-helserad/2-22",
        priorities=(
            Priority(item=OPTIONS[1], text="Kritisk info", rank=1, share=1, best=1, worst=1, got=4, given=2, firsts=2),
            Priority(item=OPTIONS[0], text="=Dokumenter", rank=2, share=0.25, best=2, worst=3, got=1, given=2, firsts=0),
            Priority(item=OPTIONS[2], text="Legemidler", rank=2, share=0.25, best=2, worst=3, got=1, given=1, firsts=0),
        ),
        preferred=((0, 2, 2), (0, 0, 1), (0, 1, 0)),
        ballots=tuple(
            Ballot(voter=name, ranking=tuple(OPTIONS[no - 1] for no in order))
            for name, order in orders.items()
        ),
    )  # fmt: skip
    said = replace(said, priority_rounds=(first, replace(ranking, **changed)))
    return readings.alone(language, replace(plan, consultations=said))


def test_an_open_ranked_round_tells_the_order_the_plain_figures_and_who_voted_what():
    page = render(with_open_ranking(), HEARING).html
    said = words_of(page)

    assert "Weighed in case 2/22. Each member put as many in order as they liked." in said
    assert "What each one voted is published, as members were told before they voted." in said
    assert "Kritisk info 1 1 100 % 2 2 =Dokumenter 2 2–3 25 % 0 2 Legemidler 2 2–3 25 % 0 1" in said
    assert "Kari Nordmann, KS 1. Kritisk info, 2. Legemidler, 3. =Dokumenter" in said
    assert said.count("Who voted what") == 1


def test_an_option_has_an_address_that_leads_to_its_row():
    reading = with_open_ranking()

    moved = render(reading, OPTIONS[2])

    assert moved.status == 302
    assert moved.moved_to == f"/en/{HEARING}/#prioritering-2-valg-3"
    assert '<tr id="prioritering-2-valg-3">' in render(reading, HEARING).html


def test_the_case_is_a_link_where_the_plan_has_it_and_words_where_not():
    reading = with_open_ranking()
    uid = "sak/nasjonalt-e-helserad/2-22"
    case = Case(uid=uid, body="organ/nasjonalt-e-helserad", number="2/22", title="Endringsområder")
    with_case = replace(reading.plan, council=Council(cases=(case,)))

    link = f'<a href="/en/{uid}/">Weighed in case 2/22.</a>'
    assert link in render(readings.alone("en", with_case), HEARING).html
    without = render(reading, HEARING).html
    assert f"/{uid}/" not in without
    assert "Weighed in case 2/22." in without


def test_open_votes_are_given_out_as_a_table_and_in_json_with_all_that_a_recount_needs():
    reading = with_open_ranking()

    heads, *rows = csv.reader(
        io.StringIO(hearing_data.votes(reading, HEARING, "csv").decode("utf-8-sig"))
    )
    rounds = json.loads(hearing_data.priorities(reading, HEARING, "json"))["priority_rounds"]
    results = csv.DictReader(
        io.StringIO(hearing_data.priorities(reading, HEARING, "csv").decode("utf-8-sig"))
    )

    assert heads == ["Round", "Vote", "Id", "Points", "Place in the order", "Preferred to", "Equal"]
    assert [(row[1], row[2], row[4]) for row in rows] == [
        ("Anne Berg, Bergen", OPTIONS[1], "1"),
        ("Anne Berg, Bergen", OPTIONS[0], "2"),
        ("Kari Nordmann, KS", OPTIONS[1], "1"),
        ("Kari Nordmann, KS", OPTIONS[2], "2"),
        ("Kari Nordmann, KS", OPTIONS[0], "3"),
    ]
    assert [len(one["ballots"]) for one in rounds] == [0, 2]
    assert msgspec.convert(rounds, tuple[PriorityRound, ...]) == (
        reading.plan.consultations.priority_rounds
    )
    assert [(row["Case"], row["Text"], row["Members who put it first"]) for row in results] == [
        ("", "Alle ser sin journal", ""),
        ("", "Færre skjemaer", ""),
        ("sak/nasjonalt-e-helserad/2-22", "Kritisk info", "2"),
        ("sak/nasjonalt-e-helserad/2-22", "'=Dokumenter", "0"),
        ("sak/nasjonalt-e-helserad/2-22", "Legemidler", "0"),
    ]


def test_the_page_links_to_each_download_that_there_is_and_the_draft_to_none():
    page = render(with_open_ranking(), HEARING).html
    secret = render(hearings.answered("en"), HEARING).html

    for name in ("prioriteringer.csv", "prioriteringer.json", "stemmer.csv"):
        assert f'href="/en/data/{HEARING}/{name}"' in page
    assert "stemmer.csv" not in secret


def test_pairs_of_an_open_round_are_counted_on_the_page_and_whole_in_the_data():
    pairs = (
        Preference(better=OPTIONS[0], worse=OPTIONS[1]),
        Preference(better=OPTIONS[2], worse=OPTIONS[1], equal=True),
    )
    reading = with_open_ranking(
        method="pairs", ballots=(Ballot(voter="=Kari", pairs=pairs),), preferred=()
    )

    page = words_of(render(reading, HEARING).html)
    rows = list(
        csv.reader(io.StringIO(hearing_data.votes(reading, HEARING, "csv").decode("utf-8-sig")))
    )

    assert "=Kari 2 choices between two." in page
    assert [row[1:] for row in rows[1:]] == [
        ["'=Kari", OPTIONS[0], "", "", OPTIONS[1], "no"],
        ["'=Kari", OPTIONS[2], "", "", OPTIONS[1], "yes"],
    ]


def test_the_votes_of_very_many_are_in_the_file_alone():
    many = tuple(Ballot(voter=f"Medlem {no}", ranking=(OPTIONS[0],)) for no in range(41))

    few_page, many_page = (
        render(with_open_ranking(ballots=ballots), HEARING).html for ballots in (many[:40], many)
    )

    assert few_page.count("<strong>Medlem") == 40
    assert many_page.count("<strong>Medlem") == 0
    assert "stemmer.csv" in many_page


def test_rounds_and_options_have_published_addresses_of_their_own():
    found = list(addresses.places(with_open_ranking()))

    assert [uid for uid in found if "/prioritering/" in uid] == [
        f"{HEARING}/prioritering/1",
        f"{HEARING}/prioritering/2",
        OPTIONS[1],
        OPTIONS[0],
        OPTIONS[2],
    ]
    assert f"{HEARING}/stemmer.csv" in dict(hearing_data.files(with_open_ranking()))
