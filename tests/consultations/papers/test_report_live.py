"""The report from the tables to a reader: downloaded of each edition, and no word that was withheld."""

import datetime as dt
import io

import docx
import pypdf
import pytest

from tests.consultations.conftest import HEARING
from tests.consultations.test_freezing import SECRET, clearance
from tests.consultations.test_published import approved, approver, reply  # noqa: F401 (fixtures)
from veikart.consultations import services
from veikart.engines.handling import actions as do
from veikart.publishing.views import MEDIA_TYPES

pytestmark = pytest.mark.django_db

REPORT = f"{HEARING}-rapport"
ENDINGS = ("docx", "pdf")


def text_of(content, ending):
    if ending == "pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    document = docx.Document(io.BytesIO(content))
    cells = (cell.text for each in document.tables for row in each.rows for cell in row.cells)
    return " ".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.usefixtures("reply")
def test_the_report_is_downloaded_of_the_edition_in_force_and_of_each_other(
    client, editor, approver  # noqa: F811 (the fixture)
):  # fmt: skip
    approved(editor, approver, dt.date(2022, 10, 20))

    for prefix in ("/data", "/nn/data", "/en/data", "/utgaver/2022-1", "/en/utgaver/2022-1"):
        for ending in ENDINGS:
            answer = client.get(f"{prefix}/{REPORT}.{ending}")
            missing = client.get(f"{prefix}/horing/1-1-rapport.{ending}")
            assert (answer.status_code, missing.status_code) == (200, 404)
            assert answer["Content-Type"] == MEDIA_TYPES[ending]
            name = f'"horing-22-414-rapport-2022-1.{ending}"'
            assert answer["Content-Disposition"].endswith(name)
    assert client.get(f"/en/{HEARING}/rapport/").status_code == 200


def told(client):
    """What a reader is told of the report in each format."""
    files = {
        ending: text_of(client.get(f"/en/data/{REPORT}.{ending}").content, ending)
        for ending in ENDINGS
    }
    return files | {"page": client.get(f"/en/{HEARING}/rapport/").content.decode()}


@pytest.fixture
def in_a_theme(reply, editor):  # noqa: F811 (the fixture)
    """The reply with its point in a theme that was named by a withheld name."""
    services.make_theme(
        HEARING, title="Mer data til Kari Nordmann", points=[f"{reply}/punkt/1"], by=editor
    )
    return reply


@pytest.mark.usefixtures("in_a_theme")
def test_no_withheld_word_is_in_any_report(client, editor, approver):  # noqa: F811 (the fixture)
    approved(editor, approver, dt.date(2022, 10, 20))

    for where, said in told(client).items():
        for word in SECRET.words.split():
            assert word not in said, where
        assert "Spør [withheld] om mer data" in " ".join(said.split()), where
        assert "Som [withheld] ba om" in " ".join(said.split()), where


def test_what_is_withdrawn_or_withheld_after_the_edition_was_approved_goes_from_its_report(
    client, in_a_theme, editor, approver  # noqa: F811 (the fixture)
):  # fmt: skip
    approved(editor, approver, dt.date(2022, 10, 20))
    first = told(client)

    more = do.Withheld(words="mer data", basis="business", reason="Tall")
    services.clear(HEARING, clearance(in_a_theme, withheld=(SECRET, more)), by=editor)
    second = told(client)
    services.withdraw(HEARING, in_a_theme, reason="Angret", by=editor)
    third = told(client)

    for where in first:
        assert "om mer data" in " ".join(first[where].split()), where
        assert "mer data" not in " ".join(second[where].split()), where
        assert "Legemiddelverket" in second[where], where
        assert "Legemiddelverket" not in third[where], where
        assert "Withdrawn: Angret" in " ".join(third[where].split()), where
