"""What a council treats is kept and told, and proposes nothing: the plan has no place for it yet."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from typer.testing import CliRunner

from tests.engines.readers.agendas import text_agenda
from tests.engines.readers.test_slides import SLIDES
from tests.languages import in_english  # noqa: F401 (a fixture for every test here)
from veikart.config.command import app
from veikart.documents import queries as documents
from veikart.editions import queries as editions
from veikart.intake import services
from veikart.intake.kept_only import _KINDS, found_words
from veikart.intake.models import FailedReading, Proposal
from veikart.plan.proposal_schema import COUNCIL

pytestmark = pytest.mark.usefixtures("plan_with_goals", "pages_in_english")
FOUND = (
    "1 meeting, 4 seats, 3 cases, 2 questions, 2 attachments, 2 proposed decisions, 1 note on a case, "
    "3 decisions"
)


@pytest.fixture
def pages_in_english(settings):
    settings.LANGUAGE_CODE = "en"


def test_an_agenda_is_kept_and_proposes_nothing(editor):
    before = editions.draft()

    proposal = services.take_in("agenda.txt", text_agenda(), by=editor)

    assert documents.content(proposal.document) == text_agenda()
    assert (proposal.reader, proposal.state, proposal.total, proposal.rows.count()) == (
        "agenda", "closed", 0, 0,
    )  # fmt: skip
    assert proposal.counts["case"] == 3
    assert [caution["code"] for caution in proposal.cautions] == ["no_place_yet"]
    assert proposal.cautions[0]["message"] == (
        f"Found {FOUND}. The file is kept; the plan has no place yet for what a council treats."
    )
    assert editions.draft() == before
    assert not FailedReading.objects.exists()


def test_the_command_says_what_it_found_and_that_there_is_nowhere_to_put_it(tmp_path):
    (tmp_path / "agenda.txt").write_bytes(text_agenda())

    said = CliRunner().invoke(app, ["take-in", str(tmp_path / "agenda.txt")])

    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.startswith(f"{tmp_path / 'agenda.txt'}: Found {FOUND}. The file is kept; ")
    assert "Nothing to decide." in said.stdout
    assert Proposal.objects.get().document.name == "agenda.txt"


def test_the_desk_shows_what_was_found(client, editor):
    client.force_login(editor)
    proposal = services.take_in("lysark.txt", SLIDES.encode(), by=editor)

    page = " ".join(client.get(proposal.get_absolute_url()).content.decode().split())

    assert (
        "Found 2 assessments of areas, 2 questions, 2 ratings, 1 work plan, 2 phases and 3 milestones."
        in page
    )
    assert "things to look at in what was found" in page
    assert "says what the working plan says" not in page


def test_a_file_that_is_sent_says_nothing_of_decisions(client, editor):
    client.force_login(editor)

    sent = client.post(
        reverse("intake:list"),
        {"file": SimpleUploadedFile("agenda.txt", text_agenda())},
        follow=True,
    )

    page = sent.content.decode()
    assert f"Found {FOUND.replace(', 3 decisions', ' and 3 decisions')}." in page
    assert "not decided already" not in page


def test_every_kind_has_words():
    assert _KINDS.keys() == COUNCIL.keys()
    assert found_words({"case": 1, "seat": 0, "phase": 2}) == ["1 case", "2 phases"]
