"""What every reader gives follows the published schema, and the schema refuses what does not."""

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

from tests.engines.readers.agendas import docx_agenda, text_agenda
from tests.engines.readers.files import csv_file, row
from tests.engines.readers.reply_forms import docx_form, mail, text_form
from tests.engines.readers.test_agenda import NYNORSK, made
from tests.engines.readers.test_minutes import MINUTES
from tests.engines.readers.test_slides import SLIDES
from tests.engines.readers.test_strategy_text import SEA
from tests.shared import SHARED, needs_shared
from veikart.engines.readers.choose import read, read_all
from veikart.plan.proposal_schema import (
    COUNCIL,
    COUNCIL_KEYS,
    KEYS,
    REPLIES,
    REPLY_KEYS,
    STRUCTS,
    json_schema,
)

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema" / "proposal.schema.json"
SCHEMA = json.loads(PUBLISHED.read_text(encoding="utf-8"))


def printed(proposal):
    return json.loads(msgspec.json.encode(proposal))


def of_register(**changed):
    return printed(read("a.csv", csv_file(row(**changed))))


def problems(document):
    return list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(document))


def test_the_published_schema_is_up_to_date():
    assert json.loads(json.dumps(json_schema())) == SCHEMA, (
        "Write it anew: python -m veikart.plan.proposal_schema > docs/schema/proposal.schema.json"
    )
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert STRUCTS.keys() == KEYS.keys()
    assert REPLIES.keys() == REPLY_KEYS.keys()
    assert COUNCIL.keys() == COUNCIL_KEYS.keys()


def test_a_register_and_a_strategy_follow_the_schema():
    assert problems(of_register(start="2. kvartal 2026", end="etter 2027")) == []
    assert problems(of_register(delmal="", grouping="", phase="?", start="?", version="")) == []
    assert problems(printed(read("a.txt", SEA.encode()))) == []


def test_a_reply_form_a_letter_and_an_email_follow_the_schema():
    content = mail(
        ("svar.docx", docx_form()),
        ("brev.txt", b"Vi ber om at fristen flyttes til sommeren i 2027."),
        body="Vi støtter målene i strategien.",
    )

    found = [printed(reading.proposal) for reading in read_all("svar.eml", content)]

    assert [one["reader"] for one in found] == ["mail", "reply_form", "letter"]
    assert [problems(one) for one in found] == [[], [], []]


@pytest.mark.parametrize(
    ("number", "values"),
    [
        (0, {"scanned": "no"}),
        (0, {"sender": "Kari"}),
        (1, {"question": "1"}),
        (5, {"kind": "praise"}),
        (5, {"anchors": [{"uid": "mal/1"}]}),
    ],
)
def test_wrong_values_of_a_reply_do_not(number, values):
    document = printed(read("svar.txt", text_form()))
    document["items"][number]["values"].update(values)

    assert problems(document) != []


@pytest.mark.parametrize(
    ("reader", "content"),
    [
        ("agenda", text_agenda()),
        ("agenda", docx_agenda()),
        ("agenda", NYNORSK.encode()),
        ("agenda", made(number="8/25", day="31.02.2025").encode()),
        ("agenda", b"Agenda\n\nDato: 3. mai\nSted: Oslo\n\nSaker\n1. Budsjett\n2. Eventuelt"),
        ("minutes", MINUTES.encode()),
        ("slides", SLIDES.encode()),
    ],
)
def test_what_a_council_treats_follows_the_schema(reader, content):
    found = printed(read("a", content))

    assert found["reader"] == reader
    assert {item["kind"] for item in found["items"]} <= COUNCIL.keys()
    assert problems(found) == []


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("meeting", {"held_on": 4}),
        ("meeting", {"chair": "Kari"}),
        ("seat", {"role": "king"}),
        ("case", {"type": "Drøfting"}),
        ("case", {"slots": [{"starts_at": 10}]}),
        ("decision", {"text": 1}),
    ],
)
def test_wrong_values_of_a_council_do_not(kind, values):
    document = printed(read("a", text_agenda()))
    next(item for item in document["items"] if item["kind"] == kind)["values"].update(values)

    assert problems(document) != []


@needs_shared
def test_the_founding_documents_of_a_council_follow_the_schema():
    for number, reader in (("000", "slides"), ("002", "agenda")):
        [path] = (SHARED / "seeds").glob(f"{number}_*.txt")
        found = printed(read(path.name, path.read_bytes()))

        assert (found["reader"], problems(found)) == (reader, [])


@needs_shared
def test_the_real_register_and_the_real_strategy_follow_the_schema():
    for path in [
        SHARED / "facts" / "veikart-register-2026-08.csv",
        *(SHARED / "seeds").glob("001_*.txt"),
    ]:
        proposal = read(path.name, path.read_bytes())

        assert problems(printed(proposal)) == []
        assert {item.kind for item in proposal.items} <= STRUCTS.keys()


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        (("items", 0, "key"), "delmal/A1"),
        (("items", 0, "values", "goal"), 1),
        (("items", 0, "values", "colour"), "red"),
        (("items", 0, "values"), {}),
        (("items", 3, "values", "certainty"), "perhaps"),
        (("items", 3, "values", "start", "precision"), "week"),
        (("items", 0, "found_at", "row"), "two"),
        (("counts", "delmal"), "one"),
        (("warnings",), [{"code": "x"}]),
        (("file",), {}),
        (("reader",), None),
    ],
)
def test_the_schema_refuses_what_no_reader_gives(at, wrong):
    document = of_register()
    place = document
    for step in at[:-1]:
        place = place[step]
    place[at[-1]] = wrong

    assert problems(document) != []


def test_kinds_of_other_readers_are_let_through():
    document = of_register()
    document["items"][0] = {"kind": "recipe", "key": "grot/1", "values": {"a": 1}, "found_at": {}}

    assert problems(document) == []
