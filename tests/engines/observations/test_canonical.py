"""The canonical table: its columns, its order, and its bytes."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veikart.engines.observations.canonical import (
    KINDS,
    Layout,
    arranged,
    decode,
    encode,
    layout_of,
    problems,
    table,
)
from veikart.engines.observations.keys import row_keys
from veikart.engines.proposal import Unreadable

SHARE = Layout(kind="share", breakdowns=("sex",))

cells = st.one_of(st.none(), st.sampled_from(["", "a", "å", "b", "10", "9"]))


def row(period, area, sex=None, numerator=1, denominator=2, **more):
    return {
        "period": period,
        "area": area,
        "sex": sex,
        "numerator": numerator,
        "denominator": denominator,
        **more,
    }


ROWS = [
    row("2023", "0301", "m"),
    row("2023", "0301"),
    row("2022", "4601", numerator=None, status="missing", note="Not sent."),
    row("2023", "0301", "k"),
]


def bytes_of(parquet_table):
    out = pa.BufferOutputStream()
    pq.write_table(parquet_table, out)
    return out.getvalue().to_pybytes()


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_decides_the_columns_and_their_types(kind):
    layout = Layout(kind=kind, breakdowns=("sex", "age"))

    assert layout.columns == (
        "period", "area", "sex", "age", "numerator", "denominator", "status", "note",
    )  # fmt: skip
    number = "double" if kind == "survey_share" else "int64"
    assert str(layout.schema.field("numerator").type) == number
    assert layout.has_denominator == (kind not in ("count", "amount"))


def test_rows_are_sorted_by_period_area_and_group_and_everyone_comes_first():
    kept = table(ROWS, layout=SHARE)

    assert [tuple(r.values())[:3] for r in kept.to_pylist()] == [
        ("2022", "4601", None),
        ("2023", "0301", None),
        ("2023", "0301", "k"),
        ("2023", "0301", "m"),
    ]


@given(st.permutations(ROWS))
def test_the_same_rows_give_the_same_bytes_in_any_order(rows):
    content = encode(table(rows, layout=SHARE), layout=SHARE)

    assert content == encode(table(ROWS, layout=SHARE), layout=SHARE)
    assert decode(content).equals(table(ROWS, layout=SHARE), check_metadata=True)
    assert layout_of(decode(content)) == SHARE


def test_chunks_and_dictionaries_change_no_byte():
    whole = table(ROWS, layout=SHARE)
    cut = pa.concat_tables([whole.slice(2), whole.slice(0, 2)])
    coded = whole.set_column(1, "area", whole["area"].dictionary_encode())

    expected = encode(whole, layout=SHARE)

    assert encode(cut, layout=SHARE) == expected
    assert encode(coded, layout=SHARE) == expected


def test_an_empty_table_is_a_data_set_too():
    assert decode(encode(table([], layout=SHARE), layout=SHARE)).num_rows == 0


def test_two_rows_with_one_key_are_refused():
    with pytest.raises(ValueError, match="each key once; 1 rows repeat one"):
        table([*ROWS, row("2023", "0301", "k", 9, 9)], layout=SHARE)


def test_a_missing_column_and_a_number_that_would_lose_its_decimals_are_refused():
    whole = table(ROWS, layout=SHARE)

    with pytest.raises(ValueError, match="denominator is missing"):
        arranged(whole.drop_columns(["denominator"]), layout=SHARE)
    with pytest.raises(pa.ArrowInvalid):
        arranged(
            whole.set_column(3, "numerator", pa.array([0.5, 1.0, 1.0, 1.0])),
            layout=SHARE,
        )


FAULTY = [
    (row("2023", "NO", denominator=-1), "negative denominator"),
    (row("2023", "NO", status="unsure", numerator=None), "Expected a status of missing"),
    (row("2023", "NO", status="missing"), "no numerator where a status"),
]


@pytest.mark.parametrize(("faulty", "said"), FAULTY)
def test_what_breaks_a_promise_is_not_kept(faulty, said):
    kept = table([faulty], layout=SHARE)

    assert any(said in sentence for sentence in problems(kept, layout=SHARE))
    with pytest.raises(ValueError, match=said):
        encode(kept, layout=SHARE)


def test_a_count_has_no_denominator_and_a_survey_no_infinity():
    count, survey = Layout(kind="count"), Layout(kind="survey_share")
    infinite = table([row("2023", "NO", numerator=float("inf"), denominator=1.0)], layout=survey)

    with pytest.raises(ValueError, match="no denominator for the kind count"):
        encode(table([row("2023", "NO")], layout=count), layout=count)
    with pytest.raises(ValueError, match="finite"):
        encode(infinite, layout=survey)


def test_another_parquet_is_refused_and_so_is_what_is_none():
    other = bytes_of(pa.table({"x": [1]}))
    renamed = bytes_of(table(ROWS, layout=SHARE).rename_columns(list("abcdefg")))
    unsorted = bytes_of(table(ROWS, layout=SHARE).take(pa.array([3, 2, 1, 0])))

    for content in (other, renamed, unsorted):
        with pytest.raises(Unreadable) as refused:
            decode(content)
        assert refused.value.code == "another_schema"
    with pytest.raises(Unreadable) as refused:
        decode(b"PAR1 is not enough")
    assert refused.value.code == "broken_file"


@pytest.mark.parametrize("names", [("Sex",), ("area",), ("sex", "sex"), ("",), ("a,b",)])
def test_a_breakdowns_column_has_a_plain_name_of_its_own(names):
    with pytest.raises(ValueError, match="breakdown"):
        Layout(kind="share", breakdowns=names)


@settings(max_examples=60)
@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=12))
def test_row_keys_sort_and_compare_as_tuples_of_texts_do(rows):
    keys = row_keys([pa.array(column, pa.string()) for column in zip(*rows, strict=True)])
    plain = [tuple((cell is not None, cell or "") for cell in cells) for cells in rows]

    for i, one in enumerate(plain):
        for j, other in enumerate(plain):
            assert (keys[i] < keys[j]) == (one < other)
            assert (keys[i] == keys[j]) == (one == other)


def test_row_keys_hold_for_more_combinations_than_a_number_has_room_for():
    wide = [pa.array([str(i * k) for i in range(2_000)]) for k in (1, 3, 5, 7, 11, 13, 17)]

    keys = row_keys(wide)

    expected = sorted(range(2_000), key=lambda i: tuple(column[i].as_py() for column in wide))
    assert list(keys.argsort()) == expected
