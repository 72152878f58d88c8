"""A hearing with many points: its page stays light, and every point is on a page that it leads to."""

import datetime as dt
import re

import pytest
from msgspec.structs import replace

from tests.pages.hearing_samples import HEARING, consultations
from tests.pages.readings import shelved
from tests.plan.samples import sample
from veikart.pages.reading import Reading
from veikart.pages.render import render
from veikart.pages.said_here import SHOWN
from veikart.plan.consultations import Outcome, Point, Reply
from veikart.publishing import addresses

REPLIES, POINTS = 88, 14
HEAVIEST = 150_000
"""Bytes of a hearing's page before compression."""
ANCHORS = ("mal/1", "mal/1/oppna/1", "mal/1/oppna/2", "delmal/1A", "delmal/2D", "leveranse/101", "")
OUTCOME = Outcome(value="noted", reason="Takk.", decided_on=dt.date(2026, 7, 1))
THEME = f"{HEARING}/tema/1"


def _reply(no):
    return Reply(
        uid=f"{HEARING}/svar/{no}", hearing=HEARING, no=no, version=1, channel="web",
        respondent=f"Kommunen med det lange navnet {no}", kind_of_respondent="municipality",
    )  # fmt: skip


def _point(reply, no):
    anchor = ANCHORS[(reply * no) % len(ANCHORS)]
    return Point(
        uid=f"{HEARING}/svar/{reply}/punkt/{no}",
        hearing=HEARING,
        reply=f"{HEARING}/svar/{reply}",
        no=no,
        kind="proposal",
        text=f"Vi foreslår at punkt {no} blir skrevet om, slik at det er til å forstå. " * 5,
        question=1 + no % 3,
        anchors=(anchor,) if anchor else (),
        themes=(THEME,) if no % 2 else (),
        outcome=OUTCOME,
    )


@pytest.fixture(scope="module")
def reading():
    points = tuple(_point(r, n) for r in range(1, REPLIES + 1) for n in range(1, POINTS + 1))
    said = consultations()
    theme = replace(said.themes[0], points=tuple(p.uid for p in points if p.themes))
    said = replace(
        said,
        replies=tuple(_reply(no) for no in range(1, REPLIES + 1)),
        points=points,
        themes=(theme,),
    )
    this = shelved(replace(sample(), consultations=said))
    return Reading(shelved=this, editions=(this,), language="nb")


@pytest.fixture(scope="module")
def about(reading):
    """The pages that the hearing's page leads to, by path."""
    paths = [path for path in addresses.paths(reading) if path.startswith(f"{HEARING}/om/")]
    return {path: render(reading, path) for path in paths}


def points_on(html):
    return set(re.findall(r"/svar/(\d+)/#punkt-(\d+)", html))


def test_the_page_is_light(reading):
    html = render(reading, HEARING).html

    assert len(html.encode()) < HEAVIEST


def test_each_point_is_on_a_page_that_the_hearing_leads_to(reading, about):
    html = render(reading, HEARING).html
    linked = set(re.findall(rf'href="/({HEARING}/om/[^"]+)/"', html))

    assert {page.status for page in about.values()} == {200}
    assert linked == {path for path in about if "/side/" not in path}
    assert len(set().union(*(points_on(page.html) for page in about.values()))) == REPLIES * POINTS
    assert max(len(page.html) for page in about.values()) < HEAVIEST


def test_pages_of_a_list_lead_to_each_other(reading, about):
    first = about[f"{HEARING}/om/mal/1"].html
    second = about[f"{HEARING}/om/mal/1/side/2"].html

    assert f'rel="next" href="/{HEARING}/om/mal/1/side/2/"' in first
    assert f'rel="prev" href="/{HEARING}/om/mal/1/"' in second
    assert "Side 2 av" in second
    assert not points_on(first) & points_on(second)


def test_a_theme_of_many_points_has_pages(reading):
    paths = [path for path in addresses.paths(reading) if path.startswith(THEME)]
    pages = [render(reading, path).html for path in paths]

    assert paths[:2] == [THEME, f"{THEME}/side/2"]
    assert len(set().union(*(points_on(page) for page in pages))) == REPLIES * POINTS / 2
    assert max(len(page) for page in pages) < HEAVIEST


@pytest.mark.parametrize(
    "path",
    ["om/mal/1/side/1", "om/mal/1/side/99", "om/mal/1/side/0", "om/mal/9", "tema/1/side/99", "om"],
)
def test_what_is_no_page_of_a_list_is_not_found(reading, path):
    assert render(reading, f"{HEARING}/{path}").status == 404


def test_a_goal_that_many_spoke_of_shows_some_and_leads_to_all(reading):
    html = render(reading, "mal/1").html

    assert html.count('<a href="/' + HEARING + "/svar/") < 3 * (SHOWN + 1)
    assert f'href="/{HEARING}/om/mal/1/"' in html
    assert len(html.encode()) < HEAVIEST
