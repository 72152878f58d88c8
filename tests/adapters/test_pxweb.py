"""The connector to PxWeb services, against a small service that speaks the protocol."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.pxweb_server import Service, serving
from tests.engines.observations.tables import check, data_set
from veikart.adapters.pxweb import PxWeb
from veikart.adapters.pxweb_parts import cells_in, merged, parts_of
from veikart.adapters.pxweb_tables import PxWebError, Query, decode_query, encode_query
from veikart.engines.observations.canonical import decode
from veikart.engines.observations.proposing import Wish, propose
from veikart.engines.observations.reading import read

VARIABLES = [
    {
        "code": "Region",
        "text": "region",
        "role": "geo",
        "texts": {"0301": "Oslo", "1103": "Stavanger", "4601": "Bergen"},
    },
    {
        "code": "Kjonn",
        "text": "kjønn",
        "elimination": True,
        "texts": {"1": "Menn", "2": "Kvinner"},
    },
    {
        "code": "ContentsCode",
        "text": "statistikkvariabel",
        "role": "metric",
        "texts": {"Antall": "Antall", "Befolkning": "Befolkning"},
        "units": {"Antall": "personer", "Befolkning": "personer"},
    },
    {
        "code": "Tid",
        "text": "år",
        "role": "time",
        "texts": {year: year for year in ("2020", "2021", "2022", "2023")},
    },
]
SEX = Wish(column="sex", label="Kjønn", categories={"k": "Kvinner", "m": "Menn"})


def value(cell):
    """A number told by the codes alone; one cell is not shown, for confidentiality."""
    if (cell["Region"], cell["Tid"], cell["ContentsCode"]) == ("1103", "2021", "Antall"):
        return ":"
    number = int(cell["Region"]) + 10 * int(cell["Tid"]) + (7 if cell["Kjonn"] == "2" else 0)
    return number * (5 if cell["ContentsCode"] == "Befolkning" else 1)


@pytest.fixture
def service():
    return Service(VARIABLES, value)


@pytest.fixture
def address(service):
    with serving(service) as address:
        yield address


@pytest.fixture
def waits():
    return []


@pytest.fixture
def pxweb(waits):
    with PxWeb(wait=waits.append) as pxweb:
        yield pxweb


def query(address, version=1, **selection):
    table = "/api/v1/no/table/07459" if version == 1 else "/api/v2/tables/07459"
    return Query(
        address=f"{address}{table}",
        version=version,
        selection={code: tuple(values.split()) for code, values in selection.items()},
        language=None if version == 1 else "no",
    )


def cells(content):
    table = read("answer.json", content).table
    return {tuple(row[code] for code in row if code not in ("value", "status")): (
        row["value"], row["status"]
    ) for row in table.to_pylist()}  # fmt: skip


@pytest.mark.parametrize("version", [1, 2])
def test_a_service_tells_of_its_table(address, pxweb, version):
    table = pxweb.table(query(address, version))

    assert table.title == "07459: Folkemengde"
    assert [each.code for each in table.variables] == ["Region", "Kjonn", "ContentsCode", "Tid"]
    assert [each.can_be_left_out for each in table.variables] == [False, True, False, False]
    assert [each.is_time for each in table.variables] == [False, False, False, True]
    assert table.variables[0].texts == ("Oslo", "Stavanger", "Bergen")


@pytest.mark.parametrize("version", [1, 2])
def test_a_question_goes_from_the_service_to_a_canonical_data_set(address, pxweb, version):
    asked = query(address, version, Kjonn="*", Tid="top(3)")

    answer = pxweb.fetch(asked)
    raw = read("07459.json", answer.content)
    checked = check(raw, mapping=propose(raw, kind="share", breakdowns=[SEX]), geography=None)
    kept = decode(data_set(checked)).to_pylist()

    assert decode_query(answer.query) == asked
    assert (answer.questions, answer.cells) == (1, 36)
    assert len(kept) == 18
    assert kept[0] == {
        "period": "2021", "area": "0301", "sex": "k", "numerator": 301 + 20210 + 7,
        "denominator": 5 * (301 + 20210 + 7), "status": None, "note": None,
    }  # fmt: skip
    hidden = [row for row in kept if row["numerator"] is None]
    assert [(row["area"], row["period"], row["status"]) for row in hidden] == [
        ("1103", "2021", "missing")
    ] * 2
    assert "confidentiality" in hidden[0]["note"]
    assert raw.source == "Statistisk sentralbyrå"


@pytest.mark.parametrize("version", [1, 2])
def test_a_question_above_the_limit_is_cut_and_the_answers_are_one(
    service, address, pxweb, waits, version
):
    whole = pxweb.fetch(query(address, version, Kjonn="*")).content
    service.most_cells = 10

    answer = pxweb.fetch(query(address, version, Kjonn="*"))

    assert answer.questions > 4
    assert waits == [2.0] * (answer.questions - 1), "thirty calls a minute"
    assert cells(answer.content) == cells(whole)


def test_a_service_that_does_not_say_its_limit_is_asked_for_less_and_less(service, address, pxweb):
    whole = pxweb.fetch(query(address, Kjonn="*")).content
    service.most_cells, service.says_limit = 7, False

    assert cells(pxweb.fetch(query(address, Kjonn="*")).content) == cells(whole)


def test_a_variable_that_is_not_named_is_left_out_where_that_can_be(service, address, pxweb):
    content = pxweb.fetch(query(address, ContentsCode="Antall", Tid="from(2022)")).content

    assert list(read("x", content).table.column_names)[:3] == ["Region", "ContentsCode", "Tid"]
    assert len(cells(content)) == 6
    assert service.asked[-1][2]["query"][-1] == {
        "code": "Tid",
        "selection": {"filter": "item", "values": ["2022", "2023"]},
    }
    assert all(agent.startswith("Veikart") for agent in service.agents)


@pytest.mark.parametrize(
    ("faults", "expected"),
    [([429], [7.0]), ([503, 500], [1.0, 2.0]), ([429, 503], [7.0, 2.0])],
)
def test_a_busy_service_is_asked_again_after_a_pause(
    service, address, pxweb, waits, faults, expected
):
    service.faults = faults

    assert pxweb.table(query(address)).title == "07459: Folkemengde"
    assert waits == expected


REFUSALS = [
    ([404], "not_found", "Look up the table"),
    ([403], "too_many_cells", "Choose fewer codes"),
    ([429] * 4, "too_often", "some minutes"),
    ([503] * 4, "unavailable", "take the table in as a file"),
    ([400], "refused", "Busy"),
    (["html"], "not_json", "found a web page"),
    (["broken"], "not_json", "Expected JSON"),
]


@pytest.mark.parametrize(("faults", "code", "said"), REFUSALS)
def test_what_a_service_refuses_is_told_plainly(service, address, pxweb, faults, code, said):
    service.faults = list(faults)

    with pytest.raises(PxWebError, match=said) as refused:
        pxweb.fetch(query(address))

    assert refused.value.code == code


def test_another_table_a_silent_service_and_a_wrong_question_are_told_apart(address, pxweb):
    for asked, code in [
        (Query(address=f"{address}/api/v2/tables/1", version=2), "not_found"),
        (Query(address="http://127.0.0.1:9/api/v1/no/table/07459", version=1), "unavailable"),
        (Query(address="ftp://example.no/x", version=1), "not_an_address"),
        (query(address, Alder="*"), "no_such_variable"),
        (query(address, Region="9999"), "no_such_value"),
    ]:
        with pytest.raises(PxWebError) as refused:
            pxweb.fetch(asked)
        assert refused.value.code == code


def test_a_query_is_kept_as_json_and_a_damaged_one_is_refused():
    asked = Query(address="https://x.no/api/v0/no/table/1", version=1, selection={"Tid": ("*",)})

    assert decode_query(encode_query(asked)) == asked
    with pytest.raises(ValueError, match="does not fit"):
        decode_query('{"address": 1}')


@settings(max_examples=40)
@given(
    st.lists(st.integers(1, 7), min_size=1, max_size=4),
    st.integers(1, 60),
    st.data(),
)
def test_the_parts_of_a_question_are_within_the_limit_and_make_the_whole(sizes, limit, data):
    variables = [
        {"code": f"V{number}", "text": "v", "texts": {str(i): "t" for i in range(size)}}
        for number, size in enumerate(sizes)
    ]
    marks = st.one_of(st.none(), st.integers(0, 9), st.just(".."))
    known: dict[str, object] = {}

    def drawn(cell):
        return known.setdefault(json.dumps(cell), data.draw(marks))

    service = Service(variables, drawn)
    selection = {each["code"]: list(each["texts"]) for each in variables}

    parts = parts_of(selection, limit)
    together = merged(
        [json.dumps(service.dataset(list(part.items()))).encode() for part in parts], selection
    )

    assert all(cells_in(part) <= limit for part in parts)
    assert sum(map(cells_in, parts)) == cells_in(selection)
    assert cells(together) == cells(json.dumps(service.dataset(list(selection.items()))).encode())
