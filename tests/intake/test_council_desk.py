"""The desk shows a document about a council case by case, and takes what a person says of it."""

import re

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from tests.engines.readers.agendas import text_agenda
from tests.engines.readers.test_slides import SLIDES
from tests.intake.councils import BODY, agenda, put
from veikart.config.command import app
from veikart.council import models
from veikart.intake import services
from veikart.intake.models import Proposal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_in_english")]
DOUBLED = agenda("1/26 Veikart 10:30 Drøfting", "1/26 Budsjett neste år 11:00 Orientering")


@pytest.fixture
def pages_in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def page_of(desk, proposal):
    return " ".join(desk.get(proposal.get_absolute_url()).content.decode().split())


def decide(desk, proposal, **form):
    return desk.post(reverse("intake:decide", args=[proposal.pk]), form, follow=True)


def test_the_page_goes_from_the_meeting_to_its_seats_and_then_case_by_case(desk, editor):
    proposal = services.take_in("agenda.txt", text_agenda(), by=editor)

    page = page_of(desk, proposal)

    headings = re.findall(r"<h3>(.*?)</h3>", page)
    assert [heading.partition(":")[0] for heading in headings] == [
        "Bodies", "Meeting", "Seats", "Case", "Case", "Case", "Case", "Case", "Case",
    ]  # fmt: skip
    assert headings[1] == "Meeting: Nasjonalt kystråd 3/2025"
    assert headings[4].startswith("Case: 12/25 Ny strategi")
    assert "11:30 Lunsj" in page
    assert "Eventuelt" in headings[5]
    line = re.search(r"proposed decision <span class=\"small\">\(line \d+\)</span>", page)
    assert line is not None
    assert page.count('name="groups"') == 5  # where there is more than one row


def test_a_case_is_chosen_with_all_that_is_its_own(desk, editor):
    proposal = services.take_in("agenda.txt", text_agenda(), by=editor)
    case = proposal.rows.get(kind="case", name__startswith="12/25")

    decide(desk, proposal, verb="reject", groups=case.key, reason="Ikke vår")

    assert set(proposal.rows.filter(state="rejected").values_list("kind", flat=True)) == {
        "case",
        "paper",
    }


def test_a_number_is_written_in_and_a_wrong_one_explained(desk, editor):
    proposal = services.take_in("agenda.txt", DOUBLED, by=editor)
    first, second = proposal.rows.filter(kind="case")
    fields = [f"give-{row.pk}-number" for row in (first, second)]

    page = page_of(desk, proposal)
    wrong = decide(desk, proposal, verb="accept_all", **dict.fromkeys(fields, "én"))
    told = " ".join(wrong.content.decode().split())

    assert all(f'name="{field}"' in page for field in fields)
    assert "Two cases have the same number; both are kept." in page
    assert "Expected a case number such as 2/26; found “én”." in told
    assert not models.Case.objects.exists()
    decide(desk, proposal, verb="accept_all", **dict(zip(fields, ("1/26", "2/26"), strict=True)))
    assert set(models.Case.objects.values_list("number", flat=True)) == {"1/26", "2/26"}


def test_only_the_lines_of_an_agenda_that_changed_are_shown(desk, editor):
    put(("body", BODY, {"name": "Nasjonalt e-helseråd"}))
    lines = [f"{n}/26 Sak om emne {n} {n + 8:02d}:00 Drøfting" for n in range(1, 9)]
    services.accept(services.take_in("a.txt", agenda(*lines), by=editor), by=editor)
    lines[3] = lines[3].replace("12:00", "12:15")

    page = page_of(desk, services.take_in("b.txt", agenda(*lines), by=editor))

    assert "<del>12:00 4/26 Sak om emne 4</del>" in page
    assert "<ins>12:15 4/26 Sak om emne 4</ins>" in page
    assert "Sak om emne 5" not in page


def test_cautions_stand_by_what_they_are_about(desk, editor):
    proposal = services.take_in("lysark.txt", SLIDES.encode(), by=editor)

    page = page_of(desk, proposal)

    rating = page.index("I liten grad")
    assert page.index("A rating stands by itself", rating) < page.index("</tr>", rating)


def test_a_file_kept_before_there_was_a_place_for_it_is_read_again(desk, editor):
    kept = services.take_in("agenda.txt", text_agenda(), by=editor)
    kept.rows.all().delete()
    Proposal.objects.filter(pk=kept.pk).update(
        state="closed", total=0, new=0,
        cautions=[{"code": "no_place_yet", "message": "Found 3 cases.", "remedy": "Nothing."}],
    )  # fmt: skip
    address = reverse("intake:read-again", args=[kept.pk])
    assert address in page_of(desk, kept)
    assert "Found 3 cases." not in page_of(desk, kept)

    answer = desk.post(address, follow=True)

    again = Proposal.objects.latest("pk")
    assert (again.document, again.state) == (kept.document, "open")
    assert answer.redirect_chain[-1][0] == again.get_absolute_url()
    assert address not in page_of(desk, again)


def test_only_an_editor_reads_a_file_again(client, reader, editor):
    kept = services.take_in("agenda.txt", text_agenda(), by=editor)
    client.force_login(reader)

    assert client.post(reverse("intake:read-again", args=[kept.pk])).status_code == 403


def test_the_command_says_what_is_proposed_and_where_to_decide(tmp_path):
    (tmp_path / "agenda.txt").write_bytes(text_agenda())

    said = CliRunner().invoke(app, ["take-in", str(tmp_path / "agenda.txt")])

    proposal = Proposal.objects.get()
    assert said.exit_code == 0
    assert f"{proposal.new} new, 0 changed, 0 unchanged, 0 gone" in said.stdout
    assert f"Decide at /arbeid/inntak/{proposal.pk}/" in said.stdout


def test_what_changed_in_an_evaluation_stands_under_its_title(desk, editor):
    first = services.take_in("lysark.txt", SLIDES.encode(), by=editor)
    services.accept(first, by=editor)
    later = SLIDES.replace("Lite er gjort.", "Mer er gjort.")

    page = page_of(desk, services.take_in("b.txt", later.encode(), by=editor))

    assert "<h3>Evaluation: Evaluering 2024</h3>" in page
    assert "<del>Lite er gjort.</del>" in page
    assert "<ins>Mer er gjort.</ins>" in page
