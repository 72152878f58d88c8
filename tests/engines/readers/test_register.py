import datetime as dt
from collections import Counter

import pytest

from tests.engines.readers.files import (
    COLUMNS,
    csv_file,
    row,
    without_places,
    xlsx_file,
)
from tests.shared import SHARED, needs_shared
from veikart.engines.proposal import FoundAt, Item, Unreadable
from veikart.engines.readers.register import read_register

REAL = SHARED / "facts" / "veikart-register-2026-08.csv"


def read(*rows, **how):
    return read_register("veikart.csv", csv_file(*rows, **how))


def codes(proposal):
    return [caution.code for caution in proposal.warnings]


def period(proposal):
    return next(item.values for item in proposal.items if item.kind == "phase_period")


def deliverable(proposal):
    return next(item.values for item in proposal.items if item.kind == "deliverable")


@needs_shared
def test_the_register_of_august_2026_is_read_whole():
    proposal = read_register(REAL.name, REAL.read_bytes())

    assert proposal.counts == {
        "deliverable": 263,
        "phase_period": 263,
        "delmal": 20,
        "grouping": 54,
        "phase_period.planned": 204,
        "phase_period.tentative": 59,
        "phase_period.without_start": 27,
        "phase_period.with_end": 20,
        "phase_period.end_before_start": 3,
        "phase_period.without_phase": 3,
        "phase_period.spanning": 56,
        "row.left_out": 0,
    }
    assert Counter(codes(proposal)) == {
        "start_missing": 27,
        "end_before_start": 3,
        "phase_missing": 3,
    }
    assert all(caution.row and caution.remedy for caution in proposal.warnings)
    assert len({item.key for item in proposal.items}) == len(proposal.items)


@needs_shared
def test_each_end_before_its_start_is_named_by_its_row_in_the_file():
    proposal = read_register(REAL.name, REAL.read_bytes())
    lines = REAL.read_text(encoding="utf-8-sig").splitlines()

    for caution in proposal.warnings:
        cells = lines[caution.row - 1].split(";")
        if caution.code == "end_before_start":
            start, end = (dt.datetime.strptime(cells[at], "%d.%m.%Y") for at in (3, 6))  # noqa: DTZ007
            assert end < start
        if caution.code == "start_missing":
            assert cells[3] == ""
        if caution.code == "phase_missing":
            assert cells[2] == ""


@needs_shared
def test_the_register_as_xlsx_says_the_same_as_its_csv():
    lines = REAL.read_text(encoding="utf-8-sig").splitlines()
    rows = [line.split(";") for line in lines[1:]]
    for cells in rows:
        for at in (3, 6):
            if cells[at]:
                cells[at] = dt.datetime.strptime(cells[at], "%d.%m.%Y")  # noqa: DTZ007

    from_xlsx = read_register("veikart.xlsx", xlsx_file(*rows))
    from_csv = read_register(REAL.name, REAL.read_bytes())

    assert without_places(from_xlsx.items) == without_places(from_csv.items)
    assert from_xlsx.counts == from_csv.counts
    assert [(caution.code, caution.row) for caution in from_xlsx.warnings] == [
        (caution.code, caution.row) for caution in from_csv.warnings
    ]


def test_a_row_becomes_a_deliverable_with_one_period():
    proposal = read(
        row(phase="Tilpasning - innføring", certainty="Tentativ", description="Én\nog  to \n")
    )

    at = FoundAt(row=2, line=2)
    assert proposal.items == (
        Item(
            kind="delmal",
            key="delmal/1A",
            values={"code": "1A", "title": "Innbygger skal ha mulighet", "goal": "mal/1"},
            found_at=at,
        ),
        Item(
            kind="grouping",
            key="gruppering/1a-fullmakt-representasjon",
            values={"title": "Fullmakt, representasjon", "delmal": "delmal/1A"},
            found_at=at,
        ),
        Item(
            kind="deliverable",
            key="leveranse/56876000020107079",
            values={
                "register_id": "56876000020107079",
                "name": "Fullmakter",
                "description": "Én\nog to",
                "grouping": "gruppering/1a-fullmakt-representasjon",
                "delmal": "delmal/1A",
                "register_version": "2026-08",
            },
            found_at=at,
        ),
        Item(
            kind="phase_period",
            key="leveranse/56876000020107079/periode/1",
            values={
                "deliverable": "leveranse/56876000020107079",
                "no": 1,
                "first_phase": "fase/tilpasning",
                "last_phase": "fase/innforing",
                "phase_text": "Tilpasning - innføring",
                "start": {
                    "earliest": "2026-07-01",
                    "latest": "2026-07-01",
                    "precision": "day",
                    "certainty": "tentative",
                    "text": "01.07.2026",
                },
                "end": None,
                "certainty": "tentative",
                "source": "Veikartregisteret 2026-08",
            },
            found_at=at,
        ),
    )
    assert proposal.warnings == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Konsept", "konsept", "konsept"),
        ("Utvikling og begrenset utprøving", "utvikling", "utvikling"),
        ("Tilpasning og utvidet utprøving", "tilpasning", "tilpasning"),
        ("I bruk", "i-bruk", "i-bruk"),
        ("Ny praksis i bruk", "i-bruk", "i-bruk"),
        ("Konsept - utvikling", "konsept", "utvikling"),
        ("Utvikling - tilpasning - innføring", "utvikling", "innforing"),
        ("Utvikling – innføring", "utvikling", "innforing"),
        ("TILPASNING -  Innføring", "tilpasning", "innforing"),
    ],
)
def test_phases_and_spans_of_them_are_known(text, first, last):
    found = period(read(row(phase=text)))

    assert (found["first_phase"], found["last_phase"]) == (f"fase/{first}", f"fase/{last}")
    assert found["phase_text"] == " ".join(text.split())


def test_an_unknown_phase_is_kept_as_text_with_a_caution():
    proposal = read(row(phase="Avvikling"))

    found = period(proposal)
    assert (found["first_phase"], found["last_phase"], found["phase_text"]) == (
        None,
        None,
        "Avvikling",
    )
    (caution,) = proposal.warnings
    assert (caution.code, caution.row) == ("phase_unknown", 2)
    assert "“Avvikling”" in caution.message
    assert "Tilpasning og utvidet utprøving" in caution.message


def test_phases_in_the_wrong_order_are_kept_in_theirs_with_a_caution():
    proposal = read(row(phase="Innføring - tilpasning"))

    assert period(proposal)["first_phase"] == "fase/tilpasning"
    assert codes(proposal) == ["phases_swapped"]


def test_an_unreadable_date_is_left_blank_and_its_text_is_in_the_caution():
    proposal = read(row(start="32.13.2026"))

    assert period(proposal)["start"] is None
    (caution,) = proposal.warnings
    assert (caution.code, caution.row, caution.line) == ("date_unreadable", 2, 2)
    assert "Startdato" in caution.message
    assert "“32.13.2026”" in caution.message
    assert "dd.mm.yyyy" in caution.remedy
    assert proposal.counts["phase_period.without_start"] == 1


def test_a_quarter_in_a_date_cell_stays_a_quarter():
    proposal = read(row(start="2. kvartal 2026", end="2027"))

    assert period(proposal)["start"]["precision"] == "quarter"
    assert period(proposal)["end"]["latest"] == "2027-12-31"
    assert proposal.warnings == ()


def test_an_end_before_its_start_is_kept_with_a_caution():
    proposal = read(row(start="01.07.2026", end="30.06.2026"))

    assert period(proposal)["end"]["earliest"] == "2026-06-30"
    assert codes(proposal) == ["end_before_start"]
    assert proposal.counts["phase_period.end_before_start"] == 1


def test_an_end_within_a_fuzzy_start_is_not_before_it():
    assert codes(read(row(start="2026", end="30.06.2026"))) == []


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_other_delimiters_and_another_order_of_columns_change_nothing(delimiter):
    backwards = read(row()[::-1], columns=COLUMNS[::-1], delimiter=delimiter)

    assert without_places(backwards.items) == without_places(read(row()).items)


def test_windows_letters_are_read_with_a_caution():
    proposal = read(row(name="Prøvesvar på nett – nå"), encoding="cp1252")

    assert deliverable(proposal)["name"] == "Prøvesvar på nett – nå"
    assert codes(proposal) == ["not_utf8"]


def test_utf_16_as_excel_saves_unicode_text_is_read():
    proposal = read(row(name="Prøvesvar"), delimiter="\t", encoding="utf-16")

    assert deliverable(proposal)["name"] == "Prøvesvar"
    assert proposal.warnings == ()


def test_rows_and_lines_are_counted_past_line_breaks_and_empty_rows():
    proposal = read(
        row(description="Første linje\nandre; linje\n\n\ntredje"),
        [""] * 10,
        row(register_id="2", start=""),
    )

    assert deliverable(proposal)["description"] == "Første linje\nandre; linje\n\ntredje"
    (caution,) = proposal.warnings
    assert (caution.code, caution.row, caution.line) == ("start_missing", 4, 8)


def test_a_heading_below_a_title_is_found():
    content = b"Eksport 2026-08;;;\r\n" + csv_file(row(), encoding="utf-8")

    proposal = read_register("a.csv", content)

    assert proposal.counts["deliverable"] == 1
    assert proposal.items[0].found_at == FoundAt(row=3, line=3)


def test_a_repeated_identifier_keeps_the_first_row_and_names_the_second():
    proposal = read(row(name="Først"), row(name="Så"))

    assert [item.values["name"] for item in proposal.items if item.kind == "deliverable"] == [
        "Først"
    ]
    (caution,) = proposal.warnings
    assert (caution.code, caution.row) == ("id_repeated", 3)
    assert "row 2" in caution.message
    assert "“Så”" in caution.message
    assert proposal.counts["row.left_out"] == 1


@pytest.mark.parametrize("found", ["5,6876E+16", "5.6876E+16", "56876000020107080.0", "5.68e+16"])
def test_an_identifier_made_a_number_is_refused_and_the_row_left_out(found):
    proposal = read(row(register_id=found), row(register_id="2"))

    (caution,) = proposal.warnings
    assert (caution.code, caution.row) == ("id_mangled", 2)
    assert found in caution.message
    assert "as text" in caution.remedy
    assert proposal.counts["deliverable"] == 1


@pytest.mark.parametrize("number", [56876000020107000, 56876000020107079, 5.6876e16])
def test_an_identifier_in_a_number_cell_is_refused_as_it_has_lost_its_digits(number):
    proposal = read_register("a.xlsx", xlsx_file(row(register_id=number)))

    assert codes(proposal) == ["id_mangled"]


def test_a_short_identifier_in_a_number_cell_is_kept():
    proposal = read_register("a.xlsx", xlsx_file(row(register_id=4711)))

    assert proposal.items[-2].key == "leveranse/4711"
    assert proposal.warnings == ()


def test_many_rounded_identifiers_in_a_csv_are_noticed():
    proposal = read(*(row(register_id=f"568760000{number:06}00") for number in range(4)))

    assert codes(proposal) == ["ids_rounded"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"register_id": ""}, "id_missing"),
        ({"register_id": "../../etc"}, "id_missing"),
        ({"name": " "}, "name_missing"),
    ],
)
def test_a_row_without_identifier_or_name_is_left_out(changed, code):
    proposal = read(row(**changed))

    assert proposal.items == ()
    assert [(caution.code, caution.row) for caution in proposal.warnings] == [(code, 2)]
    assert proposal.counts["row.left_out"] == 1


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+47 22", "-2+3", "- 2", '=HYPERLINK("x")'])
def test_a_formula_stays_text_with_a_caution(text):
    proposal = read(row(name=text))

    assert deliverable(proposal)["name"] == text
    assert [(caution.code, caution.row) for caution in proposal.warnings] == [
        ("formula_in_cell", 2)
    ]


def test_a_formula_behind_a_space_is_one_when_the_space_is_gone():
    proposal = read(row(name=" \t=1+1"), row(register_id="2", description="\n '@x"))

    assert deliverable(proposal)["name"] == "=1+1"
    assert proposal.items[-2].values["description"] == "@x"
    assert codes(proposal) == ["formula_in_cell", "formula_in_cell"]


def test_a_list_in_a_description_is_no_formula():
    proposal = read(row(description="- første\n- andre"))

    assert deliverable(proposal)["description"] == "- første\n- andre"
    assert proposal.warnings == ()


def test_an_apostrophe_that_keeps_a_formula_from_working_is_taken_away():
    assert deliverable(read(row(name="'=1+1")))["name"] == "=1+1"
    assert deliverable(read(row(name="'s-Hertogenbosch")))["name"] == "'s-Hertogenbosch"


def test_a_formula_in_a_spreadsheet_is_its_text():
    proposal = read_register("a.xlsx", xlsx_file(row(name='="a"&"b"', start="=TODAY()")))

    assert deliverable(proposal)["name"] == '="a"&"b"'
    assert codes(proposal) == ["formula_in_cell", "date_unreadable"]


@pytest.mark.parametrize("delmal", ["1A - Tittel", "1.A Tittel", "1a: Tittel", "1 A – Tittel"])
def test_a_delmal_is_read_in_the_forms_it_is_written_in(delmal):
    values = read(row(delmal=delmal)).items[0].values

    assert values == {"code": "1A", "title": "Tittel", "goal": "mal/1"}


@pytest.mark.parametrize("delmal", ["Uten kode", "A1 - Tittel", "1A", "1A -"])
def test_an_unknown_delmal_is_none_with_a_caution(delmal):
    proposal = read(row(delmal=delmal))

    assert deliverable(proposal)["delmal"] is None
    assert deliverable(proposal)["grouping"] == "gruppering/fullmakt-representasjon"
    (caution,) = proposal.warnings
    assert (caution.code, caution.row) == ("delmal_unknown", 2)
    assert f"“{delmal}”" in caution.message


def test_a_delmal_with_two_titles_keeps_the_first():
    proposal = read(row(), row(register_id="2", delmal="1A - Noe annet"))

    assert proposal.counts["delmal"] == 1
    assert codes(proposal) == ["titles_differ"]


def test_groupings_whose_titles_begin_alike_are_taken_for_one_with_a_caution():
    long = "En svært lang tittel på en gruppering som ikke tar slutt før sent: "
    proposal = read(row(grouping=long + "nord"), row(register_id="2", grouping=long + "sør"))

    assert proposal.counts["grouping"] == 1
    assert codes(proposal) == ["titles_differ"]


def test_blank_cells_are_none_with_a_caution_where_the_plan_needs_them():
    proposal = read(row(phase="", start="", delmal="", grouping="", certainty="", version=""))

    assert deliverable(proposal) == {
        "register_id": "56876000020107079",
        "name": "Fullmakter",
        "description": None,
        "grouping": None,
        "delmal": None,
        "register_version": None,
    }
    assert period(proposal)["certainty"] == "tentative"
    assert set(codes(proposal)) == {
        "phase_missing", "start_missing", "delmal_missing", "grouping_missing",
        "certainty_unknown",
    }  # fmt: skip


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_refused_with_what_was_expected_and_found(column):
    columns = ["Noe annet" if name == column else name for name in COLUMNS]

    with pytest.raises(Unreadable, match="Expected the columns of the roadmap register") as refusal:
        read(row(), columns=columns)

    assert refusal.value.code == "wrong_columns"
    assert f"veikart.csv lacks “{column}”; its first row holds " in refusal.value.message
    assert "“Noe annet”" in refusal.value.message


def test_a_column_that_stands_twice_is_refused():
    with pytest.raises(Unreadable, match="“Startdato” more than once") as refusal:
        read([*row(), "01.01.2026"], columns=[*COLUMNS, "Startdato"])

    assert refusal.value.code == "column_repeated"


def test_columns_of_other_people_are_named_once_and_not_read():
    extra = [*COLUMNS, "Eier", "Brukergruppe"]
    proposal = read([*row(), "KS", "Fastleger"], [*row(register_id="2"), "", ""], columns=extra)

    (caution,) = proposal.warnings
    assert caution.code == "columns_not_read"
    assert "“Eier”, “Brukergruppe”" in caution.message


def test_cells_beyond_the_last_column_are_noticed():
    proposal = read([*row(), "", "flyttet"])

    assert [(caution.code, caution.row) for caution in proposal.warnings] == [("cells_beyond", 2)]


def test_a_short_row_is_read_as_far_as_it_goes():
    proposal = read(row()[:9])

    assert deliverable(proposal)["register_version"] is None


def test_a_version_that_a_spreadsheet_program_took_for_a_date_is_a_version():
    proposal = read_register("a.xlsx", xlsx_file(row(version=dt.date(2026, 8, 1))))

    assert deliverable(proposal)["register_version"] == "2026-08"


def test_a_register_without_rows_says_so():
    proposal = read()

    assert proposal.items == ()
    assert codes(proposal) == ["no_rows"]


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_line():
    content = csv_file(row(), encoding="utf-8") + b'"Navn;;Konsept\r\nen rad\r\nto rader\r\n'

    with pytest.raises(Unreadable, match="begins on line 3") as refusal:
        read_register("a.csv", content)

    assert refusal.value.code == "unclosed_quote"


def test_a_sheet_among_others_is_found_and_the_others_named():
    proposal = read_register("a.xlsx", xlsx_file(row(), sheets=("Om", "Notater", "Veikart")))

    assert proposal.counts["deliverable"] == 1
    (caution,) = proposal.warnings
    assert caution.code == "other_sheets"
    assert "“Veikart”" in caution.message


def test_too_many_cautions_of_a_kind_end_in_a_number():
    proposal = read(*(row(register_id=str(number), start="") for number in range(10_005)))

    assert len(proposal.warnings) == 10_001
    assert proposal.warnings[-1].message == "5 more of the kind “start_missing” are not listed."
