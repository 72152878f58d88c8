import re
from html.parser import HTMLParser
from urllib.parse import quote

import msgspec
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from tests.roadmap.factories import day, make_deliverable, make_ground
from veikart.people import audit
from veikart.people.models import AuditEntry, User
from veikart.roadmap import queries
from veikart.strategy import queries as strategy_queries

pytestmark = pytest.mark.django_db

LIST = "/admin/roadmap/deliverable/"
ONE = f"{LIST}leveranse_2F7/change/"
REMOVAL = f"{LIST}leveranse_2F7/delete/"


class Fields(HTMLParser):
    """What a browser would send back from a page's form, unchanged."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._select = self._textarea = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "input" and found.get("type") not in ("submit", "checkbox", "radio"):
            self.values.setdefault(name, []).append(found.get("value") or "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in found:
            self.values.setdefault(self._select, []).append(found.get("value") or "")
        elif tag == "textarea":
            self._textarea = name
            self.values.setdefault(name, [""])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.values[self._textarea][0] += data.removeprefix("\n")


def fields(client: Client, address: str) -> dict[str, list[str]]:
    found = Fields(client.get(address).content.decode()).values
    return {name: values for name, values in found.items() if name and "__prefix__" not in name}


@pytest.fixture
def editor(client: Client) -> Client:
    make_ground()
    user = User.objects.create_user("kari", role="editor", is_staff=True)
    client.force_login(user)
    return client


def test_the_list_shows_periods_in_words_and_can_be_searched_and_filtered(editor):
    make_deliverable("7", name="Legemiddelliste")
    make_deliverable("8", name="Kjernejournal")

    page = editor.get(LIST, {"q": "legemiddel", "periods__certainty__exact": "planned"})

    text = page.content.decode()
    assert "Legemiddelliste" in text
    assert "Kjernejournal" not in text
    assert "fase/konsept 01.01.2026 – …" in text


def test_saving_the_form_untouched_changes_nothing_and_keeps_the_words_of_the_source(editor):
    start = msgspec.structs.replace(day("2026-01-01"), text="2026-01-01 00:00:00")
    period = {"no": 1, "start": start, "certainty": "planned"}
    make_deliverable("7", periods=[period], description="Én\n\nliste.", other_delmal=["delmal/1B"])
    before, stamp = queries.freeze(), audit.stamp()

    answer = editor.post(ONE, fields(editor, ONE))

    assert answer.status_code == 302
    assert queries.freeze() == before
    assert audit.stamp() == stamp


def test_a_changed_date_is_read_as_people_say_it_and_recorded(editor):
    make_deliverable("7")
    given = fields(editor, ONE)
    given["periods-0-start_0"], given["periods-0-start_1"] = ["2. kvartal 2026"], ["tentative"]
    given["name"] = ["Nytt navn"]

    answer = editor.post(ONE, given)

    (deliverable,) = queries.freeze().deliverables
    entry = AuditEntry.objects.latest("number")
    assert answer.status_code == 302
    assert deliverable.name == "Nytt navn"
    assert deliverable.periods[0].start.precision == "quarter"
    assert deliverable.periods[0].start.certainty == "tentative"
    assert (entry.verb, entry.uid, entry.by_name) == ("deliverable.changed", "leveranse/7", "kari")
    assert sorted(entry.after) == ["name", "periods"]
    assert entry.before["name"] == "Leveranse 7"
    assert audit.verify() == []


def test_a_date_nobody_can_read_is_refused_beside_its_field(editor):
    make_deliverable("7")
    given = {**fields(editor, ONE), "periods-0-start_0": ["snart"]}
    before = queries.freeze()

    answer = editor.post(ONE, given, headers={"accept-language": "en"})

    assert answer.status_code == 200
    assert "snart" in answer.content.decode()
    assert re.search(r'class="errorlist', answer.content.decode())
    assert queries.freeze() == before


def test_the_address_is_given_once_and_never_changed(editor):
    make_deliverable("7")
    given = {**fields(editor, ONE), "uid": ["leveranse/9"]}

    editor.post(ONE, given)

    assert [d.uid for d in queries.freeze().deliverables] == ["leveranse/7"]
    assert 'name="uid"' not in editor.get(ONE).content.decode()


def test_a_new_object_needs_an_address_of_the_right_form(editor):
    address = "/admin/roadmap/phase/add/"
    given = {"name": "Ny", "short_name": "Ny", "number": "9", "pattern": "plain"}

    wrong = editor.post(address, {**given, "uid": "Ny fase"})
    right = editor.post(address, {**given, "uid": "fase/ny"})

    assert (wrong.status_code, right.status_code) == (302, 302)
    assert wrong.url == address
    assert [phase.uid for phase in queries.freeze().phases] == [
        "fase/innforing",
        "fase/konsept",
        "fase/ny",
        "fase/utvikling",
    ]
    assert AuditEntry.objects.latest("number").verb == "phase.created"


def test_removal_asks_for_the_reason_and_leaves_a_stone(editor):
    make_deliverable("7")
    make_deliverable("8")

    without = editor.post(REMOVAL, {"reason": ""})
    kept = len(queries.freeze().deliverables)
    done = editor.post(REMOVAL, {"reason": "Dobbelt.", "successors": "leveranse/8"})

    assert (without.status_code, kept, done.status_code) == (200, 2, 302)
    assert [d.uid for d in queries.freeze().deliverables] == ["leveranse/8"]
    (stone,) = strategy_queries.tombstones()
    assert (stone.uid, stone.reason, stone.successors) == (
        "leveranse/7",
        "Dobbelt.",
        ("leveranse/8",),
    )
    assert AuditEntry.objects.latest("number").by_name == "kari"


def test_many_cannot_be_removed_at_once_without_a_reason(editor):
    make_deliverable("7")

    editor.post(
        LIST, {"action": "delete_selected", "_selected_action": "leveranse/7", "post": "yes"}
    )

    assert len(queries.freeze().deliverables) == 1


@pytest.mark.parametrize("role", ["reader", "reporter", None])
def test_nobody_but_editors_gets_in_even_as_staff(client, role):
    make_ground()
    make_deliverable("7")
    if role:
        user = User.objects.create_user("ola", role=role, is_staff=True)
        client.force_login(user)
    before = queries.freeze()

    answers = [
        client.get(LIST),
        client.post(ONE, {"name": "Endret"}),
        client.post(REMOVAL, {"reason": "x"}),
    ]

    expected = 403 if role else 302
    assert [answer.status_code for answer in answers] == [expected] * 3
    assert queries.freeze() == before
    assert AnonymousUser().is_staff is False


@pytest.mark.parametrize(
    "table",
    [
        "roadmap/phase", "roadmap/grouping", "roadmap/deliverable", "roadmap/dependency",
        "roadmap/cause", "strategy/vision", "strategy/overarchinggoal", "strategy/strategicgoal",
        "strategy/statement", "strategy/delmal", "strategy/prerequisite", "strategy/targetgroup",
        "strategy/sdg", "strategy/relatedstrategy", "strategy/strategy", "strategy/source",
        "strategy/tombstone", "people/organisation", "people/usergroup", "people/auditentry",
        "documents/document", "places/municipality", "places/county", "places/healthregion",
        "places/change",
    ],
)  # fmt: skip
def test_editors_reach_every_table_and_its_rows(editor, table):
    make_deliverable("7")

    listed = editor.get(f"/admin/{table}/", {"q": "a"})
    rows = re.findall(
        rf'href="(/admin/{table}/[^"?]+/change/)"', editor.get(f"/admin/{table}/").content.decode()
    )

    assert listed.status_code == 200
    assert [editor.get(address).status_code for address in rows[:3]] == [200] * len(rows[:3])
    assert quote(table) == table


@pytest.mark.parametrize("table", ["people/auditentry", "strategy/tombstone", "roadmap/cause"])
def test_what_is_a_record_can_only_be_read(editor, table):
    entry = AuditEntry.objects.earliest("number")

    assert editor.get(f"/admin/{table}/add/").status_code == 403
    assert editor.post(f"/admin/people/auditentry/{entry.pk}/delete/").status_code == 403
    assert (
        editor.post(f"/admin/people/auditentry/{entry.pk}/change/", {"verb": "x"}).status_code
        == 403
    )
    assert audit.verify() == []
