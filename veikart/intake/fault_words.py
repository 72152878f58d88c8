"""What the faults of a file of figures are called in the language of the person who reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veikart.design import words as design
from veikart.intake.words import Words

if TYPE_CHECKING:
    from veikart.engines.observations.faults import Fault, FaultCount


@dataclass(frozen=True, slots=True)
class Told:
    """One fault: where it is, what stands there, and what else there is to say of it, if anything."""

    row: int | None
    column: str | None
    value: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class Group:
    """The faults of one code: in words, how many there are, and those that are told one by one."""

    code: str
    headline: str | Promise
    remedy: str | Promise
    refuses: bool
    count: int
    faults: tuple[Told, ...]

    @property
    def more(self) -> int:
        """How many there are beside those that are told."""
        return self.count - len(self.faults)

    @property
    def has_details(self) -> bool:
        """Whether there is more to say of any of them than where it is and what stands there."""
        return any(fault.detail for fault in self.faults)


def by_code(counts: "Iterable[FaultCount]", faults: "Iterable[Fault]") -> list[Group]:
    """The faults by code, those that keep the file out first, in the active language."""
    listed = list(faults)
    return [
        Group(
            code=counted.code,
            headline=FAULTS[counted.code].headline,
            remedy=FAULTS[counted.code].remedy,
            refuses=counted.severity == "refuses",
            count=counted.count,
            faults=tuple(_told(fault) for fault in listed if fault.code == counted.code),
        )
        for counted in counts
    ]


def _told(fault: "Fault") -> Told:
    return Told(fault.row, fault.column, fault.value, detail(fault))


def detail(fault: "Fault") -> str:
    """What is to be said of this fault beside its code's words; empty where that is all."""
    sentence = DETAILS.get(fault.code)
    if sentence is None or not fault.details or [] in fault.details.values():
        return ""
    return str(sentence) % {name: _in_words(name, said) for name, said in fault.details.items()}


def _in_words(name: str, said: "str | int | float | list[str]") -> str:
    if isinstance(said, list):
        return ", ".join(said)
    if isinstance(said, str):
        return str(NEEDS.get(said, said)) if name == "needs" else said
    return design.number(said) if isinstance(said, int) else localize(float(f"{said:.6g}"))


FAULTS = {
    "one_column": Words(
        _("The file has only one column."),
        _("Save it with semicolons, commas or tabs between the columns."),
    ),
    "row_width": Words(
        _("A row has more or fewer cells than the heading."),
        _("Put quotation marks around cells that hold the delimiter, or mend the row."),
    ),
    "empty": Words(_("There are no rows below the headings."), _("Fill in the table.")),
    "another_schema": Words(
        _("The Parquet file has columns of other kinds than expected."),
        _("Choose its columns below, or make it anew."),
    ),
    "column_missing": Words(
        _("A column that is asked for is not in the file."), _("Choose another column below.")
    ),
    "same_heading": Words(
        _("Several columns have the same heading, and one of them is asked for."),
        _("Give each a heading of its own in the file, or delete what is not meant."),
    ),
    "not_mapped": Words(
        _("Something that this kind of indicator needs is not chosen."),
        _("Choose the column below."),
    ),
    "no_period": Words(_("A row has no period."), _("Fill it in.")),
    "not_a_period": Words(
        _("A text is no period."), _("Write it as 2023, 2023K1, 2023T2 or 2023M05.")
    ),
    "separated_year": Words(
        _("A year is written with a thousands separator."),
        _("Format the column as text, so that 2024 stands as 2024."),
    ),
    "mixed_lengths": Words(
        _("Some periods are longer than others."),
        _("See to it that years and months do not stand in one series."),
    ),
    "no_area": Words(_("A row has no area."), _("Fill it in, with NO for the whole country.")),
    "unknown_code": Words(
        _("A code is no municipality, county or region."), _("Correct the code.")
    ),
    "not_valid_then": Words(
        _("A code was not in use in its period."),
        _("Use the code that the municipality had then."),
    ),
    "name_for_code": Words(
        _("A name stands where a code belongs, and names are not unique."),
        _("Write the code, four digits for a municipality."),
    ),
    "leading_zero": Words(
        _("A code has lost its first zero; it is read with it."),
        _("Format the column as text before the codes are written."),
    ),
    "missing_units": Words(
        _("Municipalities are missing in a period; they count as unknown."),
        _("Add them, if they have answered."),
    ),
    "unknown_group": Words(
        _("A text is none of the breakdown’s categories."),
        _("Correct it, or add the category to the definition."),
    ),
    "not_a_number": Words(_("A text is no number."), _("Write a number, or leave the cell empty.")),
    "decimal_comma": Words(
        _("A number has a decimal comma where points are expected."),
        _("Choose comma as the decimal mark below."),
    ),
    "thousands_separator": Words(
        _("A number has a thousands separator."), _("Choose the separator below.")
    ),
    "ambiguous_number": Words(
        _("A number may be a thousand or a fraction."),
        _("Choose what stands between thousands below, or write it without."),
    ),
    "not_finite": Words(
        _("A cell holds NaN or infinity."), _("Leave the cell empty where there is no number.")
    ),
    "not_whole": Words(_("A number of people or units is not whole."), _("Write whole numbers.")),
    "too_large": Words(
        _("A number is larger than can be kept."), _("See whether the unit is right.")
    ),
    "negative": Words(_("A number is below zero."), _("Correct it.")),
    "share_outside": Words(
        _("A share is below 0 or above 1."),
        _("Say below whether shares are written as 0.57 or as 57."),
    ),
    "above_denominator": Words(
        _("A numerator is larger than its denominator."), _("Correct the one or the other.")
    ),
    "no_denominator": Words(
        _("A value has no denominator."), _("Add the number that it is a share of.")
    ),
    "no_inhabitants": Words(
        _("The number of inhabitants is not known for the municipality and year."),
        _("Add a column with the inhabitants."),
    ),
    "not_yes_or_no": Words(
        _("An answer is neither yes, no nor unknown."), _("Write ja, nei or vet ikke.")
    ),
    "unknown_status": Words(
        _("A mark for a missing value is not known."), _("Correct it, or leave it empty.")
    ),
    "value_beside_status": Words(
        _("A value stands beside a mark that says that there is none; the value is kept."),
        _("Take away the one that does not hold."),
    ),
    "no_value": Words(
        _("A row has neither a value nor a reason why not; it is kept as unknown."),
        _("Fill it in, or say why it is missing."),
    ),
    "from_share": Words(
        _("The number behind a share is worked out from a rounded share."),
        _("Give the numerator instead, if it is known."),
    ),
    "duplicate_key": Words(
        _("Two rows are about the same area, period and group."),
        _("Take away the one that does not hold."),
    ),
    "two_totals": Words(
        _("There are two totals for the same area and period."),
        _("Take away the one that does not hold."),
    ),
    "parts_above_total": Words(
        _("The parts add up to more than their total."), _("Correct the parts or the total.")
    ),
    "parts_below_total": Words(
        _("The parts add up to less than their total."),
        _("See whether a part is missing."),
    ),
    "jump": Words(
        _("A value is far from those before it."),
        _("See whether it is right, and add a note if it is."),
    ),
    "break_without_note": Words(
        _("The series leaps, and no break is noted."),
        _("Add the break to the definition, if it is measured in another way."),
    ),
}
"""What each code is called, and what to do."""

DETAILS = {
    "row_width": _("Expected %(columns)s columns, as in the heading."),
    "column_missing": _("There is no column “%(wanted)s”."),
    "not_mapped": _("Expected %(needs)s."),
    "unknown_code": _("In %(period)s it may be %(likely)s."),
    "name_for_code": _("In %(period)s it may be %(likely)s."),
    "not_valid_then": _("In %(period)s these were in use: %(likely)s."),
    "leading_zero": _("It is read as %(code)s."),
    "missing_units": _(
        "Of %(all)s municipalities, %(found)s are there. Some of those absent: %(absent)s."
    ),
    "unknown_group": _("Known are: %(known)s."),
    "no_inhabitants": _("Expected the inhabitants in %(period)s."),
    "negative": _("It is about %(at)s."),
    "above_denominator": _("It is about %(at)s."),
    "duplicate_key": _("Row %(other)s is about the same."),
    "two_totals": _("Row %(other)s is about the same."),
    "parts_above_total": _("It is about %(at)s. The parts by “%(by)s” add up to %(sum)s."),
    "parts_below_total": _("It is about %(at)s. The parts by “%(by)s” add up to %(sum)s."),
    "jump": _(
        "It is about %(at)s. The change of %(change)s is more than %(deviations)s standard "
        "deviations from the others in the series."
    ),
    "break_without_note": _("There %(series)s series leap, most of those given."),
}
"""What there is to say of one fault of a code, with what is in its `details`."""

NEEDS = {
    "a period": _("a period"),
    "an area": _("an area"),
    "a column with the count": _("a column with the count"),
    "a column with the amount": _("a column with the amount"),
    "a column with the share and one with the number of respondents (n)": _(
        "a column with the share and one with the number of respondents (n)"
    ),
    "a column with yes, no or unknown, or the covered inhabitants and all inhabitants": _(
        "a column with yes, no or unknown, or the covered inhabitants and all inhabitants"
    ),
    "a numerator and a denominator, or a value and a denominator": _(
        "a numerator and a denominator, or a value and a denominator"
    ),
}
"""What a kind of indicator needs, as `lacking` says it."""
