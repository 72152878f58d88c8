"""Every fault of a file of figures is told in the reader's language, with what is special about it."""

import re

import pytest
from django.utils import translation

from tests.engines.observations.tables import GEOGRAPHY, SEX, checked
from veikart.engines.observations.faults import CODES, Fault
from veikart.engines.observations.mapping import Mapping, lacking
from veikart.intake.fault_words import DETAILS, FAULTS, NEEDS, by_code, detail
from veikart.places import reference_geography

FILES = {
    "row_width": ("år|kommunenr|antall\n2023|0301|1|2|3", "count"),
    "same_heading": ("år|kommunenr|antall|antall\n2023|0301|1|2", "count"),
    "not_mapped": ("hva|hvem\nx|y", "share"),
    "unknown_code": ("år|kommunenr|antall\n2023|9998|1", "count"),
    "not_valid_then": ("år|kommunenr|antall\n2025|1507|1", "count"),
    "name_for_code": ("år|kommune|antall\n2025|Herøy|1", "count"),
    "leading_zero": ("år|kommunenr|antall\n2023|301|1", "count"),
    "missing_units": ("år|kommunenr|antall\n2025|0301|1\n2025|1508|1", "count"),
    "unknown_group": ("år|kommunenr|kjønn|antall\n2023|0301|Kvinner|1\n2023|0301|x|1", "count"),
    "no_inhabitants": ("år|kommunenr|svar\n2023|0301|ja", "coverage"),
    "negative": ("år|kommunenr|antall\n2023|0301|-1", "count"),
    "above_denominator": ("år|kommunenr|teller|nevner\n2023|0301|3|2", "share"),
    "two_totals": ("år|kommunenr|kjønn|antall\n2023|0301||1\n2023|0301||2", "count"),
    "duplicate_key": ("år|kommunenr|antall\n2023|0301|1\n2023|0301|2", "count"),
    "parts_above_total": (
        "år|kommunenr|kjønn|antall\n2023|0301||1\n2023|0301|Kvinner|1\n2023|0301|Menn|2",
        "count",
    ),
    "parts_below_total": (
        "år|kommunenr|kjønn|antall\n2023|0301||9\n2023|0301|Kvinner|1\n2023|0301|Menn|2",
        "count",
    ),
}
"""A file with a fault of each code that has more to say of its rows."""


def fault_of(code):
    text, kind = FILES[code]
    wishes = (SEX,) if "kjønn" in text else ()
    geography = reference_geography() if code == "not_valid_then" else GEOGRAPHY
    done = checked(text, kind, *wishes, geography=geography)
    return next(fault for fault in done.faults if fault.code == code)


def test_every_code_has_words_and_no_words_are_left_over():
    assert set(FAULTS) == set(CODES)
    assert set(DETAILS) <= set(CODES)


def test_two_columns_of_one_name_are_told_with_both():
    fault = fault_of("same_heading")

    assert (fault.column, fault.value) == ("antall", "antall, antall (4)")
    assert "Give each a heading of its own" in str(FAULTS["same_heading"].remedy)


def test_a_heading_that_nobody_asks_for_may_stand_twice():
    done = checked("år|kommunenr|antall|x|x\n2023|0301|1|2|3", "count")

    assert "same_heading" not in {fault.code for fault in done.faults}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("row_width", "Expected 3 columns"),
        ("not_mapped", "Expected a period."),
        ("not_valid_then", "In 2025 these were in use: 1508 Ålesund, 1580 Haram."),
        ("name_for_code", "it may be 1515 Herøy, 1818 Herøy"),
        ("leading_zero", "It is read as 0301."),
        ("missing_units", "Of 5 municipalities, 2 are there."),
        ("unknown_group", "Known are: "),
        ("no_inhabitants", "Expected the inhabitants in 2023."),
        ("negative", "It is about 2023, 0301."),
        ("two_totals", "Row 2 is about the same."),
        ("duplicate_key", "Row 2 is about the same."),
        ("parts_above_total", "add up to 3."),
        ("parts_below_total", "It is about 2023, 0301"),
        ("unknown_code", ""),
    ],
)
def test_what_is_special_about_a_row_is_told(code, said):
    with translation.override("en"):
        told = detail(fault_of(code))

    assert said in told if said else told == ""


@pytest.mark.parametrize("code", sorted(DETAILS.keys() & FILES.keys() - {"unknown_code"}))
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_it_is_told_in_norwegian_with_all_that_is_known(code, language):
    fault = fault_of(code)
    with translation.override("en"):
        in_english = detail(fault)
    with translation.override(language):
        told = detail(fault)
        asked = set(re.findall(r"%\((\w+)\)", str(DETAILS[code])))

    assert told
    assert told != in_english
    assert asked == set(fault.details)


def test_numbers_are_written_as_the_reader_writes_them():
    details = {"at": "2023, 0301", "change": 0.25, "deviations": 4.5}
    fault = Fault(code="jump", severity="caution", expected="", remedy="", details=details)

    with translation.override("nb"):
        assert "0,25" in detail(fault)
    with translation.override("en"):
        assert "0.25" in detail(fault)


def test_all_that_a_kind_can_need_has_words():
    kinds = ("share", "count", "coverage", "rate", "survey_share", "amount")
    needed = {sentence for kind in kinds for sentence in lacking(Mapping(kind=kind))}

    assert {f"Expected {need}." for need in NEEDS} == needed


def test_faults_are_told_by_what_they_are():
    text, kind = FILES["duplicate_key"]
    done = checked(text, kind, geography=GEOGRAPHY)

    groups = {group.code: group for group in by_code(done.counts, done.faults)}

    assert groups["duplicate_key"].refuses
    assert groups["duplicate_key"].has_details
    assert (groups["duplicate_key"].count, groups["duplicate_key"].more) == (1, 0)
