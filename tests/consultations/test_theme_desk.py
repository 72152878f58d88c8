import html
import re

import pytest
from django.urls import reverse

from tests.consultations.conftest import HEARING, received
from veikart.consultations import queries, services
from veikart.engines.handling import actions as do

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

CODE = "22-414"
THEME = f"{HEARING}/tema/1"
FIRST, SECOND, THIRD = (f"{HEARING}/svar/{no}/punkt/1" for no in (1, 2, 3))
SHARED = "Vi ber om at legemiddellisten blir tatt i bruk i alle kommuner innen to år."


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def replies(hearing):
    """Three replies: two send nearly the same words on medicines, the third is on schools."""
    received(hearing, SHARED, "Vi takker for muligheten.", respondent="En")
    received(hearing, SHARED, respondent="To")
    received(hearing, "Skolene trenger flere lærere i naturfag.", respondent="Tre")


@pytest.fixture
def theme(replies, editor):
    services.make_theme(HEARING, title="Legemiddelliste", by=editor)
    return THEME


def list_address():
    return reverse("consultations:themes", args=[CODE])


def address(no=1):
    return reverse("consultations:theme", args=[CODE, no])


def do_it(desk, verb, **given):
    to = reverse("consultations:act-on-theme", args=[CODE, 1, verb])
    return desk.post(to, given, follow=True)


def text(response):
    plain = re.sub(r"<[^>]*>", " ", html.unescape(response.content.decode()))
    return " ".join(plain.split())


def held(no=1):
    return queries.state(HEARING).themes[f"{HEARING}/tema/{no}"]


def inside(no=1):
    return set(queries.state(HEARING).said(f"{HEARING}/tema/{no}", yes=True))


def test_a_theme_is_made_of_a_title_and_opened(desk, replies):
    page = desk.post(list_address(), {"title": "Skole", "sentence": "Om lærere"}, follow=True)

    assert (held().title, held().sentence) == ("Skole", "Om lærere")
    assert page.redirect_chain == [(address(), 302)]


def test_a_theme_without_a_title_is_refused(desk, replies):
    refused = desk.post(list_address(), {"title": ""})

    assert refused.status_code == 422
    assert "Give it a title." in text(refused)
    assert queries.state(HEARING).themes == {}


def test_nearly_the_same_words_from_several_are_proposed_and_made_a_theme(desk, replies):
    page = desk.get(list_address())
    assert "2 points from 2 replies" in text(page)

    (one,) = page.context["campaigns"]
    desk.post(list_address(), {"title": "Kampanje", "punkt": one.points})

    assert inside() == {FIRST, SECOND}


def test_groups_are_proposed_of_what_is_in_no_theme(desk, theme, editor):
    services.act(HEARING, do.PutInTheme(theme=THEME, points=(FIRST, SECOND)), by=editor)

    page = desk.get(list_address(), {"grupper": "2"})

    grouped = sorted(uid for one in page.context["groups"] for uid in one.points)
    assert grouped == [f"{HEARING}/svar/1/punkt/2", THIRD]
    assert desk.get(list_address(), {"grupper": "x"}).context["groups"] == []


def test_those_who_speak_of_a_theme_come_with_the_sentences_that_say_so(desk, theme):
    page = desk.get(address())

    proposed = page.context["proposed"]
    assert {one.uid for one in proposed[:2]} == {FIRST, SECOND}
    assert proposed[0].sentences == (SHARED,)
    assert SHARED in text(page)


def test_a_yes_puts_a_point_in_and_a_no_takes_it_out(desk, theme):
    do_it(desk, "ja", chosen=FIRST)
    assert inside() == {FIRST}

    page = do_it(desk, "nei", chosen=FIRST)
    assert inside() == set()
    assert FIRST not in {one.uid for one in page.context["proposed"]}
    verbs = [event.verb for event in queries.events(HEARING)][:2]
    assert verbs == ["take_out_of_theme", "put_in_theme"]


def test_a_yes_to_nothing_is_refused_and_said(desk, theme):
    refused = do_it(desk, "ja")

    assert refused.status_code == 422
    assert "Nothing is named. Mark something first." in text(refused)


def test_a_theme_is_renamed_and_given_up_with_a_reason(desk, theme):
    do_it(desk, "gi-navn", title="PLL", sentence="")
    assert (held().title, held().sentence) == ("PLL", None)

    assert "Say why." in text(do_it(desk, "gi-opp"))
    gone = do_it(desk, "gi-opp", reason="Dekket av en annen")
    assert held().gone == "removed"
    assert gone.redirect_chain == [(list_address(), 302)]
    assert desk.get(address()).status_code == 404


def test_themes_are_merged_and_split(desk, theme, editor):
    services.make_theme(HEARING, title="Skole", points=[THIRD], by=editor)
    do_it(desk, "ja", chosen=FIRST)

    do_it(desk, "sla-sammen", chosen=f"{HEARING}/tema/2")
    assert inside(3) == {FIRST, THIRD}

    to = reverse("consultations:act-on-theme", args=[CODE, 3, "del"])
    desk.post(to, {"chosen": THIRD, "title": "Skole igjen"})
    assert (held(4).title, inside(4)) == ("Legemiddelliste", {FIRST})
    assert (held(5).title, inside(5)) == ("Skole igjen", {THIRD})


def test_an_outcome_holds_for_the_whole_theme(desk, theme):
    do_it(desk, "ja", chosen=FIRST)
    assert "Say why." in text(do_it(desk, "utfall", value="followed"))

    do_it(desk, "utfall", value="followed", reason="Vi er enige")

    assert (held().outcome.value, held().outcome.reason) == ("followed", "Vi er enige")
    page = text(desk.get(list_address()))
    assert "4 points received = 1 handled + 3 open." in page


def test_a_reader_and_a_stranger_neither_see_nor_do(client, theme, reader):
    for page in (list_address(), address()):
        assert client.get(page).status_code == 302
    client.force_login(reader)
    for page in (list_address(), address()):
        assert client.get(page).status_code == 403
    assert do_it(client, "ja", chosen=FIRST).status_code == 403
    assert inside() == set()


def test_an_unknown_theme_or_verb_is_not_found(desk, theme):
    assert desk.get(address(9)).status_code == 404
    assert do_it(desk, "finnes-ikke").status_code == 404
