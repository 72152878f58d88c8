"""`veikart indicators` as somebody types it."""

import datetime as dt
import io
import os
import subprocess
import sys

import openpyxl
import pytest
from django.utils import translation
from typer.testing import CliRunner

from tests.adapters.pxweb_server import Service, serving
from tests.indicators.factories import UID, put_count, put_indicator
from tests.indicators.test_taking_in import COUNTS, E1, table
from veikart.config.command import app
from veikart.documents.models import Document
from veikart.indicators import services, shelf
from veikart.indicators.models import Computed, DataSet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _speaks_norwegian_again():
    with translation.override("nb"):
        yield


@pytest.fixture
def veikart():
    """Run `veikart indicators` with these words."""
    return lambda *words: CliRunner().invoke(app, ["indicators", *(str(word) for word in words)])


@pytest.fixture
def counts(tmp_path):
    path = tmp_path / "tall.csv"
    path.write_bytes(COUNTS)
    return path


def test_figures_are_taken_in_and_computed_and_listed(veikart, counts):
    put_count()

    took = veikart("take-in", E1, counts, "--as-of", "2024-01-31")
    assert (took.exit_code, DataSet.objects.get().as_of) == (0, dt.date(2024, 1, 31))
    assert f"3 rows. Now: veikart indicators compute {E1}" in took.stdout
    assert "to be computed" in veikart("list").stdout

    computed = veikart("compute", "--all")
    assert (computed.exit_code, computed.stdout) == (0, "1 computed.\n")
    assert veikart("compute", E1).stdout == "1 unchanged.\n"
    assert veikart("compute", E1, "--again").stdout == "1 computed.\n"
    listed = veikart("list").stdout
    assert f"{E1}  Folketall: count, 1 data set, the last as of 2024-01-31." in listed
    assert "There is no target" in listed


def test_what_to_look_at_twice_is_told_of_what_was_taken_in(veikart, tmp_path):
    put_indicator(kind="share")
    path = tmp_path / "andel.csv"
    path.write_bytes(table("år | kommunenr | verdi | nevner\n2025 | 0301 | 0,5 | 40"))

    took = veikart("take-in", UID, path)

    assert took.exit_code == 0
    assert "1 rows, 0 faults, 2 to look at twice" in took.stdout
    assert "Now: veikart indicators compute" in took.stdout


def test_a_preview_keeps_nothing(veikart, counts):
    put_count()

    said = veikart("take-in", E1, counts, "--preview")

    assert said.exit_code == 0
    assert "tall.csv: 3 rows, 0 faults" in said.stdout
    assert not DataSet.objects.exists()


def test_faults_are_told_with_row_column_value_and_remedy(veikart, tmp_path):
    put_count()
    path = tmp_path / "feil.csv"
    path.write_bytes(table("år | kommunenr | antall\n2025 | 1507 | 5"))

    said = veikart("take-in", E1, path)

    assert said.exit_code == 1
    assert "row 2, column area" in said.stdout
    assert "found “1507”" in said.stdout
    assert "nothing was taken in" in said.stderr
    assert not DataSet.objects.exists()


def test_a_file_that_cannot_be_read_says_so(veikart, tmp_path):
    put_count()
    path = tmp_path / "feil.parquet"
    path.write_bytes(b"PAR1")

    for words in ((), ("--preview",)):
        said = veikart("take-in", E1, path, *words)
        assert (said.exit_code, said.stderr.startswith("feil.parquet: Expected")) == (1, True)


def test_a_file_of_two_gigabytes_is_neither_read_nor_kept(veikart, tmp_path):
    put_count()
    huge = tmp_path / "tall.csv"
    with huge.open("wb") as file:
        file.truncate(2_000_000_000)

    refused = veikart("take-in", E1, huge)

    assert refused.exit_code == 1
    assert "Expected a file of at most 500 MB" in refused.stderr
    assert not Document.objects.exists()


def test_what_could_not_be_computed_is_listed(veikart, counts):
    put_count()
    veikart("take-in", E1, counts)
    shelf.data_set_path(DataSet.objects.get().sha256).unlink()

    said = veikart("compute", "--all")

    assert (said.exit_code, said.stdout) == (1, "1 not computed.\n")
    assert f"{E1}: The file" in said.stderr
    assert not Computed.objects.exists()


def test_unknown_indicators_and_none_are_refused(veikart):
    put_count()

    assert "Name them, or give --all" in veikart("compute").stderr
    assert f"Known: {E1}" in veikart("compute", "indikator/9").stderr
    assert "Expected a known indicator" in veikart("template", "indikator/9", "--year", 2026).stderr


def test_a_template_is_written_filled_in_and_taken_in(veikart, tmp_path):
    put_indicator(breakdowns=[], categories=[])
    target = tmp_path / "mal.xlsx"

    said = veikart("template", UID, "--year", 2024, "--to", target, "--language", "en")

    assert said.exit_code == 0
    book = openpyxl.load_workbook(target)
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    assert (sheet.max_row, sheet["A2"].value, sheet["B2"].value) == (358, "2024", "0301")
    sheet.cell(2, headings.index("Offered") + 1).value = "yes"
    sheet.cell(3, headings.index("Offered") + 1).value = "no"
    book.save(target)
    assert "found one" in veikart("template", UID, "--year", 2024, "--to", target).stderr

    assert veikart("take-in", UID, target).exit_code == 0
    assert veikart("compute", UID).stdout == "1 computed.\n"


def test_a_template_has_a_row_for_each_period_and_group(veikart, tmp_path):
    put_indicator(kind="share", cadence="quarterly")
    target = tmp_path / "mal.xlsx"

    veikart("template", UID, "--year", 2019, "--to", target, "--language", "nb")

    sheet = openpyxl.load_workbook(io.BytesIO(target.read_bytes())).active
    assert sheet.max_row == 1 + 422 * 4 * 3


def test_a_table_is_fetched_with_its_question(veikart):
    put_count()
    variables = [
        {
            "code": "Region",
            "text": "region",
            "role": "geo",
            "texts": {"0301": "Oslo", "4601": "Bergen"},
        },
        {
            "code": "ContentsCode",
            "text": "statistikkvariabel",
            "role": "metric",
            "texts": {"Personer1": "Personer"},
            "units": {"Personer1": "personer"},
        },
        {"code": "Tid", "text": "år", "role": "time", "texts": {"2023": "2023", "2024": "2024"}},
    ]
    service = Service(variables, lambda cell: 100 + int(cell["Tid"]))

    with serving(service) as root:
        address = f"{root}/api/v1/no/table/07459"
        said = veikart("fetch", E1, address, "--select", "Region=0301", "--select", "Tid=top(1)")
        wrong = veikart("fetch", E1, address, "--select", "Region")
        again = veikart("fetch", E1, "--again")
        torn = veikart("fetch", E1, address, "--again")

    assert said.exit_code == 0, said.stderr
    assert "was there already. Nothing is changed." in again.stdout
    assert "Give one of the two" in torn.stderr
    row = DataSet.objects.get()
    assert (row.rows, row.first_period, row.address) == (1, "2024", address)
    assert '"Region":["0301"]' in row.query
    assert "Expected a choice such as" in wrong.stderr


def test_what_no_service_was_asked_for_cannot_be_asked_again(veikart):
    put_count()

    said = veikart("fetch", E1, "--again")

    assert "came from a statistics service, found none" in said.stderr
    assert not DataSet.objects.exists()


def test_an_indicator_without_a_kind_gets_no_template(veikart):
    services.put("indicator", "indikator/1.1", {"code": "1.1"}, by=None)

    said = veikart("template", "indikator/1.1", "--year", 2026)

    assert "Complete its definition first" in said.stderr


def test_pages_and_help_load_neither_arrow_nor_an_engine():
    asked = (
        "import sys, django; django.setup(); import veikart.config.urls, veikart.config.command; "
        "print(sorted({'pyarrow', 'ibis', 'duckdb', 'httpx', 'numpy', 'scipy', 'vl_convert'} & set(sys.modules)))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "veikart.config.settings"}

    said = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
    )

    assert said.stdout == "[]\n"
