"""What the faults of a file of figures are called in the language of the person who reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veikart.intake.wording import Words

if TYPE_CHECKING:
    from veikart.engines.observations.faults import Fault, FaultCount


@dataclass(frozen=True, slots=True)
class Group:
    """The faults of one code: in words, how many there are, and those that are told one by one."""

    code: str
    headline: str | Promise
    remedy: str | Promise
    refuses: bool
    count: int
    faults: "tuple[Fault, ...]"

    @property
    def more(self) -> int:
        """How many there are beside those that are told."""
        return self.count - len(self.faults)


def by_code(counts: "Iterable[FaultCount]", faults: "Iterable[Fault]") -> list[Group]:
    """The faults by code, those that keep the file out first. A code without words says its own."""
    listed = list(faults)
    groups = []
    for counted in counts:
        told = tuple(fault for fault in listed if fault.code == counted.code)
        words = FAULTS.get(counted.code) or Words(counted.code, told[0].remedy if told else "")
        groups.append(
            Group(
                code=counted.code,
                headline=words.headline,
                remedy=words.remedy,
                refuses=counted.severity == "refuses",
                count=counted.count,
                faults=told,
            )
        )
    return groups


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
