import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from veikart.core.dates import as_typed
from veikart.core.fields import FuzzyDateField
from veikart.core.forms import FuzzyDateFormField, ParagraphsField
from veikart.engines.date_texts import read_date
from veikart.engines.dates import FuzzyDate

QUARTER = FuzzyDate(
    earliest=dt.date(2026, 4, 1),
    latest=dt.date(2026, 6, 30),
    precision="quarter",
    certainty="tentative",
    text="Q2 2026, tentativt",
)


def test_a_fuzzy_date_is_stored_as_json_and_comes_back_whole():
    field = FuzzyDateField()

    stored = field.get_prep_value(QUARTER)

    assert stored == (
        '{"earliest":"2026-04-01","latest":"2026-06-30","precision":"quarter",'
        '"certainty":"tentative","text":"Q2 2026, tentativt"}'
    )
    assert field.from_db_value(stored, None, None) == QUARTER
    assert field.get_prep_value(None) is field.from_db_value(None, None, None) is None


@pytest.mark.parametrize("wrong", ["2026", '{"earliest": "2026-01-01"}', {"text": "2026"}, 7])
def test_the_field_refuses_what_is_no_fuzzy_date(wrong):
    with pytest.raises(ValidationError, match="Expected a date with earliest") as refusal:
        FuzzyDateField().to_python(wrong)

    assert refusal.value.code == "not_a_fuzzy_date"


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("01.07.2026", "2026-07-01", "2026-07-01", "day"),
        ("2. kvartal 2026", "2026-04-01", "2026-06-30", "quarter"),
        ("høsten 2027", "2027-07-01", "2027-12-31", "half_year"),
        ("2028", "2028-01-01", "2028-12-31", "year"),
    ],
)
def test_the_form_reads_dates_as_people_say_them(text, earliest, latest, precision):
    date = FuzzyDateFormField().clean([text, "decided"])

    assert date == FuzzyDate(
        earliest=dt.date.fromisoformat(earliest),
        latest=dt.date.fromisoformat(latest),
        precision=precision,
        certainty="decided",
        text=text,
    )


def test_the_form_refuses_what_it_cannot_read_and_says_how_to_write_it():
    field = FuzzyDateFormField(required=False)

    with pytest.raises(ValidationError, match="found “snart”") as refusal:
        field.clean(["snart", "planned"])

    assert refusal.value.code == "not_a_date"
    assert field.clean(["", "planned"]) is field.clean(None) is None
    with pytest.raises(ValidationError):
        FuzzyDateFormField(required=True).clean(["", "planned"])


def test_the_form_shows_a_text_that_reads_back_as_the_same_date():
    assert as_typed(QUARTER) == "2. kvartal 2026"
    assert FuzzyDateFormField().widget.decompress(QUARTER) == ["2. kvartal 2026", "tentative"]


@given(
    year=st.integers(1901, 2099),
    text=st.sampled_from(
        [
            "03.05.{y}", "mars {y}", "3. kvartal {y}", "1. halvår {y}", "våren {y}",
            "sommeren {y}", "etter {y}", "fra {y}", "2. tertial {y}", "{y}",
        ]
    ),
)  # fmt: skip
def test_any_date_that_can_be_read_is_shown_so_that_it_reads_the_same(year, text):
    date = read_date(text.format(y=year), "planned")
    assert date is not None

    again = read_date(as_typed(date), "planned")

    assert again == date


def test_an_unchanged_date_is_not_a_change_and_an_empty_one_with_a_certainty_is_nothing():
    field = FuzzyDateFormField()

    assert not field.has_changed(QUARTER, ["2. kvartal 2026", "tentative"])
    assert field.has_changed(QUARTER, ["2. kvartal 2026", "decided"])
    assert not field.has_changed(None, ["", "planned"])
    assert field.has_changed(None, ["2026", "planned"])


def test_paragraphs_are_typed_with_an_empty_line_between():
    field = ParagraphsField(required=False)

    assert field.clean("Første.\r\n\r\n\r\nAndre,\r\nfortsatt.\r\n") == [
        "Første.",
        "Andre,\nfortsatt.",
    ]
    assert field.prepare_value(["Første.", "Andre."]) == "Første.\n\nAndre."
    assert field.clean("") == []
    assert not field.has_changed(["Første."], "Første.\n")
