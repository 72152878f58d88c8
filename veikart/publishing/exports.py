"""The roadmap as open data: JSON, CSV and XLSX, each a pure function of a Plan.

CSV and XLSX have the register's own columns first, one row for each period, so that they can be
taken in again; what the register does not hold comes in columns after them.
"""

import csv
import io
from collections.abc import Iterator
from itertools import chain

from veikart.core.spreadsheets import neutral
from veikart.engines.dates import FuzzyDate
from veikart.opendata.workbooks import Sheet, workbook
from veikart.plan import codec
from veikart.plan.model import Deliverable, Delmal, Grouping, Part, PhasePeriod, Plan

REGISTER_COLUMNS = (
    "Leveransenavn i veikartet",
    "Beskrivelse av leveranse gant",
    "Veikartfase",
    "Startdato",
    "Strategisk delmål",
    "Strategi gruppering",
    "Sluttdato",
    "Planleggingsstatus",
    "Leveranse-ID",
    "Versjon",
)
ADDED_COLUMNS = ("Eiere", "Brukergrupper", "Helseregioner", "Adresse")
COLUMNS = REGISTER_COLUMNS + ADDED_COLUMNS
WIDTHS = (48, 48, 30, 12, 40, 40, 12, 20, 22, 10, 40, 40, 20, 36)

PLANNING = {"decided": "Besluttet", "planned": "Planlagt", "tentative": "Tentativ"}
EMPTY_PERIOD = PhasePeriod(
    no=1,
    first_phase=None,
    last_phase=None,
    phase_text=None,
    start=None,
    end=None,
    certainty="planned",
)


def plan_json(plan: Plan) -> bytes:
    """The whole plan as canonical JSON: the very bytes of its edition."""
    return codec.encode(plan)


def roadmap_csv(plan: Plan) -> bytes:
    """The roadmap as the register's own kind of file: UTF-8 with BOM, semicolons, dd.mm.yyyy.

    A value that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([neutral(value) for value in row] for row in rows(plan))
    return out.getvalue().encode("utf-8-sig")


def roadmap_xlsx(plan: Plan) -> bytes:
    """The roadmap as a workbook with one sheet; every cell is text, so none can be a formula."""
    table = chain([COLUMNS], rows(plan))
    return workbook(Sheet(title="Veikart", rows=table, widths=WIDTHS, frozen="B2"))


def rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    """One tuple of texts for each period of each deliverable, in the order of COLUMNS.

    A deliverable without periods has one row; what is missing is an empty text.
    """
    for deliverable in plan.roadmap.deliverables:
        for period in deliverable.periods or (EMPTY_PERIOD,):
            yield _register_part(plan, deliverable, period) + _added_part(plan, deliverable)


def _register_part(plan: Plan, deliverable: Deliverable, period: PhasePeriod) -> tuple[str, ...]:
    by_uid = plan.index.by_uid
    delmal, grouping = by_uid.get(deliverable.delmal), by_uid.get(deliverable.grouping)
    return (
        deliverable.name,
        deliverable.description or "",
        _phase_text(plan, period),
        _day(period.start),
        f"{delmal.code} - {delmal.title}" if isinstance(delmal, Delmal) else "",
        grouping.title if isinstance(grouping, Grouping) else "",
        _day(period.end),
        PLANNING[period.certainty],
        deliverable.register_id,
        deliverable.register_version or "",
    )


def _added_part(plan: Plan, deliverable: Deliverable) -> tuple[str, ...]:
    index = plan.index
    user_groups, _ = index.user_groups_of(deliverable)
    regions, _ = index.regions_of(deliverable)
    return (
        _names(plan, index.owning(deliverable)),
        _names(plan, user_groups),
        _names(plan, regions),
        f"/{deliverable.uid}/",
    )


def _phase_text(plan: Plan, period: PhasePeriod) -> str:
    """What the register says of the phase; without that, our own name of it or of the span."""
    if period.phase_text:
        return period.phase_text
    uids = dict.fromkeys([period.first_phase, period.last_phase])
    return " - ".join(_name(plan.index.by_uid.get(uid or "")) for uid in uids if uid)


def _day(date: FuzzyDate | None) -> str:
    """A day as dd.mm.yyyy; a date that is less precise than a day as its own words."""
    if date is None:
        return ""
    if date.precision == "day":
        return f"{date.earliest:%d.%m.%Y}"
    return date.text


def _names(plan: Plan, uids: tuple[str, ...] | list[str]) -> str:
    found = (plan.index.by_uid.get(uid) for uid in uids)
    return "; ".join(dict.fromkeys(_name(thing) for thing in found if thing))


def _name(thing: Part | None) -> str:
    return str(getattr(thing, "name", ""))
