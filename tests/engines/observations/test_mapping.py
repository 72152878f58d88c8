"""The mapping: proposed from names and contents, kept as JSON, and applied row by row."""

import json

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.observations.tables import (
    SEX,
    check,
    checked,
    counts,
    data_set,
    parquet,
    rows,
    written,
)
from veikart.engines.observations.canonical import KINDS, Layout, decode, encode, table
from veikart.engines.observations.mapping import (
    Group,
    Mapping,
    decode_mapping,
    encode_mapping,
    lacking,
)
from veikart.engines.observations.numbers import NumberForm, likely_form, read_numbers
from veikart.engines.observations.proposing import propose
from veikart.engines.observations.reading import read

INHABITANTS = pa.table(
    {"area": ["0301", "4601"], "period": ["2024", "2024"], "inhabitants": [700, 290]}
)


def proposed(text, kind, *wishes):
    return propose(read("figures", written(text)), kind=kind, breakdowns=wishes)


def test_norwegian_names_are_known_and_the_code_is_taken_before_the_name():
    mapping = proposed(
        """
        År   | Kommune | Kommunenr | Kjønn       | Teller | Nevner | Merknad
        2023 | Oslo    | 0301      | Begge kjønn | 5      | 9      |
        2023 | Oslo    | 0301      | kvinner     | 2      | 4      | x
        """,
        "share",
        SEX,
    )

    assert mapping == Mapping(
        kind="share",
        period="År",
        area="Kommunenr",
        groups=(
            Group(column="sex", source="Kjønn", codes={"kvinner": "k"}, everyone=("Begge kjønn",)),
        ),
        numerator="Teller",
        denominator="Nevner",
        note="Merknad",
    )


def test_english_names_and_pxweb_codes_are_known():
    mapping = proposed("Region|Tid|ContentsCode|value\n0301|2023K1|Pop|5", "count")
    other = proposed("year|municipality|numerator|denominator\n2023|0301|1|2", "share")

    assert (mapping.period, mapping.area, mapping.value) == ("Tid", "Region", "value")
    assert (other.period, other.area, other.numerator, other.denominator) == (
        "year", "municipality", "numerator", "denominator",
    )  # fmt: skip


def test_years_as_columns_become_rows():
    done = checked(
        """
        Kommune        | 2022 | 2023
        0301 Oslo      | 5    | 6
        4601 Bergen    | ..   | 7
        """,
        "count",
    )

    assert rows(done) == [
        {"period": "2022", "area": "0301", "numerator": 5},
        {"period": "2022", "area": "4601", "status": "missing"},
        {"period": "2023", "area": "0301", "numerator": 6},
        {"period": "2023", "area": "4601", "numerator": 7},
    ]
    assert done.mapped.rows.tolist() == [2, 3, 2, 3]


def test_a_survey_share_in_percent_and_its_n_are_an_additive_pair():
    done = checked(
        """
        År   | Andel | Respondenter
        2022 | 54,0  | 1 524
        2023 | 57    | 1 608
        """,
        "survey_share",
    )

    assert [
        (row["area"], round(row["numerator"], 6), row["denominator"]) for row in rows(done)
    ] == [
        ("NO", 822.96, 1524.0),
        ("NO", 916.56, 1608.0),
    ]


def test_a_share_of_a_denominator_gives_the_nearest_whole_numerator_and_says_so():
    done = checked("år|kommunenr|andel|nevner\n2023|0301|0.333|100", "share")

    assert rows(done) == [{"period": "2023", "area": "0301", "numerator": 33, "denominator": 100}]
    assert counts(done) == {"from_share": 1}


def test_one_number_above_1_makes_no_percent_of_the_shares_beside_it():
    header = "år|kommunenr|andel|nevner"
    shares = checked(f"{header}\n2023|0301|1.5|100\n2023|1515|0.4|100", "share")
    percent = checked(
        f"{header}\n2023|0301|0|100\n2023|1515|40|100\n2023|1818|0.5|100\n2023|1507|7|100", "share"
    )

    assert counts(shares)["share_outside"] == 1
    assert "share_outside" not in counts(percent)
    assert [row["numerator"] for row in rows(percent)][:2] == [0, 40]


def test_a_rate_per_thousand_is_a_numerator():
    raw = read("figures", written("år|kommunenr|rate|nevner\n2023|0301|12.5|2000"))
    mapping = Mapping(
        kind="rate", period="år", area="kommunenr", value="rate", denominator="nevner", per=1000
    )

    assert rows(check(raw, mapping=mapping, geography=None))[0]["numerator"] == 25


def test_millions_become_whole_numbers():
    raw = read("figures", written("år|besøk\n2016|12,7\n2023|109,5"))
    mapping = Mapping(
        kind="count", period="år", one_area="NO", value="besøk", times=1e6, decimal=","
    )

    assert [row["numerator"] for row in rows(check(raw, mapping=mapping, geography=None))] == [
        12_700_000,
        109_500_000,
    ]


@pytest.mark.parametrize(
    ("yes", "no", "unknown"),
    [("ja", "Nei", "vet ikke"), ("YES", "no", "unknown"), ("1", "0", "veit ikkje")],
)
def test_yes_and_no_become_covered_inhabitants_and_unknown_is_no_no(yes, no, unknown):
    done = checked(
        f"""
        År   | Kommunenummer | Tilbyr
        2024 | 0301          | {yes}
        2024 | 4601          | {no}
        2024 | 0301          | {unknown}
        2024 | 4601          |
        """,
        "coverage",
        inhabitants=INHABITANTS,
    )

    assert [(r.get("numerator"), r["denominator"], r.get("status")) for r in rows(done)] == [
        (700, 700, None),
        (0, 290, None),
        (None, 700, "missing"),
        (None, 290, "not_reported"),
    ]


def test_what_is_neither_yes_nor_no_and_who_has_no_inhabitants_are_told():
    done = checked(
        "År|Kommunenummer|Tilbyr\n2024|0301|kanskje\n2024|9999|ja",
        "coverage",
        inhabitants=INHABITANTS,
    )

    assert counts(done) == {"not_yes_or_no": 1, "no_inhabitants": 1}


def test_measures_in_rows_become_numerator_and_denominator_beside_each_other():
    raw = read(
        "figures",
        written(
            """
            area | year | measure | value
            0301 | 2023 | Antall  | 5
            4601 | 2023 | Antall  | 7
            4601 | 2023 | Totalt  | 70
            0301 | 2023 | Totalt  | 50
            1103 | 2023 | Totalt  | 9
            """
        ),
    )
    mapping = Mapping(
        kind="share", period="year", area="area", value="value", measure="measure",
        measures={"numerator": "Antall", "denominator": "Totalt"},
    )  # fmt: skip

    kept = {row["area"]: row for row in rows(check(raw, mapping=mapping, geography=None))}

    assert {a: (r.get("numerator"), r["denominator"]) for a, r in kept.items()} == {
        "0301": (5, 50),
        "4601": (7, 70),
        "1103": (None, 9),
    }


def test_a_column_that_nothing_asks_for_is_kept_to_its_total():
    mapping = proposed("år|kommunenr|alder|antall\n2023|0301|I alt|5\n2023|0301|0-17|2", "count")

    assert mapping.only == {"alder": "I alt"}


def test_a_column_that_is_not_there_and_a_part_that_is_not_mapped_are_told():
    raw = read("figures", written("år|x\n2023|1"))

    done = check(raw, mapping=Mapping(kind="count", period="år", area="kommune"), geography=None)

    assert counts(done) == {"column_missing": 1, "not_mapped": 1}
    assert done.mapped.table.num_rows == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_what_it_lacks(kind):
    said = " ".join(lacking(Mapping(kind=kind)))

    assert "a period" in said
    assert "an area" in said
    assert len(lacking(Mapping(kind=kind))) == 3


def test_a_mapping_is_kept_as_json_and_one_that_does_not_fit_is_refused():
    mapping = Mapping(
        kind="share", groups=(Group(column="sex", source="Kjønn", codes={"M": "m"}),), decimal=","
    )

    assert decode_mapping(encode_mapping(mapping)) == mapping
    for text in ("{", '{"kind": "sum"}', '{"kind": "share", "x": 1}', b"\xff"):
        with pytest.raises(ValueError, match="Expected a mapping"):
            decode_mapping(text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_canonical_parquet_is_mapped_onto_itself(kind):
    layout = Layout(kind=kind, breakdowns=("sex",))
    number = 1.5 if kind == "survey_share" else 1
    canonical = table(
        [
            {"period": "2023", "area": area, "sex": sex, "numerator": number * (1 if sex else 2),
             "denominator": number * (2 if sex else 4) if layout.has_denominator else None,
             "note": "n"}
            for area in ("0301", "1103", "1507", "1508", "4601") for sex in (None, "k", "m")
        ],
        layout=layout,
    )  # fmt: skip
    content = encode(canonical, layout=layout)
    raw = read("x", content)

    done = check(raw, mapping=propose(raw, kind=kind, breakdowns=[SEX]), geography=None)

    assert data_set(done) == content


def test_marks_become_statuses_and_notes():
    done = checked(
        """
        år   | kommunenr | antall | status
        2020 | 0301      | ..     |
        2021 | 0301      | :      |
        2022 | 0301      |        | ikke aktuelt
        2023 | 0301      | 5      | p
        2024 | 0301      | 6      | missing
        2025 | 0301      |        | tull
        """,
        "count",
    )

    assert [(r.get("numerator"), r.get("status"), r.get("note")) for r in rows(done)] == [
        (None, "missing", None),
        (None, "missing", "Not shown by the source, for confidentiality."),
        (None, "not_applicable", None),
        (5, None, "Preliminary."),
        (6, None, None),
    ]
    assert counts(done) == {"value_beside_status": 1, "unknown_status": 1, "no_value": 1}


NUMBERS = """
    1 234,5        | decimal comma, spaces      | 1234.5
    1.234,5        | decimal comma, points      | 1234.5
    1,234,567      | commas                     | 1234567
    1.234.567      | points                     | 1234567
    0,25           | decimal comma              | 0.25
    -3             |                            | -3
    1e3            |                            | 1000
    12\u00a0345    | no-break space             | 12345
"""


@pytest.mark.parametrize(
    ("text", "why", "expected"),
    [[cell.strip() for cell in line.split("|")] for line in NUMBERS.strip().splitlines()],
)
def test_numbers_are_read_as_their_column_writes_them(text, why, expected):
    column = pa.chunked_array([[text]])

    read = read_numbers(column, form=likely_form([column]), whole=False)

    assert read.values.tolist() == [float(expected)], why


FAULTY = """
    0,5     | decimal_comma
    1 000   | thousands_separator
    NaN     | not_finite
    -inf    | not_finite
    #DIV/0! | not_finite
    1.234   | ambiguous_number
    1,234   | ambiguous_number
    fem     | not_a_number
    1..2    | not_a_number
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [[cell.strip() for cell in line.split("|")] for line in FAULTY.strip().splitlines()],
)
def test_a_number_that_its_column_does_not_write_so_says_why(text, code):
    read = read_numbers(pa.chunked_array([["1", text]]), form=NumberForm(), whole=True)

    assert [name for name, wrong in read.wrong.items() if wrong[1]] == [code]
    assert np.isnan(read.values[1])
    assert read.values[0] == 1


texts = st.one_of(
    st.none(),
    st.integers(-(10**6), 10**6).map(str),
    st.floats(-1e6, 1e6).map(lambda number: f"{number:.3f}"),
    st.sampled_from(["", " 7 ", "..", ":", "x", "1,5", "1 000", "1.000", "nan", "-", "+3", "5."]),
)


def slow_number(text):
    """What a person reads where points are decimal marks, and nothing parts thousands."""
    plain = (text or "").strip()
    if plain in ("", "..", ":", "x", "-", "."):
        return None
    try:
        number = float(plain) if "_" not in plain else None
    except ValueError:
        return None
    return None if number is None or not np.isfinite(number) else number


@settings(max_examples=150)
@given(st.lists(texts, max_size=8), st.booleans())
def test_a_column_is_read_as_each_of_its_texts_is(column, coded):
    arrow = pa.chunked_array([pa.array(column, pa.string())])
    arrow = arrow.dictionary_encode() if coded else arrow

    read = read_numbers(arrow, form=NumberForm(), whole=False)

    assert [None if np.isnan(value) else value for value in read.values] == [
        slow_number(text) for text in column
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2022", "2023", "2.023", "", "tull"]),
            st.sampled_from(["0301", "301", "Oslo", "", "NO"]),
            st.sampled_from(["5", "-1", "1,5", "nan", "", ".."]),
            st.sampled_from(["9", "", "x", "1e30"]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(KINDS),
)
def test_whatever_the_cells_are_the_file_is_refused_or_is_a_whole_data_set(cells, kind):
    text = "år;kommunenr;teller;nevner\n" + "".join(";".join(row) + "\n" for row in cells)

    done = checked(text.encode(), kind)

    if not done.refuses:
        assert decode(data_set(done)).num_rows == done.mapped.table.num_rows
    assert json.loads(encode_mapping(done.mapping))["kind"] == kind


def test_a_parquet_with_another_schema_is_mapped_or_told():
    done = checked(parquet(pa.table({"x": ["a"], "y": [[1]]})), "share")

    assert counts(done)["another_schema"] == 1
    assert done.refuses
