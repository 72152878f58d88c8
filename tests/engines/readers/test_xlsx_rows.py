from tests.engines.readers.files import excel_heading, excel_parts, zip_file
from veikart.engines.readers.archive import Archive
from veikart.engines.readers.register import read_register
from veikart.engines.readers.xlsx_rows import Workbook


def rows(sheet, strings="", **parts):
    content = zip_file({**excel_parts(sheet, strings), **parts})
    workbook = Workbook(Archive("a.xlsx", content))
    return [(row.number, row.cells) for row in workbook.rows(workbook.sheets[0])]


def test_shared_texts_are_looked_up_with_their_runs_and_without_reading_aids():
    strings = (
        "<si><t>Enkel</t></si>"
        "<si><r><t>To </t></r><r><t xml:space='preserve'>deler</t></r><rPh><t>x</t></rPh></si>"
        "<si><t>Linje_x000D_\nto</t></si>"
    )

    found = rows('<row r="1"><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row>', strings)

    assert found == [(1, ["To deler", "Enkel"])]


def test_cells_stand_in_the_column_and_the_row_that_they_name():
    sheet = (
        '<row r="3"><c r="B3"><v>1</v></c><c r="D3" t="str"><v>x</v></c></row>'
        '<row r="5"/><row><c t="inlineStr"><is><t>y</t></is></c></row>'
    )

    assert rows(sheet) == [(3, ["", 1, "", "x"]), (6, ["y"])]


def test_dates_are_told_by_their_style_and_counted_from_the_workbooks_first_day():
    sheet = (
        '<row><c s="1"><v>46204</v></c><c s="0"><v>46204</v></c><c s="1"><v>46204.5</v></c>'
        '<c t="d"><v>2026-07-01T00:00:00</v></c><c s="1"><v>1e300</v></c></row>'
    )
    old = excel_parts("")["xl/workbook.xml"].replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )

    assert rows(sheet) == [(1, ["01.07.2026", 46204, "01.07.2026", "01.07.2026", 1e300])]
    assert rows(sheet, **{"xl/workbook.xml": old})[0][1][0] == "02.07.2030"


def test_numbers_truth_values_formulas_and_errors_come_as_they_are():
    sheet = (
        '<row><c><v>56876000020107079</v></c><c><v>2.5</v></c><c t="b"><v>1</v></c>'
        '<c><f>A1&amp;"x"</f><v>7</v></c><c t="e"><v>#N/A</v></c><c/><c><v></v></c></row>'
    )

    assert rows(sheet) == [(1, [56876000020107079, 2.5, "1", '=A1&"x"', "#N/A"])]


def test_a_register_as_excel_saves_it_is_read():
    heading, strings = excel_heading()
    cells = (
        '<c t="str"><v>Navn</v></c><c/><c t="str"><v>Konsept</v></c><c s="1"><v>46204</v></c>'
        '<c t="str"><v>1A - Tittel</v></c><c t="str"><v>Gruppering</v></c><c s="1"/>'
        '<c t="str"><v>Planlagt</v></c><c><v>56876000020107079</v></c>'
        '<c t="str"><v>2026-08</v></c>'
    )

    proposal = read_register(
        "a.xlsx", zip_file(excel_parts(f"{heading}<row>{cells}</row>", strings))
    )

    assert proposal.warnings == ()
    assert proposal.counts["deliverable"] == 1
    assert proposal.items[-1].key == "leveranse/56876000020107079/periode/1"
    assert proposal.items[-1].values["start"]["text"] == "01.07.2026"
